"""Value files on the command line: listed, shown, found, renamed and checked with the code."""

from __future__ import annotations

import json

from tests.cli.conftest import Hpman, Project

TEXT = """
    #- pyproject.toml
    [tool.hpman]
    value-files = ["configs/*.yaml"]
    #- train.py
    from hpman.m import _
    _("lr", 1e-3)
    _("model.depth", 4)
    print(_("lr"))
    #- configs/a.yaml
    # today
    "lr": 0.5  # lr
    model: {depth: 8}
    #- configs/b.yaml
    lr: 0.25
"""


def test_list_shows_what_the_files_say(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    assert [line.split() for line in hpman("list").out.splitlines()[1:]] == [
        [
            "lr",
            "1e-3",
            "float",
            "2",
            "train.py:2",
            "0.5",
            "in",
            "configs/a.yaml:2,",
            "0.25",
            "in",
            "configs/b.yaml:1",
        ],
        ["model.depth", "4", "int", "1", "train.py:3", "8", "in", "configs/a.yaml:3"],
    ]


def test_list_of_a_value_file_has_the_names_that_it_gives(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    assert hpman("list", "configs/b.yaml", "--format", "names").out == "lr\n"


def test_json_has_the_values_with_their_places(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    (found, _) = json.loads(hpman("list", "--format", "json").out)["hyperparameters"]
    assert found["values"] == [
        {"path": "configs/a.yaml", "line": 2, "column": 2, "value": 0.5, "source": "0.5"},
        {"path": "configs/b.yaml", "line": 1, "column": 1, "value": 0.25, "source": "0.25"},
    ]


def test_show_has_the_lines_around_each_value(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    shown = hpman("show", "model.depth", "--context", "1").out
    assert "8 in configs/a.yaml:3" in shown
    assert 'value\nconfigs/a.yaml:3\n    2: "lr": 0.5  # lr\n==> 3: model: {depth: 8}\n' in shown


def test_refs_has_keys_as_values(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    assert hpman("refs", "lr").out.splitlines()[:2] == [
        'configs/a.yaml:2:2: value: "lr": 0.5  # lr',
        "configs/b.yaml:1:1: value: lr: 0.25",
    ]


def test_rename_edits_code_and_value_files_to_the_byte(project: Project, hpman: Hpman) -> None:
    folder = project(TEXT)
    (folder / "configs/b.yaml").write_bytes(b"\xef\xbb\xbflr: 0.25\r\n# caf\xc3\xa9\r\n")
    assert hpman("rename", "lr", "rate").code == 0
    assert (folder / "configs/a.yaml").read_text() == '# today\n"rate": 0.5  # lr\nmodel: {depth: 8}\n'
    assert (folder / "configs/b.yaml").read_bytes() == b"\xef\xbb\xbfrate: 0.25\r\n# caf\xc3\xa9\r\n"
    assert '_("rate", 1e-3)' in (folder / "train.py").read_text()


def test_rename_shows_the_difference_of_value_files(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    assert '-"lr": 0.5  # lr\n+"rate": 0.5  # lr\n' in hpman("rename", "lr", "rate", "--diff").out


def test_a_refused_rename_changes_nothing(project: Project, hpman: Hpman) -> None:
    folder = project(TEXT)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    refused = hpman("rename", "model.depth", "depth")
    assert (refused.code, "configs/a.yaml: line 3 has it inside `model`" in refused.err) == (2, True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_check_tells_of_value_files(project: Project, hpman: Hpman) -> None:
    folder = project(TEXT)
    (folder / "configs/b.yaml").write_text("lr: fast\nlrr: 1\n")
    found = hpman("check")
    assert found.code == 1
    assert [line.split(": ")[0:2] for line in found.out.splitlines() if line.startswith("configs")] == [
        ["configs/b.yaml:1:5", "error value-not-of-type"],
        ["configs/b.yaml:2:1", "warning unknown-name"],
    ]


def test_scopes_have_their_value_files(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    lines = hpman("scopes").out.splitlines()[1:]
    assert lines == ["    train.py", "    configs/a.yaml (values)", "    configs/b.yaml (values)"]


def test_numbers_of_thousands_of_digits_are_no_trouble(project: Project, hpman: Hpman) -> None:
    number = f"0x{'f' * 5000}"
    folder = project(TEXT)
    (folder / "train.py").write_text(f"from hpman.m import _\n_('lr', {number})\n_('seed', 1)\n")
    (folder / "configs/b.yaml").write_text(f"lr: {number}\n")
    (found, _) = json.loads(hpman("list", "--format", "json").out)["hyperparameters"]
    assert (found["value"], found["source"]) == (None, number)
    saved = hpman("list", "--format", "yaml")
    assert saved.out == "seed: 1\n"
    assert saved.err == "hpman: `lr` is left out: an integer with more digits than Python writes\n"
    compared = hpman("diff", "configs/a.yaml", "configs/b.yaml", "--format", "json")
    assert json.loads(compared.out)["differences"][0]["new"] == {"value": None, "source": number}
