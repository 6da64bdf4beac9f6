"""Times of other lists -> EDTF."""

from __future__ import annotations

import re
from typing import Final

from twingraph.years import read_years

_TIME: Final = re.compile(r"\+([0-9]{4})-([0-9]{2})-([0-9]{2})T.*")
# Precisions of a time, as Wikibase numbers them; 11 is a day.
DECADE, YEAR, MONTH = 8, 9, 10


def read_time(time: str, precision: int) -> str | None:
    """A time of Wikidata as EDTF, to its precision; None where it is vaguer than a decade.

    >>> read_time("+1995-02-18T00:00:00Z", 11), read_time("+1953-00-00T00:00:00Z", 9)
    ('1995-02-18', '1953')
    """
    found = _TIME.fullmatch(time)
    if found is None or precision < DECADE:
        return None
    year, month, day = found.groups()
    if precision == DECADE:
        return f"{year[:3]}X"
    parts = (year, month, day)[: {YEAR: 1, MONTH: 2}.get(precision, 3)]
    return "-".join(part for part in parts if part != "00")


def read_interval(start: str | None, end: str | None, *, goes_on: bool) -> str | None:
    """A start and an end as one EDTF time; without an end it may go on.

    >>> read_interval("1953", None, goes_on=True), read_interval("1953", None, goes_on=False)
    ('1953/..', '1953/')

    :raises YearsError: if they are no time that records accept.
    """
    if start is None and end is None:
        return None
    if end is not None:
        text = f"{start or '..'}/{end}"
    else:
        text = f"{start}/.." if goes_on else f"{start}/"
    return read_years(text).text
