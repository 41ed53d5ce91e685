"""All rules. Each has a page in docs/rules/, an entry in the extension's settings, and a line in README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from hpman_lsp.workspace.snapshot import Snapshot

from . import (
    bad_configuration,
    bad_literal,
    bad_name,
    conflicting_hints,
    default_not_in_choices,
    default_not_literal,
    default_not_of_type,
    default_out_of_range,
    duplicate_default,
    duplicate_key,
    hint_not_a_space,
    hint_not_literal,
    internal_error,
    leaf_and_branch,
    missing_default,
    missing_path,
    name_not_literal,
    number_read_as_text,
    shadowed_manager,
    unknown_method,
    unknown_name,
    unknown_set_name,
    unparsed_file,
    unreadable_values,
    unseen_alias,
    unused,
    unused_ignore,
    value_leaf_and_branch,
    value_not_in_choices,
    value_not_of_type,
    wrong_arguments,
)
from .helpers.finding import Severity, Violation
from .helpers.kinds import Kind

PAGES: Final = "https://github.com/megvii-research/hpman/blob/HEAD/docs/rules/"

# Finds the violations in one file, in any order: (snapshot, path). The path is of the rule's kind.
Check = Callable[[Snapshot, str], Iterator[Violation]]


class Rule(NamedTuple):
    """One rule.

    code: stable; users name it in settings, comments and baselines.
    severity: what it is unless a user sets it.
    summary: what it tells of, as one sentence in Markdown.
    kind: of the files that it is for.
    in_values, in_projects: the same for value files, and for pyproject.toml, where it is for these too.
    """

    code: str
    severity: Severity
    summary: str
    check: Check
    kind: Kind = "source"
    in_values: Check | None = None
    in_projects: Check | None = None

    @property
    def link(self) -> str:
        """The address of its page."""
        return f"{PAGES}{self.code}.md"

    def check_of(self, kind: Kind | None) -> Check | None:
        """Give what checks files of a kind, if the rule is for them."""
        also = {"values": self.in_values, "project": self.in_projects}.get(kind or "")
        return also or (self.check if kind == self.kind else None)


_unused_ignore = unused_ignore.check_of(lambda: CODES)

RULES: Final[tuple[Rule, ...]] = (
    Rule("duplicate-default", "error", "A name has two defaults in one program.", duplicate_default.check),
    Rule("missing-default", "warning", "Nothing gives a name a value.", missing_default.check),
    Rule(
        "missing-path",
        "error",
        "`parse_file` is given a path that leads to nothing.",
        missing_path.check,
    ),
    Rule("name-not-literal", "error", "The name is not a literal string.", name_not_literal.check),
    Rule(
        "wrong-arguments",
        "error",
        "A call without a name, or with more than a name and a default.",
        wrong_arguments.check,
    ),
    Rule("hint-not-literal", "error", "A hint whose value is not a literal.", hint_not_literal.check),
    Rule(
        "hint-not-a-space",
        "warning",
        "Hints for a search contradict each other, or the default.",
        hint_not_a_space.check,
    ),
    Rule("bad-literal", "error", "A literal that Python cannot build.", bad_literal.check),
    Rule(
        "leaf-and-branch",
        "error",
        "A name is both a value and a group: `a` and `a.b`.",
        leaf_and_branch.check,
        in_values=value_leaf_and_branch.check,
    ),
    Rule("bad-name", "error", "A name with an empty part: `a..b`.", bad_name.check),
    Rule(
        "conflicting-hints",
        "warning",
        "Two calls give one name different hints.",
        conflicting_hints.check,
    ),
    Rule(
        "default-not-in-choices",
        "warning",
        "The default is none of the choices.",
        default_not_in_choices.check,
    ),
    Rule(
        "default-out-of-range",
        "warning",
        "The default is outside of its range.",
        default_out_of_range.check,
    ),
    Rule(
        "default-not-of-type",
        "warning",
        "The default is not of the type that the hint asks for.",
        default_not_of_type.check,
    ),
    Rule(
        "default-not-literal",
        "hint",
        "The default is not a literal, and cannot be saved.",
        default_not_literal.check,
    ),
    Rule(
        "shadowed-manager",
        "error",
        "A manager's name is something else where it is called.",
        shadowed_manager.check,
    ),
    Rule(
        "unseen-alias",
        "warning",
        "A manager is called by a name that `parse_file` does not look for.",
        unseen_alias.check,
    ),
    Rule(
        "unknown-method",
        "error",
        "A method that no manager has.",
        unknown_method.check,
    ),
    Rule("unused", "hint", "A default that nothing reads.", unused.check),
    Rule(
        unused_ignore.CODE,
        "hint",
        "A comment to hpman that does nothing.",
        _unused_ignore,
        in_values=_unused_ignore,
        in_projects=_unused_ignore,
    ),
    Rule("unparsed-file", "hint", "No `parse_file` of the project reads this file.", unparsed_file.check),
    Rule(
        "bad-configuration",
        "warning",
        "Something in `[tool.hpman]` is not what it has to be.",
        bad_configuration.check,
        "project",
    ),
    Rule(
        "unreadable-values",
        "error",
        "A value file, or a part of it, cannot be read.",
        unreadable_values.check,
        "values",
    ),
    Rule(
        "unknown-name",
        "warning",
        "A value is set under a name that nothing uses.",
        unknown_set_name.check,
        in_values=unknown_name.check,
    ),
    Rule(
        "value-not-of-type",
        "error",
        "A value in a value file is of another type than the default.",
        value_not_of_type.check,
        "values",
    ),
    Rule(
        "value-not-in-choices",
        "warning",
        "A value in a value file is none of the choices.",
        value_not_in_choices.check,
        "values",
    ),
    Rule(
        "number-read-as-text",
        "warning",
        "A number in a value file that PyYAML, which reads it, takes for text.",
        number_read_as_text.check,
        "values",
    ),
    Rule(internal_error.CODE, "error", "hpman itself failed on this file.", internal_error.check),
    Rule("duplicate-key", "error", "A value file gives a name two values.", duplicate_key.check, "values"),
)

CODES: Final[frozenset[str]] = frozenset(rule.code for rule in RULES)
