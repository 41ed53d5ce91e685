from __future__ import annotations

from pathlib import Path

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading.loading import changed, load, passed_on, reread, siblings
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import ROOT, DictDisk, loaded, short

IMPORT = "from hpman.m import _\n"
A = IMPORT + '_("a", 1)'


def disk_of(**files: str | bytes | OSError) -> DictDisk:
    """Give a disk; `lib__net` stands for lib/net.py."""
    return DictDisk({f"{ROOT}/{name.replace('__', '/')}.py": text for name, text in files.items()})


def kept(snapshot: Snapshot) -> list[str]:
    return sorted(map(short, snapshot.files))


def names(snapshot: Snapshot) -> list[str]:
    return sorted(key.name for key in snapshot.index.keys)


def updated(snapshot: Snapshot, disk: DictDisk, *paths: str) -> Snapshot:
    """Give the snapshot after a change on disk."""
    return snapshot.with_batch(reread(snapshot, [f"{ROOT}/{path}" for path in paths], disk))


def opened(snapshot: Snapshot, path: str, text: str, version: int = 1) -> Snapshot:
    file = source_file(f"{ROOT}/{path}", text, version, snapshot.placeholders)
    return snapshot.with_files({file.path: file})


def test_only_files_that_matter_are_kept() -> None:
    snapshot = loaded(disk_of(a=A, b="print('hpman')", c="_('Save')", d="import hpman\n"))
    assert kept(snapshot) == ["a.py"]
    assert len(snapshot.tree.files) == 4


def test_batches_tell_how_far_they_are() -> None:
    disk = disk_of(**{f"f{number}": A for number in range(150)})
    batches = list(load((ROOT,), Settings(), disk))
    assert [(batch.done, batch.total) for batch in batches] == [
        (0, 150),
        (64, 150),
        (128, 150),
        (150, 150),
        (150, 150),
    ]
    assert [len(batch.files) for batch in batches] == [0, 64, 64, 22, 0]


def test_a_file_without_the_word_hpman_is_read_once_it_is_known_what_modules_pass_on() -> None:
    disk = disk_of(a="from z import config\nconfig('x', 1)", z="from hpman.m import _ as config\n")
    assert names(loaded(disk)) == ["x"]


def test_a_file_that_calls_a_manager_as_an_attribute_of_a_module_is_read_once_that_is_known() -> None:
    disk = disk_of(a="import z\nz.config('x', 1)", b="import z\nz._('y', 1)", z="import hpman\n")
    snapshot = loaded(disk)
    assert kept(snapshot) == []
    disk.files[f"{ROOT}/z.py"] = "from hpman.m import _, _ as config\n"
    after = updated(snapshot, disk, "z.py")
    for batch in passed_on(after, disk):
        after = after.with_batch(batch)
    assert names(after) == names(loaded(disk)) == ["x", "y"]


def test_an_open_file_calls_a_manager_once_the_module_passes_one_on() -> None:
    snapshot = opened(loaded(disk_of(z="")), "a.py", "import z\nz._('x', 1)")
    assert names(snapshot) == []
    assert names(opened(snapshot, "z.py", "from hpman.m import _")) == ["x"]


def test_files_that_cannot_be_read_have_a_reason_and_others_do_not_mind() -> None:
    denied = PermissionError(13, "Permission denied")
    disk = disk_of(a=A, b=b"import hpman\n\xff", c=b"import hpman\0", d=denied, e=b"\xff no word of it")
    snapshot = loaded(disk)
    assert kept(snapshot) == ["a.py"]
    assert {short(path): reason for path, reason in snapshot.unreadable.items()} == {
        "b.py": "line 2 is not utf-8: invalid start byte",
        "c.py": "holds a NUL byte, which Python refuses",
        "d.py": "cannot be read: Permission denied",
    }


