"""Values that are given in ways that no call shows: each program runs, and `missing-default` has to be silent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hpman import HyperParameterManager
from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.rules.checking import IMPORT, check
from tests.lsp.workspace.fixtures import snapshot_of

CODE = "missing-default"
ROOT = Path(__file__).parents[3]
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
    '_(**{"hp_" + "name": "a", "hp_value": 1})',
    'import contextvars\nv = contextvars.ContextVar("v")\nv.set(_)\nv.get()("a", 1)',
    'box._("a", 1)',
    'vars(box)["_"]("a", 1)',
    'getattr(box, "_")("a", 1)',
    'h = getattr(box, "_")\nh("a", 1)',
    'import operator\noperator.attrgetter("_")(box)("a", 1)',
    'globals()["_"]("a", 1)',
    "vars()['_']( hp_name='a', hp_value=1)",
    "exec(text)",
    "eval(text)",
    """eval('_("a", 1)')""",
    'getattr(_, "set_value")("a", 1)',
    'h = globals()["_"]\nh("a", 1)',
    'h = globals().get("_")\nh("a", 1)',
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_may_give_any_name_a_value_is_believed(way: str, tmp_path: Path) -> None:
    program = f'{way}\nvalue = _("a")\n'
    (tmp_path / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    manager = HyperParameterManager("_")
    space = {
        "_": manager,
        "box": SimpleNamespace(_=manager),
        "text": '_("a", 1)',
        "file": str(tmp_path / "values.yaml"),
        "value": 0,
    }
    exec(program, space)
    assert space["value"] == 1
    found = diagnostics(snapshot_of({"/w/main.py": IMPORT + program}), "/w/main.py")
    assert CODE not in {one.code for one in found}


# Each runs as `python main.py`; `lib.py` is what it reaches in a way that no import names.
LIB = f'{IMPORT}_("a", 1)\n'
ELSEWHERE = [
    'import importlib\nimportlib.import_module("lib")',
    'from importlib import import_module as load\nload("lib")',
    'import importlib.util as u\ns = u.spec_from_file_location("lib", "lib.py")\ns.loader.exec_module(u.module_from_spec(s))',
    'import runpy\nrunpy.run_path("lib.py")',
    'import pkgutil\nfor one in pkgutil.iter_modules(["."]):\n    if one.name == "lib": __import__(one.name)',
    '__import__("lib")',
    "import loader",
]


@pytest.mark.parametrize("way", ELSEWHERE)
def test_what_a_program_may_load_may_give_a_value(way: str, tmp_path: Path) -> None:
    main = f'{IMPORT}_.parse_file(__file__)\n{way}\nprint(_("a"), _("b"))\n'
    loader = 'import importlib\nimportlib.import_module("lib")\n'
    files = {"main.py": main.replace(', _("b")', ""), "lib.py": LIB, "loader.py": loader}
    assert ran(tmp_path, files) == "1\n"
    assert told(CODE, files | {"main.py": main}) == ['"b"']


def test_what_is_beside_the_search_path_may_give_a_value(tmp_path: Path) -> None:
    main = (
        f'import sys\nsys.path.append("parts")\nimport lib\n{IMPORT}_.parse_file(__file__)\nprint(_("a"))\n'
    )
    files = {"main.py": main, "parts/lib.py": LIB}
    assert ran(tmp_path, files) == "1\n"
    assert told(CODE, files) == []


def test_what_is_beside_the_search_path_by_the_environment_may_give_a_value() -> None:
    files = {
        "app/main.py": f'import lib\n{IMPORT}_.parse_file(__file__)\n_("a")\n_("b")\n',
        "parts/lib.py": LIB,
    }
    assert told(CODE, files, "app/main.py") == ['"b"']


@pytest.mark.parametrize(
    "imported", ["import lib", "from lib import x", "from . import lib", "import pkg.lib"]
)
@pytest.mark.parametrize(
    "left_out",
    [
        {".git/HEAD": "", ".gitignore": "lib.py\n"},
        {"pyproject.toml": '[tool.hpman]\nexclude = ["**/lib.py"]\n'},
    ],
)
def test_a_file_that_is_left_out_may_give_a_value(imported: str, left_out: dict[str, str]) -> None:
    files = {
        "main.py": f'{imported}\n{IMPORT}_("a")\n',
        "lib.py": LIB,
        "pkg/__init__.py": "",
        "pkg/lib.py": LIB,
    }
    assert told(CODE, files | left_out) == []
    generated = dict.fromkeys(("lib.py", "pkg/lib.py"), "# for hpman\nversion = 1\n")
    assert told(CODE, files | left_out | generated) == ['"a"']


def test_a_program_may_get_the_values_that_another_one_hands_over(tmp_path: Path) -> None:
    start = 'import subprocess, sys\nsubprocess.run([sys.executable, "main.py"], check=True)\n'
    values = f'{IMPORT}_.parse_file(__file__)\n_.set_value("a", 1)\n'
    files = {
        "main.py": f'{IMPORT}_.parse_file(__file__)\nprint(_("a"))\n',
        "start.py": f"{values}_.export_values()\n{start}",
    }
    assert ran(tmp_path, files, "start.py") == "1\n"
    assert told(CODE, files) == []
    assert told(CODE, files | {"start.py": values}) == ['"a"']
    other = f"{IMPORT}_.parse_file(__file__)\n_.set_value('b', 1)\n_.export_values()\n"
    assert told(CODE, files | {"start.py": values, "other.py": other}) == ['"a"']


def test_what_another_program_gives_is_not_given() -> None:
    files = {
        "main.py": f'{IMPORT}_.parse_file(__file__)\n_("a")\n',
        "lib.py": f"{LIB}_.parse_file(__file__)\n",
    }
    assert told(CODE, files) == ['"a"']
    assert told(CODE, files | {"main.py": "import importlib.metadata\n" + files["main.py"]}) == ['"a"']


@pytest.mark.parametrize(
    "guarded",
    [
        "try:\n    _('a')\nexcept KeyError:\n    pass",
        "try: _('a')\nexcept: pass",
        "try:\n    if 1:\n        x = [\n            _.get_value('a')]\nexcept (\n    ValueError, KeyError\n):\n    pass",
        "from hpman import HpmanError\ntry:\n    _('a')\n# none\nexcept ValueError:\n    pass\nexcept HpmanError as e:\n    pass",
        "import contextlib\nwith contextlib.suppress(OSError, KeyError):\n    _('a')",
        "if 'a' in _.get_values():\n    _('a')",
    ],
)
def test_a_read_that_expects_to_fail_is_not_told(guarded: str, tmp_path: Path) -> None:
    files = {"main.py": f"{IMPORT}{guarded}\nprint(1)\n"}
    assert ran(tmp_path, files) == "1\n"
    assert told(CODE, files) == []


@pytest.mark.parametrize(
    "failing",
    [
        "try:\n    _('a')\nexcept ValueError:\n    pass",
        "try:\n    _('a')\nfinally:\n    pass",
        "try:\n    1 / 0\nexcept Exception:\n    _('a')",
        "try:\n    pass\nexcept KeyError:\n    pass\n_('a')",
        "try:\n    def f():\n        _('a')\nexcept KeyError:\n    pass\nf()",
        "if 'a' in {}:\n    pass\n_('a')",
    ],
)
def test_a_read_that_nothing_saves_is_told(failing: str, tmp_path: Path) -> None:
    files = {"main.py": f"{IMPORT}{failing}\n"}
    assert "UnknownNameError" in ran(tmp_path, files)
    assert told(CODE, files) == ["'a'"]


@pytest.mark.parametrize(
    "source",
    [
        "print(_); console.print(_); assert _ is not None; hpargparse.bind(parser, _)",
        "_(); _('b', 1, 2)",
        'x = f"{_}" == str(_)',
        "if _: pass",
        "_.get_values(); _.db.count(); _.tree.count(); _.tree.get('b')",
        "for i, _ in []: print([_], {_: _}, x[_])",
        "def f():\n    for i, _ in []: g([_])\n    return [_ for _ in x]",
        "_.parse_file(__file__)",
        "hp = _.parse_file(__file__)",
        "print(_.parse_file(__file__)); _.parse_file(__file__).set_value('b', 1).get_values()",
        "_.set_values(values={'b': 1}); _.set_tree(prefix='b', tree_values={'c': 1})",
        'x = getattr(y, "a_"), y["_"], y._z("a", 1), y.a_("a", 1), y._("b", 1), model.exec("a", 1)',
        '"""Never calls exec(code), nor `self.hp = _`."""',
        "# once: cfg._('a', 1); exec(code); if 'a' in _.get_values(): sys.path.append(x)",
        "text = \"getattr(module, '_')('a', 1) __import__('b')\"",
        "x = eval('1 + 1'); model.eval(); getattr(_, 'get_values')()",
    ],
)
def test_what_only_looks_at_a_manager_gives_nothing(source: str) -> None:
    check(CODE, f'{IMPORT}{IMPORT}_("a")\n{source}\n', 'main.py:3: "a"')


def ran(folder: Path, files: dict[str, str], program: str = "main.py") -> str:
    """Run a program; give what it prints, or else how it fails."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, program], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return run.stdout or run.stderr


def told(code: str, files: dict[str, str], path: str = "main.py") -> list[str]:
    """Give what is underlined by a rule in a file."""
    snapshot = snapshot_of({f"/w/{path}": text for path, text in files.items()})
    return [files[path][slice(*one.span)] for one in diagnostics(snapshot, f"/w/{path}") if one.code == code]
