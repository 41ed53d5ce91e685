"""hpman: define hyperparameters anywhere, manage them as a whole.

    from hpman.m import _

    _.parse_file(__file__)
    lr = _("lr", 1e-3)

Names are imported when they are asked for: `import hpman` costs next to nothing.
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import m
    from ._parsing.problems import SourceProblem
    from ._store.origin import Origin
    from .hpm import HyperParameterManager
    from .hpm_db import (
        HyperParameterDB,
        HyperParameterDBLambdas,
        HyperParameterOccurrence,
        HyperParameterPriority,
        HyperParamNode,
        HyperParamTree,
        L,
        P,
    )
    from .primitives import (
        BadLiteralError,
        DoubleAssignmentException,
        EmptyValue,
        ExportError,
        HpmanError,
        ImpossibleTree,
        InvalidArgumentError,
        InvalidNameError,
        MissingPackageError,
        NotLiteralEvaluable,
        NotLiteralNameException,
        SourceNotFoundError,
        SourceSyntaxError,
        SourceUnreadableError,
        UnknownNameError,
        UnsupportedSourceError,
        WrongArgumentsError,
    )
    from .source_helper import SourceHelper
    from .valuefiles.errors import UnsavableError, UnsupportedFormatError, ValueFileError, ValueProblem

__all__ = [
    "BadLiteralError",
    "DoubleAssignmentException",
    "EmptyValue",
    "ExportError",
    "HpmanError",
    "HyperParamNode",
    "HyperParamTree",
    "HyperParameterDB",
    "HyperParameterDBLambdas",
    "HyperParameterManager",
    "HyperParameterOccurrence",
    "HyperParameterPriority",
    "ImpossibleTree",
    "InvalidArgumentError",
    "InvalidNameError",
    "L",
    "MissingPackageError",
    "NotLiteralEvaluable",
    "NotLiteralNameException",
    "Origin",
    "P",
    "SourceHelper",
    "SourceNotFoundError",
    "SourceProblem",
    "SourceSyntaxError",
    "SourceUnreadableError",
    "UnknownNameError",
    "UnsavableError",
    "UnsupportedFormatError",
    "UnsupportedSourceError",
    "ValueFileError",
    "ValueProblem",
    "WrongArgumentsError",
    "__version__",
    "m",
]

# Where the names above are, but for those of `primitives`.
_HOME = {
    "HyperParamNode": "hpm_db",
    "HyperParamTree": "hpm_db",
    "HyperParameterDB": "hpm_db",
    "HyperParameterDBLambdas": "hpm_db",
    "HyperParameterManager": "hpm",
    "HyperParameterOccurrence": "hpm_db",
    "HyperParameterPriority": "hpm_db",
    "L": "hpm_db",
    "Origin": "_store.origin",
    "P": "hpm_db",
    "SourceHelper": "source_helper",
    "SourceProblem": "_parsing.problems",
    "UnsavableError": "valuefiles.errors",
    "UnsupportedFormatError": "valuefiles.errors",
    "ValueFileError": "valuefiles.errors",
    "ValueProblem": "valuefiles.errors",
}
_MODULES = ("hpm", "hpm_db", "m", "primitives", "source_helper")  # `import hpman` has always given these too


def __getattr__(name: str) -> object:
    if name not in __all__ and name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - not before a name is asked for

    if name in _MODULES:
        value: object = import_module(f".{name}", __name__)
    else:
        value = getattr(import_module(f".{_HOME.get(name, 'primitives')}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
