#!/usr/bin/env bash
# ty 0.0.108: a type variable is solved to the literal of the argument, and what is done for other values is not checked.
#
# For `def get(name: str, default: T) -> T`, `get("depth", 4)` is `Literal[4]`: below `if depth > 10:` ty finds nothing wrong,
# where mypy, pyright and pyrefly report the undefined name. An overload `(name: str, default: int) -> int` before it is
# enough for ints; for an enum, a type variable bound to Enum is not: a protocol with `__copy__` is. A tuple stays one of
# literals, even where the variable is declared as `tuple[int, int]`.
#
# Seen (Linux, Python 3.11), for the program below, which has three undefined names, in branches that other values take:
#     program.py:21:11: error[unresolved-reference] Name `in_int` used when not defined
#     Found 1 diagnostic
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip -q --disable-pip-version-check install ty==0.0.108 mypy==2.4.1
cat > program.py <<'END'
from typing import Any, TypeVar, overload

T = TypeVar("T")


def get(name: str, default: T) -> T:
    return default


@overload
def plain(name: str, default: int) -> int: ...
@overload
def plain(name: str, default: T) -> T: ...
def plain(name: str, default: Any) -> Any:
    return default


if get("depth", 4) > 10:
    print(in_literal)
if plain("depth", 4) > 10:
    print(in_int)
size: tuple[int, int] = plain("size", (1, 2))
if size[0] == 3:
    print(in_tuple)
END
tools/bin/mypy program.py > mypy || true
tools/bin/ty check --output-format concise program.py > said || true
cat mypy said
test "$(grep -c 'is not defined' mypy)" = 3
test "$(grep -c 'unresolved-reference' said)" = 1
grep -q 'in_int' said
