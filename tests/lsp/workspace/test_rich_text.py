from __future__ import annotations

import pytest

from hpman_lsp.text.matching import score
from hpman_lsp.text.rich_text import Code, Place, markdown, plaintext


@pytest.mark.parametrize(
    ("code", "shown"),
    [("a|b*", "`a|b*`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``a", "``` ``a ```"), (" ", "`   `")],
)
def test_source_is_shown_letter_by_letter(code: str, shown: str) -> None:
    assert markdown(["x"], [(Code(code),)], None).splitlines()[-1] == shown


def test_prose_cannot_become_markup_and_a_head_cannot_leave_its_fence() -> None:
    text = markdown(['x = """', "```", '````"""'], [("*a* _b_ <c> | [d](e)",), ("second",)], None)
    assert text.splitlines() == [
        "`````python",
        'x = """',
        "```",
        '````"""',
        "`````",
        "",
        r"\*a\* \_b\_ \<c\> \| \[d\]\(e\)  ",
        "second",
    ]


def test_places_are_links_where_there_are_addresses() -> None:
    line = ("in ", Place("/w/a.py", 2, "a.py:3"))
    assert markdown(["x"], [line], None).endswith("in a.py:3")
    assert markdown(["x"], [line], lambda path, line: f"file://{path}#L{line + 1}").endswith(
        "in [a.py:3](<file:///w/a.py#L3>)"
    )


def test_plain_text_says_the_same() -> None:
    assert plaintext(["x"], [("a ", Code("`b`")), (Place("/w/a.py", 2, "a.py:3"),)]) == "x\n\na `b`\na.py:3"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("lr", ["lr", "lrs", "optim.lr", "collr", "l_r"]),
        ("LR", ["lr", "lrs", "optim.lr", "collr", "l_r"]),
        ("olr", ["collr", "optim.lr"]),
        ("", ["lr", "l_r", "lrs", "collr", "optim.lr"]),
        ("rl", []),
    ],
)
def test_names_are_rated_by_how_well_they_match(query: str, names: list[str]) -> None:
    pool = ["optim.lr", "l_r", "collr", "lrs", "lr"]
    rated = [(-found, name) for name in pool if (found := score(query, name)) is not None]
    assert [name for _, name in sorted(rated)] == names
