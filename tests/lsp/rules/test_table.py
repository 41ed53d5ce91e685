"""The table of rules, their pages, the README and the extension's settings agree; renew with --update-goldens."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hpman_lsp.cli.refused import REFUSED
from hpman_lsp.rules.helpers.finding import OFF, SEVERITIES
from hpman_lsp.rules.table import RULES, Rule

ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "README.md"
SECTION = re.compile(r"(?<=<!-- problems -->\n).*(?=<!-- end of problems -->)", re.DOTALL)
EXTENSION = ROOT / "editors/vscode/package.json"
CHOICES = [OFF, *reversed(SEVERITIES)]


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-goldens"))


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)


def test_the_readme_lists_every_rule(updating: bool) -> None:
    rows = [
        f"| [`{one.code}`](docs/rules/{one.code}.md) | {one.severity} | {one.summary} |\n" for one in RULES
    ]
    table = "".join(["\n| code | severity | what it tells |\n|---|---|---|\n", *rows, "\n"])
    text = README.read_text(encoding="utf-8")
    if updating:
        README.write_text(SECTION.sub(lambda _match: table, text), encoding="utf-8")
    else:
        found = SECTION.search(text)
        assert found is not None
        assert found[0] == table


def test_the_extensions_settings_have_every_rule(updating: bool) -> None:
    manifest = json.loads(EXTENSION.read_text(encoding="utf-8"))
    setting = manifest["contributes"]["configuration"]["properties"]["hpman.diagnostics"]
    wanted = {
        one.code: {
            "enum": CHOICES,
            "markdownDescription": f"{one.summary} Without this setting: `{one.severity}`.",
        }
        for one in RULES
    }
    if updating:
        setting["properties"] = wanted
        EXTENSION.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    else:
        assert setting["properties"] == wanted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_page_that_says_what_why_how_and_how_to_silence(rule: Rule) -> None:
    page = (ROOT / f"docs/rules/{rule.code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {rule.code}\n\n{rule.summary} Severity: `{rule.severity}`.\n")
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == ["Why", "Example", "Silence"]
    assert f'{rule.code} = "off"' in page


def test_no_page_is_of_a_rule_that_is_gone() -> None:
    assert {page.stem for page in (ROOT / "docs/rules").glob("*.md")} == {
        rule.code for rule in (*RULES, REFUSED)
    }
