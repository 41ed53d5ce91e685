#!/usr/bin/env bash
# nbconvert 7.16.6, `--to script`: code behind a timing magic is code in the notebook, and a string in the script. A static
# tool that reads the script (a linter, a search, a rename) sees neither the assignment nor the call in it, and nothing says so.
#
# Seen (metadata with nbconvert_exporter, as Jupyter writes it), of the cells `%time rate = load("rate", 1)` and `%%time` over `depth = load("depth", 4)`:
#   get_ipython().run_line_magic('time', 'rate = load("rate", 1)')
#   get_ipython().run_cell_magic('time', '', 'depth = load("depth", 4)\n')
#   calls of load in the script's tree: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install -qq --disable-pip-version-check nbconvert==7.16.6 ipython==9.2.0
cat >"$folder/timed.ipynb" <<'JSON'
{"cells": [
 {"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [], "source": ["%time rate = load(\"rate\", 1)"]},
 {"cell_type": "code", "execution_count": null, "id": "b", "metadata": {}, "outputs": [], "source": ["%%time\n", "depth = load(\"depth\", 4)\n"]}
], "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
 "language_info": {"name": "python", "file_extension": ".py", "version": "3.11.0", "nbconvert_exporter": "python"}}, "nbformat": 4, "nbformat_minor": 5}
JSON
cd "$folder"
env/bin/jupyter-nbconvert --to script --log-level ERROR timed.ipynb
grep get_ipython timed.py
env/bin/python - <<'PY'
import ast

tree = ast.parse(open("timed.py").read())
calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "load"]
print("calls of load in the script's tree:", len(calls))
raise SystemExit(len(calls))
PY
