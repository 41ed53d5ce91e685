"""Which files `parse_file` reads, and what becomes of a file that is parsed again."""

from __future__ import annotations

import builtins
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from hpman import (
    HpmanError,
    HyperParameterManager,
    SourceNotFoundError,
    SourceUnreadableError,
    UnsupportedSourceError,
)

Write = Callable[[dict[str, str]], Path]


def names(manager: HyperParameterManager) -> list[str]:
    return [row.name for row in manager.db]


FORMS: list[Callable[[Path], Any]] = [
    str,
    Path,
    os.fsencode,
    lambda d: str(d) + os.sep,
    lambda d: [str(d / "main.py"), d / "lib"],
    lambda d: (d / "lib", d / "main.py"),
    lambda d: {str(d / "main.py"), os.fsencode(d / "lib")},
    lambda d: (d / part for part in ("main.py", "lib")),
    lambda d: {d / "lib": 1, d / "main.py": 2},
    lambda d: [str((d / "lib").rename(d / "lib[1]")), d / "main.py"],
    lambda d: [d, d / "lib", d / "lib" / "model.py", d / "lib" / ".." / "main.py"],
]


@pytest.mark.parametrize("form", FORMS)
def test_paths_of_any_kind_are_parsed_each_file_once(
    manager: HyperParameterManager, write: Write, form: Callable[[Path], Any]
) -> None:
    folder = write(
        {"main.py": "_('main', 1)", "lib/model.py": "_('model', 2)", "lib/notes.txt": "_('no', 3)"}
    )
    assert manager.parse_file(form(folder)) is manager
    assert sorted(names(manager)) == ["main", "model"]


@pytest.mark.parametrize("path", [1, None, [1], [["a.py"]], b"\0" and 1.5])
def test_what_is_no_path_is_a_type_error(manager: HyperParameterManager, path: Any) -> None:
    with pytest.raises(TypeError, match="parse_file takes") as caught:
        manager.parse_file(path)
    assert isinstance(caught.value, HpmanError)


def test_files_are_parsed_in_the_order_of_their_names_and_rows_in_that_of_the_source(
    manager: HyperParameterManager, write: Write
) -> None:
    folder = write({
        "b.py": "def f(x=_('b1', 1)):\n    return [_('b2', _('b3')) for _x in g(_('b4'))]\n_('b5')",
        "a/z.py": "_('a', 1)",
        "c.py": "if _('c1'):\n    _('c2')\nelse:\n    _('c3')\n_('c4')",
    })  # fmt: skip
    manager.parse_file([folder / "c.py", folder])
    assert names(manager) == ["a", "b1", "b2", "b3", "b4", "b5", "c1", "c2", "c3", "c4"]
    assert [row.lineno for row in manager.db] == [1, 1, 2, 2, 2, 3, 1, 2, 4, 5]
    assert manager.db[0].filename == str(folder / "a" / "z.py")


def test_a_file_given_by_its_name_is_parsed_whatever_its_name(
    manager: HyperParameterManager, write: Write
) -> None:
    folder = write({"script": "_('a', 1)", "notes.txt": "no Python at all (", "code.txt": "_('b', 2)"})
    manager.parse_file([folder / "script", folder / "notes.txt", folder / "code.txt"])
    assert manager.get_values() == {"a": 1, "b": 2}


def test_a_folder_without_source_gives_nothing(manager: HyperParameterManager, write: Write) -> None:
    assert manager.parse_file(write({"data.json": "{}"})).tree.empty
    assert manager.parse_file([]).tree.empty


NO_SOURCE = {
    ".git/hook.py", ".hidden.py", ".venv/a.py", "__pycache__/a.py", "node_modules/p/a.py", "lib/site-packages/a.py",
    "my.egg-info/a.py", "mine/pyvenv.cfg", "mine/lib/a.py", "conda/conda-meta/history", "conda/a.py",
    "project/build/a.py", "project/dist/a.py", "x.pyc", "y.pyi",
}  # fmt: skip
SOURCE = {
    "project/setup.py",
    "build/a.py",
    "env/a.py",
    "venv/a.py",
    "pkg.py/a.py",
    "tests/a.py",
    "sité packages/ä.py",
    "project/ok.py",
}


