"""What can stand where on hpman's command line: read from its parser, for the shells."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Literal, NamedTuple

from .arguments import build_parser

# What completes an argument: its choices, the names of hyperparameters, files, folders, or nothing.
Kind = Literal["choices", "names", "files", "folders", "none"]

_KINDS: dict[str, Kind] = {
    "NAME": "names", "OLD": "names", "PATH": "files", "FILE": "files", "A": "files", "B": "files", "FOLDER": "folders",
}  # fmt: skip


class Argument(NamedTuple):
    """An option, or a positional argument.

    flags: empty for a positional one.
    takes: whether a value stands behind the flag; repeats: whether there can be any number.
    """

    flags: tuple[str, ...]
    help: str
    takes: bool
    kind: Kind
    choices: tuple[str, ...]
    repeats: bool


class CommandGrammar(NamedTuple):
    """One command and its arguments."""

    name: str
    help: str
    options: tuple[Argument, ...]
    positionals: tuple[Argument, ...]


def grammar() -> tuple[CommandGrammar, ...]:
    """Give the commands in the order of the help."""
    (commands,) = (one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction))
    summaries = {one.dest: one.help or "" for one in commands._choices_actions}
    return tuple(_command(name, summaries[name], parser) for name, parser in commands.choices.items())


def _command(name: str, summary: str, parser: argparse.ArgumentParser) -> CommandGrammar:
    arguments = list(_arguments(parser))
    options = tuple(one for one in arguments if one.flags)
    return CommandGrammar(name, summary, options, tuple(one for one in arguments if not one.flags))


def _arguments(parser: argparse.ArgumentParser) -> Iterator[Argument]:
    for one in parser._actions:
        choices = tuple(map(str, one.choices or ()))
        is_manager = "--manager" in one.option_strings
        kind = "choices" if choices else "none" if is_manager else _KINDS.get(str(one.metavar), "none")
        yield Argument(
            tuple(one.option_strings), one.help or "", one.nargs != 0, kind, choices, one.nargs == "*"
        )