def test_a_file_that_becomes_readable_has_no_reason_any_more() -> None:
    disk = disk_of(b=b"import hpman\n\xff")
    snapshot = loaded(disk)
    disk.files[f"{ROOT}/b.py"] = A
    assert updated(snapshot, disk, "b.py").unreadable == {}
    assert opened(snapshot, "b.py", A).unreadable == {}


def test_an_open_file_can_be_read_whatever_is_on_disk() -> None:
    disk = disk_of(b=b"import hpman\n\xff")
    snapshot = opened(loaded(disk), "b.py", A)
    assert updated(snapshot, disk, "b.py").unreadable == {}


def test_what_gitignore_excludes_is_not_kept() -> None:
    disk = DictDisk({f"{ROOT}/.gitignore": "gen_*.py\n", f"{ROOT}/gen_a.py": A, f"{ROOT}/b.py": A})
    assert kept(loaded(disk)) == ["b.py"]
    assert kept(loaded(disk, exclude=("b.py",))) == []


@pytest.mark.parametrize(
    ("change", "paths", "left"),
    [
        ({"a.py": None}, ["a.py"], ["lib/b.py", "lib/c.py"]),
        ({"a.py": "x = 1"}, ["a.py"], ["lib/b.py", "lib/c.py"]),
        ({"d.py": A}, ["d.py"], ["a.py", "d.py", "lib/b.py", "lib/c.py"]),
        ({"lib/b.py": None, "lib/c.py": None}, ["lib"], ["a.py"]),
        ({"new/x/y.py": A}, ["new"], ["a.py", "lib/b.py", "lib/c.py", "new/x/y.py"]),
        ({"lib/.gitignore": "b.py"}, ["lib/.gitignore"], ["a.py", "lib/c.py"]),
        ({"venv/x.py": A}, ["venv/x.py", "venv"], ["a.py", "lib/b.py", "lib/c.py"]),
        ({"env/pyvenv.cfg": "", "env/x.py": A}, ["env/x.py"], ["a.py", "lib/b.py", "lib/c.py"]),
        ({"notes.txt": "hpman"}, ["notes.txt", "nowhere.py"], ["a.py", "lib/b.py", "lib/c.py"]),
    ],
)
def test_changes_on_disk_are_taken(change: dict[str, str | None], paths: list[str], left: list[str]) -> None:
    disk = disk_of(a=A, lib__b=A, lib__c=A)
    before = loaded(disk)
    for path, text in change.items():
        disk.files.pop(f"{ROOT}/{path}", None)
        disk.files.update({} if text is None else {f"{ROOT}/{path}": text})
    after = updated(before, disk, *paths)
    assert kept(after) == left
    assert after.index == loaded(disk).index


def test_what_changed_on_disk_is_noticed_by_walking_again() -> None:
    disk = disk_of(a=A, b=A, c=A)
    disk.files |= {f"{ROOT}/pyproject.toml": "", f"{ROOT}/lib/.gitignore": ""}
    snapshot = loaded(disk)
    assert changed(snapshot, disk) == ()
    del disk.files[f"{ROOT}/a.py"]
    disk.files |= {
        f"{ROOT}/{name}": "#" for name in ("b.py", "d.py", "pyproject.toml", "lib/.gitignore", "x.txt")
    }
    paths = changed(snapshot, disk)
    assert list(map(short, paths)) == ["a.py", "b.py", "d.py", "lib/.gitignore", "pyproject.toml"]
    assert changed(snapshot.with_batch(reread(snapshot, paths, disk)), disk) == ()


def test_a_pyproject_is_read_again_when_it_changes() -> None:
    disk = disk_of(a=A, b=A)
    snapshot = loaded(disk)
    assert len(snapshot.uses(snapshot.index.files["/w/a.py"].uses[0].key, "/w/a.py")) == 2
    disk.files["/w/pyproject.toml"] = '[tool.hpman]\nscopes = {one = "a.py", two = "b.py"}'
    after = updated(snapshot, disk, "pyproject.toml")
    assert len(after.uses(after.index.files["/w/a.py"].uses[0].key, "/w/a.py")) == 1
    del disk.files["/w/pyproject.toml"]
    again = updated(after, disk, "pyproject.toml")
    assert len(again.uses(again.index.files["/w/a.py"].uses[0].key, "/w/a.py")) == 2


