"""What clients send as JSON, read into values, or refused with a word that says where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeVar

import msgspec
from msgspec import Struct

from twingraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")
_SHOWN: Final = 60  # characters of what was found
_PROPERTIES: Final = 32  # of a query
_DIGITS: Final = 9


class Reference(Struct, frozen=True):
    """An entity as a value, e.g. a cell that was matched before."""

    id: str
    name: str | None = None


PropertyValue = str | int | float | bool | Reference


class Constraint(Struct, frozen=True):
    """What a query says of a property."""

    pid: str
    v: PropertyValue | list[PropertyValue]

    @property
    def values(self) -> list[PropertyValue]:
        """Its values, one or many."""
        return self.v if isinstance(self.v, list) else [self.v]


class Query(Struct, frozen=True, forbid_unknown_fields=True):
    """A reconciliation query (0.2, section 4.1)."""

    query: str | None = None
    type: str | list[str] | None = None
    limit: int | float | None = None
    properties: list[Constraint] = []
    type_strict: Literal["any", "should", "all"] | None = None

    def __post_init__(self) -> None:
        if self.limit is not None and (self.limit < 1 or self.limit != int(self.limit)):
            raise ValueError(f"limit: {self.limit} is not a positive integer")
        if len(self.properties) > _PROPERTIES:
            raise ValueError(f"properties: more than {_PROPERTIES}")
        if not (self.query or self.properties):
            raise ValueError("expected a `query` that is not empty, or `properties`")

    @property
    def types(self) -> list[str]:
        """The types that are asked for, one or many."""
        return [self.type] if isinstance(self.type, str) else self.type or []


class Settings(Struct, frozen=True):
    """What of a property's values is wanted; a form may send a number as text."""

    limit: int | float | str | None = None
    content: Literal["entity", "id", "name"] | None = None

    def __post_init__(self) -> None:
        text = str(self.limit or 0).removesuffix(".0")
        if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
            raise ValueError("limit: expected a whole number from 0")

    @property
    def most(self) -> int | None:
        """How many values at most; None for all."""
        return int(float(self.limit or 0)) or None


class Wanted(Struct, frozen=True):
    """A property to fetch."""

    id: str
    settings: Settings = Settings()


class Extension(Struct, frozen=True):
    """A data extension query (0.2, section 7.4)."""

    ids: list[str]
    properties: list[Wanted]


def read_batch(text: str, most: int) -> dict[str, Query] | None:
    """The queries of a batch by their keys, or None where there are more than `most`.

    :raises QueryError: if the text is no JSON, or no batch as the specification has it.
    """
    found = _decode("queries", text, dict[str, msgspec.Raw])
    if len(found) > most:
        return None
    return {key: _decode(f"queries: {_show(key)}", raw, Query) for key, raw in found.items()}


def read_extension(text: str) -> Extension:
    """A data extension query.

    :raises QueryError: if the text is no JSON, or no such query.
    """
    return _decode("extend", text, Extension)


def read_number(parameters: Mapping[str, str], name: str, default: int, least: int) -> int:
    """A parameter that is a whole number, at least so large.

    :raises QueryError: if it is not.
    """
    text = parameters.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) >= least):
        raise QueryError(f"{name}: {_show(text)} is not a whole number from {least}")
    return int(text)


def _decode(where: str, text: str | msgspec.Raw, type_: type[_T]) -> _T:
    try:
        return msgspec.json.decode(text, type=type_)
    except msgspec.DecodeError as error:
        raise QueryError(f"{where}: {error}") from error
    except RecursionError as error:
        raise QueryError(f"{where}: JSON that is nested too deeply") from error


def _show(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
