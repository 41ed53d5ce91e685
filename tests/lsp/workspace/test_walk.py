from __future__ import annotations

from pathlib import Path

import pytest

from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.disk.port import RealDisk
from hpman_lsp.workspace.loading.reading import Reader


def walked(*roots: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    """Give the Python files that a walk finds and no rule excludes, from the first root."""
    reader = Reader(RealDisk(), tuple(map(str, roots)), Settings(exclude))
    files = [
        path for path in reader.walked(*map(str, roots)).files if not reader.excludes(path, is_folder=False)
    ]
    return sorted(Path(path).relative_to(roots[0]).as_posix() for path in files)


def make(root: Path, *paths: str, **contents: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    for name, text in contents.items():
        (root / name.replace("__", "/")).write_text(text)
    return root


@pytest.mark.parametrize(
    "folder",
    [
        ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", "lib/python3/site-packages", ".tox",
        ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints", "x.egg-info", "deep/er/venv",
    ],
)  # fmt: skip
def test_folders_that_never_hold_a_users_source_are_pruned(tmp_path: Path, folder: str) -> None:
    assert walked(make(tmp_path, f"{folder}/a.py", "b.py")) == ["b.py"]


@pytest.mark.parametrize("mark", ["env/pyvenv.cfg", "env/conda-meta/history"])
def test_an_environment_is_known_by_its_mark_whatever_its_name(tmp_path: Path, mark: str) -> None:
    assert walked(make(tmp_path, mark, "env/lib/a.py", "environment/b.py")) == ["environment/b.py"]


def test_a_folder_that_is_opened_itself_is_walked_whatever_its_name(tmp_path: Path) -> None:
    assert walked(make(tmp_path / "venv", "a.py", "pyvenv.cfg")) == ["a.py"]


def test_folders_and_other_files_named_like_sources_are_left_out(tmp_path: Path) -> None:
    assert walked(make(tmp_path, "folder.py/a.py", "b.txt", "c.pyc", "d.pyi", "e.ipynb")) == [
        "folder.py/a.py"
    ]


IGNORED = """
# a comment
build/
/top.py
*_gen.py
!keep_gen.py
docs/**/x.py
[z-a].py
"""


def test_gitignore_files_exclude_what_git_does(tmp_path: Path) -> None:
    paths = (
        "build/a.py",
        "lib/build/a.py",
        "top.py",
        "lib/top.py",
        "a_gen.py",
        "keep_gen.py",
        "docs/a/b/x.py",
        "x.py",
    )
    root = make(tmp_path, ".git/HEAD", *paths)
    (root / ".gitignore").write_text(IGNORED)
    assert walked(root) == ["keep_gen.py", "lib/top.py", "x.py"]


def test_a_deeper_gitignore_has_the_last_word(tmp_path: Path) -> None:
    root = make(tmp_path, "a_gen.py", "lib/a_gen.py", "lib/b.py")
    (root / ".gitignore").write_text("*_gen.py")
    (root / "lib/.gitignore").write_text("!a_gen.py\nb.py")
    assert walked(root) == ["lib/a_gen.py"]


def test_the_repositorys_gitignore_holds_for_a_workspace_inside_of_it(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "sub/a.py", "sub/out/b.py")
    (tmp_path / ".gitignore").write_text("out/")
    assert walked(tmp_path / "sub") == ["a.py"]


def test_outside_of_a_repository_no_rules_from_above_hold(tmp_path: Path) -> None:
    make(tmp_path, "sub/a.py", "sub/out/b.py")
    (tmp_path / ".gitignore").write_text("out/")
    assert walked(tmp_path / "sub") == ["a.py", "out/b.py"]


def test_a_workspace_that_is_ignored_itself_is_walked(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "scratch/a.py")
    (tmp_path / ".gitignore").write_text("scratch/")
    assert walked(tmp_path / "scratch") == ["a.py"]


def test_a_users_own_patterns_have_the_last_word(tmp_path: Path) -> None:
    root = make(tmp_path, "old/a.py", "b_gen.py", "c.py")
    (root / ".gitignore").write_text("*_gen.py")
    assert walked(root, exclude=("old", "!b_gen.py")) == ["b_gen.py", "c.py"]


def test_link_loops_end_and_nothing_is_found_twice(tmp_path: Path) -> None:
    root = make(tmp_path / "root", "a/b/x.py")
    (root / "a/b/up").symlink_to(root / "a")
    (root / "a/self").symlink_to(".")
    (root / "alias.py").symlink_to("a/b/x.py")
    (root / "above").symlink_to(tmp_path)
    assert walked(root) == ["a/b/x.py"]


def test_links_to_elsewhere_are_followed_once(tmp_path: Path) -> None:
    make(tmp_path / "shared", "net.py", "sub/y.py")
    (tmp_path / "shared/sub/loop").symlink_to(tmp_path / "shared")
    root = make(tmp_path / "root", "a.py")
    (root / "one").symlink_to(tmp_path / "shared")
    (root / "two").symlink_to(tmp_path / "shared/sub")
    (root / "broken").symlink_to(tmp_path / "nowhere")
    assert walked(root) == ["a.py", "one/net.py", "one/sub/y.py"]


def test_nested_workspace_folders_give_each_file_once(tmp_path: Path) -> None:
    root = make(tmp_path, "a.py", "sub/b.py")
    assert walked(root, root / "sub") == ["a.py", "sub/b.py"]


def test_a_workspace_folder_that_is_gone_has_no_files(tmp_path: Path) -> None:
    assert walked(tmp_path / "gone") == []


@pytest.mark.parametrize("exclude", ['"old/**"', '["old/", "!x"]', '["old"]'])
def test_a_project_excludes_what_its_pyproject_says(tmp_path: Path, exclude: str) -> None:
    root = make(tmp_path, "a.py", "app/old/b.py", "app/c.py", "old/d.py")
    (root / "app/pyproject.toml").write_text(f"[tool.hpman]\nexclude = {exclude}\n")
    assert walked(root) == ["a.py", "app/c.py", "old/d.py"]


def test_an_exclude_that_cannot_be_read_excludes_nothing(tmp_path: Path) -> None:
    root = make(tmp_path, "a.py")
    (root / "pyproject.toml").write_text("[tool.hpman]\nexclude = [1, '[z-a]', '!']\n")
    assert walked(root) == ["a.py"]
