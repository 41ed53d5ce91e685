"""The arguments of every command, and its help: argparse alone, so that `--help` is instant."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypedDict

from hpman._version import __version__

from .usage import Parser


class Command(NamedTuple):
    """One command.

    module: in `hpman_lsp.cli.commands`; its `run(options)` gives the exit code.
    examples: (command line, what it does).
    """

    name: str
    module: str
    summary: str
    detail: str
    examples: tuple[tuple[str, str], ...]
    declare: Callable[[ArgumentParser], None]


def parsed(argv: Sequence[str]) -> Namespace:
    """Read a command line; `module` in what it gives is the command's.

    Raises SystemExit for `--help`, `--version` and wrong usage, as argparse does.
    """
    command = next((one for one in COMMANDS if one.name in argv[:1]), None)
    if command is None:
        return build_parser().parse_arguments(argv)
    # By its own parser: a subparser does not see a `--` (Python 3.12 and older), and its errors are told as of all.
    options = _declared(command, Parser(prog=f"hpman {command.name}", **_about(command)))
    return options.parse_arguments(argv[1:])


def build_parser() -> Parser:
    """Make the parser of all commands."""
    parser = Parser(
        prog="hpman",
        description="Find, check and rename the hyperparameters of a project, without running it.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"hpman {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        _declared(command, commands.add_parser(command.name, help=command.summary, **_about(command)))
    return parser


class _About(TypedDict):
    description: str
    epilog: str
    formatter_class: type[RawDescriptionHelpFormatter]
    allow_abbrev: bool


def _about(command: Command) -> _About:
    return {
        "description": f"{command.summary[0].upper()}{command.summary[1:]}.\n\n{command.detail}",
        "epilog": _examples(command),
        "formatter_class": RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }


def _declared(command: Command, parser: Parser) -> Parser:
    command.declare(parser)
    parser.set_defaults(module=command.module)
    return parser


def _examples(command: Command) -> str:
    width = max(len(line) for line, _ in command.examples)
    return "\n".join(["examples:", *(f"  {line:{width}}  {what}" for line, what in command.examples)])


def _paths(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="tell of these files and folders only (default: this folder)"
    )


def _place(parser: ArgumentParser) -> None:
    parser.add_argument("--in", dest="paths", action="append", default=[], metavar="PATH", help=_IN)


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--root", metavar="FOLDER", help=_ROOT)
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours and drawn tables (auto: on a terminal)",
    )


def _manager(parser: ArgumentParser) -> None:
    parser.add_argument("--manager", metavar="NAME", help="only of this manager, such as `_` or `hp`")


def _format(parser: ArgumentParser, *formats: str) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")


def _list(parser: ArgumentParser) -> None:
    _paths(parser)
    _format(parser, "table", "json", "yaml", "names")
    _manager(parser)
    _common(parser)


def _show(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    _place(parser)
    _format(parser, "text", "json")
    parser.add_argument(
        "--context", type=_count, default=5, metavar="N", help="lines before and after each use (default: 5)"
    )
    _manager(parser)
    _common(parser)


def _refs(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    _place(parser)
    _format(parser, "text", "json")
    _manager(parser)
    _common(parser)


def _check(parser: ArgumentParser) -> None:
    _paths(parser)
    _format(parser, "text", "json", "sarif", "github")
    parser.add_argument("--strict", action="store_true", help="warnings count as errors do")
    parser.add_argument(
        "--fix", action="store_true", help="first mend what needs no decision: in all files, or in none"
    )
    parser.add_argument("--baseline", metavar="FILE", help="problems that this file knows are left out")
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="write all problems of now to this file, and exit with 0"
    )
    _common(parser)


def _rename(parser: ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--diff", action="store_true", help="show what would change, and change nothing")
    parser.add_argument(
        "--force", action="store_true", help="also where something that only runs may mean the old name"
    )
    _place(parser)
    _manager(parser)
    _common(parser)


def _unused(parser: ArgumentParser) -> None:
    _paths(parser)
    _format(parser, "table", "json", "names")
    _manager(parser)
    _common(parser)


def _scopes(parser: ArgumentParser) -> None:
    _paths(parser)
    _format(parser, "text", "json")
    _common(parser)


def _diff(parser: ArgumentParser) -> None:
    parser.add_argument("old", metavar="A", help="a YAML or JSON file of values")
    parser.add_argument("new", metavar="B", help="another")
    _format(parser, "table", "json")
    parser.add_argument("--all", action="store_true", help="show equal values too")
    _common(parser)


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is no number of lines")
    return int(text)


_IN = "the hyperparameter that this file or folder uses, where several programs have one of this name"
_ROOT = "what is read (default: the git repository around PATH, else the nearest folder with a pyproject.toml, setup.py or setup.cfg, else PATH itself)"

_EPILOG = """\
exit codes:
  0  done; nothing was found that is wrong or different
  1  something was found: `check` errors (with --strict, warnings too), `diff` differences, `unused` names
  2  wrong usage, or a file that cannot be used
  130  interrupted with Ctrl-C

