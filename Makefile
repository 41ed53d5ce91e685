# Needs python3 (3.10 or newer, with its venv module) and make. All else is made here, in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_FLAGS ?= -n auto

export PATH := $(abspath $(BIN)):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test style-check types imports unit interpreters packages extension vsix format bench findings clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.lsp ## start the language server over examples/ and show what it knows
	@$(BIN)/python tools/demo.py

test: style-check types imports unit interpreters extension ## everything that is checked

style-check: $(VENV)/.dev ## formatting and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## the layers of the architecture
	$(BIN)/lint-imports --no-logo

unit: $(VENV)/.dev ## the tests, on the environment's Python
	$(BIN)/python -m pytest -ra $(PYTEST_FLAGS)

interpreters: $(VENV)/.dev ## the library's tests, on each Python that it supports
	$(BIN)/python tools/interpreters.py

packages: $(VENV)/.dev ## what needs large packages, such as torch: not a part of `test`
	$(BIN)/python tools/packages.py

extension: $(VENV)/.dev ## the extension for VS Code: types, lint, tests, and a run in a real VS Code
	$(BIN)/python tools/extension.py

vsix: $(BIN)/python ## build the extension for VS Code: one file with the server in it
	@$(BIN)/python tools/extension.py vsix

format: $(VENV)/.dev ## format the source, mend what lint can mend, and write docs/rooms.md
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/python tools/code_map.py

bench: $(VENV)/.dev ## measure
	$(BIN)/python -m benchmarks

findings: ## run what is written down of other people's software; each says what is seen, and fails where that has changed
	@for one in findings/*.sh; do echo "== $$one"; bash "$$one" || exit 1; done

clean: ## remove environments, caches and builds
	rm -rf $(VENV) .venv-3.* build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	cd editors/vscode && rm -rf node_modules test-host/node_modules build dist out *.vsix
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an environment is made once, and again when pyproject.toml asks for something else.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	  echo 'hpman needs Python 3.10 or newer; $(PYTHON) is not. Try: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo '$(PYTHON) cannot make environments. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.lsp: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[lsp]'
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.lsp
