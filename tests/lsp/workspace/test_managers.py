"""Which `_` is a manager. The fixture's last file is main.py, where `_("x")` stands alone on a line."""

from __future__ import annotations

import pytest

from tests.lsp.workspace.fixtures import fixture, short


def names(text: str, path: str = "main.py") -> list[str]:
    """Give `manager.name` of all uses in a file."""
    contribution = fixture(text).snapshot.index.files.get(f"/w/{path}")
    return [] if contribution is None else [f"{use.key.manager}.{use.key.name}" for use in contribution.uses]


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ('from hpman.m import _\n_("x")', "_.x"),
        ('from hpman.m import (\n    hp,\n    _,\n)\n_("x")', "_.x"),
        ('from hpman.m import _ as h\nh("x")', "_.x"),
        ('from hpman.m import hp as _\n_("x")', "hp.x"),
        ('lazy from hpman.m import _\n_("x")', "_.x"),
        ('x = 1; lazy from hpman.m import (_, hp)\n_("x")', "_.x"),
        ('lazy import hpman.m\nhpman.m._("x")', "_.x"),
        ('with x:\n    lazy from hpman.m import _ as h\nh("x")', "_.x"),
        ('try:\n    from hpman.m import _\nexcept ImportError:\n    _ = None\n_("x")', "_.x"),
        ('try:\n    from hpman.m import _\nexcept ImportError:\n    from fallback import _\n_("x")', "_.x"),
        ('if TYPE_CHECKING:\n    from hpman.m import _\n_("x")', "_.x"),
        ('def f():\n    from hpman.m import _\n    return _("x")', "_.x"),
        ('from hpman.m import _\ndef f():\n    from hpman.m import hp as _\n    return _("x")', "hp.x"),
        ('from hpman.m import _\nfrom hpman.m import hp as _\n_("x")', "hp.x"),
        ('_("x")\nfrom hpman.m import _', "_.x"),
        ('from hpman.m import _\nclass C:\n    _ = 1\n    def f(self): return _("x")', "_.x"),
        ('def f():\n    global _\n    from hpman.m import _\n_("x")', "_.x"),
    ],
)
def test_a_name_that_is_imported_from_hpman_is_a_manager(main: str, found: str) -> None:
    assert names(main) == [found]


@pytest.mark.parametrize(
    "main",
    [
        '_("x")',
        'from gettext import gettext as _\n_("x")',
        'from hpman import _\n_("x")',
        'from hpman.m import *\n_("x")',
        'from hpman.m import hp\n_("x")',
        'import hpman.m\n_ = print\n_("x")',
        'def f(_): return _("x", 1)',
        'from hpman.m import _\ndef f(*_): return _("x")',
        'from hpman.m import _\ndef f(_: int): return _("x")',
        'from hpman.m import _\ndef f():\n    for _ in []: pass\n    return _("x")',
        'from hpman.m import _\n[_("x") for _ in []]',
        'lambda _: _("x")',
        'import gettext\n_ = gettext.translation("x").gettext\n_("x", 1)',
        'from hpman.m import _\nobject._("x")',
        'from hpman.m import _\nclass T:\n    hp = str\n    def f(self): return self.hp("x")',
        'from hpman.m import _\nclass T:\n    def f(self):\n        self.hp = len(_)\n        return self.hp("x")',
        'from nowhere import _\n_("x")',
        '"""from hpman.m import _"""\n_("x")',
    ],
)
def test_anything_else_is_none(main: str) -> None:
    assert names(main) == []


