"""What `hpman show` says of a name."""

from __future__ import annotations

import json

from tests.cli.conftest import Hpman, Project

TEXT = """
    #- train.py
    from hpman.m import _
    _.load_values(path)
    print(_("lr"))
    """


def test_show_says_why_nothing_is_said_of_a_name_without_a_default(project: Project, hpman: Hpman) -> None:
    project(TEXT)
    assert hpman("check").code == 0
    assert "_.load_values(...) in train.py:2 may set it" in hpman("show", "lr").out.splitlines()
    (shown,) = json.loads(hpman("show", "lr", "--format", "json").out)["hyperparameters"]
    assert shown["unseen_givers"] == ["_.load_values(...) in train.py:2 may set it"]
