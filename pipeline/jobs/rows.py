"""A row of a database in, the dataclass it was stored from out; what fits it not is damage.

SQLite keeps any value in any column, and somebody else may have written them. So each value is held
against the type of its field: nothing that a stage could not have stored reaches the program.
"""

from __future__ import annotations

import math
import sqlite3
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from pipeline.errors import Act, JobError, Remedy
from pipeline.jsonfile import load_json

_Made = TypeVar("_Made")
_Given = TypeVar("_Given")
_Kind = TypeVar("_Kind", bound="_Stored")
_Arguments = ParamSpec("_Arguments")
_LARGEST = 1 << 53


class _Stored(Protocol):
    @property
    def path(self) -> Any: ...


def damaged(path: object) -> JobError:
    """Give the error that says that a database holds what it cannot hold."""
    return JobError(
        "… is damaged", "restore it from a backup", Remedy(Act.RUN_ELSEWHERE), where=path
    )


def sound(
    method: Callable[Concatenate[_Kind, _Arguments], _Given],
) -> Callable[Concatenate[_Kind, _Arguments], _Given]:
    """Make a method that reads a database raise JobError where what is read cannot be right."""

    @wraps(method)
    def read(self: _Kind, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Given:
        try:
            return method(self, *args, **kwargs)
        except (OverflowError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            raise damaged(self.path) from None

    return read


def made(kind: type[_Made], row: Mapping[str, Any] | sqlite3.Row, **known: Any) -> _Made:
    """Give a dataclass from a row's values by field; ``known`` fields are taken as they are.

    What JSON was stored for is read. Raises ValueError where a value is none of its field's type.
    """
    of_kind: Any = kind
    hints = _hints(of_kind)
    values = {name: fit(row[name], hint) for name, hint in hints.items() if name in row.keys()}  # noqa: SIM118
    return kind(**(values | known))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = hints_of(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def fit(value: Any, hint: Any) -> Any:
    """Give a stored value as the type that it is of; raises ValueError where it is not."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(value, get_args(hint))
    if origin is tuple:
        return _several(_parsed(value), get_args(hint))
    if isinstance(hint, type):
        convert: Callable[[Any], Any] = hint
        if issubclass(hint, Enum):
            return convert(value)
        if is_dataclass(hint):
            return _record(_parsed(value), hint)
        if _is_a(value, hint):
            return convert(value)
    raise ValueError(f"{value!r:.40} is no {hint}")


def _is_a(value: Any, hint: type) -> bool:
    if hint is bool:
        return value in (0, 1)
    if isinstance(value, bool):
        return False
    if hint is float:
        return isinstance(value, int | float) and math.isfinite(value)
    if hint is int:
        return isinstance(value, int) and -_LARGEST < value < _LARGEST
    return hint is str and isinstance(value, str)


def _one_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    if value is None:
        if type(None) in kinds:
            return None
        raise ValueError("it is not there")
    for kind in kinds:
        if kind is not type(None):
            try:
                return fit(value, kind)
            except (OverflowError, ValueError, TypeError):
                continue
    raise ValueError(f"{value!r:.40} is none of {kinds}")


def _parsed(value: Any) -> Any:
    return load_json(value) if isinstance(value, str) else value


def _several(value: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError("it is no list")
    if kinds[-1] is ...:
        return tuple(fit(each, kinds[0]) for each in value)
    return tuple(fit(each, kind) for each, kind in zip(value, kinds, strict=True))


def _record(value: Any, kind: type) -> Any:
    """Give a dataclass that is stored in a column: by names, or its fields in order."""
    hints = _hints(kind)
    if isinstance(value, list):
        value = dict(zip(hints, value, strict=True))
    if not isinstance(value, dict) or not value.keys() <= hints.keys():
        raise ValueError(f"it is no {kind.__name__}")
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    if not value.keys() >= needed:
        raise ValueError(f"it is no whole {kind.__name__}")
    return made(kind, value)
