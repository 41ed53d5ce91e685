"""An error of ours while one file is read, in words for its user and for a bug report."""

from __future__ import annotations

import os
import traceback


def words(error: Exception) -> str:
    """Return what went wrong, as the rest of a sentence that begins with the file."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f"makes hpman fail, which is a fault of hpman to report ({type(error).__name__}{where}: {error})"
