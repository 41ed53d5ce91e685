"""What a user can set."""

from __future__ import annotations

from dataclasses import dataclass, field

from .display import Display


@dataclass(frozen=True)
class Settings:
    """What a user can set.

    exclude: patterns, as in a .gitignore file, of what is not read.
    severities: (code, severity) of the rules that are to be otherwise than they are by themselves.
    display: what is shown beside the source.
    value_files: patterns of the files that hold values, from each workspace folder.
    """

    exclude: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    display: Display = field(default_factory=Display)
    value_files: tuple[str, ...] = ()

    @property
    def reading(self) -> tuple[object, ...]:
        """What decides what is read."""
        return self.exclude, self.value_files
