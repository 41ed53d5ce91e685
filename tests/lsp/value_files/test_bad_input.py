"""Whatever a value file holds: nothing raises, what can be read is served, and what cannot be is told in its place."""

from __future__ import annotations

import pytest

from hpman_lsp.features.completion import completion
from hpman_lsp.features.definition import definition
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.hover import hover
from hpman_lsp.features.references import references
from hpman_lsp.features.rename import rename
from hpman_lsp.features.symbols import document_symbols
from hpman_lsp.refactoring.renaming import Renamed
from hpman_lsp.text.edits import apply_edits
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import ROOT, snapshot_of

CODE = """from hpman.m import _
_("lr", 1e-3), _("optim.lr", 2), _("big", 1), _("date", "x"), _("free", None), _("a:b", 1), _("it's", 1), _("名", 1)
_("huge", 0x%s, choices=[1, 0x%s])
"""
THOUSANDS = "f" * 5000
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, this in zip("abcdefghi", "bcdefghij", strict=True)
)

YAML = {
    "empty": "", "comments": "# only\n  # this\n", "spaces": "  \n\n", "marks": "---\n...\n", "null": "~\n",
    "tabs": "lr:\t1\noptim:\n\tlr: 2\n", "anchor twice": "lr: &x 1\nbig: &x 2\nfree: *x\n", "anchored key": "&k lr: 1\nfree: *k\n",
    "alias as key": "free: &k lr\n*k : 2\n", "tagged key": "!!str lr: 1\n", "merge": "base: &b {lr: 1}\noptim:\n  <<: *b\n",
    "merge of a list": "optim:\n  <<: [{lr: 1}, {lr: 2}]\n", "merge of a number": "optim:\n  <<: 3\n", "alias bomb": BOMB + "free: *j\nlr: 1\n",
    "digits": f"big: {'9' * 5000}\nlr: 1e999999\n", "hex": f"big: 0x{THOUSANDS}\nlr: 0x{THOUSANDS}\nhuge: x\n", "choice": "huge: 2\n",
    "sexagesimal": "big: 1:30\nlr: 190:20:30.15\n", "timestamp": "date: 2024-01-01\nfree: 2024-99-99\nbig: 2024-01-01T10:00:00Z\n",
    "python object": "free: !!python/object/apply:os.system [x]\nlr: !!python/name:os.system\n", "false tag": "lr: !!int x\nfree: !!set\n",
    "keys of all kinds": "1: 2\ntrue: 3\n~: 4\n1.5: x\n[a]: 1\n{a: b}: 2\n? [x]\n: y\n? {lr: 1}\n: z\nlr: 1\n", "documents": "lr: 1\n---\nlr: 2\n...\n---\noptim.lr: x\n",
    "CR LF": "lr: 1\r\noptim:\r\n  lr: 2\r\n", "CR": "lr: 1\rbig: 2\r", "next line": "lr: 1\x85big: 2\u2028date: x\n", "mark in the middle": "lr: 1\n\ufeffbig: 2\n",
    "strange names": "a:b: 3\nit's: 4\n'it''s': 5\n\"\\u540d\": 6\n名: 7\n\U0001f600: 8\n.lr: 1\nlr.: 1\na..b: 1\n'': 2\n",
    "blocks": "? |-\n  lr\n: 1\ndate: |\n  two\n  lines\nfree: >+\n  folded\n\n", "lines in quotes": "? 'a\n  b'\n: \"l\\\n  r\"\n",
    "flow": "{lr: 1, \"big\":2, 'date':x, optim: {lr: 3}, free}\n", "indentation": "lr: 1\n big: 2\n", "open bracket": "lr: [1\n", "open quote": 'lr: "x\n',
    "directive": "%YAML 9.9\n%TAG ! x\n---\nlr: 1\n", "control character": "lr: \x01\n", "half a character": 'lr: "\\ud83d"\n', "deep": f"free: {'[' * 5000}\n",
    "deep keys": "".join(f"{' ' * at}a{at}:\n" for at in range(300)), "a dict for a group": "optim: {__is_dict__: true, lr: 1}\n", "text": "just text\n", "list": "- lr\n",
}  # fmt: skip
JSON = {
    "empty": "", "comment": "// x\n{}", "last comma": '{"lr": 1,}', "escapes": '{"l\\u0072": 1, "\\u540d": 2, "a:b": 3, "it\'s": 4}', "twice": '{"lr": 1, "lr": 2}',
    "open strings": '{"lr": "[', "cut in a bracket": '{"lr": "x]\n', "cut escape": '{"lr": "}\\', "open key": '{"lr": 1, "]',
    "no numbers": '{"lr": NaN, "big": -Infinity, "free": null}', "two": '{"lr": 1} {"lr": 2}', "digits": f'{{"lr": 1, "big": {"9" * 5000}}}',
    "half a character": '{"\\ud800": 1, "lr": 1}', "deep": "[" * 100_000, "single quotes": "{'lr': 1}", "tabs": '{\t"lr":\t1}', "control": '{"lr": "a\tb"}',
    "list": "[1]", "number": "1", "CR LF": '{\r\n "lr": 1,\r\n "optim": {"lr": "x"}\r\n}', "a dict": '{"free": {"__is_dict__": true, "x": 1}}',
}  # fmt: skip
TEXTS = {**{f"a.yaml {name}": text for name, text in YAML.items()}, **{f"a.json {name}": text for name, text in JSON.items()}}  # fmt: skip