MADE = "from hpman import HyperParameterManager as M\n"


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ('from hpman.m import _\ndef f(_): return _("x")', "_.x"),
        ('from hpman.m import _\nlambda _: _("x")', "_.x"),
        ('def cell():\n    from hpman.m import hp\n    return hp,\ndef other(hp): return hp("x")', "hp.x"),
        ('def f():\n    from hpman.m import hp as h\ndef g(h): return h("x")', "hp.x"),
        ('from hpman import HyperParameterManager\ndef f(p: HyperParameterManager): return p("x", 1)', "p.x"),
        ('import hpman\ndef f(p: "hpman.HyperParameterManager | None" = None): return p("x", 1)', "p.x"),
        ('import hpman\n_ = hpman.HyperParameterManager("_")\n_("x")', "_.x"),
        ('import hpman as h\nhp = h.HyperParameterManager(placeholder="hp")\nhp("x")', "hp.x"),
        ('from hpman import hpm\nhp = hpm.HyperParameterManager("hp")\nhp("x")', "hp.x"),
        ('from hpman.hpm import HyperParameterManager\nhp = HyperParameterManager("hp")\nhp("x")', "hp.x"),
        (MADE + 'hp = M("hp").parse_file(__file__)\nhp("x")', "hp.x"),
        (MADE + 'hp: M = M("hp")\nhp("x")', "hp.x"),
        (MADE + 'h = M("hp")\nh("x")', "hp.x"),
        (MADE + 'def f():\n    hp = M("hp")\n    return hp("x")', "hp.x"),
        (MADE + 'if (hp := M("hp")): hp("x")', "hp.x"),
        (MADE + 'class Mine(M): pass\nhp = Mine("hp")\nhp("x")', "hp.x"),
        (MADE + 'hp = M("hp")\nh = hp\nh("x")', "hp.x"),
        ('from somewhere import get\nhp = get()\nhp.parse_file(__file__)\nhp("x")', "hp.x"),
        ('from somewhere import get\nhp = get().parse_file(__file__)\nhp("x")', "hp.x"),
        ('from somewhere import Cfg\nhp = Cfg.hp\nhp.parse_file(__file__)\nhp("x")', "hp.x"),
        ('def run(hp):\n    hp.parse_file(__file__)\n    return hp("x")', "hp.x"),
        ('from hpman.m import _\nclass T:\n    hp = _\n    def f(self): return self.hp("x")', "_.x"),
        ('from hpman.m import hp\nclass T:\n    hp = hp\nT.hp("x")', "hp.x"),
        (
            (
                "from hpman.m import hp\nclass T:\n    def __init__(self): self.hp = hp.parse_file(__file__)\n"
                '    def f(self): return self.hp("x")'
            ),
            "hp.x",
        ),
        (
            (
                "from hpman.m import hp\nclass T:\n    def __init__(self, hp): self.hp = hp\n"
                '    def f(self): return self.hp("x")'
            ),
            "hp.x",
        ),
        (
            (
                "from hpman.m import hp as given\nclass T:\n    @property\n    def hp(self): return given\n"
                '    def f(self): return self.hp("x")'
            ),
            "hp.x",
        ),
        (
            (
                "from hpman import HyperParameterManager\nclass T:\n    hp: HyperParameterManager\n"
                '    def f(self): return self.hp("x")'
            ),
            "hp.x",
        ),
        (
            (
                "from hpman.m import hp\nclass T:\n    hp = hp\n    def f(self, t):\n"
                '        t.hp = self.hp\n        return self.hp("x")'
            ),
            "hp.x",
        ),
    ],
)
def test_a_manager_that_is_given_or_made_is_one(main: str, found: str) -> None:
    assert names(main) == [found]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("model.py", 'def build(hp): return hp("x", 1)', ["hp.x"]),
        ("model.py", 'def build(*, hp=None):\n    return hp("x")', ["hp.x"]),
        ("model.py", 'def build(_): return _("x", 1)', ["_.x"]),
        ("model.py", 'def build(_): return _("Hello.")', []),
        ("model.py", 'def build(_): return _("hello")', []),
        ("model.py", 'def build(hp): return hp.x("x")', []),
        ("model.py", 'def build(h): return h("x", 1)', []),
        (
            "model.py",
            'class T:\n    def __init__(self, hp): self.hp = hp\n    def f(self): return self.hp("x")',
            ["hp.x"],
        ),
        ("model.py", 'from conf import get\nhp = get()\nprint(hp("x"))', ["hp.x"]),
        ("model.py", 'from conf import Made\nhp = Made("hp")\nprint(hp("x"))', ["hp.x"]),
        ("model.py", 'import conf\nhp = conf.Made("k")\nprint(hp("x"))', ["k.x"]),
        ("model.py", 'from made import hp\nprint(hp("x"))', ["k.x"]),
        ("model.py", 'from got import hp\nprint(hp("x"))', ["hp.x"]),
    ],
)
def test_what_another_file_has_shows_what_is_given(path: str, text: str, found: list[str]) -> None:
    others = """
#- conf.py
from hpman import HyperParameterManager
from hpman.m import hp, _
def get(): return hp
class Made(HyperParameterManager): pass
#- made.py
from hpman.hpm import HyperParameterManager
hp = HyperParameterManager("k")
#- got.py
from conf import get
hp = get()
hp.parse_file("x.py")
hp("y", 1)
"""
    assert names(f"{others}\n#- {path}\n{text}", path) == found


