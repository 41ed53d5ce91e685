"""Sentinels, and everything that hpman raises.

    HpmanError                      .problems: what parsing found wrong, all of it
    +-- SourceSyntaxError           SyntaxError: Python cannot read a source
    +-- DoubleAssignmentException   a name has two default values               .name
    +-- NotLiteralNameException     a name can only be known by running the program
    +-- NotLiteralEvaluable         a hint can only be known by running the program; also a sentinel, see below
    +-- WrongArgumentsError         TypeError: a call in a source that no manager accepts
    +-- BadLiteralError             ValueError: a literal that Python cannot build
    +-- InvalidNameError            ValueError: "", "x.", "a..b"                .name
    +-- ImpossibleTree              ValueError: a name is a value and a branch  .name
    +-- UnknownNameError            KeyError: no such name, or no value yet     .name .suggestions
    +-- InvalidArgumentError        TypeError: an argument of the wrong kind
    +-- SourceNotFoundError         FileNotFoundError: no such file or folder   .filename
    +-- SourceUnreadableError       OSError: a file that cannot be read         .filename
    +-- UnsupportedSourceError      ValueError: a notebook, a compiled file     .filename
    +-- MissingPackageError         ImportError: a package that is not installed            .package
    +-- ExportError                 ValueError: a value that cannot be handed to child processes .name
    +-- ValueFileError              ValueError: a file of values that is broken or does not fit  .filename .faults
    +-- UnsavableError              ValueError: values that no file can hold    .reasons
    +-- UnsupportedFormatError      ValueError: a file that is neither YAML nor JSON  .filename

The last three are in `hpman.valuefiles.errors`.

Every class is also an instance of what is named before its colon, and those that hpman had before 1.0
(`DoubleAssignmentException`, `NotLiteralNameException`, `NotLiteralEvaluable`, `ImpossibleTree`) keep
their names. All can be pickled, so that a worker's error reaches its parent whole.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from ._parsing.problems import SourceProblem

UNKNOWN_FILENAME: Final = "<unknown>"  # of a source that is no file, and of a value that no source gave

# What the value in force comes from: `HyperParameterPriority`, without the cost of importing `enum`.
PARSED: Final = 1
CALLED: Final = 2
SET: Final = 3


class EmptyValue:
    """Stands for "no value"; there is one instance, so that rows without a value are one group."""

    __slots__ = ()
    _instance: EmptyValue | None = None

    def __new__(cls) -> EmptyValue:  # noqa: D102, PYI034 - there is one, and no subclass
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __reduce__(self) -> tuple[type[EmptyValue], tuple[()]]:
        return EmptyValue, ()

    def __repr__(self) -> str:
        return "<EmptyValue>"


EMPTY: Final = EmptyValue()


class HpmanError(Exception):
    """Base of everything that hpman raises.

    problems: all that parsing found wrong, in source order; empty for what is raised at run time.
    """

    problems: tuple[SourceProblem, ...] = ()

    def __init__(self, message: str = "", **data: Any) -> None:
        super().__init__(message)
        for key, value in data.items():
            assert hasattr(self, key), key
            setattr(self, key, value)
        self._data = data

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), self.args, self._data) if self._data else (type(self), self.args)

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class SourceSyntaxError(HpmanError, SyntaxError):
    """Python cannot read a source: `filename`, `lineno`, `offset` and `text` as in any SyntaxError."""


class DoubleAssignmentException(HpmanError):  # noqa: N818 - the name that users know
    """A name has two default values in what was parsed; the message shows the lines of both."""

    name: str = ""


class NotLiteralNameException(HpmanError):  # noqa: N818 - the name that users know
    """The name in a call is not a string literal, so that it can only be known by running the program."""


class NotLiteralEvaluable(HpmanError):  # noqa: N818 - the name that users know
    """A hint is not a literal; and, as a value, the sentinel of a default that is not a literal.

    A sentinel's text is the source of the default: `str(_.get_value("date"))` is "get_date()".
    """


class WrongArgumentsError(HpmanError, TypeError):
    """A call in a source that no manager accepts: no name, or more than a name and a default."""


class BadLiteralError(HpmanError, ValueError):
    """A literal that Python cannot build: `{[]: 1}`, or nested too deeply."""


class InvalidNameError(HpmanError, ValueError):
    """A name that is empty, or has an empty part: "", "x.", "a..b"."""

    name: str = ""


class ImpossibleTree(HpmanError, ValueError):  # noqa: N818 - the name that users know
    """A name would be a value and a branch of other names at once; nothing has been changed."""

    name: str = ""


class UnknownNameError(HpmanError, KeyError):
    """There is no hyperparameter of this name, or it has no value.

    suggestions: known names that are written almost like it.
    """

    name: str = ""
    suggestions: tuple[str, ...] = ()


class InvalidArgumentError(HpmanError, TypeError):
    """An argument is not of a kind that the function takes."""


class SourceNotFoundError(HpmanError, FileNotFoundError):
    """A path given to `parse_file` leads to nothing."""


class SourceUnreadableError(HpmanError, OSError):
    """A file given to `parse_file`, or found in a folder, cannot be read."""


class UnsupportedSourceError(HpmanError, ValueError):
    """A file given to `parse_file` is no Python source, and hpman does not read its format."""

    filename: str = ""


class MissingPackageError(HpmanError, ImportError):
    """A package that only some of hpman needs is not installed; the message says how to install it."""

    package: str = ""


class ExportError(HpmanError, ValueError):
    """A value cannot be handed to child processes, or what they inherit cannot be read."""

    name: str = ""