def workspace(name: str, values: str | bytes) -> Snapshot:
    project = f'[tool.hpman]\nvalue-files = ["{name}"]\n'
    code = CODE % (THOUSANDS, THOUSANDS)
    return snapshot_of(
        {f"{ROOT}/pyproject.toml": project, f"{ROOT}/train.py": code, f"{ROOT}/{name}": values}
    )


@pytest.mark.parametrize("name", TEXTS)
def test_every_question_is_answered_anywhere_in_any_text(name: str) -> None:
    file, text = name.partition(" ")[0], TEXTS[name]
    snapshot, path = workspace(file, text), f"{ROOT}/{file}"
    assert [diagnostics(snapshot, one) for one in (path, f"{ROOT}/train.py")]
    document_symbols(snapshot, path)
    for offset in range(min(len(text), 200) + 1):
        hover(snapshot, path, offset)
        definition(snapshot, path, offset)
        references(snapshot, path, offset, True)
        completion(snapshot, path, offset)
        rename(snapshot, path, offset, "na\"me: '")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.yaml tabs", "3:1 unreadable-values: not valid YAML: lines are indented by spaces, and here is a tab"),
        ("a.yaml digits", "1:6 value-not-of-type: `big` takes an int like its default 1, not the str `9999"),
        ("a.yaml hex", "3:7 value-not-of-type: `huge` takes an int like its default a number of thousands of digits, not the str `x`"),
        ("a.yaml choice", "1:7 value-not-in-choices: `huge` is one of 1, a number of thousands of digits, not 2"),
        ("a.yaml python object", "1:39 value-not-of-type: `free` has a value that is no plain data"),
        ("a.yaml merge of a number", "2:3 unreadable-values: `<<` takes a mapping, or a list of mappings"),
        ("a.yaml keys of all kinds", "3:1 unreadable-values: `~` is read as NoneType, and a name is text: put it in quotes"),
        ("a.yaml mark in the middle", "2:2 unreadable-values: not valid YAML: "),
        ("a.yaml control character", "1:5 unreadable-values: not valid YAML: control characters are not allowed"),
        ("a.yaml text", "1:1 unreadable-values: a file of values has names at its top: `name: value`"),
        ("a.json comment", "1:1 unreadable-values: not valid JSON: Expecting value"),
        ("a.json twice", "1:11 duplicate-key: `lr` is twice in this mapping: the last one counts"),
        ("a.json two", "1:11 unreadable-values: not valid JSON: Extra data"),
        ("a.json digits", "1:18 unreadable-values: not valid JSON for Python: a number of thousands of digits"),
        ("a.json deep", "1:1 unreadable-values: nested more than 100 levels deep"),
        ("a.json CR LF", "3:18 value-not-of-type: `optim.lr` takes an int like its default 2, not the str `x`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_its_place(name: str, told: str) -> None:
    file = name.partition(" ")[0]
    snapshot, path = workspace(file, TEXTS[name]), f"{ROOT}/{file}"
    lines = snapshot.value_files[path].lines
    found = []
    for one in diagnostics(snapshot, path):
        line, column = lines.position(one.span.start, "utf-32")
        found.append(f"{line + 1}:{column + 1} {one.code}: {one.message}")
    assert any(one.startswith(told) for one in found), found


@pytest.mark.parametrize(
    "name", ["a.yaml empty", "a.yaml comments", "a.yaml spaces", "a.yaml marks", "a.yaml null"]
)
def test_a_file_without_values_is_no_problem(name: str) -> None:
    assert diagnostics(workspace("a.yaml", TEXTS[name]), f"{ROOT}/a.yaml") == ()


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbflr: 1", "lr: 1".encode("utf-16"), "lr: 1".encode("utf-16-be").join([b"\xfe\xff", b""])],
    ids=["UTF-8 with a mark", "UTF-16", "UTF-16 BE"],
)
def test_marks_say_the_encoding(data: bytes) -> None:
    found = hover(workspace("a.yaml", data), f"{ROOT}/a.yaml", 1)
    assert found is not None
    assert found.plaintext.startswith("lr: float = 1e-3")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("lr: 1".encode("utf-32"), "not valid YAML: control characters are not allowed"),
        ("lr: 1".encode("utf-16-le"), "not valid YAML: control characters are not allowed"),
        (b"lr: 1\nx: \xe9 \n", "line 2 is not utf-8: invalid continuation byte"),
        (b"lr: 1\n\0", "not valid YAML: control characters are not allowed"),
    ],
    ids=["UTF-32", "UTF-16 without a mark", "latin-1", "NUL"],
)
def test_other_bytes_are_told(data: bytes, told: str) -> None:
    found = diagnostics(workspace("a.yaml", data), f"{ROOT}/a.yaml")
    assert [one.message for one in found if one.code == "unreadable-values"] == [told]