def test_folders_that_hold_no_users_source_are_passed_over(
    manager: HyperParameterManager, write: Write
) -> None:
    folder = write({name: f"_({name!r}, 1)".replace(".py", "") for name in sorted(NO_SOURCE | SOURCE)})
    (folder / "folder.py").mkdir()
    manager.parse_file(folder)
    assert set(names(manager)) == {name.replace(".py", "") for name in SOURCE}


def test_a_folder_given_by_its_name_is_read_whatever_its_name(
    manager: HyperParameterManager, write: Write
) -> None:
    folder = write(
        {".venv/pyvenv.cfg": "", ".venv/site-packages/a.py": "_('no', 1)", ".venv/b.py": "_('b', 1)"}
    )
    assert names(manager.parse_file(folder / ".venv")) == ["b"]


def test_links_are_followed_and_loops_and_broken_ones_do_no_harm(
    manager: HyperParameterManager, write: Write, tmp_path: Path
) -> None:
    folder = (
        write({"pkg/a.py": "_('a', 1)", "pkg/inner/b.py": "_('b', 1)", "elsewhere/c.py": "_('c', 1)"}) / "pkg"
    )
    links = {
        "loop": folder, "inner/up": folder, "self": folder / "self", "0_first": folder / "inner",
        "broken.py": folder / "gone.py", "out": tmp_path / "elsewhere", "twin.py": folder / "a.py",
    }  # fmt: skip
    for name, target in links.items():
        (folder / name).symlink_to(target)
    manager.parse_file(folder)
    shown = {row.name: row.filename for row in manager.db}
    assert shown == {
        "a": str(folder / "a.py"),
        "b": str(folder / "inner" / "b.py"),
        "c": str(folder / "out" / "c.py"),
    }


@pytest.mark.parametrize("missing", ["gone.py", "gone", "gone/at/all.py"])
def test_a_path_that_leads_to_nothing_is_told_with_what_to_do(
    manager: HyperParameterManager, write: Write, missing: str
) -> None:
    path = str(write({"a.py": "_('a', 1)"}) / missing)
    with pytest.raises(FileNotFoundError, match=r"does not exist \(looked from .*give the path of") as caught:
        manager.parse_file([write({"a.py": "_('a', 1)"}) / "a.py", path])
    assert isinstance(caught.value, SourceNotFoundError)
    assert (caught.value.filename, caught.value.errno) == (path, 2)
    assert manager.tree.empty


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("", r"for the current folder, give '\.'$"),
        (
            "app.zip/pkg/main.py",
            r"app\.zip' is a file: unpack it, or give the text of what is in it to parse_source$",
        ),
    ],
)
def test_the_advice_for_a_path_that_leads_to_nothing_is_the_one_that_helps(
    manager: HyperParameterManager, write: Write, monkeypatch: pytest.MonkeyPatch, path: str, advice: str
) -> None:
    monkeypatch.chdir(write({"app.zip": ""}))
    with pytest.raises(SourceNotFoundError, match=advice):
        manager.parse_file(path)


@pytest.mark.parametrize("name", ["a.pyc", "a.cpython-312-x86_64-linux-gnu.so", "a.pyd"])
def test_a_compiled_file_is_refused_rather_than_read_in_vain(
    manager: HyperParameterManager, write: Write, name: str
) -> None:
    with pytest.raises(UnsupportedSourceError, match=r"is compiled: give the source") as caught:
        manager.parse_file(write({name: ""}) / name)
    assert caught.value.filename.endswith(name)


def test_a_notebook_is_refused_with_what_to_do(manager: HyperParameterManager, write: Write) -> None:
    folder = write({"a.ipynb": "{}", "b.py": "_('b', 1)"})
    with pytest.raises(UnsupportedSourceError, match=r"a notebook, which hpman cannot read yet: export it"):
        manager.parse_file([folder / "b.py", folder / "a.ipynb"])
    assert manager.tree.empty
    assert names(manager.parse_file(folder)) == ["b"]


