"""Where a KeyError is expected, nothing is said of a name without a value: each program runs, and both agree."""

from __future__ import annotations

import pytest

from hpman import HyperParameterManager
from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.rules.checking import IMPORT
from tests.lsp.workspace.fixtures import snapshot_of

EXPECTED = [
    "try: _('a')\nexcept (LookupError, OSError): pass",
    "MISSING = (KeyError, ValueError)\ntry: _('a')\nexcept MISSING: pass",
    "MISSING = [KeyError]\ntry: _('a')\nexcept (*MISSING, OSError): pass",
    "A = (OSError,)\nB = A + (KeyError,)\ntry: _('a')\nexcept B: pass",
    "Missing = KeyError\ntry: _('a')\nexcept Missing: pass",
    "class C:\n    errors = (KeyError,)\n    def get(self):\n        try: return _('a')\n        except self.errors: return 1\nC().get()",
    "from hpman import UnknownNameError as Missing\ntry: _('a')\nexcept Missing: pass",
    "import builtins\ntry: _('a')\nexcept builtins.KeyError as error: x = error",
    "try: _('a')\nexcept ValueError: pass\nexcept Exception as e: print(e)",
    "try:\n    try: _('a')\n    except KeyError: raise\nexcept KeyError: pass",
    "try:\n    try: pass\n    finally: _('a')\nexcept KeyError: pass",
    "def f():\n    try: _('a')\n    finally: return 1\nf()",
    "from contextlib import suppress\nwith (\n    open(__file__) as f,\n    suppress(KeyError),\n):\n    _('a')",
    "from contextlib import suppress\nwith suppress(\n    OSError,\n    KeyError,\n): _('a')",
    "from contextlib import suppress as ignoring\nwith ignoring(KeyError): _('a')",
    "import contextlib as c\nignoring = c.suppress\nwith ignoring(KeyError): _('a')",
    "from contextlib import suppress\nno_value = suppress(KeyError)\nwith no_value: _('a')",
    "from contextlib import suppress\nMISSING = (KeyError,)\nwith suppress(*MISSING): _('a')",
    "from contextlib import suppress, nullcontext\nwith suppress(KeyError), nullcontext(_('a')): pass",
    "from contextlib import ExitStack, suppress\nwith ExitStack() as stack:\n    stack.enter_context(suppress(KeyError))\n    _('a')",
    "from contextlib import contextmanager\n@contextmanager\ndef ignoring():\n    try: yield\n    except KeyError: pass\nwith ignoring(): _('a')",
    "class Ignoring:\n    def __enter__(self): pass\n    def __exit__(self, kind, *rest): return kind is not None\nwith Ignoring(): _('a')",
    "import pytest\nwith pytest.raises(KeyError, match='a'): _('a')",
    "import pytest\npytest.raises(KeyError, lambda: _('a'))",
    "import unittest\nclass T(unittest.TestCase):\n    def runTest(self):\n        with self.assertRaises(KeyError): _('a')\nT().debug()",
    "import unittest\nclass T(unittest.TestCase):\n    def runTest(self): self.assertRaises(KeyError, lambda: _('a'))\nT().debug()",
    "def get(): return _('a')\ntry: get()\nexcept KeyError: pass",
    "def get(): return _('a')\ndef outer(): return get()\ntry: outer()\nexcept KeyError: pass",
    "def get(n): return get(n - 1) if n else _('a')\ntry: get(2)\nexcept KeyError: pass",
    "class C:\n    def get(self): return _('a')\n    def run(self):\n        try: return self.get()\n        except KeyError: return 0\nC().run()",
    "class C:\n    def __init__(self): self.a = _('a')\ntry: C()\nexcept KeyError: pass",
    "class C:\n    @property\n    def a(self): return _('a')\ntry: C().a\nexcept KeyError: pass",
    "def safe(f):\n    try: return f()\n    except KeyError: return 0\nsafe(lambda: _('a'))",
    "def safe(f):\n    try: return f()\n    except KeyError: return 0\ndef get(): return _('a')\nsafe(get)",
    "def safe(f):\n    def inner(*some):\n        try: return f(*some)\n        except KeyError: return 0\n    return inner\n@safe\ndef get(): return _('a')\nget()",
    "if False: _('a')",
    "if 0 and f: _('a')",
    "if not True: _('a')",
    "if True: pass\nelse: _('a')",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING: _('a')",
    "import typing as t\nif t.TYPE_CHECKING: _('a')",
    "while False: _('a')",
    "while 0:\n    _('a')\nelse:\n    pass",
    "x = _('a') if False else 1",
    "_('a', lambda: _('a'))",
    "_('a', 1)\n_('a', 2 if _('a') else 3)",
    "_.set_value('a', 1)\n_('a', _('a'))",
    "try: _('a', _('a'))\nexcept KeyError: pass",
    "x = False and _('a')",
    "x = True or _('a')",
    "def f():\n    return 1\n    _('a')\nf()",
    "def f(x):\n    if x: return 1\n    else: raise OSError\n    _('a')\nf(1)",
    "for i in range(2):\n    continue\n    _('a')",
    "if False:\n    def f(): return _('a')\n    f()",
    "def f(): return _('a')\nif False: f()",
    "import sys\ntry:\n    sys.exit(0)\n    _('a')\nexcept SystemExit: pass",
    "def main():\n    if True: quit()\n    _('a')\ntry: main()\nexcept SystemExit: pass",
]  # fmt: skip

