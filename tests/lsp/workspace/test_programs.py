"""A program is one entry and the files that it reads: who is accused of two defaults, and whose value is told."""

from __future__ import annotations

import pytest

from hpman_lsp.workspace.batch import Batch
from hpman_lsp.workspace.disk.tree import Folder
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.questions.describe import given, program_name, shown_value
from hpman_lsp.workspace.questions.in_program import parts_seen
from tests.lsp.rules.checking import told
from tests.lsp.workspace.fixtures import fixture, snapshot_of

IMPORT = "from hpman.m import _\n"


def values(text: str, path: str, name: str = "lr") -> list[str]:
    """Return what each program that is meant in a file has for a name, as `programs: value`."""
    snapshot = fixture(text).snapshot
    return [
        f"{', '.join(program_name(snapshot, one) for one in part.programs)}: {shown_value(given(part.symbol.use))}"
        for part in parts_seen(snapshot, Key("_", name), f"/w/{path}")
    ]


def files(**texts: str) -> str:
    """Return a fixture of modules, each of which imports the manager."""
    return "".join(f"#- {name}.py\n{IMPORT}{text}\n" for name, text in texts.items())


TWO_PROGRAMS = files(
    train='import lib\n_.parse_file([__file__, "lib.py"])\n_("lr", 0.1)',
    evaluate='import lib\n_.parse_file([__file__, "lib.py"])\n_("lr", 0.2)',
    lib='def f(): return _("lr"), _("width", 3)',
)


def test_a_program_has_its_own_value_and_a_shared_file_those_of_all() -> None:
    assert values(TWO_PROGRAMS, "train.py") == ["train.py: 0.1"]
    assert values(TWO_PROGRAMS, "evaluate.py") == ["evaluate.py: 0.2"]
    assert values(TWO_PROGRAMS, "lib.py") == ["evaluate.py: 0.2", "train.py: 0.1"]
    assert values(TWO_PROGRAMS, "lib.py", "width") == ["evaluate.py, train.py: 3"]


def test_explicit_scopes_are_programs() -> None:
    scopes = (
        '#- pyproject.toml\n[tool.hpman.scopes]\na = ["train.py", "lib.py"]\nb = ["evaluate.py", "lib.py"]\n'
    )
    assert values(scopes + TWO_PROGRAMS, "train.py") == ["a: 0.1"]
    assert values(scopes + TWO_PROGRAMS, "lib.py") == ["a: 0.1", "b: 0.2"]


@pytest.mark.parametrize(
    ("text", "path", "answer"),
    [
        (files(a='_("lr", 1)', b='_("lr", 2)'), "b.py", ["b.py: 2"]),
        (files(a="import lib", lib='_("lr")', b='import lib\n_("lr", 2)'), "lib.py", ["b.py: 2"]),
        (files(a="import lib\n_.parse_file('a.py')", lib='_("lr", 1)'), "a.py", ["a.py: 1"]),
        (files(main='_.parse_file(__file__)\nimport lib\n_("lr", 1)', lib='_.parse_file(__file__)\n_("lr")'), "lib.py", ["main.py: 1"]),
        (files(main='_.parse_file(__file__)\n_("lr")', scratch='_("lr", 9)'), "main.py", ["main.py: ..."]),
        (files(main='_("lr")', scratch='_("lr", 9)'), "main.py", ["main.py: 9"]),
        (files(main='_.parse_file(unknown)\n_("lr")', net='_("lr", 9)'), "main.py", ["main.py: 9"]),
        (files(main='_.parse_file(unknown)\n_("lr", 1)', net='_("lr", 9)'), "main.py", ["main.py: 1"]),
        (files(tool='_.parse_file(__file__)\n_("lr", 1)', main='_.parse_file(".")\n_("lr", 2)'), "tool.py", ["tool.py: 1"]),
        (files(test_lib='import lib\n_("lr", 5)', main='import lib\n_("lr", 1)', lib='_("lr")'), "main.py", ["main.py: 1"]),
    ],
)  # fmt: skip
def test_a_value_is_that_of_one_program(text: str, path: str, answer: list[str]) -> None:
    assert values(text, path) == answer


