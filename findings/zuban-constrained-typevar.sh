#!/usr/bin/env bash
# zuban 0.11.1: a call of an overloaded function with a constrained type variable is refused where the result is declared.
#
# `plain(1)` with `Plain = TypeVar("Plain", bool, int, float, str)` is an int. Where the result is assigned to a variable that
# is declared as float, zuban takes the first constraint, and refuses the argument; mypy 2.4.1 and pyright take `int`.
#
# Seen (Linux, Python 3.11):
#     program.py:15: error: Argument 1 to "plain" has incompatible type "int"; expected "bool"  [arg-type]
# mypy: Success: no issues found in 1 source file
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip -q --disable-pip-version-check install zuban==0.11.1 mypy==2.4.1
cat > program.py <<'END'
from typing import Any, TypeVar, overload

Plain = TypeVar("Plain", bool, int, float, str)
Value = TypeVar("Value")


@overload
def plain(value: Plain) -> Plain: ...
@overload
def plain(value: Value) -> Value: ...
def plain(value: Any) -> Any:
    return value


rate: float = plain(1)
END
tools/bin/mypy --strict program.py
tools/bin/zuban check program.py > said || true
cat said
grep -q 'incompatible type "int"; expected "bool"' said
