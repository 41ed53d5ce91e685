"""What is told of value files."""

from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.python.source import source_file
from tests.lsp.features.checking import check_diagnostics, said
from tests.lsp.workspace.fixtures import ROOT, fixture, snapshot_of

PROJECT = '#- pyproject.toml\n[tool.hpman]\nvalue-files = ["*.yaml"]\n'
CODE = """#- train.py
from hpman.m import _
_("lr", 1e-3)
_("steps", 100)
_("kind", "sgd", choices=["sgd", "adam"])
_("model.depth", 4)
_("opt", {"eps": 1e-8})
_("free", None)
_("made", len("x"))
"""


def told(values: str) -> list[str]:
    """Give what is told of a.yaml as `line code: message`."""
    at = fixture(PROJECT + CODE + "#- a.yaml\n" + values)
    path = f"{ROOT}/a.yaml"
    text = at.files[path]
    return [
        f"{text.count(chr(10), 0, one.span.start) + 1} {one.code}: {one.message}"
        for one in diagnostics(at.snapshot, path)
    ]


@pytest.mark.parametrize(
    "values",
    [
        "opt: {0: 1.0, 30: 0.1}",
        "opt:\n  true: 1\n  2020-01-01: 2\n  eps: 3",
        "opt: {a: {0: 1, ~: 2}}",
        "free: {1: x}",
        "made: {on: 1, on: 2}",
        "opt: {0: {a: 1, 1.5: 2}}",
    ],
)
def test_keys_in_a_value_that_is_a_dict_are_data(values: str) -> None:
    assert told(values) == []


@pytest.mark.parametrize("values", ["model: {on: 1}", "model:\n  0: 1\n  depth: 2"])
def test_keys_of_a_group_are_names(values: str) -> None:
    assert [one.split(": ")[0][2:] for one in told(values)] == ["unreadable-values"]


def test_a_dict_that_nothing_uses_is_one_unknown_name() -> None:
    assert told("milestones: {0: 1.0, 30: 0.1}") == [
        "1 unknown-name: no code uses a hyperparameter `milestones`"
    ]


