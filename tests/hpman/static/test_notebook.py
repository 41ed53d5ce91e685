from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman.static.characters.notebook import masked
from hpman.static.parser import parse


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx = 1", "0                 \nx = 1"),
        ("!pip install 'it\nx = 1", "0               \nx = 1"),
        ("if x:\n    !ls (\n    y = 1", "if x:\n    0    \n    y = 1"),
        ("!ls \\\n  -l\nx", "0    \n    \nx"),
        ("files = !ls '*.py\nx", "files = 0        \nx"),
        ("a, b[0] = %sql SELECT (\nx", "a, b[0] = 0            \nx"),
        ("x: int = !nproc", "x: int = 0     "),
        ('%time _("lr", 1)', '0;    _("lr", 1)'),
        ('%time x = _("lr", 1)', '0;    x = _("lr", 1)'),
        ('x = %time _("lr", 1)', 'x =       _("lr", 1)'),
        ("%timeit -n 10 -r3 -o f()", "0;" + " " * 19 + "f()"),
        ("%timeit", "0      "),
        ("?print\nx", "0     \nx"),
        ("print?\nx", "0     \nx"),
        ("np.array??  ", "0           "),
        ("  x.y?", "  0   "),
        (",f a b\r\n;f a\r\n/f a\rx", "0     \r\n0   \r\n0   \rx"),
        ("%%bash\nls '\n", "      \n    \n"),
        ("\n%%html\n<b>_</b>", "\n      \n        "),
        ("%%time\n_(1)\n%cd x", "      \n_(1)\n0    "),
        ("%%capture out --no-stderr\n_(1)", " " * 25 + "\n_(1)"),
        ("%%\nx", "  \n "),
        ("", ""),
    ],
)
def test_what_only_ipython_reads_is_blanked_in_its_place(cell: str, python: str) -> None:
    assert masked(cell) == python


@pytest.mark.parametrize(
    "cell",
    [
        "x = a\\\n% b",
        "x = (a\n% b\n!= c)",
        '"""\n%time\n!ls\nwhat?\n"""',
        "x = 'why?'  # why?\ny = 1",
        "a % b; a != b; a == -b; a %= b",
        'f(x="%s", y=1)',
        'f"{a!r:>3}" # !ls',
        "x = [\n  1,\n  2\n]\nawait f()",
        "def f(a=1):\n    return a\n\n\n@g\nclass A: pass\n",
        "x = 1;",
        "a\x0c\n\x0cb",
    ],
)
def test_python_is_left_as_it_is(cell: str) -> None:
    assert masked(cell) == cell


def test_hyperparameters_around_magics_are_found_in_their_places() -> None:
    cell = '%load_ext x\nfrom hpman.m import _\nif 1:\n    !echo "\n    a = _("lr", 1)\n%time f(_("seed"))\n'
    facts = parse(masked(cell), frozenset())
    assert [cell[slice(*one.call)] for one in facts.occurrences] == ['_("lr", 1)', '_("seed")']
    assert facts.problems == ()


def test_a_call_in_a_cell_of_another_language_is_none() -> None:
    assert parse(masked('%%bash\necho _("lr", 1)'), frozenset("_")).occurrences == ()


PIECES = st.lists(
    st.sampled_from(
        [
            "%",
            "!",
            "?",
            "x",
            "=",
            " ",
            "\n",
            "\r\n",
            "(",
            ")",
            '"',
            "'",
            '"""',
            "#",
            "\\",
            "%%",
            "time ",
            "é😀",
            "    ",
        ]
    ),
    max_size=25,
).map("".join)


@given(cell=PIECES)
def test_every_line_end_and_every_length_stays(cell: str) -> None:
    answer = masked(cell)
    assert [len(line) for line in re.split("\r\n|\r|\n", answer)] == [
        len(line) for line in re.split("\r\n|\r|\n", cell)
    ]
    assert masked(answer) == answer


@settings(max_examples=50)
@given(
    before=st.lists(st.sampled_from(["!ls '(", "%cd x", 'x = !ls "', "?x", "x.y??", "%time x"])),
    indent=st.sampled_from(["", "    "]),
)
def test_a_cell_of_magics_and_python_is_python_when_masked(before: list[str], indent: str) -> None:
    lines = "".join(f"{indent}{line}\n" for line in before)
    ast.parse(masked(f"{'if 1:' if indent else ''}\n{lines}{indent}x = 1\n"))
