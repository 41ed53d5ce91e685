"""Extract, inline, move: an action by its title, and the files that it leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman.static.facts import Span
from hpman_lsp.features.code_actions import CodeAction, code_actions
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.text.edits import apply_edits
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import Fixture, fixture


def opened(at: Fixture) -> Snapshot:
    """Also a file without hyperparameters is known while it is open."""
    snapshot = at.snapshot
    file = source_file(at.path, at.files[at.path], 1, snapshot.placeholders)
    return snapshot.with_files({at.path: file})


def offered(at: Fixture, kind: str = "refactor", length: int = 0) -> dict[str, CodeAction]:
    found = code_actions(
        opened(at),
        at.path,
        Span(at.offset, at.offset + length),
        lambda one: one.startswith(kind),
        diagnostics,
    )
    return {action.title: action for action in found}


def done(at: Fixture, action: CodeAction) -> dict[str, str]:
    return {path: apply_edits(at.files[path], edits) for path, edits in action.edits.items()}


def extracted(text: str, length: int = 0) -> str | None:
    """Give the file after the one way to extract."""
    at = fixture(text)
    actions = [one for one in offered(at, length=length).values() if one.kind == "refactor.extract"]
    return done(at, actions[-1])[at.path] if actions else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lr = 1$0e-3", 'lr = _("lr", 1e-3)'),
        ("lr = $01e-3  # step", 'lr = _("lr", 1e-3)  # step'),
        ("lr: float = 1e-3$0", 'lr: float = _("lr", 1e-3)'),
        ("self.lr = 0.$01", 'self.lr = _("lr", 0.1)'),
        ("LEARNING_RATE = 0.$01", 'LEARNING_RATE = _("learning_rate", 0.1)'),
        ("self._batchSize = $08", 'self._batchSize = _("batch_size", 8)'),
        ("config['lr'] = 0.$01", "config['lr'] = _(\"lr\", 0.1)"),
        ("f(x, lr=0$0.1)", 'f(x, lr=_("lr", 0.1))'),
        ("f(g(lr=0$0.1))", 'f(g(lr=_("lr", 0.1)))'),
        ("nn.Dropout(0$0.5)", 'nn.Dropout(_("dropout", 0.5))'),
        ("Linear(10, 6$04)", 'Linear(10, _("linear_2", 64))'),
        ("Adam(p, betas=(0.9, 0$0.999))", 'Adam(p, betas=_("betas", (0.9, 0.999)))'),
        ("{'lr': 0$0.1}", "{'lr': _(\"lr\", 0.1)}"),
        ("betas = 0.$09, 0.999", 'betas = _("betas", (0.9, 0.999))'),
        ("a, b = 1, $02", 'a, b = 1, _("b", 2)'),
        ("lr = $0-1", 'lr = _("lr", -1)'),
        ("mode = 'tr$0ain'", "mode = _(\"mode\", 'train')"),
        ("debug = Tr$0ue", 'debug = _("debug", True)'),
        ("if (n := $03): pass", 'if (n := _("n", 3)): pass'),
        ("x = (\n  $01\n)", 'x = (\n  _("x", 1)\n)'),
        ("x = [\n  $01,\n  2]", 'x = _("x", [\n  1,\n  2])'),
        ("é = '😀', 1; lr = $02", "é = '😀', 1; lr = _(\"lr\", 2)"),
        ("class A:\n  def f(self):\n    self.lr = $01", 'class A:\n  def f(self):\n    self.lr = _("lr", 1)'),
    ],
)
def test_a_literal_becomes_a_hyperparameter_called_after_what_it_is_given_to(before: str, after: str) -> None:
    assert extracted(IMPORT + before) == IMPORT + after


@pytest.mark.parametrize(
    "text",
    [
        "x = y$0",
        "x = y + $01",
        "x = No$0ne",
        "x = []$0",
        '"doc$0string"',
        "def f(lr=$01): pass",
        'x = f"a$0"',
        "x: 'in$0t' = y",
        "__version__ = '$01'",
        'x = _("lr", $01)',
        'x = _("lr", 1, help="$0a")',
        '_.set_value("lr", $01)',
        "match x:\n  case $01: pass",
        "from a import b; x = ($01",
        "def f(_):\n  x = $01",
    ],
)
def test_what_is_no_literal_of_its_own_is_not_offered(text: str) -> None:
    actions = offered(fixture(IMPORT + text)).values()
    assert [one.title for one in actions if one.kind == "refactor.extract"] == []


@pytest.mark.parametrize(
    ("text", "length", "after"),
    [
        ("y = x + $0100 * z", 3, 'y = x + _("value", 100) * z'),
        ("y = x + $0100 * z", 4, 'y = x + _("value", 100) * z'),
        ("y = x + $0100 * z", 2, None),
        ("Adam(p, betas=(0.9, $00.999))", 5, 'Adam(p, betas=(0.9, _("value", 0.999)))'),
    ],
)
def test_what_is_selected_is_extracted_whatever_it_belongs_to(
    text: str, length: int, after: str | None
) -> None:
    assert extracted(IMPORT + text, length) == (None if after is None else IMPORT + after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lr = $01", 'from hpman.m import _\n\nlr = _("lr", 1)'),
        ("\nlr = $01", '\nfrom hpman.m import _\n\nlr = _("lr", 1)'),
        ("#!/usr/bin/python\n# coding: utf-8\nlr = $01",
         '#!/usr/bin/python\n# coding: utf-8\nfrom hpman.m import _\n\nlr = _("lr", 1)'),
        ("'''Doc.'''\n\nlr = $01", '\'\'\'Doc.\'\'\'\n\nfrom hpman.m import _\n\nlr = _("lr", 1)'),
        ("'''Doc.'''\nfrom __future__ import annotations\nimport os  # os\n\n\nlr = $01",
         ("'''Doc.'''\nfrom __future__ import annotations\nimport os  # os\nfrom hpman.m import _\n\n\n"
          'lr = _("lr", 1)')),
        ("from a import (\r\n  b,\r\n)\r\nlr = $01",
         'from a import (\r\n  b,\r\n)\r\nfrom hpman.m import _\r\nlr = _("lr", 1)'),
        ("import a; lr = $01", None),
        ("for _ in range(3): pass\nlr = $01", 'from hpman.m import hp\n\nfor _ in range(3): pass\nlr = hp("lr", 1)'),
        ("from gettext import gettext as _\n_('Hi')\nlr = $01",
         "from gettext import gettext as _\nfrom hpman.m import hp\n_('Hi')\nlr = hp(\"lr\", 1)"),
        ("def f():\n  for _ in range(3): pass\nlr = $01",
         'from hpman.m import _\n\ndef f():\n  for _ in range(3): pass\nlr = _("lr", 1)'),
    ],
)  # fmt: skip
def test_the_import_is_added_where_it_is_missing(before: str, after: str | None) -> None:
    assert extracted("#- main.py\n" + before) == after


def test_the_managers_of_the_file_and_of_the_project_go_first() -> None:
    around = '#- other.py\nfrom hpman.m import cfg\ncfg("a", 1)\n#- main.py\n'
    assert extracted(around + "lr = $01") == 'from hpman.m import cfg\n\nlr = cfg("lr", 1)'
    assert extracted(around + "from common import p\nlr = $01\n#- common.py\nfrom hpman.m import p\n") == (
        'from common import p\nlr = p("lr", 1)\n'
    )
    assert extracted("from hpman.m import a, b\nb('x', 1)\nlr = $02") == (
        "from hpman.m import a, b\nb('x', 1)\nlr = b(\"lr\", 2)"
    )


def test_a_name_that_exists_gets_a_number_and_the_one_with_this_default_is_offered() -> None:
    at = fixture(IMPORT + '_("lr", 1e-3); _("lr_2.a", 2)\nlr = 1e-$03')
    actions = offered(at)
    assert list(actions) == ["Use the hyperparameter `lr`", "Extract into a hyperparameter: `lr_3`"]
    first, second = (done(at, one)[at.path].splitlines()[-1] for one in actions.values())
    assert (first, second) == ('lr = _("lr")', 'lr = _("lr_3", 1e-3)')
    assert list(offered(fixture(IMPORT + '_("lr", 2)\nlr = $01'))) == [
        "Extract into a hyperparameter: `lr_2`"
    ]


TEXTS = st.sampled_from(
    ["1e-3", "-1", "'it\\'s'", '"""a\n  b"""', "(1, 2)", "[1,\n 2]", "{'a': {'b': 1}}", "1, 2", "True"]
)


@given(TEXTS, st.sampled_from(["x = {}", "f(x={})", "a.x = {}", "class A:\n  x = {}", "x = ({})"]))
def test_extract_and_inline_are_inverse(literal: str, statement: str) -> None:
    literal = f"({literal})" if statement == "f(x={})" and "," in literal and literal[0] == "1" else literal
    before = IMPORT + statement.format(literal)
    at = Fixture({"/w/main.py": before}, "/w/main.py", before.index(literal, len(IMPORT)))
    action = offered(at)["Extract into a hyperparameter: `x`"]
    after = done(at, action)[at.path]
    back = Fixture({"/w/main.py": after}, "/w/main.py", after.index('"x"'))
    inlined = done(back, offered(back)["Inline `x` everywhere"])["/w/main.py"]
    assert inlined.replace("(1, 2)", "1, 2") == before.replace("(1, 2)", "1, 2")


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ('_("l$0r", 1, help="x")', "everywhere", "1"),
        ('x = _("l$0r"), _("lr", 1)', "everywhere", "x = 1, 1"),
        ('x = _("l$0r"), _("lr", 1)', "here", None),
        ('x = _("l$0r"), _("lr", 1), _("lr")', "here", 'x = 1, _("lr", 1), _("lr")'),
        ('x = _("lr"), _("l$0r", 1)', "here", None),
        ('_("l$0r", -1) ** 2', "everywhere", "(-1) ** 2"),
        ('2 - _("l$0r", -1)', "everywhere", "2 - -1"),
        ('_("l$0r", 1).real', "everywhere", "(1).real"),
        ('_("l$0r", 1 + 2j) * 3', "everywhere", "(1 + 2j) * 3"),
        ('_("l$0r", (1, 2))[0]', "everywhere", "(1, 2)[0]"),
        ('x = _("l$0r", "a"\n  "b")', "everywhere", 'x = ("a"\n  "b")'),
        ('_("l$0r", 1); print(_.get_value("lr"))', "everywhere", "1; print(1)"),
        ('_("l$0r", 1); _.exists("lr")', "everywhere", None),
        ('_("l$0r", 1); _.set_value("lr", 2)', "everywhere", None),
        ('_("l$0r", f())', "everywhere", None),
        ('_("o.l$0r", 1); _("o")', "everywhere", None),
        ('_("l$0r",  # why\n  1)', "everywhere", None),
        ("f\"{_('l$0r', 'a')}\"", "everywhere", None),
    ],
)
def test_a_hyperparameter_is_inlined_where_that_changes_nothing(
    before: str, title: str, after: str | None
) -> None:
    at = fixture(IMPORT + before)
    action = next(
        (one for name, one in offered(at, "refactor.inline").items() if name.endswith(f" {title}")), None
    )
    assert (None if action is None else done(at, action)[at.path]) == (
        None if after is None else IMPORT + after
    )


@pytest.mark.parametrize(
    ("lines", "doubt"),
    [
        ("", None),
        ("_.load_values(path)", "main.py:3 sets names that only running it can tell: path"),
        ("_.set_values(vars(args))", "main.py:3 sets names that only running it can tell: vars(args)"),
        ("_(name, 2)", "main.py:3 makes a name when it runs: name"),
        ('_(f"w{x}", 2)', None),
    ],
)
@pytest.mark.parametrize("title", ["Inline `lr` here", "Inline `lr` everywhere"])
def test_what_may_set_the_name_unseen_is_to_be_confirmed(lines: str, doubt: str | None, title: str) -> None:
    action = offered(fixture(f'{IMPORT}x = _("lr$0"), _("lr", 1), _("lr")\n{lines}'), "refactor.inline")[
        title
    ]
    assert action.doubt == (doubt and f"look at what may set or read it unseen: {doubt}")


def test_what_a_value_file_gives_is_not_inlined() -> None:
    project = "#- pyproject.toml\n[tool.hpman]\nvalue-files = ['*.yaml']\n#- a.yaml\nlr: 2\n#- main.py\n"
    assert offered(fixture(f'{project}{IMPORT}x = _("l$0r", 1)'), "refactor.inline") == {}


@pytest.mark.parametrize(("line", "is_sure"), [("", False), ('_.parse_file(["a.py", "b.py"])', True)])
def test_a_default_that_a_program_may_lose_is_moved_once_that_is_confirmed(line: str, is_sure: bool) -> None:
    text = f'#- a.py\n{IMPORT}print(_("l$0r"))\n#- b.py\n{IMPORT}lr = _("lr", 1)\n{line}\n'
    (action,) = offered(fixture(text), "refactor.move").values()
    assert action.doubt == (
        None if is_sure else "a program that runs b.py and does not parse this file has no default then"
    )


def test_the_default_moves_here_with_its_hints() -> None:
    at = fixture("""
        #- a.py
        from hpman.m import _
        print(_("l$0r", scale="own"))
        #- b.py
        from hpman.m import _
        lr = _("lr", (1e-3), help="a, b", scale="log", )
        """)
    ((title, action),) = offered(at, "refactor.move").items()
    assert title == "Move the default of `lr` here, from b.py:2"
    assert done(at, action) == {
        "/w/a.py": 'from hpman.m import _\nprint(_("lr", 1e-3, help="a, b", scale="own"))\n',
        "/w/b.py": 'from hpman.m import _\nlr = _("lr")\n',
    }


@pytest.mark.parametrize(
    "text",
    ['_("l$0r", 1)', '_("l$0r")', '_("l$0r"); _("lr", f())', '_.get_value("l$0r"); _("lr", 1)',
     '_("l$0r"); _("lr", 1); _("lr", 2)', '_("l$0r"); _("lr",  # why\n 1)'],
)  # fmt: skip
def test_a_default_is_not_moved_where_it_is_or_from_where_it_cannot(text: str) -> None:
    assert offered(fixture(IMPORT + text), "refactor.move") == {}