@pytest.mark.parametrize(
    "text",
    [
        files(a='_("lr", 1)', b='_("lr", 2)'),
        files(main="import sys\nif sys.argv[1:]:\n    import a\nelse:\n    import b", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="def train():\n    import a\ndef test():\n    import b", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="import importlib", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="if x:\n    _.parse_file('a.py')\nelse:\n    _.parse_file('b.py')", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="_.parse_file('a.py' if x else 'b.py')", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="_.parse_file(unknown)\n_('lr', 1)", b='_("lr", 2)'),
        files(test_a='import lib\n_("lr", 1)', lib='def f(): return _("lr", 1)'),
        files(test_a='_("lr", 1)', lib='def f(): return _("lr", 1)'),
        files(a='import b\nif __name__ == "__main__":\n    _("lr", 1)', b='if __name__ == "__main__":\n    _("lr", 2)'),
        TWO_PROGRAMS,
    ],
)  # fmt: skip
def test_files_that_no_program_surely_reads_together_have_each_a_default(text: str) -> None:
    assert told("duplicate-default", fixture(text).snapshot) == []


@pytest.mark.parametrize(
    "text",
    [
        files(main="_.parse_file(['a.py', 'b.py'])", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="_.parse_file('a.py')\n_.parse_file('b.py')", a='_("lr", 1)', b='_("lr", 2)'),
        files(main="import b\n_.parse_file('a.py')", a='_("lr", 1)', b='_.parse_file(__file__)\n_("lr", 2)'),
        files(main="def f():\n    _.parse_file(['a.py', 'b.py'])", a='_("lr", 1)', b='_("lr", 2)'),
        files(
            main="try:\n    import a\nexcept ImportError:\n    pass\nimport b", a='_("lr", 1)', b='_("lr", 2)'
        ),
        files(main="import a, c", a='_("lr", 1)', c="import b", b='_("lr", 2)'),
    ],
)
def test_two_defaults_that_a_program_surely_reads_are_told(text: str) -> None:
    assert told("duplicate-default", fixture(text).snapshot) == ['a.py:2: "lr"', told_in_b(text)]


def told_in_b(text: str) -> str:
    before = text.split("#- b.py\n")[1].split('_("lr"', maxsplit=1)[0]
    return f'b.py:{before.count(chr(10)) + 1}: "lr"'


def test_a_value_and_a_group_are_told_where_one_file_is_parsed_and_the_other_imported() -> None:
    text = files(main="import lib\n_.parse_file(__file__)\n_('lr', 1)", lib='_("lr.max", 2)')
    assert told("leaf-and-branch", fixture(text).snapshot) == ['lib.py:2: "lr.max"', "main.py:4: 'lr'"]


def test_nothing_is_missing_in_a_file_whose_project_was_read_in_part() -> None:
    path = "/p/tool/a.py"
    snapshot = snapshot_of({path: IMPORT + '_("lr")'}, ()).with_complete()
    snapshot = snapshot.with_files({path: source_file(path, IMPORT + '_("lr")', 1, snapshot.placeholders)})
    assert told("missing-default", snapshot) == [f'{path}:2: "lr"']
    project = Folder(frozenset({"pyproject.toml"}), {})
    assert told("missing-default", snapshot.with_batch(Batch(folders={"/p": project}))) == []
    assert told("missing-default", snapshot.with_batch(Batch(folders={"/p/tool": project}))) != []


def test_hints_of_programs_apart_do_not_conflict() -> None:
    apart = files(a='_("lr", 1, help="x")', b='_("lr", help="y")')
    assert told("conflicting-hints", fixture(apart).snapshot) == []
