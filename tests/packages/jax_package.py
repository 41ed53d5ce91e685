"""jax: what is frozen when it is compiled."""

from __future__ import annotations

from tests.packages import examples


def test_what_freezes_is_what_the_page_says() -> None:
    examples.check("jax.jit")
