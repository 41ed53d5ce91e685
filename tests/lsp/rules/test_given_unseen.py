"""Values that are given in ways that no call shows: each program runs, and `missing-default` has to be silent."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from hpman import HyperParameterManager
from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.rules.checking import IMPORT, check
from tests.lsp.workspace.fixtures import snapshot_of

CODE = "missing-default"
WAYS = [
    'box.hp = _\nbox.hp("a", 1)',
    'def f(): return _\nf()("a", 1)',
    'def f():\n    yield _\nnext(f())("a", 1)',
    'def f(m=_): m("a", 1)\nf()',
    'class C:\n    hp = _\nC.hp("a", 1)',
    'class C:\n    def __init__(self): self.hp = _\nC().hp("a", 1)',
    'x = {"m": _}\nx["m"]("a", 1)',
    '[_][0]("a", 1)',
    'h, other = _, 1\nh("a", 1)',
    'h = g = _\nh("a", 1)',
    '(h := _)\nh("a", 1)',
    'h = _ if box else None\nh("a", 1)',
    'h = None or _\nh("a", 1)',
    '(lambda: _)()("a", 1)',
    '(lambda h: h("a", 1))(_)',
    'list(map(_, ["a"], [1]))',
    'for h in (_,): h("a", 1)',
    '_.__call__("a", 1)',
    's = _.set_value\ns("a", 1)',
    '_.tree["a"] = 1',
    't = _.tree\nt["a"] = 1',
    '_.load_values(file, allow_unknown=True)',
    'box.hp = _.parse_file([])\nbox.hp("a", 1)',
    'class C:\n    def __init__(self): self.hp = _.parse_file([])\nC().hp("a", 1)',
    'def f(): return _.parse_file([]).set_value("b", 1)\nf()("a", 1)',
    '(lambda h: h("a", 1))(_.parse_file([]))',
    '[_.parse_file([])][0]("a", 1)',
    '_.parse_file([])("a", 1)',
    '_.set_values(values={"a": 1})',
    '_.set_tree(tree_values={"a": 1})',
    '_.set_value(**{"name": "a", "value": 1})',
    '_(*("a", 1))',
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_may_give_any_name_a_value_is_believed(way: str, tmp_path: Path) -> None:
    program = f'{way}\nvalue = _("a")\n'
    (tmp_path / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    space = {
        "_": HyperParameterManager("_"),
        "box": SimpleNamespace(),
        "file": str(tmp_path / "values.yaml"),
        "value": 0,
    }
    exec(program, space)
    assert space["value"] == 1
    found = diagnostics(snapshot_of({"/w/main.py": IMPORT + program}), "/w/main.py")
    assert CODE not in {one.code for one in found}


@pytest.mark.parametrize(
    "source",
    [
        "print(_); assert _ is not None",
        'x = f"{_}" == str(_)',
        "if _: pass",
        "_.get_values(); _.db.count(); _.tree.count(); _.tree.get('b')",
        "for i, _ in []: print([_], {_: _}, x[_])",
        "def f():\n    for i, _ in []: g([_])\n    return [_ for _ in x]",
        "_.parse_file(__file__)",
        "hp = _.parse_file(__file__)",
        "print(_.parse_file(__file__)); _.parse_file(__file__).set_value('b', 1).get_values()",
        "_.set_values(values={'b': 1}); _.set_tree(prefix='b', tree_values={'c': 1})",
    ],
)
def test_what_only_looks_at_a_manager_gives_nothing(source: str) -> None:
    check(CODE, f'{IMPORT}{IMPORT}_("a")\n{source}\n', 'main.py:3: "a"')
