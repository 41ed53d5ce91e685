"""Sources are read as Python reads them; CPython is the judge."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hpman import HyperParameterManager, SourceSyntaxError
from hpman.sources import decode

BOM = b"\xef\xbb\xbf"

READABLE = [
    b"_('a', '\xc3\xa4')",
    BOM + b"_('a', '\xc3\xa4')",
    b"# -*- coding: latin-1 -*-\n_('a', '\xe4')",
    b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n_('a', '\xe4')",
    b"# coding: shift_jis\n_('a', '\x83\x5c')",
    BOM + b"# coding: utf-8\n_('a', '\xc3\xa4')",
    b"x = 1\r_('a', 1)\r",
    b"#\r# coding: latin-1\r_('a', '\xe4')",
    b"'''a\r\nb'''\r\n_('a', '''c\r\nd\re''')\r\n",
    b"\x0c_('a', 1)\n\x0c\n_('b')",
    b"# coding: utf-8-sig\n_('a', 1)",
    b"# \xe4 coding: latin-1 M\xfcller\n_('a', '\xe4')",
    b"'coding: latin-1'\n# coding: ascii\n_('a', '\xc3\xa4')",
]
REFUSED = [
    (b"_('a', 1)\n_('b', '\xe4')", r"2:9: Python cannot decode this source: .*utf-8"),
    (BOM + b"x\r_('\xc3\xa4\xe4')\r", r"2:5: Python cannot decode this source: .*utf-8"),
    (b"# coding: no-such-thing\n_('a', 1)", r"1:1: .*unknown encoding: no-such-thing"),
    (BOM + b"# coding: latin-1\n_('a', 1)", r"1:1: .*encoding problem: latin-1 with a byte order mark"),
    (b"_('a', 1)\nx = '\0'", r"2:6: source code cannot contain null bytes"),
    (b"# coding: ascii\n_('a', '\xe4')", r"2:9: Python cannot decode this source: 'ascii'"),
]


@pytest.mark.parametrize("data", READABLE, ids=repr)
def test_a_file_is_read_as_python_reads_it(
    manager: HyperParameterManager, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "a.py").write_bytes(data)
    tree = ast.parse(data)
    calls = sorted(
        (node.lineno, *map(ast.literal_eval, node.args))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
    manager.parse_file(tmp_path)
    assert [(row.lineno, row.name, *[row.value] * row.has_default_value) for row in manager.db] == calls


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=repr)
def test_a_file_that_python_refuses_is_refused_with_its_place(
    manager: HyperParameterManager, tmp_path: Path, data: bytes, said: str
) -> None:
    (tmp_path / "a.py").write_bytes(data)
    with pytest.raises((SyntaxError, ValueError)):
        ast.parse(data)
    with pytest.raises(SourceSyntaxError, match="a.py:" + said) as caught:
        manager.parse_file(tmp_path)
    problem = caught.value.problems[0]
    assert str(caught.value).count("a.py:") == 1
    assert (problem.filename, caught.value.filename) == (str(tmp_path / "a.py"),) * 2
    assert (caught.value.lineno, caught.value.offset) == (problem.line, problem.column)


LINES = st.sampled_from([b"\n", b"\r\n", b"\r", b"", b"\x0c"])
HEADS = st.sampled_from(
    [b"", BOM, b"# coding: latin-1", b"# coding: utf-8", b"#!x", b"# coding: cp1251", b"x = 1"]
)
BODIES = st.text("ab'\"#\\ä€\n\r\t ,1=", max_size=12).map(lambda text: text.encode())


@given(head=HEADS, first=LINES, second=HEADS, last=LINES, body=BODIES, raw=st.binary(max_size=3))
@example(head=b"x = 1", first=b"\r", second=b"# coding: latin-1", last=b"\n", body=b"'", raw=b"\xe4'")
def test_any_bytes_are_decoded_as_cpython_decodes_them(
    head: bytes, first: bytes, second: bytes, last: bytes, body: bytes, raw: bytes
) -> None:
    data = head + first + second + last + body + raw
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            judged = ast.dump(ast.parse(data), include_attributes=True)
        except (SyntaxError, ValueError):
            return
        assert ast.dump(ast.parse(decode(data, "a.py")), include_attributes=True) == judged
