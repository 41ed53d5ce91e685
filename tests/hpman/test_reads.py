from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hpman.sources import find_sources, reads

FOLDERS = st.sampled_from(
    [
        "a",
        "b",
        "build",
        "dist",
        ".hidden",
        "venv",
        "node_modules",
        "__pycache__",
        "site-packages",
        "x.egg-info",
        ".git",
    ]
)
FILES = st.sampled_from(
    [
        "m.py",
        ".m.py",
        "notes.txt",
        "setup.py",
        "pyproject.toml",
        "pyvenv.cfg",
        "conda-meta",
        "build.py",
        "x.egg-info",
    ]
)
PATHS = st.builds(lambda folders, name: "/".join([*folders, name]), st.lists(FOLDERS, max_size=4), FILES)


@settings(max_examples=150, deadline=None)
@given(st.sets(PATHS, max_size=12), st.lists(FOLDERS, max_size=2))
def test_the_rule_of_what_is_read_says_what_parse_file_does(paths: set[str], start: list[str]) -> None:
    with tempfile.TemporaryDirectory() as made:
        root = os.path.realpath(made)
        for path in paths:
            file = Path(root, path)
            if not any(one.is_file() for one in file.parents) and not file.is_dir():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()
        folder = os.path.join(root, *start)
        Path(folder).mkdir(parents=True, exist_ok=True)
        files = [str(one) for one in Path(root).rglob("*") if one.is_file()]
        said = {one for one in files if reads(folder, one, os.listdir)}
        assert said == {real for _, real in find_sources(folder)}