def test_a_file_that_cannot_be_read_is_a_problem_like_others(
    manager: HyperParameterManager, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"a.py": "_('a', 1)", "b.py": "_('b', 1)", "c.py": "_('c' 1)"})
    real = builtins.open

    def refusing(path: Any, *args: Any, **kwargs: Any) -> Any:
        if str(path).endswith("b.py"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", refusing)
    with pytest.raises(
        SourceUnreadableError, match=r"b.py:1:1: this file cannot be read: Permission denied"
    ) as caught:
        manager.parse_file(folder)
    assert [Path(one.filename).name for one in caught.value.problems] == ["b.py", "c.py"]
    assert isinstance(caught.value, OSError)
    assert manager.tree.empty


def spellings(folder: Path) -> Iterable[Any]:
    (folder / "link.py").symlink_to(folder / "a.py")
    (folder / "folder").symlink_to(folder)
    yield from (
        folder / "a.py",
        "a.py",
        "./a.py",
        folder / "link.py",
        folder / "folder" / "a.py",
        folder,
        ".",
    )


def test_a_file_that_is_parsed_again_replaces_its_rows_whatever_it_is_called(
    manager: HyperParameterManager, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"a.py": "_('a', 0)"})
    monkeypatch.chdir(folder)
    manager.parse_source("_('unnamed', 1)")
    for number, spelling in enumerate(spellings(folder)):
        write({"a.py": f"_('a', {number})\n_('b{number}')"})
        manager.parse_file(spelling)
        assert names(manager) == ["unnamed", "a", f"b{number}"]
        assert manager("a") == number


def test_a_file_that_lost_its_calls_loses_its_rows(manager: HyperParameterManager, write: Write) -> None:
    folder = write({"a.py": "_('a', 1)", "b.py": "_('b', 1)"})
    manager.parse_file(folder).set_value("a", 2)
    write({"a.py": "print()"})
    assert manager.parse_file(folder).get_values() == {"b": 1, "a": 2}


def test_parsing_twice_is_parsing_once(manager: HyperParameterManager, write: Write) -> None:
    folder = write({"a.py": "_('a', 1)\n_('b')", "b.py": "_('b', f())"})
    once = [dict(row) for row in manager.parse_file(folder).db]
    twice = [dict(row) for row in manager.parse_file(folder).db]
    ignored = ("index", "source_helper", "ast_node", "value")
    assert [{k: v for k, v in row.items() if k not in ignored} for row in twice] == [
        {k: v for k, v in row.items() if k not in ignored} for row in once
    ]


def test_text_with_a_file_name_is_that_file_and_text_without_adds_up(
    manager: HyperParameterManager, write: Write
) -> None:
    path = write({"a.py": "_('a', 1)"}) / "a.py"
    manager.parse_file(path).parse_source("_('a', 2)", str(path)).parse_source(
        "_('b', 3)", filename=str(path)
    )
    manager.parse_source("_('c', 4)").parse_source("_('d', 5)")
    assert manager.get_values() == {"b": 3, "c": 4, "d": 5}


def test_a_relative_file_name_of_a_text_is_that_of_the_file(
    manager: HyperParameterManager, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"a.py": "_('a', 1)"})
    monkeypatch.chdir(folder)
    assert manager.parse_file(folder).parse_source("_('b', 2)", "a.py").get_values() == {"b": 2}


def test_only_the_managers_own_name_is_looked_for(write: Write) -> None:
    folder = write(
        {"a.py": "from hpman.m import _, hp, zzz as t\n_('a', 1)\nhp('a', 2)\nt('a', 3)\nzzz('b', 4)"}
    )
    found = {
        name: HyperParameterManager(name).parse_file(folder).get_values() for name in ("_", "hp", "zzz", "t")
    }
    assert found == {"_": {"a": 1}, "hp": {"a": 2}, "zzz": {"b": 4}, "t": {"a": 3}}
