"""All fixes, by the code of the rule whose violations they mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import (
    comments,
    configuration,
    defaults,
    hints,
    literals,
    managers,
    names,
    parsing,
    parts,
    spaces,
    values,
)
from .fix import Fixer

FIXERS: Final[Mapping[str, Fixer]] = {
    "duplicate-default": defaults.duplicate_default,
    "missing-default": defaults.missing_default,
    "missing-path": parsing.missing_path,
    "name-not-literal": names.name_not_literal,
    "wrong-arguments": names.wrong_arguments,
    "hint-not-literal": names.hint_not_literal,
    "bad-name": names.bad_name,
    "default-not-literal": names.default_not_literal,
    "conflicting-hints": hints.conflicting_hints,
    "default-not-in-choices": hints.default_not_in_choices,
    "default-out-of-range": hints.default_out_of_range,
    "hint-not-a-space": spaces.hint_not_a_space,
    "default-not-of-type": hints.default_not_of_type,
    "shadowed-manager": managers.shadowed_manager,
    "unseen-alias": managers.unseen_alias,
    "unknown-method": managers.unknown_method,
    "bad-literal": literals.bad_literal,
    "bad-configuration": configuration.bad_configuration,
    "unparsed-file": parsing.unparsed_file,
    "unknown-name": values.unknown_name,
    "value-not-of-type": values.value_not_of_type,
    "value-not-in-choices": values.value_not_in_choices,
    "number-read-as-text": values.number_read_as_text,
    "duplicate-key": values.duplicate_key,
    "leaf-and-branch": parts.leaf_and_branch,
    "unreadable-values": values.unreadable_values,
    "unused": defaults.unused,
    "unused-ignore": comments.unused_ignore,
}
