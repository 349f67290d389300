"""Turns what the storage found into JSON for a log, and back into what a flow works with.

Dataclasses, tuples, enums, days and moments; nothing else is needed, and nothing else is taken.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from flows.effects import Json

T = TypeVar("T")


def plain(value: object) -> Json:
    """The value as JSON.

    Raises:
        TypeError: there is something in it that is not taken.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        return {
            one.name: plain(getattr(value, one.name))
            for one in dataclasses.fields(cast(Any, value))
        }
    raise TypeError(f"{type(value).__name__} cannot be kept in a log.")


def shaped(kind: type[T], value: Json) -> T:
    """What `plain` made of a value of that dataclass, as the value again."""
    return cast(T, _read(kind, value))


def _read(kind: Any, value: Json) -> object:
    if get_origin(kind) in (Union, UnionType):
        if value is None:
            return None
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        many = cast(list[Json], value)
        if kinds[-1] is Ellipsis:
            return tuple(_read(kinds[0], one) for one in many)
        return tuple(_read(one, item) for one, item in zip(kinds, many, strict=True))
    if dataclasses.is_dataclass(kind):
        found = cast(Mapping[str, Json], value)
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(**{name: _read(hints[name], found[name]) for name in found})
    if kind in (date, datetime):
        return kind.fromisoformat(str(value))
    return kind(value)


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
