"""Reads a command line, and says what is wrong with one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import NoReturn

from hpman._names import alike, did_you_mean

from .errors import BAD_INPUT


class Parser(ArgumentParser):
    """Wrong usage is told with what may have been meant."""

    _given: Sequence[str] = ()

    def parse_arguments(self, given: Sequence[str]) -> Namespace:
        """Read arguments; raises SystemExit for `--help`, `--version` and wrong usage, as argparse does."""
        self._given = given
        return self.parse_args(given)

    def error(self, message: str) -> NoReturn:
        """End with a usage line and what to do."""
        advice = self._advice("required" in message)
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, f"{self.prog}: error: {message}{advice}\n")

    def _advice(self, lacks_one: bool) -> str:
        known = self._option_string_actions
        unknown = [one for one in self._given if one.startswith("-") and one.split("=")[0] not in known]
        if "--" in self._given or not unknown:
            return f"; `{self.prog} --help` tells more"
        if unknown[0].startswith("--"):
            return did_you_mean(alike(unknown[0], known)) or f"; `{self.prog} --help` lists the options"
        if lacks_one:
            return f"; behind `--`, `{unknown[0]}` is a name: `{self.prog} -- {unknown[0]}`"
        return f"; `{self.prog} --help` lists the options"