def test_what_fits_is_not_told_of() -> None:
    values = "lr: 1\nsteps: 2.0\nkind: adam\nmodel:\n  depth: 2\nopt.eps: 1\nfree: [x]\nmade: y\n"
    assert told(values) == []


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ("lrr: 1", "1 unknown-name: no code uses a hyperparameter `lrr`; did you mean `lr`?"),
        ("model.dept: 1", "1 unknown-name: no code uses a hyperparameter `model.dept`; did you mean `model.depth`?"),
        ("model:\n  depths: 1", "2 unknown-name: no code uses a hyperparameter `model.depths`; did you mean `model.depth`?"),
        ("opt.epz: 1", "1 unknown-name: the default of `opt` has no item `epz`"),
        ("lr: fast", "1 value-not-of-type: `lr` takes a float like its default 0.001, not the str `fast` (train.py:2)"),
        ("steps: 1.5", "1 value-not-of-type: `steps` takes an int like its default 100, not the float `1.5` (train.py:3)"),
        ("opt.eps: x", "1 value-not-of-type: `opt.eps` takes a float like its default 1e-08, not the str `x` (train.py:6)"),
        ("free: !!python/object:os.system x", "1 value-not-of-type: `free` has a value that is no plain data"),
        ("kind: sdg", "1 value-not-in-choices: `kind` is one of 'sgd', 'adam', not 'sdg'; did you mean `sgd`?"),
        ("lr: 1\nlr: 2", "2 duplicate-key: `lr` is twice in this mapping: the last one counts"),
        ("model.depth: 1\nmodel: {depth: 2}", "2 duplicate-key: `model.depth` is in this file twice"),
        ("lr.x: 1", "1 leaf-and-branch: `lr` is a value in the code (train.py:2), so that it cannot hold `lr.x`"),
        ("model: 3", "1 leaf-and-branch: `model` is a group in the code (`model.depth` in train.py:5), so that it cannot have a value"),
        ("lr: 1\nfree: [", "3 unreadable-values: not valid YAML: while parsing a flow node, did not find expected node content"),
        ("- lr", "1 unreadable-values: a file of values has names at its top: `name: value`"),
        ("1: 2", "1 unreadable-values: `1` is read as int, and a name is text: put it in quotes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is(values: str, answer: str) -> None:
    assert told(values + "\n") == [answer]


def test_two_keys_of_one_file_that_cannot_both_be_are_told_at_the_second() -> None:
    assert [one.split(":")[0] for one in told("opt: 1\nopt.eps: 2\n")] == [
        "1 value-not-of-type",
        "2 leaf-and-branch",
    ]


def test_two_documents_may_have_the_same_name() -> None:
    assert told("lr: 1\n---\nlr: 2\n") == []


def test_what_an_alias_brings_again_is_told_once() -> None:
    assert told("model: &m\n  dept: 1\nopt: {x: 1}\n---\n<<: {lrr: 1}\n") == [
        "2 unknown-name: no code uses a hyperparameter `model.dept`; did you mean `model.depth`?",
        "5 unknown-name: no code uses a hyperparameter `lrr`; did you mean `lr`?",
    ]


def test_a_value_that_a_file_supplies_is_not_missing() -> None:
    check_diagnostics(
        PROJECT
        + '#- train.py\nfrom hpman.m import _\n_("lr"), _("model.depth"), _("x")\n#- a.yaml\nlr: 1\nmodel: {depth: 2}\n',
        "train.py:2 missing-default x",
    )


@pytest.mark.parametrize("code", ["_(name, 1)", '_(f"layer{i}.width")', "_.parse_file(paths())"])
def test_where_names_are_made_at_run_time_none_is_called_unknown(code: str) -> None:
    text = f"{PROJECT}#- train.py\nfrom hpman.m import _\n_('lr', 1)\n{code}\n#- a.yaml\nlrr: 1\n"
    assert [one for one in said(fixture(text).snapshot) if one.startswith("a.yaml")] == []


@pytest.mark.parametrize(
    "code", ["Trainer(_)", "self.hp = _", "run(_.parse_file(__file__))", 'getattr(lib, "_")']
)
def test_where_a_manager_is_handed_on_only_what_looks_misspelt_is_told(code: str) -> None:
    check_diagnostics(
        f"{PROJECT}#- train.py\nfrom hpman.m import _\n_('lr', 1)\n{code}\n#- a.yaml\nlrr: 1\nmomentum: 2\n",
        "a.yaml:1 unknown-name lrr",
    )


@pytest.mark.parametrize(
    "code", ["print(_)", "bind(parser, _)", "_.parse_file(__file__)", "x = _.get_values()"]
)
def test_where_a_manager_is_not_handed_on_all_unknown_names_are_told(code: str) -> None:
    check_diagnostics(
        f"{PROJECT}#- train.py\nfrom hpman.m import _\n_('lr', 1)\n{code}\n#- a.yaml\nmomentum: 2\n",
        "a.yaml:1 unknown-name momentum",
    )


def test_values_that_are_set_from_a_file_at_run_time_do_not_hide_a_misspelt_key() -> None:
    check_diagnostics(
        PROJECT + "#- train.py\nfrom hpman.m import _\n_('lr', 1)\n_.set_values(load())\n#- a.yaml\nlrr: 1\n",
        "a.yaml:1 unknown-name lrr",
    )


def test_a_project_without_hyperparameters_has_no_unknown_names() -> None:
    check_diagnostics(PROJECT + "#- a.yaml\nlrr: 1\n")


def test_a_key_is_known_where_one_manager_of_the_project_has_it() -> None:
    check_diagnostics(
        PROJECT
        + "#- a.py\nfrom hpman.m import _, hp\n_('lr', 1)\nhp('depth', 'x')\n#- a.yaml\nlr: 1\ndepth: y\n"
    )


def test_a_value_has_to_fit_one_of_the_programs_only() -> None:
    check_diagnostics(
        PROJECT
        + "#- a.py\nfrom hpman.m import _, hp\n_('lr', 1)\nhp('lr', 'x')\n#- a.yaml\nlr: y\n---\nlr: []\n",
        "a.yaml:3 value-not-of-type []",
    )


def test_an_alias_bomb_is_bounded() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    assert {one.split(":")[0].split()[1] for one in told(bomb)} == {"unknown-name"}
    merges = "a: &a {x: 1, y: 2}\n" + "".join(
        f"k{n}: &k{n} {{p: *{'a' if n == 0 else f'k{n - 1}'}, q: *{'a' if n == 0 else f'k{n - 1}'}}}\n"
        for n in range(30)
    )
    assert any("too many names: the others are left out" in one for one in told(merges))


def test_of_thousands_of_unknown_names_some_are_told_and_that_there_are_more() -> None:
    answer = told("".join(f"name{number}: 1\n" for number in range(2000)))
    assert len(answer) == 501
    assert answer[-1].endswith("(and so on: only 500 of a kind are shown)")


def test_a_file_whose_bytes_are_no_text_is_told() -> None:
    files: dict[str, str | bytes | OSError] = {
        f"{ROOT}/pyproject.toml": '[tool.hpman]\nvalue-files = ["*.yaml"]\n',
        f"{ROOT}/train.py": "from hpman.m import _\n_('lr')\n",
        f"{ROOT}/a.yaml": b"lr: \xff\n",
    }
    assert said(snapshot_of(files)) == ["a.yaml:1 unreadable-values "]


def test_severities_can_be_set() -> None:
    code = "#- train.py\nfrom hpman.m import _\n_('lr', 1)\n"
    check_diagnostics(
        PROJECT + '[tool.hpman.diagnostics]\nunknown-name = "off"\n' + code + "#- a.yaml\nlrr: 1\n"
    )


def test_a_default_that_changes_without_its_name_changes_what_is_told_of_value_files() -> None:
    before = fixture(PROJECT + "#- train.py\nfrom hpman.m import _\n_('lr', 1)\n#- a.yaml\nlr: x\n").snapshot
    assert [one.code for one in diagnostics(before, f"{ROOT}/a.yaml")] == ["value-not-of-type"]
    text = "from hpman.m import _\n_('lr', 'x')\n"
    file = source_file(f"{ROOT}/train.py", text, 1, before.placeholders, before.files[f"{ROOT}/train.py"])
    assert diagnostics(before.with_files({file.path: file}), f"{ROOT}/a.yaml") == ()


def test_the_first_unknown_names_have_suggestions_wherever_they_stand() -> None:
    known = "".join(f"opt.eps{number}: 1\n" for number in range(100))
    code = "".join(f"_('opt.eps{number}', 1)\n" for number in range(100))
    at = fixture(
        f"{PROJECT}#- train.py\nfrom hpman.m import _\n_('kind', 1)\n{code}#- a.yaml\n{known}kidn: 1\n"
    )
    assert [one.message for one in diagnostics(at.snapshot, f"{ROOT}/a.yaml")] == [
        "no code uses a hyperparameter `kidn`; did you mean `kind`?"
    ]
