"""What Python imports first in a program of these tests: at its end it writes down what hpman did in it.

It uses what hpman documents, and nothing else. Processes that a program starts are left alone.
"""

from __future__ import annotations

import os
import sys
from typing import Any


def _watch(report: str) -> None:
    import atexit  # noqa: PLC0415 - a program that is not watched loads nothing
    import gc  # noqa: PLC0415
    import json  # noqa: PLC0415

    import hpman  # noqa: PLC0415
    from hpman.hpm_db import P  # noqa: PLC0415

    seen: dict[str, Any] = {"error": None, "bases": [], "parsed": []}
    inside = [0]  # parse_file calls that are under way

    def excepthook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        seen["error"] = f"{kind.__name__}: {' '.join(str(error).split())}"
        seen["bases"] = [one.__name__ for one in kind.__mro__]
        sys.__excepthook__(kind, error, trace)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if inside[0] and event == "open" and isinstance(arguments[0], (str, bytes)):
            seen["parsed"].append(os.path.realpath(os.fsdecode(arguments[0])))

    plain = hpman.HyperParameterManager.parse_file

    def parse_file(self: Any, *args: Any, **kwargs: Any) -> Any:
        inside[0] += 1
        try:
            return plain(self, *args, **kwargs)
        finally:
            inside[0] -= 1

    def rows() -> list[dict[str, Any]]:
        ranks = {P.PRIORITY_PARSED_FROM_SOURCE_CODE: "parsed", P.PRIORITY_SET_FROM_CALLABLE: "called"}
        managers = [one for one in gc.get_objects() if issubclass(type(one), hpman.HyperParameterManager)]
        return [
            {
                "manager": manager.placeholder,
                "name": row.name,
                "rank": ranks.get(row.priority, "set"),
                "value": repr(row.value),
                "has_value": bool(row.has_default_value),
                "path": os.path.realpath(row.filename or ""),
            }
            for manager in managers
            for row in list(manager.db)
        ]

    def finish() -> None:
        files = [getattr(one, "__file__", None) for one in list(sys.modules.values())]
        seen["loaded"] = [os.path.realpath(one) for one in files if isinstance(one, str)]
        seen["rows"] = rows()
        with open(report, "w", encoding="utf-8") as file:
            json.dump(seen, file)

    sys.excepthook = excepthook
    sys.addaudithook(audit)
    hpman.HyperParameterManager.parse_file = parse_file  # type: ignore[method-assign]
    atexit.register(finish)


if _report := os.environ.pop("PROGRAM_REPORT", None):
    _watch(_report)
