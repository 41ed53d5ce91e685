"""joblib: what its workers see, which it uses again."""

from __future__ import annotations

import textwrap

from tests.hpman.conftest import Run, Write, run, write

__all__ = ["run", "write"]  # fixtures

PROGRAM = """
    import warnings
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor
    from hpman.m import _
    import work

    def all_of():
        return set(Parallel(2)(delayed(work.lr)(number) for number in range(20)))

    if __name__ == "__main__":
        _.set_value("lr", 9)
        print(all_of())
        get_reusable_executor().shutdown(wait=True)
        _.export_values()
        print(all_of())
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            _.set_value("lr", 11).export_values()
        print(len(told), all_of())
        print(Parallel(2)(delayed(work.given)(_) for number in range(2)), all_of())
        get_reusable_executor().shutdown(wait=True)
        print(all_of())
"""
WORK = """
    from hpman.m import _

    def lr(number):
        return _("lr", 1)

    def given(manager):
        return manager("lr"), _("lr", 1)
"""


def test_workers_have_what_was_exported_before_they_were_started(run: Run, write: Write) -> None:
    write({"work.py": textwrap.dedent(WORK), "program.py": textwrap.dedent(PROGRAM)})
    done = run("-W", "default", "program.py")
    assert done.stdout.splitlines() == ["{1}", "{9}", "1 {9}", "[(11, 11), (11, 11)] {9}", "{11}"], (
        done.stderr
    )
