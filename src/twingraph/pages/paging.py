"""Which page of a list is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from twingraph.errors import PageError, QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_T = TypeVar("_T")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}")
PAGE: Final = 40  # entries of a list


class Paging(NamedTuple):
    """Pages of lists, from 1: of the main one of a page, of the activities without a year, of
    those that are only possible, of quoted words, of partnerships, of institutions, of a city's own
    programmes, of the editions of a series and of the parts of an activity."""

    page: int = 1
    undated: int = 1
    possible: int = 1
    quotes: int = 1
    partnerships: int = 1
    institutions: int = 1
    programmes: int = 1
    editions: int = 1
    parts: int = 1


def read_paging(values: Mapping[str, str]) -> Paging:
    """What the values say that are named as the fields of `Paging`; 1 where they say nothing.

    :raises QueryError: if one is no number from 1.

    >>> read_paging({"page": "3", "lang": "de"}) == Paging(page=3)
    True
    """
    numbers = []
    for name in Paging._fields:
        value = values.get(name) or "1"
        if not _NUMBER.fullmatch(value):
            raise QueryError(f"{name}: {value[:40]!r} is no number of a page; expected 1 or more")
        numbers.append(int(value))
    return Paging(*numbers)


def count_pages(entries: int, size: int = PAGE) -> int:
    """How many pages so many entries take, at least one.

    >>> count_pages(0), count_pages(40), count_pages(41)
    (1, 1, 2)
    """
    return max(1, -(-entries // size))


def check_page(name: str, page: int, pages: int) -> None:
    """Refuse a page after the last: an empty list would say that there is nothing.

    :raises PageError: if it is one; `name` is that of the value in the address.
    """
    if page > pages:
        raise PageError(name, page, pages)


def cut_checked(name: str, entries: Sequence[_T], page: int) -> Sequence[_T]:
    """The entries of a page of a list, `name` being that of the value in the address.

    :raises PageError: if there is no such page.
    """
    check_page(name, page, count_pages(len(entries)))
    return cut(entries, page)


def cut(entries: Sequence[_T], page: int, size: int = PAGE) -> Sequence[_T]:
    """The entries of a page."""
    return entries[(page - 1) * size : page * size]
