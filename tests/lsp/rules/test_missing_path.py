"""Paths that lead to nothing."""

from __future__ import annotations

import pytest

from tests.lsp.rules.checking import IMPORT, check, messages, silent

CODE = "missing-path"
LIB = "\n#- lib.py\n" + IMPORT + "#- pkg/m.py\n" + IMPORT


@pytest.mark.parametrize(
    ("source", "underlined"),
    [
        ('_.parse_file("libb.py")', "libb.py"),
        ('_.parse_file([__file__, "libb.py"])', "libb.py"),
        ('_.parse_file("pgk")', "pgk"),
        ('_.parse_file("*.py")', "*.py"),
        ('_.parse_file("pkg/mm.py")', "mm.py"),
        ('import os\n_.parse_file(os.path.join(os.path.dirname(__file__), "net.py"))', "net.py"),
        ('FILES = [__file__]\nFILES.append("libb.py")\n_.parse_file(FILES)', "libb.py"),
        ('def main():\n    _.parse_file("libb.py")\nif __name__ == "__main__":\n    main()', "libb.py"),
    ],
)
def test_a_path_that_leads_to_nothing_is_reported(source: str, underlined: str) -> None:
    line = next(number for number, one in enumerate(source.split("\n"), 2) if underlined in one)
    check(CODE, IMPORT + source + LIB, f"main.py:{line}: {underlined}")


def test_it_says_what_may_be_meant() -> None:
    (message,) = messages(CODE, IMPORT + '_.parse_file("libb.py")' + LIB)
    assert message.endswith("did you mean `lib.py`?")


@pytest.mark.parametrize(
    "source",
    [
        '_.parse_file("lib.py")',
        '_.parse_file("pkg")',
        '_.parse_file("m.py")',
        '_.parse_file("../w/lib.py")',
        '_.parse_file("script")',
        '_.parse_file("/somewhere/a.py")',
        'import glob\n_.parse_file(glob.glob("lib?.py"))',
        'import os\nif os.path.exists("libb.py"):\n    _.parse_file("libb.py")',
        'import sys\nif sys.argv:\n    _.parse_file("libb.py")',
        'try:\n    _.parse_file("libb.py")\nexcept OSError:\n    pass',
        'import pytest\nwith pytest.raises(OSError):\n    _.parse_file("libb.py")',
        'import sys\n_.parse_file("libb.py" if sys.argv else "lib.py")',
        'import os\n_.parse_file(os.environ.get("A", "libb.py"))',
        'open("libb.py", "w").close()\n_.parse_file("libb.py")',
        'import os\nos.chdir(os.environ["A"])\n_.parse_file("libb.py")',
        'def test_a():\n    _.parse_file("libb.py")',
        '_.parse_file("venv")',
        '_.parse_file(".hidden.py")',
    ],
)
def test_what_may_be_there_is_not_reported(source: str) -> None:
    silent(CODE, IMPORT + source + LIB + "#- venv/pyvenv.cfg\n")
