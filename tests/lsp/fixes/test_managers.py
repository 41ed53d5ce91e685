from __future__ import annotations

import pytest

from tests.lsp.fixes.fixing import done, fixed, mending
from tests.lsp.workspace.fixtures import fixture


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        (
            "def f():\n  for _ in range(3): pass\n  _$0('lr', 1)",
            {"Call the loop variable `unused`": "def f():\n  for unused in range(3): pass\n  _('lr', 1)"},
        ),
        (
            "def f():\n  a, _ = 1, 2\n  unused = 1\n  _$0('lr', 1)",
            {"Call the other one `other`": "def f():\n  a, other = 1, 2\n  unused = 1\n  _('lr', 1)"},
        ),
        ("def f():\n  for _ in range(3): print(_)\n  _$0('lr', 1)", {}),
        (
            "def f():\n  _ = _$0.parse_file(__file__)\n  return _('lr', 1)",
            {
                "Do not assign the manager to its own name": "def f():\n  _.parse_file(__file__)\n  return _('lr', 1)"
            },
        ),
        (
            "_.set_vale$0('lr', 1)\nprint(_('lr', 2))",
            {"Call `set_value`": "_.set_value('lr', 1)\nprint(_('lr', 2))"},
        ),
    ],
)
def test_what_hides_a_manager_gets_another_name_where_nothing_reads_it(
    text: str, fixes: dict[str, str]
) -> None:
    assert fixed(text) == fixes


def test_a_manager_is_imported_and_called_by_its_own_name() -> None:
    at = fixture("from hpman.m import a, _ as h$0\nh('lr', 1); h.get_value('lr')\n")
    (action,) = mending(at).values()
    assert action.title == "Call the manager by its name, `_`"
    assert action.preferred
    assert done(at, action).files[at.path] == "from hpman.m import a, _\n_('lr', 1); _.get_value('lr')\n"


def test_a_manager_is_called_by_its_own_name_and_not_as_an_attribute_of_a_module() -> None:
    at = fixture(
        """
        import common
        comm$0on._("lr", 1); common._.get_value("lr")
        #- common.py
        from hpman.m import _
        """
    )
    (action,) = mending(at).values()
    assert action.title == "Call the manager by its name, `_`"
    assert (
        done(at, action).files[at.path]
        == 'import common\nfrom hpman.m import _\n_("lr", 1); _.get_value("lr")\n'
    )
