"""`number-read-as-text` speaks where PyYAML surely hands text to the program, and nowhere else."""

from __future__ import annotations

import pytest
import yaml

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.affected import affected
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import snapshot_of

CODE = "number-read-as-text"
READ = 'yaml.safe_load(open("c.yaml"))'


def told(code: str, values: str, *, imports: str = "import yaml", use: str = '_("lr", 0.1)') -> list[str]:
    """Return what is to be written instead of each number that is reported."""
    return _told(_workspace(f"{imports}\nfrom hpman.m import _\n{code}\nprint({use})\n", values))


def _workspace(source: str, values: str) -> Snapshot:
    project = '[tool.hpman]\nvalue-files = ["*.yaml"]\n'
    return snapshot_of({"/w/pyproject.toml": project, "/w/main.py": source, "/w/c.yaml": values})


def _told(snapshot: Snapshot) -> list[str]:
    return [one.data for one in diagnostics(snapshot, "/w/c.yaml") if one.code == CODE]


NUMBERS = [
    ("1e-3", "1.0e-3"), ("1e5", "1.0e+5"), ("1.5E3", "1.5e+3"), ("-1e-3", "-1.0e-3"), ("+2e1", "2.0e+1"), (".5e3", "0.5e+3"),
    ("-.5", "-0.5"), ("+.5", "0.5"), ("1.e5", "1.0e+5"), ("1e+05", "1.0e+05"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "better"), NUMBERS)
def test_the_fix_is_the_same_number_for_pyyaml(written: str, better: str) -> None:
    assert isinstance(yaml.safe_load(written), str)
    assert told(f"_.set_values({READ})", f"lr: {written}\n") == [better]
    assert repr(yaml.safe_load(better)) == repr(float(written))
    assert told(f"_.set_values({READ})", f"lr: {better}\n") == []


def test_a_whole_number_is_written_as_one_for_an_int() -> None:
    assert told(f"_.set_values({READ})", "lr: 1e3\n", use='_("lr", 5)') == ["1000"]


def test_each_number_of_a_list_is_reported() -> None:
    assert told(f"_.set_values({READ})", "lr: [1e-3, 0.9, 1e5]\n", use='_("lr", (0.1, 0.2))') == [
        "1.0e-3",
        "1.0e+5",
    ]


READERS = [
    (f"_.set_tree({READ})", "import yaml"),
    (f"cfg = {READ}\n_.set_values(cfg)", "import yaml"),
    ('with open("c.yaml") as f:\n    _.set_values(yaml.safe_load(f))', "import yaml"),
    (
        'PATH = "./c.yaml"\nwith open(PATH) as f:\n    cfg = yaml.full_load(f)\n_.set_values(cfg)',
        "import yaml",
    ),
    ('_.set_values(yaml.load(open("c.yaml"), Loader=yaml.SafeLoader))', "import yaml"),
    ('_.set_values(y.load(open("c.yaml"), y.CSafeLoader))', "import yaml as y"),
    ('_.set_values(safe_load(open("c.yaml")))', "from yaml import safe_load"),
    ('_.set_values(load(open("c.yaml"), Loader=FullLoader))', "from yaml import FullLoader, load"),
    (
        'from pathlib import Path\n_.set_values(yaml.safe_load((Path(__file__).parent / "c.yaml").read_text()))',
        "import yaml",
    ),
]


@pytest.mark.parametrize(("code", "imports"), READERS)
def test_it_speaks_where_pyyaml_reads_the_file(code: str, imports: str) -> None:
    assert told(code, "lr: 1e-3\n", imports=imports) == ["1.0e-3"]


SILENT = [
    ('_.load_values("c.yaml")', "import yaml"),
    (f'_.load_values("c.yaml")\n_.set_values({READ})', "import yaml"),
    ("", "import yaml"),
    ('_.set_values(read("c.yaml"))', "from somewhere import read"),
    ('_.set_values(yaml.safe_load(open("other.yaml")))', "import yaml"),
    ("import sys\n_.set_values(yaml.safe_load(open(sys.argv[1])))", "import yaml"),
    ('_.set_values(yaml.load(open("c.yaml"), Loader=Mine))', "import yaml\nfrom mine import Mine"),
    (f"_.set_values({READ})", "import ruamel.yaml as yaml"),
    (f"_.set_values({READ})", "from mine import yaml"),
    (f'_.set_values({READ})\nyaml.SafeLoader.add_implicit_resolver("!float", X, Y)', "import yaml"),
    (f"_.set_values({{k: float(v) for k, v in {READ}.items()}})", "import yaml"),
    (f'cfg = {READ}\ncfg["lr"] = float(cfg["lr"])\n_.set_values(cfg)', "import yaml"),
    (f"cfg = {READ}\nconvert(cfg)\n_.set_values(cfg)", "import yaml\nfrom somewhere import convert"),
    (f"cfg = {READ}\ncfg = convert(cfg)\n_.set_values(cfg)", "import yaml\nfrom somewhere import convert"),
    (f"_.set_values(convert({READ}))", "import yaml\nfrom somewhere import convert"),
    ("_.set_values(OmegaConf.load('c.yaml'))", "import yaml\nfrom omegaconf import OmegaConf"),
    (f'_.set_value("lr", {READ}["lr"])', "import yaml"),
]


@pytest.mark.parametrize(("code", "imports"), SILENT)
def test_it_is_silent_where_something_else_may_read_the_file_or_convert_it(code: str, imports: str) -> None:
    assert told(code, "lr: 1e-3\n", imports=imports) == []


@pytest.mark.parametrize(
    "values", ["lr: 0.1", "lr: 1.0e-3", "lr: 1.0e+5", "lr: .5", "lr: '1e-3'", "lr: fast", "other: 1e-3"]
)
def test_it_is_silent_where_pyyaml_reads_what_the_default_is_like(values: str) -> None:
    assert told(f"_.set_values({READ})", f"{values}\n") == []


@pytest.mark.parametrize(
    "use",
    ['_("lr", "a")', '_("lr", None)', '_("lr")', '_("lr", f())', 'float(_("lr", 0.1))', '_("lr", True)'],
)
def test_it_is_silent_where_text_may_be_wanted_or_is_converted(use: str) -> None:
    assert told(f"_.set_values({READ})", "lr: 1e-3\n", use=use) == []


def test_a_comment_silences_it() -> None:
    assert told(f"_.set_values({READ})", f"lr: 1e-3  # hpman: ignore[{CODE}]\n") == []


@pytest.mark.parametrize(
    "other",
    [
        f"import yaml\nfrom hpman.m import _\n_.set_values(fixed({READ}))\nprint(_('lr', 0.1))\n",
        f"import ruamel.yaml as yaml\nfrom hpman.m import _\n_.set_values({READ})\nprint(_('lr', 0.1))\n",
        f"import yaml\nfrom hpman.m import _\n_.set_values({READ})\nprint(float(_('lr', 0.1)))\n",
        "from hpman.m import _\n_.load_values('c.yaml')\nprint(_('lr', 0.1))\n",
    ],
)
def test_a_value_file_is_checked_again_when_its_reader_changes(other: str) -> None:
    source = f"import yaml\nfrom hpman.m import _\n_.set_values({READ})\nprint(_('lr', 0.1))\n"
    before = _workspace(source, "lr: 1e-3\n")
    file = source_file("/w/main.py", other, 1, before.placeholders, before.files["/w/main.py"])
    after = before.with_files({"/w/main.py": file})
    assert (_told(before), _told(after)) == (["1.0e-3"], [])
    assert "/w/c.yaml" in affected(before, after) & affected(after, before)
