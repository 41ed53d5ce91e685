from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lsp.features.checking import IMPORT
from tests.lsp.fixes.fixing import check_fixes, done, fixed, mending, offered
from tests.lsp.workspace.fixtures import fixture


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        (
            '_("l$0r", 1); _("lr", 2, help="x")',
            {
                "Make 1 the only default of `lr`": '_("lr", 1); _("lr", help="x")',
                "Remove this default: keep 2 in main.py:2": '_("lr"); _("lr", 2, help="x")',
            },
        ),
        (
            '_("l$0r", (1), help="x"); _(hp_name="lr", hp_value=2); _("lr", hp_value=3)',
            {"Remove this default": '_("lr", help="x"); _(hp_name="lr", hp_value=2); _("lr", hp_value=3)'},
        ),
        ('_("l$0r",  # one\n 1); _("lr",  # two\n 2)', {}),
    ],
)
def test_one_default_is_kept(text: str, fixes: dict[str, str]) -> None:
    assert fixed(text) == fixes


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        (
            '_("batch_size", 1); _("batch_sise$0")',
            {
                "Use `batch_size`": '_("batch_size", 1); _("batch_size")',
                "Give `batch_sise` a default here": '_("batch_size", 1); _("batch_sise", None)',
            },
        ),
        (
            "_('it\\'s', 1); _.get_value('its$0')",
            {"Use `it's`": "_('it\\'s', 1); _.get_value('it\\'s')"},
        ),
        ('_("g$0one")', {"Give `gone` a default here": '_("gone", None)'}),
        (
            '_("m$0", choices=["a", "b"])',
            {'Give `m` the default "a" here': '_("m", "a", choices=["a", "b"])'},
        ),
        ('_("m$0", range=(2, 4))', {"Give `m` the default 2 here": '_("m", 2, range=(2, 4))'}),
        ('_("m$0"); _("m", min=0.5)', {"Give `m` the default 0.5 here": '_("m", 0.5); _("m", min=0.5)'}),
        ('_(hp_name="g$0one")', {}),
        ('_.get_value("g$0one")', {}),
    ],
)
def test_a_name_without_a_value_gets_the_one_that_was_meant_or_a_default(
    text: str, fixes: dict[str, str]
) -> None:
    assert fixed(text) == fixes


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('_("a"); _("a", 1)\n_$0(\n  "b",\n  2)\n_("c", 3)\n', '_("a"); _("a", 1)\n_("c", 3)\n'),
        ('_$0("b", 2)', ""),
        ('x = 1; _$0("b", 2)', None),
        ('_$0("b", 2)  # why', None),
        ('def f():\n  _$0("b", 2)\n', None),
        ('def f():\n  _$0("b", 2)\n  return 1\n', "def f():\n  return 1\n"),
    ],
)
def test_a_default_that_nothing_reads_is_removed_with_its_lines(text: str, after: str | None) -> None:
    at = fixture(IMPORT + text)
    action = offered(at).get("Remove this call")
    assert (None if action is None else done(at, action).files[at.path][len(IMPORT) :]) == after


