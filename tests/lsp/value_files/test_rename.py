"""Rename edits code and value files at once, and of value files the characters of keys only."""

from __future__ import annotations

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from hpman_lsp.features.rename import rename
from hpman_lsp.refactoring.renaming import Renamed, unquoted
from hpman_lsp.text.edits import apply_edits
from tests.lsp.features.checking import check_rename
from tests.lsp.workspace.fixtures import ROOT, snapshot_of

PROJECT = '#- pyproject.toml\n[tool.hpman]\nvalue-files = ["*.yaml", "*.json"]\n'


def both(new: str, code: str, values: str, code_after: str, values_after: str) -> None:
    """Check a rename whose cursor is in the code, then one whose cursor is in the first key."""
    answer = f"#- train.py\n{code_after}#- a.yaml\n{values_after}"
    check_rename(new, f"{PROJECT}#- train.py\n{code}#- a.yaml\n{values.replace('$1', '')}", answer)
    check_rename(
        new, f"{PROJECT}#- train.py\n{code.replace('$0', '')}#- a.yaml\n{values.replace('$1', '$0')}", answer
    )


def test_either_side_renames_both() -> None:
    both(
        "rate",
        'from hpman.m import _\n_("$0lr", 1)\n',
        "# comment\nb: 1 # lr\n\"$1lr\" : &x 0.5  # lr\n'c': *x\n",
        'from hpman.m import _\n_("rate", 1)\n',
        "# comment\nb: 1 # lr\n\"rate\" : &x 0.5  # lr\n'c': *x\n",
    )


def test_line_ends_and_the_last_line_stay() -> None:
    both(
        "rate",
        'from hpman.m import _\n_("$0lr", 1)\n',
        "$1lr: 1\r\nother: 2\r\nnested:\r\n  x: 3",
        'from hpman.m import _\n_("rate", 1)\n',
        "rate: 1\r\nother: 2\r\nnested:\r\n  x: 3",
    )


def test_all_documents_are_edited() -> None:
    both(
        "rate",
        'from hpman.m import _\n_("$0lr", 1)\n',
        "$1lr: 1\n---\nlr: 2\n",
        'from hpman.m import _\n_("rate", 1)\n',
        "rate: 1\n---\nrate: 2\n",
    )


def test_a_nested_key_is_renamed_in_its_group() -> None:
    both(
        "optim.rate",
        'from hpman.m import _\n_("optim.$0lr", 1)\n',
        "optim:\n  $1lr: 2\n---\noptim.lr: 3\n",
        'from hpman.m import _\n_("optim.rate", 1)\n',
        "optim:\n  rate: 2\n---\noptim.rate: 3\n",
    )


def test_a_nested_key_cannot_leave_its_group() -> None:
    check_rename(
        "lr",
        PROJECT + '#- train.py\nfrom hpman.m import _\n_("optim.$0lr", 1)\n#- a.yaml\noptim:\n  lr: 2\n',
        "error: a.yaml: line 2 has it inside `optim`: the new name must begin with `optim.`",
    )


def test_a_group_is_renamed_with_all_that_is_in_it() -> None:
    both(
        "opt",
        'from hpman.m import _\n_("op$0tim.lr", 1)\n_("optim.eps", 1)\n',
        "op$1tim:\n  lr: 2\n---\noptim.eps: 3\n",
        'from hpman.m import _\n_("opt.lr", 1)\n_("opt.eps", 1)\n',
        "opt:\n  lr: 2\n---\nopt.eps: 3\n",
    )


def test_a_key_is_quoted_where_it_must_be() -> None:
    both(
        "on",
        'from hpman.m import _\n_("$0lr", 1)\n',
        "$1lr: 1\n",
        'from hpman.m import _\n_("on", 1)\n',
        '"on": 1\n',
    )


def test_a_key_that_other_names_share_is_not_touched() -> None:
    check_rename(
        "run.rate",
        PROJECT
        + '#- train.py\nfrom hpman.m import _\n_("run.$0lr", 1)\n_("base.lr", 1)\n'
        + "#- a.yaml\nbase: &b\n  lr: 1\nrun:\n  <<: *b\n",
        "error: a.yaml: the key in line 2 stands elsewhere too, by an alias: write it out first",
    )


def test_a_name_that_a_file_has_already_is_refused() -> None:
    check_rename(
        "rate",
        PROJECT + '#- train.py\nfrom hpman.m import _\n_("$0lr", 1)\n#- a.yaml\nlr: 1\nrate: 2\n',
        "error: a.yaml: line 2 has `rate` already",
    )


def test_a_file_that_cannot_be_read_to_its_end_refuses() -> None:
    check_rename(
        "rate",
        PROJECT + '#- train.py\nfrom hpman.m import _\n_("$0lr", 1)\n#- a.yaml\nlr: 1\nx: [\nlr: 2\n',
        "error: a.yaml: may have `lr`, but cannot be read to its end: mend it first",
    )


def test_programs_that_share_a_key_are_renamed_together() -> None:
    check_rename(
        "rate",
        PROJECT
        + '#- a.py\nfrom hpman.m import _\n_.parse_file(__file__)\n_("l$0r", 1)\n'
        + '#- b.py\nfrom hpman.m import hp\nhp("lr", 2)\n#- a.yaml\nlr: 3\n',
        '#- a.py\nfrom hpman.m import _\n_.parse_file(__file__)\n_("rate", 1)\n'
        '#- b.py\nfrom hpman.m import hp\nhp("rate", 2)\n#- a.yaml\nrate: 3\n',
    )


def test_json_is_renamed_too() -> None:
    check_rename(
        'a"b',
        PROJECT + "#- train.py\nfrom hpman.m import _\n_('$0lr', 1)\n#- a.json\n{\"lr\": 1}\n",
        '#- train.py\nfrom hpman.m import _\n_(\'a"b\', 1)\n#- a.json\n{"a\\"b": 1}\n',
    )


NAMES = st.text(st.sampled_from("ab\"':#- &*!é,[{?\\"), min_size=1, max_size=5).filter(
    lambda name: name == name.strip()
)


@given(NAMES, st.sampled_from(["{}", "'{}'", '"{}"']), st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_new_name_the_file_reads_back_with_it_and_with_nothing_else_changed(
    name: str, quotes: str, end: str
) -> None:
    key = quotes.format("lr")
    text = f"# lr{end}first: 1 # lr{end}{key} : 0.5 # lr{end}last: [lr, {{lr: 1}}]{end}"
    files = {
        f"{ROOT}/pyproject.toml": '[tool.hpman]\nvalue-files = ["a.yaml"]\n',
        f"{ROOT}/train.py": 'from hpman.m import _\n_("lr", 1)\n_("last", [])\n',
        f"{ROOT}/a.yaml": text,
    }
    snapshot = snapshot_of(files)
    found = rename(snapshot, f"{ROOT}/a.yaml", text.index(key) + 1, name)
    assume(isinstance(found, Renamed) and found.edits)
    assert isinstance(found, Renamed)
    (edit,) = found.edits[f"{ROOT}/a.yaml"]
    after = apply_edits(text, [edit])
    assert yaml.safe_load(after) == {"first": 1, unquoted(name): 0.5, "last": ["lr", {"lr": 1}]}
    at = text.index(key)
    assert after.startswith(text[:at])
    assert after.endswith(text[at + len(key) :])