FAILING = [
    "try: pass\nexcept KeyError: pass\nelse: _('a')",
    "try: pass\nexcept KeyError: pass\nfinally: _('a')",
    "try: {}['x']\nexcept KeyError: _('a')",
    "try: _('a')\nexcept KeyError: raise",
    "try: _('a')\nexcept KeyError as error:\n    print(error)\n    raise",
    "NONE = (OSError, ValueError)\ntry: _('a')\nexcept NONE: pass",
    "class Missing(Exception): pass\ntry: _('a')\nexcept Missing: pass",
    "from json import JSONDecodeError\ntry: _('a')\nexcept JSONDecodeError: pass",
    "from contextlib import suppress\nwith suppress(OSError): _('a')",
    "from contextlib import suppress, nullcontext\nwith nullcontext(_('a')), suppress(KeyError): pass",
    "from contextlib import suppress\nwith suppress(KeyError): pass\n_('a')",
    "from contextlib import contextmanager\n@contextmanager\ndef timed():\n    try: {}['x']\n    except KeyError: pass\n    yield\nwith timed(): _('a')",
    "class Quiet:\n    def __enter__(self): pass\n    def __exit__(self, *rest): return None\nwith Quiet(): _('a')",
    "def get(): return _('a')\ntry: get()\nexcept KeyError: pass\nget()",
    "def get(): return _('a')\ntry: x = get\nexcept KeyError: pass\nx()",
    "def get(): return _('a')\ndef get_it(): return 1\ntry: get_it()\nexcept KeyError: pass\nget()",
    "def logged(f):\n    def inner():\n        try: {}['x']\n        except KeyError: pass\n        return f()\n    return inner\n@logged\ndef get(): return _('a')\nget()",
    '"""Expects except KeyError."""\n# try:\n_(\'a\')',
    "if True: _('a')",
    "_('a', _('a'))",
    "_('a', 1 + max(2, _('a')))",
    "_('a', _.get_value('a'))",
    "if not False: _('a')",
    "while True: _('a')",
    "x = True and _('a')",
    "x = _('a') if True else 1",
    "def f(x):\n    if not x: return 1\n    _('a')\nf(1)",
    "def f():\n    if False: return 1\n    _('a')\nf()",
    "for i in range(2):\n    if i: continue\n    _('a')",
    "import sys\ndef main(x):\n    if x: sys.exit(1)\n    _('a')\nmain(0)",
    "import sys\ndef main():\n    later = lambda: sys.exit(1)\n    _('a')\nmain()",
]  # fmt: skip


@pytest.mark.parametrize("program", EXPECTED)
def test_a_read_whose_error_is_expected_is_not_reported(program: str) -> None:
    assert not fails(program)
    assert not is_reported(program)


@pytest.mark.parametrize("program", FAILING)
def test_a_read_whose_error_nothing_expects_is_reported(program: str) -> None:
    assert fails(program)
    assert is_reported(program)


@pytest.mark.parametrize("broken", ["x = (", "def f(:\n    pass", "if x:\npass"])
@pytest.mark.parametrize("program", [EXPECTED[0], EXPECTED[1], EXPECTED[12], EXPECTED[26], EXPECTED[40]])
def test_it_is_expected_too_beside_what_does_not_parse(program: str, broken: str) -> None:
    assert not is_reported(f"{program}\n{broken}\n")


def fails(program: str) -> bool:
    space = {"_": HyperParameterManager("_"), "__name__": "program", "__file__": __file__}
    try:
        exec(compile(program, "program", "exec"), space)
    except KeyError:
        return True
    return False


def is_reported(program: str) -> bool:
    found = diagnostics(snapshot_of({"/w/main.py": IMPORT + program}), "/w/main.py")
    return "missing-default" in {one.code for one in found}