LITERALS = """
LR = 0.1
NAME = "lr"
MODES = ["a", "b"]
"""


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ("_('l' +$0 'r', 1)", {'Write the name as "lr"': '_("lr", 1)'}),
        ("_(f'l$0r', 1)", {'Write the name as "lr"': '_("lr", 1)'}),
        ("_(NA$0ME, 1)", {'Write the name as "lr"': '_("lr", 1)'}),
        ("_(x$0, 1)", {}),
        ("_(f'{x$0}', 1)", {}),
        ("_('lr', LR$0)", {"Write the default as 0.1": "_('lr', 0.1)"}),
        ("_('lr', 60 * 6$00)", {"Write the default as 3600": "_('lr', 3600)"}),
        ("_('lr', 1 / $00)", {}),
        ("_('lr', 9 * 10 **$0 9)", {}),
        ("_('lr', f()$0)", {}),
        (
            "_('m', 'a', help='x', choices=MODE$0S)",
            {
                "Write the hint as ['a', 'b']": "_('m', 'a', help='x', choices=['a', 'b'])",
                "Remove the hint": "_('m', 'a', help='x')",
            },
        ),
        ("_('lr', 1, help=x$0, scale='log')", {"Remove the hint": "_('lr', 1, scale='log')"}),
        ("_('lr', 1, **mo$0re)", {"Remove the hint": "_('lr', 1)"}),
        ("_('lr', 1, $02, 3)", {"Remove what is behind the default": "_('lr', 1)"}),
        ("_($0)", {}),
        ("_('$0.a..b.', 1)", {"Call it `a.b`": "_('a.b', 1)"}),
        ("_('$0', 1)", {}),
    ],
)
def test_what_is_no_literal_is_written_as_one_where_that_is_known(text: str, fixes: dict[str, str]) -> None:
    found = fixed(LITERALS + text)
    assert {title: after.removeprefix(LITERALS) for title, after in found.items()} == fixes


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        (
            "_('m', 'adan$0', choices=['sgd', 'adam'])",
            {
                "Use 'adam'": "_('m', 'adam', choices=['sgd', 'adam'])",
                "Add 'adan' to the choices": "_('m', 'adan', choices=['sgd', 'adam', 'adan'])",
            },
        ),
        ("_('m', 3$0, choices=(1, ))", {"Add 3 to the choices": "_('m', 3, choices=(1, 3 ))"}),
        ("_('m', 3$0, choices=[])", {"Add 3 to the choices": "_('m', 3, choices=[3])"}),
        ("_('m', 3$0, choices=())", {"Add 3 to the choices": "_('m', 3, choices=(3,))"}),
        ("_('m', 3$0, choices={1: 2})", {}),
        (
            "_('m', 3$0, range=(0, 2))",
            {
                "Use 2, the greatest that is allowed": "_('m', 2, range=(0, 2))",
                "Allow 3: make it the greatest": "_('m', 3, range=(0, 3))",
            },
        ),
        (
            "_('m', -1$0, max=5); _('m', min=0)",
            {
                "Use 0, the least that is allowed": "_('m', 0, max=5); _('m', min=0)",
                "Allow -1: make it the least": "_('m', -1, max=5); _('m', min=-1)",
            },
        ),
        (
            "_('m', '3$0', type='int')",
            {
                "Write it as 3": "_('m', 3, type='int')",
                "Make the type `str`": "_('m', '3', type=\"str\")",
            },
        ),
        ("_('m', 0.5$0, type='int')", {"Make the type `float`": "_('m', 0.5, type=\"float\")"}),
        ("_('m', 2.0$0, type='int')", {
            "Write it as 2": "_('m', 2, type='int')",
            "Make the type `float`": "_('m', 2.0, type=\"float\")",
        }),
        (
            "_('m', 1, help='x$0'); _('m', help='y')",
            {
                "Make 'x' the only `help`": "_('m', 1, help='x'); _('m', help='x')",
                "Use 'y', as in main.py:2": "_('m', 1, help='y'); _('m', help='y')",
            },
        ),
    ],
)  # fmt: skip
def test_default_and_hints_are_brought_to_agree(text: str, fixes: dict[str, str]) -> None:
    assert fixed(text) == fixes


def test_the_only_fix_is_preferred_and_one_of_several_is_not() -> None:
    only = mending(fixture(IMPORT + '_("g$0one")')).values()
    assert [one.preferred for one in only] == [True]
    several = mending(fixture(IMPORT + '_("l$0r", 1); _("lr", 2)')).values()
    assert [one.preferred for one in several] == [False, False]


def test_all_that_is_safe_is_fixed_at_once() -> None:
    start = IMPORT + "_.parse_file(__file__)\n"
    at = fixture(start + '_("a", 1); _("a", 1); _("b", 1); _("b", 2); _("gone"); _("a", 1)')
    (action,) = offered(at, "source.fixAll.hpman").values()
    assert action.kind == "source.fixAll.hpman"
    assert (
        done(at, action).files[at.path]
        == start + '_("a", 1); _("a"); _("b", 1); _("b", 2); _("gone"); _("a")'
    )
    assert offered(fixture(IMPORT + '_("a", 1); _("a", 2)'), "source.fixAll.hpman") == {}