`hpman COMMAND --help` has examples."""

COMMANDS = (
    Command(
        "list",
        "list_names",
        "list the hyperparameters with their values",
        "One row for each name of each program: its default as the source has it, its type, how often it is used, and\n"
        "where the default is. `--format yaml` gives a file of values to begin a run with.",
        (
            ("hpman list", "all of this folder"),
            ("hpman list train.py", "those that train.py uses"),
            ("hpman list --format json | jq .", "for a script"),
            ("hpman list --format yaml > run.yaml", "for `_.load_values` or hpargparse's --hp-load"),
        ),
        _list,
    ),
    Command(
        "show",
        "show",
        "show all that is known of a hyperparameter",
        "What an editor shows when the mouse rests on the name, then the lines around each use.",
        (
            ("hpman show lr", "its default, hints and uses"),
            ("hpman show lr --context 0", "no lines around"),
            ("hpman show lr --in train.py", "that of this program"),
        ),
        _show,
    ),
    Command(
        "refs",
        "refs",
        "list every use of a hyperparameter",
        "One line for each use, as compilers write it: path:line:column: kind: source.",
        (("hpman refs lr", "every use"), ("hpman refs lr | grep write", "where it is set by name")),
        _refs,
    ),
    Command(
        "check",
        "check",
        "find what is wrong with the hyperparameters",
        "The rules are those of the editor. With --baseline, problems that were there when it was written are left out.",
        (
            ("hpman check", "all of this folder"),
            ("hpman check --strict", "fail on warnings too"),
            ("hpman check --format github", "annotations in a GitHub workflow"),
            ("hpman check --format sarif > hpman.sarif", "for code scanning"),
            ("hpman check --write-baseline hpman.json", "accept the problems of today"),
            ("hpman check --baseline hpman.json", "and fail on new ones only"),
        ),
        _check,
    ),
    Command(
        "rename",
        "rename",
        "rename a hyperparameter everywhere",
        "All files that share it are changed, or none is. What else is in them stays as it is, to the byte.",
        (
            ("hpman rename lr learning_rate --diff", "look first"),
            ("hpman rename lr learning_rate", "do it"),
            ("hpman rename lr base_lr --in train.py", "that of this program"),
            ("hpman rename optim optimizer", "a group: `optim.lr` and all that is below it"),
        ),
        _rename,
    ),
    Command(
        "unused",
        "unused",
        "list the hyperparameters that nothing reads",
        "Names that are defined or set, and whose value no code asks for.",
        (("hpman unused", "all of this folder"), ("hpman unused --format names", "one name a line")),
        _unused,
    ),
    Command(
        "scopes",
        "scopes",
        "tell which files belong together, and why",
        "Hyperparameters are compared within a scope: the files that one program parses.",
        (("hpman scopes", "all scopes"), ("hpman scopes lib/model.py", "those that a file is in")),
        _scopes,
    ),
    Command(
        "diff",
        "diff",
        "compare the values of two runs",
        "Both files are read as `_.load_values` reads them; nested and dotted names are the same.",
        (
            ("hpman diff monday.yaml friday.yaml", "what changed"),
            ("hpman diff a.json b.yaml --all", "all values, side by side"),
        ),
        _diff,
    ),
    Command(
        "completion",
        "completion",
        "print the script that completes hpman's arguments in a shell",
        "Load it where your shell starts.",
        (
            ('eval "$(hpman completion bash)"', "in ~/.bashrc"),
            ('eval "$(hpman completion zsh)"', "in ~/.zshrc, after compinit"),
            ("hpman completion fish | source", "in ~/.config/fish/config.fish"),
        ),
        _completion,
    ),
)