@pytest.mark.parametrize(
    ("file", "old", "new", "before", "after"),
    [
        ("a.json", "lr", 'a"b\\é', '{"l\\u0072": 1, "x": "lr"}', '{"a\\"b\\\\é": 1, "x": "lr"}'),
        ("a.json", "名", "lr2", '{"\\u540d":\r\n 1}', '{"lr2":\r\n 1}'),
        ("a.json", "optim.lr", "optim.rate", '{"optim": {"\\u006cr": 1}}', '{"optim": {"rate": 1}}'),
        ("a.json", "a:b", "c", '{"a:b": 1}', '{"c": 1}'),
        ("a.yaml", "a:b", "c:d", "a:b: 1\n---\n'a:b' : 2\n", "c:d: 1\n---\n'c:d' : 2\n"),
        ("a.yaml", "a:b", "c: d", "a:b: 1\n", '"c: d": 1\n'),
        ("a.yaml", "it's", "isn't", "it's: 1\n---\n'it''s': 2\n", "isn't: 1\n---\n'isn''t': 2\n"),
        ("a.yaml", "名", "名前", '? "\\u540d" # it\n: 1\n', '? "名前" # it\n: 1\n'),
        ("a.yaml", "lr", "rate", "!!str lr: &v 1\nfree: *v\n", "!!str rate: &v 1\nfree: *v\n"),
        ("a.yaml", "lr", "rate", "&key lr: 1 # *key\n", "&key rate: 1 # *key\n"),
        ("a.yaml", "lr", "rate", "{lr, big: 1}\n", "{rate, big: 1}\n"),
    ],
)
def test_a_key_is_renamed_however_it_is_written(
    file: str, old: str, new: str, before: str, after: str
) -> None:
    assert renamed(file, old, new, before) == after


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (
            "&key lr: 1\nfree: *key\n",
            "the key in line 1 stands elsewhere too, by an alias: write it out first",
        ),
        (
            "free: &key lr\n*key : 1\n",
            "the key in line 1 stands elsewhere too, by an alias: write it out first",
        ),
        ("? |-\n  lr\n: 1\n", "the key in line 1 is a block of lines: write it in quotes first"),
    ],
)
def test_a_key_that_cannot_be_renamed_by_its_characters_is_refused(before: str, why: str) -> None:
    assert renamed("a.yaml", "lr", "rate", before) == f"a.yaml: {why}"


def renamed(file: str, old: str, new: str, before: str) -> str:
    """A value file after a rename that begins in the code, or why there is none."""
    snapshot, code = workspace(file, before), f"{ROOT}/train.py"
    name = old.rpartition(".")[2]
    at = snapshot.files[code].text.index(f'"{old}"') + 1 + len(old) - len(name)
    answer = rename(snapshot, code, at, new)
    if isinstance(answer, Renamed):
        return apply_edits(before, answer.edits[f"{ROOT}/{file}"])
    assert answer is not None
    return answer.message
