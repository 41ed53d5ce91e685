"""Ray: its workers have what is in their environment."""

from __future__ import annotations

import textwrap

from tests.hpman.conftest import Run, Write, run, write

__all__ = ["run", "write"]  # fixtures

PROGRAM = """
    import ray
    from hpman.m import _
    _("width", 64)
    environ = {}
    _.set_value("lr", 9).export_values(environ)
    ray.init(num_cpus=1, include_dashboard=False, runtime_env={"env_vars": environ})

    @ray.remote
    def read():
        from hpman.m import _
        return _("lr", 1), _("width")

    print(ray.get(read.remote()))
"""


def test_workers_have_what_ray_is_given(run: Run, write: Write) -> None:
    write({"program.py": textwrap.dedent(PROGRAM)})
    done = run("-W", "default", "program.py")
    assert done.stdout == "(9, 64)\n", done.stderr
