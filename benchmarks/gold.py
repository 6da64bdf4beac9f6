"""The gold's three tables -> plain values; every column is read, or listed as ignored."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.activities import Row
from benchmarks.scoring import Expected, plain_date
from twingraph.errors import FileError
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from benchmarks.scoring import Duty

    Cells = Mapping[str, str]

# Scored, and not scored: a person's wording, and places.
_ACTIVITIES: Final = ("status", "slug", "line", "label", "form", "edtf", "recurrence")
_ACTIVITIES_MORE: Final = ("institutions", "topics", "places")
_TEMPORAL: Final = ("slug", "line", "surface", "kind", "edtf_or_rrule", "lang")
_INSTITUTIONS: Final = ("slug", "line", "institution", "lang")

_RECURRENCES: Final = {
    "R/P1Y": "annual",
    "R/P2Y": "biennial",
    "R/P3Y": "triennial",
    "R/P4Y": "quadrennial",
    "R/P3M": "quarterly",
    "R/P1M": "monthly",
}
_ANY_RECURRENCE: Final = (*_RECURRENCES.values(), "regular", "irregular")
_NO_REPEATS: Final = ("recur-alternating", "negated-recur")


@dataclass(frozen=True, slots=True)
class Gold:
    """What the pages of a gold state; `languages` by page, where a table says it."""

    rows: tuple[Row, ...]
    dates: tuple[Expected, ...]
    recurrence: tuple[Expected, ...]
    institutions: tuple[Expected, ...]
    languages: Mapping[str, str]

    @property
    def slugs(self) -> frozenset[str]:
        """The pages that some table names."""
        tables = (self.rows, self.dates, self.recurrence, self.institutions)
        return frozenset({each.slug for table in tables for each in table} | {*self.languages})

    def of_pages(self, slugs: Collection[str]) -> Gold:
        """The gold of some pages only."""
        return Gold(
            tuple(each for each in self.rows if each.slug in slugs),
            tuple(each for each in self.dates if each.slug in slugs),
            tuple(each for each in self.recurrence if each.slug in slugs),
            tuple(each for each in self.institutions if each.slug in slugs),
            self.languages,
        )


def read_gold(folder: Path) -> Gold:
    """The gold of a folder with activities.tsv, temporal.tsv and institutions.tsv.

    :raises FileError: where a file, a column or a line number is missing.
    """
    activities = list(_read(folder / "activities.tsv", (*_ACTIVITIES, *_ACTIVITIES_MORE)))
    temporal = list(_read(folder / "temporal.tsv", _TEMPORAL))
    named = list(_read(folder / "institutions.tsv", _INSTITUTIONS))
    return Gold(
        rows=tuple(map(_row, activities)),
        dates=tuple(each for cells in temporal if (each := _date(cells))),
        recurrence=tuple(each for cells in temporal if (each := _recurrence(cells))),
        institutions=(*map(_institution, named), *_of_activities(activities)),
        languages={cells["slug"]: cells["lang"] for cells in (*named, *temporal)},
    )


def _read(path: Path, columns: tuple[str, ...]) -> Iterator[Cells]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    if set(table.fieldnames or ()) != set(columns):
        found = ", ".join(table.fieldnames or ())
        raise FileError(f"{path}:1: the columns are {found}; expected {', '.join(columns)}")
    for cells in table:
        if not cells["line"].isdecimal():
            raise FileError(f"{path}:{table.line_num}: {cells['line']!r} is no line number")
        yield cells


def split_alternatives(cell: str) -> tuple[str, ...]:
    """The alternatives of a cell; "" for nothing.

    >>> split_alternatives("- | annual"), split_alternatives("")
    (('', 'annual'), ('',))
    """
    parts = [part.strip() for part in cell.split(" | ")]
    return tuple("" if part == "-" else part for part in parts)


def _split_list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _row(cells: Cells) -> Row:
    forms = split_alternatives(cells["form"])
    return Row(
        cells["slug"],
        int(cells["line"]),
        cells["label"],
        is_required=cells["status"] == "agreed",
        forms=tuple("Activity" if form == "Other" else form for form in forms),
        dates=tuple(map(plain_date, split_alternatives(cells["edtf"]))),
        recurrences=split_alternatives(cells["recurrence"]),
        topics=tuple(frozenset(_split_list(x)) for x in split_alternatives(cells["topics"])),
    )


def is_date(edtf: str) -> bool:
    """Whether a text is EDTF that names a time: no repeat rule, duration or `/..`."""
    try:
        read_years(edtf)
    except YearsError:
        return False
    return True


def _date(cells: Cells) -> Expected | None:
    """A dated mention; optional where one reading of it has no date."""
    readings = split_alternatives(cells["edtf_or_rrule"])
    dates = tuple(plain_date(each) for each in readings if is_date(each))
    if not dates:
        return None
    duty: Duty = "required" if len(dates) == len(readings) else "optional"
    return Expected(cells["slug"], int(cells["line"]), dates, duty, cells["surface"])


def _recurrence(cells: Cells) -> Expected | None:
    """A repeat; of a month only, or without a name in the records, it may be found or not."""
    readings = split_alternatives(cells["edtf_or_rrule"])
    rules = [each.rstrip("~?%") for each in readings if each.startswith("R/")]
    is_vague = cells["kind"] == "vague-recur"
    if cells["kind"] in _NO_REPEATS or not (rules or is_vague):
        return None
    place, surface = (cells["slug"], int(cells["line"])), cells["surface"]
    names = [_RECURRENCES.get(rule, "") for rule in rules] or ["regular"]
    if cells["kind"] == "recur-month" or "" in names:
        return Expected(*place, _ANY_RECURRENCE, "ignored", surface)
    duty: Duty = "required" if is_vague or len(rules) == len(readings) else "optional"
    return Expected(*place, tuple(names), duty, surface)


def _institution(cells: Cells) -> Expected:
    names = split_alternatives(cells["institution"])
    duty: Duty = "optional" if "" in names else "required"
    return Expected(cells["slug"], int(cells["line"]), tuple(filter(None, names)), duty)


def _of_activities(table: list[Cells]) -> Iterator[Expected]:
    """The institutions that activities name: right when found, but not required."""
    for cells in table:
        for reading in split_alternatives(cells["institutions"]):
            for name in _split_list(reading):
                yield Expected(cells["slug"], int(cells["line"]), (name,), "optional")