def test_a_default_that_another_program_needs_is_not_removed() -> None:
    at = fixture("""
        #- a.py
        from hpman.m import _
        _.parse_file(["a.py", "lib.py"]); _("lr", 1)
        #- b.py
        from hpman.m import _
        _.parse_file(["b.py", "lib.py"]); _("lr")
        #- lib.py
        from hpman.m import _
        _("l$0r", 1)
        """)
    assert list(mending(at)) == ["Make 1 the only default of `lr`"]
    assert offered(at, "source.fixAll.hpman") == {}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('_("g$0one")', '_("gone")  # hpman: ignore[missing-default]'),
        ('_("g$0one")  # why', '_("gone")  # why  # hpman: ignore[missing-default]'),
        (
            '_("g$0one")  # hpman: ignore[unparsed-file]',
            '_("gone")  # hpman: ignore[unparsed-file, missing-default]',
        ),
        ('_(\n  "g$0one",\n)\n', '_(\n  "gone",  # hpman: ignore[missing-default]\n)\n'),
        ('_("""g$0o\\\nne""",\n)\n', '_("""go\\\nne""",  # hpman: ignore[missing-default]\n)\n'),
        ('_("g$0one") \\\n  , """\n"""', None),
    ],
)
def test_each_diagnostic_can_be_silenced_where_it_is(text: str, after: str | None) -> None:
    at = fixture(IMPORT + text)
    action = offered(at).get("Ignore `missing-default` here")
    assert (None if action is None else done(at, action).files[at.path][len(IMPORT) :]) == after
    assert action is None or not action.preferred


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ('x = _("a", 1)  # hpman: i$0gnore', {"Remove this comment": 'x = _("a", 1)'}),
        ("# hpman: i$0gnore-file\nx = _('a', 1)", {"Remove this comment": "x = _('a', 1)"}),
        ("_('a', 1)  # hpman: ignore[miss$0ing-default]", {"Remove `missing-default`": "_('a', 1)"}),
        (
            "_('a')  # hpman: ignore[bad-n$0ame, missing-default]",
            {"Remove `bad-name`": "_('a')  # hpman: ignore[missing-default]"},
        ),
        (
            "_('a')  # hpman: ignore[missing-default, bad-n$0ame]  # why",
            {"Remove `bad-name`": "_('a')  # hpman: ignore[missing-default]  # why"},
        ),
        (
            "_('a', 1)  # hpman: ignore[missing-defaul$0]",
            {"Remove `missing-defaul`": "_('a', 1)"},
        ),
        (
            "_('a')  # hpman: ignore[missing-default, bad-nam$0]; _('a..b', 1)",
            {"Remove `bad-nam`": "_('a')  # hpman: ignore[missing-default]; _('a..b', 1)"},
        ),
        (
            "_('a')  # hpman: ign$0or[missing-default]",
            {"Write `ignore`": "_('a')  # hpman: ignore[missing-default]"},
        ),
    ],
)
def test_a_comment_that_does_nothing_is_written_as_it_was_meant_or_removed(
    text: str, fixes: dict[str, str]
) -> None:
    found = {title: after for title, after in fixed(text).items() if title.startswith(("Remove", "Write"))}
    assert {**found, **fixes} == found


NAMES = st.sampled_from(["lr", "lrr", "optim.lr", "optim", "optim_lr", "batch_size", "batch_sise", "a..b"])
VALUES = st.sampled_from(["1", "2", "'x'", "(1, 2)", "f()", "LR", "2 * 3", "0.5", "{[1]: 2}"])
HINTS = st.sampled_from(
    [
        "",
        ", help='x'",
        ", help='y'",
        ", choices=['x', 'z']",
        ", range=(2, 3)",
        ", min=2",
        ", type='int'",
        ", help=LR",
    ]
)
CALLS = st.one_of(
    st.builds("_({!r}, {}{})".format, NAMES, VALUES, HINTS),
    st.builds("_({!r}{})".format, NAMES, HINTS),
    st.builds("_.get_value({!r})".format, NAMES),
    st.builds("_.set_value({!r}, {})".format, NAMES, VALUES),
    st.sampled_from(["_('l' + 'r')", "_(f'lr', 1)", "_(NAME)", "_(x)", "_('lr', 1, 2)", "h('lr', 1)", "_()"]),
    st.builds("def f():\n    for _ in range(3): pass\n    _({!r}, {})".format, NAMES, VALUES),
    st.builds("x = [_ for _ in y], _({!r},\n  {})".format, NAMES, VALUES),
)
HEADS = st.sampled_from(
    [IMPORT, "from hpman.m import _ as h, _\n", "from hpman.m import _\nLR = 0.1\nNAME = 'lr'\n"]
)
COMMENTS = st.sampled_from(
    ["", "", "", "  # hpman: ignore", "  # hpman: ignore[missing-default, bad-name]", "  # hpman: ignor"]
)
LINES = st.lists(st.tuples(CALLS, COMMENTS).map("".join), max_size=4)
SOURCES = st.builds(lambda head, lines: head + "\n".join([*lines, ""]), HEADS, LINES)


@settings(max_examples=25)  # each tries dozens of fixes, and loads the workspace after each of them
@given(SOURCES, SOURCES)
def test_after_a_fix_its_diagnostic_is_gone_and_no_other_came_and_the_file_parses(
    one: str, other: str
) -> None:
    check_fixes({"/w/a.py": one, "/w/b.py": other})
