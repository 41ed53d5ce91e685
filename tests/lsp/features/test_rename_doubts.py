"""What only running the program can tell is edited by nobody, and shown to the user."""

from __future__ import annotations

import pytest

from hpman_lsp.features.rename import rename
from hpman_lsp.refactoring.renaming import Renamed
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import fixture


def doubted(text: str, new_name: str = "seed") -> list[str]:
    """Give what is doubted, as source text."""
    at = fixture(text)
    found = rename(at.snapshot, at.path, at.offset, new_name)
    assert isinstance(found, Renamed)
    assert found.edits
    return [at.files[one.path][slice(*one.span)] for one in found.doubts]


@pytest.mark.parametrize(
    ("argument", "may"),
    [
        ("name", True),
        ('f"{x}"', True),
        ('f"l{x}"', True),
        ('f"m{x}"', False),
        ('f"l{x}r"', True),
        ('f"{x}.lr"', False),
        ('"l" + x', True),
        ('"lr" + "_" + x', False),
        ('"%s" % x', True),
        ('"%s_x" % x', False),
        ('"l%c" % x', True),
        ('"{}".format(x)', True),
        ('"{}_{{}}".format(x)', False),
        ('"lr" if x else "wd"', True),
        ('"a" if x else "b"', False),
        ("1", False),
    ],
)
@pytest.mark.parametrize("call", ["_({})", "_({}, 1)", "_.get_value({})", "_.set_value({}, 2)"])
def test_a_name_that_is_made_at_run_time_is_doubted_where_it_may_be_the_old_one(
    call: str, argument: str, may: bool
) -> None:
    text = f'{IMPORT}_("l$0r", 1)\n{call.format(argument)}'
    assert doubted(text) == ([argument] if may else [])


def test_names_of_other_managers_and_programs_are_not_doubted() -> None:
    text = """
    #- a.py
    from hpman.m import _, hp
    _.parse_file(__file__); _("l$0r", 1); hp(name)
    #- b.py
    from hpman.m import _
    _.parse_file(__file__); _(name)
    """
    assert doubted(text) == []


def test_a_group_that_is_read_as_a_whole_is_doubted_for_its_members() -> None:
    text = IMPORT + '_("optim.l$0r", 1); SGD(**_("optim")); _.get_tree("optim")'
    assert doubted(text, "optim.rate") == ["optim", "optim"]


def test_a_dict_of_names_that_is_set_elsewhere_is_doubted_for_its_keys() -> None:
    text = IMPORT + "_('l$0r', 1)\nd = {'lr': 1, 'wd': 2}\nd['lr'] = 3\nprint(d['lr'], 'lr')\n"
    assert doubted(text + "_.set_values(d)") == ["'lr'", "'lr'"]
    assert doubted(text) == []


@pytest.mark.parametrize(
    ("lines", "doubts"),
    [
        ("_.set_values({'lr': 1, **d})", ["d"]),
        ("_.set_values(yaml.safe_load(open(path)))", ["yaml.safe_load(open(path))"]),
        ("_.set_tree(cfg)", ["cfg"]),
        ("_.set_values(vars(args))", ["vars(args)"]),
        ("_.load_values(path)", ["path"]),
        ("_.load_values('run.yaml')", ["'run.yaml'"]),
        ("_.set_values({key: 1 for key in keys})", ["{key: 1 for key in keys}"]),
        ("_.set_values({f'l{x}': 1})", ["f'l{x}'"]),
        ("_.set_values({f'w{x}': 1})", []),
        ("_.set_tree({f'l{x}': {'a': 1}})", ["f'l{x}'"]),
        ("d = {}\nd['wd'] = 1\nd.update(lr=2)\n_.set_values(d)", []),
        ("d = {}\nd.update(x)\n_.set_values(d)", ["d"]),
        ("d = {}\nd[x] = 1\n_.set_values(d)", ["d"]),
        ("d = dict(lr=1)\n_.set_values(d)", ["lr"]),
        ("d = {**base, 'wd': 1}\n_.set_values(d)", ["d"]),
        ("def f(d):\n    _.set_values(d)", ["d"]),
        ("p.add_argument('--lr')\n_.set_values(vars(p.parse_args()))", ["'--lr'", "vars(p.parse_args())"]),
        ("p.add_argument('-l', '--lr', type=float)\n_.set_values(p.parse_args().__dict__)", ["'--lr'", "p.parse_args().__dict__"]),
        ("p.add_argument('-l', dest='lr')\n_.set_values(vars(args))", ["'lr'", "vars(args)"]),
        ("p.add_argument('--lr')", []),
        ("values = _.get_values()\nprint(values['lr'], other.lr)", ["'lr'"]),
        ("values = _.get_values()\nprint(values.get('lr', 1), 'lr' in values)", ["'lr'", "'lr'"]),
        ("f(**_.get_values())", ["**_.get_values("]),
        ("values = _.get_values()\nf(**values)", ["**values"]),
        ("rows = _.db\nrows.find_first(L.of_name('lr'))", ["'lr'"]),
        ("_.get_values()[name]", ["name"]),
        ("_.get_values()[f'w{x}']", []),
        ("name in _.get_values()", ["name"]),
        ("f(_)", ["f(_)"]),
        ("print('lr', row['lr'])", []),
        ('"""Has d = {\'lr\': 1}."""  # d["lr"]\n_.set_values(vars(args))', ["vars(args)"]),
    ],
)  # fmt: skip
def test_what_may_set_or_read_the_name_elsewhere_is_doubted(lines: str, doubts: list[str]) -> None:
    assert sorted(doubted(f"{IMPORT}_('l$0r', 1)\n{lines}\n", "rate")) == sorted(doubts)


PROJECT = (
    "#- pyproject.toml\n[tool.hpman]\nvalue-files = ['conf/*.yaml']\n#- conf/run.yaml\nlr: 1\n#- main.py\n"
)


@pytest.mark.parametrize(
    "lines",
    [
        "_.load_values('conf/run.yaml')",
        "_.load_values(Path(__file__).parent / 'conf/run.yaml')",
        "_.set_values(yaml.safe_load(open('conf/run.yaml')))",
        "with open('./conf/run.yaml') as file:\n    values = yaml.safe_load(file)\n_.set_tree(values)",
    ],
)
def test_a_file_that_the_project_names_is_renamed_and_no_doubt(lines: str) -> None:
    at = fixture(f"{PROJECT}{IMPORT}_('l$0r', 1)\n{lines}\n")
    found = rename(at.snapshot, at.path, at.offset, "rate")
    assert isinstance(found, Renamed)
    assert sorted(found.edits) == ["/w/conf/run.yaml", "/w/main.py"]
    assert found.doubts == ()


def test_a_file_that_the_project_does_not_name_is_a_doubt() -> None:
    assert doubted(f"{PROJECT}{IMPORT}_('l$0r', 1)\n_.load_values('other.yaml')\n", "rate") == [
        "'other.yaml'"
    ]
