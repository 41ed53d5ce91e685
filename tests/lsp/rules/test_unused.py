from __future__ import annotations

import pytest

from tests.lsp.rules.checking import IMPORT, check, messages, silent

CODE = "unused"


@pytest.mark.parametrize(
    "source",
    [
        '_("a", 1)',
        '_("a", 1); _.set_value("a", 2); _.set_values({"a": 3})',
        '_("a", 1); _("b")',
        '_("a", 1)  # _ is a manager, see _.get_values()',
        '_("a", 1); x = "_.db"',
        "_(\"a\", 1)\n'''\n_.db\n'''",
        '_("a", 1); _.parse_file(__file__)',
        '_("a", 1)\nimport hpargparse\nhpargparse.bind(parser, _)',
        '_("a", 1)\nfrom hpargparse import bind\nbind(_, parser, inject_actions=True)',
        '_("a", 1)\ndef f():\n    for _ in range(3): pass',
        '_("a", 1)\nfrom hpman.m import hp\nhp.get_values(); hp("a")',
        '_("a", 1); _.get_tree("b")',
    ],
)
def test_a_default_that_nothing_reads_is_told(source: str) -> None:
    check(CODE, IMPORT + source, 'main.py:2: _("a", 1)')


@pytest.mark.parametrize(
    "source",
    [
        'x = _("a", 1)',
        'f(_("a", 1))',
        "print(f\"{_('a', 1)}\")",
        '_("a", 1); _("a")',
        '_("a", 1); _.get_value("a")',
        '_("a", 1); _.exists("a")',
        '_("a", 1); _.get_values()',
        '_("a", 1); _.get_tree()',
        '_("a", 1); print(_.db)',
        '_("a", 1); report(_)',
        '_("a", 1); print(f"{_.get_values()}")',
        '_("a", 1); manager = _',
        '_("a", 1); _.get_value(name)',
        '_("a", 1); _(name)',
        '_("a", 1)  # hpman: uses a*',
        '# hpman: uses x, a\n_("a", 1)',
        '_("a", 1)\nbind(parser, _)',
        '_("a", 1)\nimport hpargparse\nhpargparse.bind(parser, _)\nargs = parser.parse_args()',
        '_("a", 1)\nimport hpargparse\nhpargparse.bind(parser, _)\ntrain(**vars(parser.parse_args()))',
        '_("a", 1); f(',
        '_("a", 1); _("a", 2)',
    ],
)
def test_a_default_that_may_be_read_is_passed_over(source: str) -> None:
    silent(CODE, source)


@pytest.mark.parametrize(
    "reading", ['_("a")', '_.get_value("a")', '_("a.b.c")', '_.get_tree("a")', 'x = _("a.b.c", 2)']
)
def test_a_part_is_read_with_its_group_and_a_value_with_its_parts(reading: str) -> None:
    silent(CODE, f'_("a.b", 1); {reading}')


_MADE = [
    '_.get_value(f"{begin}.{x}")',
    '_.get_value(f"a{x}")',
    '_.get_value(f"a.{x}")',
    '_.get_value(f"a.b{x}")',
    '_.get_value(f"a.b.c.{x}")',
    '_.get_value("a." + x)',
    '_.get_value("a.%s" % x)',
    "_.get_value(*names)",
    '_(f"a.{x}")',
    '_.get_tree(f"c.{x}")',
    '_.get_value(f"c.{x}"); _.get_value(x)',
    '_.get_value(f"c.{x}"); report(_)',
    '_.get_value(f"c.{x}"); _.parse_file(x)',
]


@pytest.mark.parametrize("reading", _MADE)
def test_a_name_that_is_made_at_run_time_may_be_one_that_it_fits(reading: str) -> None:
    silent(CODE, f'_("a.b", 1); {reading}')


@pytest.mark.parametrize(
    "reading",
    [
        '_.get_value(f"c.{x}")',
        '_.get_value("c." + x, raise_exception=False)',
        '_.exists(f"a.c{x}")',
        '_(f"a.bb{x}")',
        '_.get_value(f"c.{x}"); _.set_value(x, 1)',
        '_.get_value(f"c.{x}"); hp.get_value(x)',
    ],
)
def test_a_name_that_is_made_at_run_time_reads_none_that_it_does_not_fit(reading: str) -> None:
    both = "from hpman.m import _, hp"
    check(CODE, f'{both}\n_("a.b", 1); {reading}', 'main.py:2: _("a.b", 1)')
    check(CODE, f'#- a.py\n{both}\n_("a.b", 1)\n#- b.py\n{both}\n{reading}', 'a.py:2: _("a.b", 1)')


def test_what_another_file_of_the_program_reads_is_not_unused() -> None:
    start = "from hpman.m import _\n_.parse_file(__file__)\n"
    check(CODE, f'#- a.py\n{IMPORT}_("a", 1)\n#- b.py\n{IMPORT}_("a")')
    check(CODE, f'#- a.py\n{start}_("a", 1)\n#- b.py\n{start}_("a")', 'a.py:3: _("a", 1)')
    check(CODE, f'#- a.py\n{start}import b\n#- b.py\n{IMPORT}_("a", 1)\n#- c.py\n{IMPORT}_.get_values()')


def test_a_message_says_what_to_do() -> None:
    assert messages(CODE, IMPORT + '_("a", 1)') == [
        'nothing reads `a`, so this default has no effect: read it where it is needed, `_("a")`, or remove this call'
    ]


@pytest.mark.parametrize(
    "reading",
    [
        "import common\ncommon._.get_values()",
        "import common\nreport(common._)",
        "from hpman import m\nm._.get_values()",
        "def f():\n    from hpman.m import _ as h\n    return h.get_values()",
        "def f():\n    from common import h\n    return h.get_values()",
    ],
)
def test_a_manager_may_be_read_as_a_whole_wherever_it_comes_from(reading: str) -> None:
    check(CODE, f"{reading}\n#- common.py\nfrom hpman.m import _, _ as h\n_('a', 1)")