def test_an_open_documents_text_stays_whatever_is_on_disk() -> None:
    disk = disk_of(a=A)
    snapshot = opened(loaded(disk), "a.py", IMPORT + '_("unsaved", 1)')
    assert names(snapshot) == ["unsaved"]
    assert names(updated(snapshot, disk, "a.py")) == ["unsaved"]
    for batch in load((ROOT,), Settings(), disk):
        snapshot = snapshot.with_batch(batch)
    assert names(snapshot) == ["unsaved"]


@pytest.mark.parametrize(("on_disk", "left"), [(A, ["a"]), ("x = 1", []), (None, [])])
def test_when_a_document_is_closed_the_disks_text_counts_again(on_disk: str | None, left: list[str]) -> None:
    disk = disk_of(**({} if on_disk is None else {"a": on_disk}))
    snapshot = opened(loaded(disk), "a.py", IMPORT + '_("unsaved", 1)')
    batch = reread(snapshot, [f"{ROOT}/a.py"], disk)
    closed = snapshot.with_files(batch.files).with_batch(batch)
    assert names(closed) == left
    assert not closed.is_open(f"{ROOT}/a.py")


def test_a_name_that_becomes_a_managers_makes_other_files_matter() -> None:
    disk = disk_of(z="", a="from z import cfg\ncfg('x', 1)", b="from z import cfg\n")
    before = opened(loaded(disk), "b.py", "from z import cfg\ncfg('y', 1)")
    assert names(before) == []
    after = opened(before, "z.py", "from hpman.m import cfg\n")
    assert names(after) == ["y"]
    for batch in passed_on(after, disk):
        after = after.with_batch(batch)
    assert names(after) == ["x", "y"]
    assert list(passed_on(after, disk)) == []


def test_files_beside_a_single_file_can_be_read_without_a_workspace() -> None:
    disk = disk_of(a=A, b=IMPORT + '_("b", 1)', lib__c=A)
    snapshot = Snapshot.empty((), Settings()).with_complete()
    assert siblings(f"{ROOT}/a.py", disk) == (f"{ROOT}/b.py",)
    beside = snapshot.with_batch(reread(snapshot, siblings(f"{ROOT}/a.py", disk), disk))
    assert names(beside) == ["b"]
    assert changed(beside, disk) == ()


def test_without_a_workspace_nothing_is_loaded() -> None:
    assert {batch.total for batch in load((), Settings(), disk_of(a=A))} == {0}


def test_two_workspace_folders_are_one_index() -> None:
    disk = DictDisk({"/one/a.py": A, "/two/a.py": IMPORT + '_("b", 1)', "/three/a.py": A})
    assert names(loaded(disk, ("/one", "/two"))) == ["a", "b"]


def test_nothing_is_read_once_a_workspace_is_loaded() -> None:
    disk = disk_of(
        main="from common import _\nfrom hidden.lib import x\n_('lr')\n_('width')\n",
        common="from shared import *\n",
        shared="from home import *\n",
        home="from hpman.m import _\n_('width', 1)\n",
    )
    disk.files[f"{ROOT}/.gitignore"] = "hidden/\n"
    disk.files[f"{ROOT}/hidden/lib.py"] = "from hpman.m import _\n_('lr', 1)\n"
    snapshot = loaded(disk)
    disk.files.clear()
    assert [(one.code, one.message) for one in diagnostics(snapshot, f"{ROOT}/main.py")] == []
    assert sorted(map(short, snapshot.outlines)) == ["common.py", "hidden/lib.py", "shared.py"]


