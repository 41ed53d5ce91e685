from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Hpman, Project

TWO = """
    #- a.py
    from hpman.m import _
    _.parse_file(["a.py", "b.py"])
    _("lr", 1)
    #- b.py
    from hpman.m import _
    print(_("lr"), _('l' 'r'))
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'from hpman.m import _\r\n_("lr", 1)\r\n', b'from hpman.m import _\r\n_("new", 1)\r\n'),
        (b'from hpman.m import _\r_("lr", 1)', b'from hpman.m import _\r_("new", 1)'),
        (b'\xef\xbb\xbffrom hpman.m import _\n_("lr")', b'\xef\xbb\xbffrom hpman.m import _\n_("new")'),
        (
            b'# coding: latin-1\nfrom hpman.m import _\n_("lr") # \xe9',
            b'# coding: latin-1\nfrom hpman.m import _\n_("new") # \xe9',
        ),
        (b'from hpman.m import _\n\x0c\n_("lr")\t\n\n\n', b'from hpman.m import _\n\x0c\n_("new")\t\n\n\n'),
    ],
    ids=["CR LF", "CR", "byte order mark", "latin-1", "form feed"],
)
def test_only_the_name_changes_to_the_byte(
    before: bytes, after: bytes, project: Project, hpman: Hpman
) -> None:
    file = project("") / "a.py"
    file.write_bytes(before)
    assert hpman("rename", "lr", "new").code == 0
    assert file.read_bytes() == after


def test_renaming_back_gives_the_same_bytes(project: Project, hpman: Hpman) -> None:
    folder = project(TWO)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    (folder / "b.py").write_text((folder / "b.py").read_text().replace("'l' 'r'", "'lr'"))
    before[folder / "b.py"] = (folder / "b.py").read_bytes()
    assert hpman("rename", "lr", "rate").err == "hpman: `lr` is `rate` now: 3 places in 2 files\n"
    hpman("rename", "rate", "lr")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_difference_is_one_that_patch_takes(project: Project, hpman: Hpman) -> None:
    folder = project(TWO)
    (folder / "b.py").write_bytes(b"from hpman.m import _\r\n\x0cprint(_('lr'))")
    difference = hpman("rename", "lr", "rate", "--diff").out
    subprocess.run(["git", "apply", "-"], input=difference.encode(), cwd=folder, check=True)
    assert hpman("list", "--format", "names").out == "rate\n"
    assert (folder / "b.py").read_bytes() == b"from hpman.m import _\r\n\x0cprint(_('rate'))"


def test_a_link_stays_a_link_and_permissions_stay(
    project: Project, hpman: Hpman, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, real = project(""), tmp_path_factory.mktemp("elsewhere") / "a.py"
    real.write_text("from hpman.m import _\n_('lr', 1)\n")
    real.chmod(0o755)
    (folder / "a.py").symlink_to(real)
    assert hpman("rename", "lr", "rate").code == 0
    assert (folder / "a.py").is_symlink()
    assert "rate" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o755


def test_a_failure_in_the_middle_leaves_every_file_as_it_was(
    project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(TWO)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    replace = os.replace

    def failing(source: str, target: str) -> None:
        if Path(target).name == "b.py" and Path(target).read_bytes() != Path(source).read_bytes():
            raise PermissionError(13, "Permission denied", target)
        replace(source, target)

    monkeypatch.setattr("hpman._exchange.atomic.os.replace", failing)
    result = hpman("rename", "lr", "rate")
    assert result.code == 2
    assert "nothing was changed" in result.err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_name_that_the_encoding_lacks_is_refused(project: Project, hpman: Hpman) -> None:
    file = project("") / "a.py"
    file.write_bytes(b"# coding: latin-1\nfrom hpman.m import _\n_('lr', 1)\n")
    assert hpman("rename", "lr", "\u5b66").err == (
        "hpman: nothing was changed: a.py is iso-8859-1, which lacks a character of the name\n"
    )
    assert file.read_bytes() == b"# coding: latin-1\nfrom hpman.m import _\n_('lr', 1)\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lrr", "x"), "did you mean `lr`?"),
        (("lr", "x."), "empty segment"),
        (("lr", ""), "the new name is empty"),
        (("lr", "x", "--manager", "hp"), "no hyperparameter is called `lr`"),
    ],
)
def test_what_cannot_be_renamed_is_told(
    arguments: tuple[str, ...], words: str, project: Project, hpman: Hpman
) -> None:
    project(TWO)
    result = hpman("rename", *arguments)
    assert result.code == 2
    assert words in result.err


def test_a_group_is_renamed_by_its_name(project: Project, hpman: Hpman) -> None:
    folder = project(
        "#- a.py\nfrom hpman.m import _\n_('optim.lr', 1), _('optim.name', 2), _('optimizer', 3)\n"
    )
    assert hpman("rename", "optim", "solver").err == "hpman: `optim` is `solver` now: 2 places in 1 file\n"
    assert (
        (folder / "a.py").read_text().endswith("_('solver.lr', 1), _('solver.name', 2), _('optimizer', 3)\n")
    )


def test_where_a_name_is_made_at_run_time_nothing_is_changed_without_force(
    project: Project, hpman: Hpman
) -> None:
    folder = project("#- a.py\nfrom hpman.m import _\n_('lr', 1)\n_(name)\n")
    refused = hpman("rename", "lr", "rate")
    assert refused.code == 2
    assert "a.py:3 makes a name when it runs: name; then rename with --force" in refused.err
    assert "_('lr', 1)" in (folder / "a.py").read_text()
    assert hpman("rename", "lr", "rate", "--force").code == 0
    assert "_('rate', 1)" in (folder / "a.py").read_text()
