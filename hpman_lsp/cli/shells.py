"""Completion scripts, each written from the grammar; names come from `hpman list --format names`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from .grammar import Argument, CommandGrammar

_NAMES = "hpman list --format names 2>/dev/null"


def bash(commands: Sequence[CommandGrammar]) -> str:
    """For bash 3.2 and newer."""
    lines = [
        "_hpman() {",
        '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}"',
        "    COMPREPLY=()",
        '    if [ "$COMP_CWORD" -eq 1 ]; then',
        f'        COMPREPLY=($(compgen -W "{_words(commands)} --help --version" -- "$cur"))',
        "        return",
        "    fi",
        '    case "$command:$prev" in',
        *(f"        {line}" for line in _bash_values(commands)),
        "    esac",
        '    case "$command:$cur" in',
        *(f"        {line}" for line in _bash_arguments(commands)),
        "    esac",
        "}",
        "complete -F _hpman hpman",
    ]
    return "\n".join(lines) + "\n"


def zsh(commands: Sequence[CommandGrammar]) -> str:
    """For zsh, after compinit."""
    lines = [
        "#compdef hpman",
        "_hpman_names() {",
        "    local -a names",
        f'    names=("${{(@f)$({_NAMES})}}")',
        "    compadd -a names",
        "}",
        "_hpman() {",
        "    local -a commands",
        "    commands=(",
        *(f"        {_quoted(f'{one.name}:{one.help}')}" for one in commands),
        "    )",
        "    if (( CURRENT == 2 )); then",
        "        _describe command commands",
        "        return",
        "    fi",
        "    local command=$words[2]",
        "    shift words; (( CURRENT-- ))",
        "    case $command in",
    ]
    for one in commands:
        arguments = [f"            {_zsh_argument(each)}" for each in (*one.options, *one.positionals)]
        lines += [f"        {one.name}) _arguments \\", " \\\n".join(arguments), "            ;;"]
    lines += ["    esac", "}", "compdef _hpman hpman"]
    return "\n".join(lines) + "\n"


def fish(commands: Sequence[CommandGrammar]) -> str:
    """For fish 3 and newer."""
    lines = ["complete -c hpman -f"]
    lines += [
        f"complete -c hpman -n __fish_use_subcommand -a {one.name} -d {_quoted(one.help)}" for one in commands
    ]
    for one in commands:
        start = f"complete -c hpman -n {_quoted(f'__fish_seen_subcommand_from {one.name}')}"
        lines += [f"{start} {_fish_flags(option)} -d {_quoted(option.help)}" for option in one.options]
        values = dict.fromkeys(_fish_value(each.kind, each.choices) for each in one.positionals)
        lines += [f"{start} {value}" for value in values if value]
    return "\n".join(lines) + "\n"


SCRIPTS: Final[dict[str, Callable[[Sequence[CommandGrammar]], str]]] = {
    "bash": bash,
    "zsh": zsh,
    "fish": fish,
}


def _words(commands: Sequence[CommandGrammar]) -> str:
    return " ".join(one.name for one in commands)


def _bash_values(commands: Sequence[CommandGrammar]) -> Iterator[str]:
    """Give what can stand behind an option."""
    for one in commands:
        for option in one.options:
            if option.takes:
                patterns = "|".join(f"{one.name}:{flag}" for flag in option.flags)
                yield f"{patterns}) {_bash_reply(option)}; return ;;"


def _bash_arguments(commands: Sequence[CommandGrammar]) -> Iterator[str]:
    for one in commands:
        flags = " ".join(flag for option in one.options for flag in option.flags)
        yield f'{one.name}:-*) COMPREPLY=($(compgen -W "{flags}" -- "$cur")) ;;'
        for positional in one.positionals[:1]:
            yield f"{one.name}:*) {_bash_reply(positional)} ;;"


def _bash_reply(argument: Argument) -> str:
    how = {
        "choices": f'-W "{" ".join(argument.choices)}"',
        "names": f'-W "$({_NAMES})"',
        "files": "-f",
        "folders": "-d",
        "none": '-W ""',
    }[argument.kind]
    return f'COMPREPLY=($(compgen {how} -- "$cur"))'


def _zsh_argument(argument: Argument) -> str:
    action = {
        "choices": f"({' '.join(argument.choices)})",
        "names": "_hpman_names",
        "files": "_files",
        "folders": "_files -/",
        "none": " ",
    }[argument.kind]
    told = argument.help.replace("[", "(").replace("]", ")").replace(":", " ")
    if not argument.flags:
        return _quoted(f"{'*' if argument.repeats else ''}:{argument.kind}:{action}")
    value = f":{argument.kind}:{action}" if argument.takes else ""
    return " ".join(_quoted(f"{flag}[{told}]{value}") for flag in argument.flags)


def _fish_flags(option: Argument) -> str:
    flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
    if not option.takes:
        return flags
    takes = "-r" if option.kind == "files" else "-x"  # exclusive: what is offered, and no files
    return f"{flags} {_fish_value(option.kind, option.choices)} {takes}"


def _fish_value(kind: str, choices: Sequence[str]) -> str:
    return {
        "choices": f"-a {_quoted(' '.join(choices))}",
        "names": f"-a {_quoted(f'({_NAMES})')}",
        "files": "-F",
        "folders": "-a '(__fish_complete_directories)'",
        "none": "",
    }[kind]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
