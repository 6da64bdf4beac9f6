"""Wikibase's JSON, read with care: what is not of its form is told, and taken as if it were absent.

https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON ; an empty object may be written as `[]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from twingraph.datasets.times import read_time
from twingraph.records.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Tell = Callable[[str], None]

ITEM: Final = re.compile(r"Q[1-9][0-9]*")
_RANKS: Final = ("preferred", "normal")
_AMOUNT: Final = re.compile(r"\+?([0-9]{1,12})(?:\.[0-9]+)?")
_SHOWN: Final = 60
_KINDS: Final = {dict: "an object", list: "a list"}


def read_object(value: Any, what: str, tell: Tell) -> dict[str, Any]:
    """An object of the JSON; an empty one where there is none."""
    if isinstance(value, dict):
        return value
    if value is not None and value != []:
        tell(f"{what} is {_show(value)}; expected an object")
    return {}


def read_list(value: Any, what: str, tell: Tell) -> list[Any]:
    """A list of the JSON; an empty one where there is none."""
    if isinstance(value, list):
        return value
    if value is not None and value != {}:
        tell(f"{what} is {_show(value)}; expected a list")
    return []


def read_text(value: Any, what: str, tell: Tell) -> str | None:
    """A text that a record can hold."""
    if not isinstance(value, str) or not value.strip():
        tell(f"{what} is {_show(value)}; expected a text")
        return None
    if FORBIDDEN.search(value):
        tell(f"{what} has a character that no text may have")
        return None
    return value


def read_snak(snak: Any, what: str, tell: Tell) -> Any:
    """What a snak says; None where it says that there is none, or that it is unknown."""
    found = read_object(snak, what, tell)
    if found.get("snaktype") != "value":
        return None
    return read_object(found.get("datavalue"), f"{what}: datavalue", tell).get("value")


def read_snaks(snaks: Mapping[str, Any], name: str, tell: Tell) -> Iterator[Any]:
    """What the snaks of a property say, of snaks by property."""
    for snak in read_list(snaks.get(name), name, tell):
        if (found := read_snak(snak, name, tell)) is not None:
            yield found


def read_best(statements: list[Any], name: str, tell: Tell) -> list[Any]:
    """The values of a property's statements of the best rank that there is."""
    found = [read_object(each, name, tell) for each in statements]
    ranks = ([each for each in found if each.get("rank") == rank] for rank in _RANKS)
    best = next(filter(None, ranks), [])
    values = (read_snak(each.get("mainsnak"), f"{name}: mainsnak", tell) for each in best)
    return [value for value in values if value is not None]


def read_item(value: Any) -> str | None:
    """The item that a value names; older files have its number alone."""
    if not isinstance(value, dict):
        return None
    number = value.get("numeric-id")
    is_number = isinstance(number, int) and value.get("entity-type", "item") == "item"
    found = str(value.get("id", f"Q{number}" if is_number else ""))
    return found if ITEM.fullmatch(found) else None


def read_moment(value: Any, what: str, tell: Tell) -> str | None:
    """A time as EDTF; None where it is too vague, or none."""
    found = read_object(value, what, tell)
    time, precision = found.get("time"), found.get("precision")
    if not isinstance(time, str) or type(precision) is not int:
        if found:
            tell(f"{what} is no time; expected `time` and a number as `precision`")
        return None
    moment = read_time(time, precision)
    if moment is None:
        tell(f"{what} is a time that is too vague, or none: {time[:_SHOWN]}")
    return moment


def read_place(value: Any, what: str, tell: Tell) -> tuple[float, float] | None:
    """A latitude and a longitude, in degrees."""
    found = read_object(value, what, tell)
    lat, long = _read_degrees(found.get("latitude"), 90), _read_degrees(found.get("longitude"), 180)
    if lat is None or long is None:
        tell(f"{what} is no place; expected a latitude and a longitude")
        return None
    return lat, long


def _read_degrees(value: Any, most: int) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) <= most else None


def read_amount(value: Any, what: str, tell: Tell) -> int | None:
    """A whole number that is not negative."""
    amount = read_object(value, what, tell).get("amount")
    found = _AMOUNT.fullmatch(amount) if isinstance(amount, str) else None
    if found is None:
        tell(f"{what} is no amount: {_show(amount)}")
        return None
    return int(found[1])


def _show(value: Any) -> str:
    if isinstance(value, dict | list):
        return _KINDS[type(value)]
    return "nothing" if value is None else repr(value)[:_SHOWN]
