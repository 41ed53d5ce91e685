from __future__ import annotations

import json
import subprocess
import sys

import pytest

from hpman import HpmanError, HyperParameterManager
from tests.cli.conftest import Hpman, Project

BROKEN = """
    #- a.py
    from hpman.m import _
    _.parse_file(".")
    _("lr", 1)
    _("mis, sing\\u003a")
    #- lib/é b.py
    from hpman.m import _
    _("lr", 2)
"""


@pytest.mark.parametrize(
    ("source", "arguments", "code"),
    [
        ('_("a", 1)', (), 0),
        ('_("a")', (), 0),
        ('_("a")', ("--strict",), 1),
        ('_("a", 1); _("a", 2)', (), 1),
        ('_("a", 1); _("a", 2)', ("elsewhere",), 0),
        ("(", ("--strict",), 0),
        ('_("a", (', ("--strict",), 0),
        ('_.parse_file(__file__)\n_("a", (', (), 1),
        ('_.parse_file(__file__)\n_("a", (', ("elsewhere",), 0),
        ('_.parse_file("other.py")\n_("a", (', ("--strict",), 0),
    ],
)
def test_errors_are_exit_code_1_and_warnings_are_where_it_is_strict(
    source: str, arguments: tuple[str, ...], code: int, project: Project, hpman: Hpman
) -> None:
    folder = project(f"#- a.py\nfrom hpman.m import _\n{source}\n")
    (folder / "elsewhere").mkdir()
    assert hpman("check", *arguments).code == code


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("lib/bad.py", ["lib/bad.py"]),
        ("other/bad.py", []),
    ],
)
def test_a_file_that_parse_file_refuses_is_an_error(
    file: str, told: list[str], project: Project, hpman: Hpman
) -> None:
    folder = project(
        f"#- main.py\nfrom hpman.m import _\n_.parse_file(['main.py', 'lib'])\n"
        f"#- {file}\nfrom hpman.m import _\nx = _('a', 1))\n"
    )
    problems = json.loads(hpman("check", "--format", "json").out)["problems"]
    assert [one["path"] for one in problems] == told
    sarif = json.loads(hpman("check", "--format", "sarif").out)["runs"][0]
    ids = [sarif["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in sarif["results"]]
    assert ids == [one["code"] for one in problems] == ["syntax-error"] * len(told)
    run = subprocess.run([sys.executable, "main.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert ("SyntaxError" in run.stderr) == bool(told)


FAULTS = (
    b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> topic\n",
    b"def f():\n    a = 1\n      b = 2\n",
    b"if 1:\n        a = 1\n\tb = 2\n",
    b"print 'x'\n",
    b"x = 'abc\n",
    b"!ls\n",
    b"def f(): pass\nf() = 2\n",
    b"return 1 +\n",
    b"x = '\xff'\n",
    b"x = '\0'\n",
    b"class A:\n",
    b"async def f(: pass\n",
    b"x = (1, 2]\n",
    b"else:\n    pass\n",
)
BEGINNINGS = (b"from hpman.m import _\n_('dd')\n", b"from other import _\n_('dd')\n")


def test_what_python_cannot_read_of_a_program_is_an_error_wherever_it_stands(
    project: Project, hpman: Hpman
) -> None:
    folder = project("#- main.py\nfrom hpman.m import _\n_.parse_file('.')\n")
    texts = [begin + fault for begin in BEGINNINGS for fault in FAULTS]
    for number, text in enumerate(texts):
        (folder / f"lib{number:02}.py").write_bytes(text)
    problems = json.loads(hpman("check", "--format", "json").out)["problems"]
    found = [one for one in problems if one["severity"] == "error"]
    with pytest.raises(HpmanError) as raised:
        HyperParameterManager("_").parse_file(str(folder))
    refused = list({one.filename: one for one in reversed(raised.value.problems)}.values())[::-1]
    assert {one["code"] for one in found} == {"syntax-error"}
    assert [(one["path"], one["line"], one["column"]) for one in found] == [
        (one.filename.rpartition("/")[2], one.line, one.column) for one in refused
    ]
    assert len(found) == len(texts)
    assert all(one["message"].endswith(two.message) for one, two in zip(found, refused, strict=True))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# -*- coding: no-such-encoding -*-\nfrom hpman.m import _\n_('dd', 1)\n", 1),
        ("def helper(x):\n    return max(x, 3\n", 0),
    ],
)
def test_the_library_decides_which_files_it_refuses(
    text: str, said: int, project: Project, hpman: Hpman
) -> None:
    folder = project(f"#- main.py\nfrom hpman.m import _\n_.parse_file('.')\n#- lib.py\n{text}")
    assert len(json.loads(hpman("check", "--format", "json").out)["problems"]) == said
    run = subprocess.run([sys.executable, "main.py"], cwd=folder, capture_output=True, check=False)
    assert bool(run.returncode) == bool(said)


def test_a_broken_file_of_a_declared_scope_is_an_error(project: Project, hpman: Hpman) -> None:
    project(
        "#- pyproject.toml\n[tool.hpman]\nscopes = { main = ['main.py', 'lib.py'] }\n"
        "#- main.py\nimport sys\nfrom hpman.m import _\n_.parse_file(sys.argv[1:])\n"
        "#- lib.py\nfrom hpman.m import _\n_('dd', 1)\nclass A:\n"
        "#- other.py\nfrom hpman.m import _\n_('ee')\nclass A:\n"
    )
    problems = json.loads(hpman("check", "--format", "json").out)["problems"]
    errors = [(one["path"], one["code"]) for one in problems if one["severity"] == "error"]
    assert errors == [("lib.py", "syntax-error")]


def test_what_a_baseline_knows_is_left_out_where_ever_its_line_is_now(project: Project, hpman: Hpman) -> None:
    folder = project(BROKEN)
    assert hpman("check", "--write-baseline", "known.json").code == 0
    text = (folder / "a.py").read_text()
    (folder / "a.py").write_text("# moved\n\n" + text)
    assert hpman("check", "--strict", "--baseline", "known.json") == (0, "", "hpman: no problems\n")


def test_one_more_of_what_a_baseline_knows_is_told(project: Project, hpman: Hpman) -> None:
    folder = project(BROKEN)
    hpman("check", "--write-baseline", "known.json")
    with (folder / "a.py").open("a") as file:
        file.write('_("lr", 3)\n')
    result = hpman("check", "--baseline", "known.json", "--format", "json")
    assert result.code == 1
    assert [one["line"] for one in json.loads(result.out)["problems"]] == [5]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 1, "known": [{}]}', "\udcff"])
def test_what_is_no_baseline_is_refused_and_said_to_be_none(
    content: str, project: Project, hpman: Hpman
) -> None:
    folder = project(BROKEN)
    (folder / "known.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    result = hpman("check", "--baseline", "known.json")
    assert (result.code, result.out) == (2, "")
    assert "known.json is no baseline" in result.err


def test_a_baseline_that_is_missing_is_told(project: Project, hpman: Hpman) -> None:
    project(BROKEN)
    assert (
        hpman("check", "--baseline", "none.json").err
        == "hpman: cannot read none.json: No such file or directory\n"
    )


def test_a_file_that_cannot_be_read_is_told(project: Project, hpman: Hpman) -> None:
    (project(BROKEN) / "nul.py").write_bytes(b"from hpman.m import _\n\0")
    assert "nul.py holds a NUL byte" in hpman("check").err


def test_annotations_escape_what_github_would_read_otherwise(project: Project, hpman: Hpman) -> None:
    project(BROKEN)
    lines = hpman("check", "--format", "github").out.splitlines()
    assert lines[1].startswith(
        "::warning file=a.py,line=4,endLine=4,col=3,endColumn=20,title=hpman%3A missing-default::`mis, sing:"
    )
    assert lines[2].startswith("::error file=lib/é b.py,line=2,")


def test_sarif_points_to_rules_places_and_related_places(project: Project, hpman: Hpman) -> None:
    project(BROKEN)
    (run,) = json.loads(hpman("check", "--format", "sarif").out)["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert {(rules[one["ruleIndex"]]["id"], one["level"]) for one in results} == {
        ("duplicate-default", "error"),
        ("missing-default", "warning"),
    }
    place = results[2]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "lib/%C3%A9%20b.py", "uriBaseId": "SRCROOT"}
    assert place["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7}
    related = results[2]["relatedLocations"][0]["physicalLocation"]
    assert related["artifactLocation"]["uri"] == "a.py"


def test_fingerprints_are_unique_and_stay_when_lines_move(project: Project, hpman: Hpman) -> None:
    folder = project(BROKEN)
    with (folder / "a.py").open("a") as file:
        file.write('_("lr", 3)\n')

    def fingerprints() -> list[str]:
        (run,) = json.loads(hpman("check", "--format", "sarif").out)["runs"]
        return [one["partialFingerprints"]["hpman/v1"] for one in run["results"]]

    before = fingerprints()
    (folder / "a.py").write_text("\n\n" + (folder / "a.py").read_text())
    assert fingerprints() == before
    assert len(set(before)) == len(before) == 4


def test_fixing_mends_what_needs_no_decision_and_leaves_the_rest(project: Project, hpman: Hpman) -> None:
    folder = project("""
        #- a.py
        from hpman.m import _
        _.parse_file(".")
        _("lr", 1), _("seed", 1)
        #- b.py
        from hpman.m import _
        _("lr", 1, help="step"), _("seed", 2)
        """)
    result = hpman("check", "--fix")
    assert (result.code, result.err.splitlines()[0]) == (1, "hpman: fixed 1 place in 1 file")
    assert (folder / "a.py").read_text().splitlines()[2] == '_("lr", 1), _("seed", 1)'
    assert (folder / "b.py").read_text().splitlines()[1] == '_("lr", help="step"), _("seed", 2)'
    assert result.out.count("duplicate-default") == 2
    assert hpman("check", "--fix").err.splitlines()[0] == "hpman: nothing to fix"
