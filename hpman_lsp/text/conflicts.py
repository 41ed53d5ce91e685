"""The marks that a merge leaves where both sides changed."""

from __future__ import annotations

import re

_MARK = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


def has_conflict(text: str) -> bool:
    """Whether two versions of a part stand in a text, one of which is to be chosen first."""
    return ("<<<<<<<" in text or ">>>>>>>" in text) and _MARK.search(text) is not None
