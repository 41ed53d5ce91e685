"""Value files in the editor: hover, definition, references, highlights, outline, from either side."""

from __future__ import annotations

from tests.lsp.features.checking import (
    check_definition,
    check_highlights,
    check_hover,
    check_outline,
    check_references,
)

PROJECT = """
#- pyproject.toml
[tool.hpman]
value-files = ["configs/*.yaml"]
"""
CODE = """
#- train.py
from hpman.m import _
_("lr", 1e-3, choices=[1e-3, 1e-2])
_("model.depth", 4)
_("opt", {"kind": "sgd"})
print(_("lr"))
"""


def test_hover_over_a_name_shows_every_files_value_beside_the_default() -> None:
    check_hover(
        PROJECT
        + """
#- train.py
from hpman.m import _
_("$0lr", 1e-3)
#- configs/a.yaml
# the first
lr: 0.5
#- configs/b.yaml
lr: 1e-1
#- other/c.yaml
lr: 7
""",
        """
lr: float = 1e-3

default in train.py:2
0.5 in configs/a.yaml:2
1e-1 in configs/b.yaml:1
1 use in 1 file
""",
    )


def test_hover_over_a_key_shows_default_type_and_place() -> None:
    check_hover(
        PROJECT + CODE + "#- configs/a.yaml\n$0lr: 0.5\n",
        """
lr: float = 1e-3

default in train.py:2
0.5 in configs/a.yaml:1
hints: choices=[1e-3, 1e-2]
2 uses in 1 file
""",
    )


def test_hover_over_a_nested_key_is_of_the_whole_name() -> None:
    check_hover(
        PROJECT + CODE + "#- configs/a.yaml\nmodel:\n  dep$0th: 8\n",
        """
model.depth: int = 4

default in train.py:3
8 in configs/a.yaml:2
1 use in 1 file
""",
    )


def test_hover_over_the_key_of_a_group_shows_what_is_in_it() -> None:
    check_hover(
        PROJECT + CODE + "#- configs/a.yaml\nmo$0del:\n  depth: 8\n",
        """
model.depth: int = 4

1 name in it
""",
    )


def test_a_dict_is_one_value_whose_items_are_no_names() -> None:
    check_hover(PROJECT + CODE + "#- configs/a.yaml\nopt: {ki$0nd: adam}\n", None)
    check_references(
        PROJECT + CODE + "#- configs/a.yaml\no$0pt: {kind: adam}\n",
        "configs/a.yaml:1: opt",
        "train.py:4: opt",
    )


def test_a_group_marked_as_a_dict_is_one_value() -> None:
    check_hover(PROJECT + CODE + "#- configs/a.yaml\nmodel: {__is_dict__: true, dep$0th: 8}\n", None)


def test_an_unknown_key_has_no_hover() -> None:
    check_hover(PROJECT + CODE + "#- configs/a.yaml\nl$0rr: 0.5\n", None)


def test_a_file_that_no_project_names_is_no_value_file() -> None:
    check_hover(PROJECT + CODE + "#- other/a.yaml\nl$0r: 0.5\n", None)


def test_json_files_are_value_files_too() -> None:
    check_definition(
        '#- pyproject.toml\n[tool.hpman]\nvalue-files = "*.json"\n' + CODE + '#- a.json\n{"l$0r": 0.5}\n',
        'train.py: _("lr", 1e-3, choices=[1e-3, 1e-2])',
    )


def test_definition_of_a_key_is_the_default_in_the_code() -> None:
    check_definition(
        PROJECT + CODE + "#- configs/a.yaml\nmodel.depth$0: 8\n", 'train.py: _("model.depth", 4)'
    )


def test_definition_of_a_name_that_only_files_supply_is_their_keys() -> None:
    check_definition(
        PROJECT
        + '#- train.py\nfrom hpman.m import _\n_("l$0r")\n#- configs/a.yaml\nlr: 0.5\n#- configs/b.yaml\n"lr": 1\n',
        "configs/a.yaml: lr: 0.5",
        'configs/b.yaml: "lr": 1',
    )


def test_from_the_default_itself_definition_leads_on_to_the_files() -> None:
    check_definition(
        PROJECT + '#- train.py\nfrom hpman.m import _\n_("l$0r", 1)\n#- configs/a.yaml\nlr: 2\n',
        'train.py: _("lr", 1)',
        "configs/a.yaml: lr: 2",
    )


def test_references_hold_both_sides_from_either_side() -> None:
    expected = ("configs/a.yaml:1: lr", "configs/a.yaml:3: lr", "train.py:2: lr", "train.py:5: lr")
    values = "#- configs/a.yaml\n{}lr: 1\n---\nlr: 2\n"
    check_references(PROJECT + CODE + values.format("$0"), *expected)
    check_references(PROJECT + CODE.replace('print(_("lr', 'print(_("$0lr') + values.format(""), *expected)


def test_references_without_the_declaration_leave_out_the_default() -> None:
    check_references(
        PROJECT + CODE + "#- configs/a.yaml\n$0lr: 1\n",
        "configs/a.yaml:1: lr",
        "train.py:5: lr",
        declaration=False,
    )


def test_a_key_belongs_to_all_managers_of_the_project() -> None:
    check_references(
        PROJECT + '#- a.py\nfrom hpman.m import _, hp\n_("lr", 1)\nhp("lr", 2)\n#- configs/a.yaml\nl$0r: 3\n',
        "a.py:2: lr",
        "a.py:3: lr",
        "configs/a.yaml:1: lr",
    )


def test_a_project_inside_of_another_has_names_of_its_own() -> None:
    check_references(
        """
        #- pyproject.toml
        [tool.hpman]
        value-files = ["*.yaml"]
        #- a.yaml
        l$0r: 1
        #- train.py
        from hpman.m import _
        _("lr", 1)
        #- sub/pyproject.toml
        [tool.hpman]
        #- sub/train.py
        from hpman.m import _
        _("lr", 2)
        """,
        "a.yaml:1: lr",
        "train.py:2: lr",
    )


def test_what_a_projects_files_import_from_elsewhere_has_its_names() -> None:
    check_references(
        """
        #- app/pyproject.toml
        [tool.hpman]
        value-files = ["*.yaml"]
        #- app/a.yaml
        l$0r: 1
        #- app/train.py
        from hpman.m import _
        import lib
        _("depth", 1)
        #- lib/__init__.py
        from hpman.m import _
        _("lr", 1)
        #- lib/pyproject.toml
        """,
        "app/a.yaml:1: lr",
        "lib/__init__.py:2: lr",
    )


def test_highlights_are_the_same_name_in_the_file() -> None:
    check_highlights(
        PROJECT + CODE + "#- configs/a.yaml\n$0lr: 1\nmodel.depth: 3\n---\nlr: 2\n", "1 write", "4 write"
    )


def test_the_outline_has_the_known_names_with_their_values() -> None:
    check_outline(
        PROJECT + CODE + "#- configs/a.yaml\n$0lr: &rate 1\nunknown: 2\nmodel:\n  depth: [3,\n    4]\n",
        "write lr = 1",
        "write model.depth = [3, 4]",
    )