PASSED_ON = """
#- common.py
from hpman.m import _, hp
from hpman.m import _ as h
#- lazily.py
if 1:
    lazy from common import (_, hp)
#- pkg/__init__.py
from common import _
from .inner import deep
#- pkg/inner.py
from common import h as deep
#- pkg/named.py
from common import *
__all__ = ["_", "hp"]
#- src/lib.py
from hpman.m import _ as libs
#- tools/local.py
from hpman.m import _
#- gettext.py
def gettext(text): ...
_ = gettext
#- {0}
"""


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("main.py", 'from common import _\n_("x")', ["_.x"]),
        ("main.py", 'lazy from common import _\n_("x")', ["_.x"]),
        ("main.py", 'from lazily import _\n_("x")', ["_.x"]),
        ("main.py", 'lazy import lazily\nlazily._("x")', ["_.x"]),
        ("main.py", 'from common import _ as k\nk("x")', ["_.x"]),
        ("main.py", 'from common import h\nh("x")', ["_.x"]),
        ("main.py", 'from common import *\nhp("x"); h("x"); _("x")', ["hp.x", "_.x"]),
        ("main.py", 'from pkg import _\n_("x")', ["_.x"]),
        ("main.py", 'from pkg import deep\ndeep("x")', ["_.x"]),
        ("main.py", 'from pkg.named import *\nhp("x"); _("x")', ["hp.x"]),
        ("main.py", 'from lib import libs\nlibs("x")', ["_.x"]),
        ("main.py", 'from src.lib import libs\nlibs("x")', ["_.x"]),
        ("main.py", 'from gettext import _\n_("x")', []),
        ("main.py", 'from local import _\n_("x")', []),
        ("tools/main.py", 'from local import _\n_("x")', ["_.x"]),
        ("tools/main.py", 'from .local import _\n_("x")', ["_.x"]),
        ("tools/sub/main.py", 'from ..local import _\n_("x")', ["_.x"]),
        ("tools/sub/main.py", 'from tools.local import _\n_("x")', ["_.x"]),
        ("pkg/main.py", 'from . import _\n_("x")', ["_.x"]),
        ("pkg/main.py", 'from .inner import deep as d\nd("x")', ["_.x"]),
        ("main.py", 'def f():\n    from common import _\n    _("x")', ["_.x"]),
    ],
)
def test_modules_of_the_workspace_pass_managers_on(path: str, source: str, found: list[str]) -> None:
    assert names(PASSED_ON.format(path) + source, path) == found


def test_modules_that_import_each_other_pass_nothing_on() -> None:
    assert (
        names('#- a.py\nfrom main import _\n#- main.py\nfrom hpman.m import hp\nfrom a import _\n_("x")')
        == []
    )


def test_a_file_without_our_names_is_not_kept() -> None:
    at = fixture(
        """
        #- common.py
        from hpman.m import _
        #- user.py
        from common import _
        _("x")
        #- other.py
        from gettext import gettext as _
        _("x")
        #- prose.py
        "hpman is a package"
        #- empty.py
        """
    )
    assert sorted(map(short, at.snapshot.files)) == ["common.py", "user.py"]