def test_a_module_that_git_ignores_is_looked_at_again_when_it_changes() -> None:
    disk = disk_of(main="from hpman.m import _\nimport hidden.lib\n_('lr')\n")
    disk.files[f"{ROOT}/.gitignore"] = "hidden/\n"
    snapshot = loaded(disk)
    assert [one.code for one in diagnostics(snapshot, f"{ROOT}/main.py")] == ["missing-default"]
    disk.files[f"{ROOT}/hidden/lib.py"] = "from hpman.m import _\n_('lr', 1)\n"
    paths = changed(snapshot, disk)
    assert list(map(short, paths)) == ["hidden/lib.py"]
    after = snapshot.with_batch(reread(snapshot, paths, disk))
    assert diagnostics(after, f"{ROOT}/main.py") == ()


def test_a_batch_in_slices_says_what_it_says_as_a_whole() -> None:
    disk = disk_of(**{f"f{number}": A for number in range(150)})
    whole = loaded(disk)
    disk.files |= dict.fromkeys(disk.files, f"{A}_('more', 1)\n")
    batch = reread(whole, list(disk.files), disk)
    slices = list(batch.slices())
    after = whole
    for one in slices:
        after = after.with_batch(one)
    assert [len(one.files) for one in slices] == [64, 64, 22]
    assert after.index == whole.with_batch(batch).index == loaded(disk).index


def program(parsed: str) -> str:
    return f"from hpman.m import _\nimport os\n_.parse_file({parsed})\n"


@pytest.mark.parametrize(
    ("parsed", "read"),
    [
        ('"."', ["main.py", "out/m.py", "venv/m.py", "local.py"]),
        ('"out"', ["main.py", "out/m.py"]),
        ('["main.py", "local.py"]', ["main.py", "local.py"]),
        ('"out/m.py"', ["main.py", "out/m.py"]),
        ("__file__", ["main.py"]),
        ("os.environ['SOURCES']", ["main.py"]),
    ],
)
def test_what_git_ignores_is_read_where_a_program_parses_it(parsed: str, read: list[str]) -> None:
    disk = disk_of(
        main=program(parsed),
        local=A,
        out__m=A,
        venv__m=A,
        node_modules__m=A,
        env__lib__m=A,
    )
    disk.files[f"{ROOT}/.gitignore"] = "out/\nlocal.py\n"
    disk.files[f"{ROOT}/env/pyvenv.cfg"] = ""
    assert kept(loaded(disk)) == sorted(read)


def test_what_git_ignores_is_followed_on_disk_where_a_program_parses_it() -> None:
    disk = disk_of(main=program('"."'), out__m=A)
    disk.files[f"{ROOT}/.gitignore"] = "out/\n"
    snapshot = loaded(disk)
    disk.files[f"{ROOT}/out/m.py"] = IMPORT + '_("b", 1)'
    disk.files[f"{ROOT}/out/n.py"] = IMPORT + '_("c", 1)'
    assert {short(path) for path in changed(snapshot, disk)} == {"out/m.py", "out/n.py"}
    snapshot = updated(snapshot, disk, "out/m.py", "out/n.py")
    assert names(snapshot) == names(loaded(disk)) == ["b", "c"]
    disk.files[f"{ROOT}/main.py"] = program("__file__")
    snapshot = updated(snapshot, disk, "main.py")
    snapshot = updated(snapshot, disk, *map(short, changed(snapshot, disk)))
    assert kept(snapshot) == kept(loaded(disk)) == ["main.py"]


def test_a_link_that_is_made_later_is_no_second_file(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/a.py").write_text('from hpman.m import _\n_("lr", 1)\n')
    snapshot = Snapshot.empty((str(tmp_path),), Settings())
    for batch in load((str(tmp_path),), Settings()):
        snapshot = snapshot.with_batch(batch)
    (tmp_path / "b.py").symlink_to("pkg/a.py")
    (tmp_path / "other").symlink_to("pkg")
    made = [str(tmp_path / one) for one in ("b.py", "other", "other/a.py")]
    for paths in ([made[0]], [made[1]], [made[2]], made, list(changed(snapshot))):
        assert snapshot.with_batch(reread(snapshot, paths)).tree.files.keys() == snapshot.tree.files.keys()
