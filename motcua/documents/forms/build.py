"""A paper's data class from the plain dictionary that an act keeps: instants as ISO text, lists for tuples."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


def build(cls: type[T], data: Mapping[str, Any]) -> T:
    """The data class `cls`. TypeError names the field that is missing, unknown or of another type."""
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    unknown = data.keys() - known.keys()
    missing = {n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING} - data.keys()
    if unknown or missing:
        raise TypeError(f"{cls.__name__}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    types_of = hints(cls)  # type: ignore[arg-type]  # typeshed wants Hashable, and a class is
    return cls(**{name: _value(value, types_of[name], f"{cls.__name__}.{name}") for name, value in data.items()})


@cache
def hints(cls: type) -> dict[str, Any]:
    """The declared type of each field, with its marks."""
    return get_type_hints(cls, include_extras=True)


def _value(value: Any, hint: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is Annotated:
        return _value(value, get_args(hint)[0], where)
    if origin in (Union, types.UnionType):
        kind = next(arg for arg in get_args(hint) if arg is not types.NoneType)
        return None if value is None else _value(value, kind, where)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"{where}: a list is needed, not {type(value).__name__}")
        return tuple(_value(one, get_args(hint)[0], f"{where}[{n}]") for n, one in enumerate(value))
    if origin is Literal:
        return _checked(value, value in get_args(hint), f"one of {get_args(hint)}", where)
    return _plain(value, hint, where)


def _plain(value: Any, kind: type, where: str) -> Any:
    if is_dataclass(kind):
        return (
            value
            if isinstance(value, kind)
            else build(kind, _checked(value, isinstance(value, dict), "an object", where))
        )
    if kind in (datetime, date) and isinstance(value, str):
        return kind.fromisoformat(value)
    fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    return _checked(value, fits, kind.__name__, where)


def _checked(value: Any, fits: bool, needed: str, where: str) -> Any:
    if not fits:
        raise TypeError(f"{where}: {needed} is needed, not {value!r:.60}")
    return value
