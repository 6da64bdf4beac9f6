"""What the forms share in which Wikidata's P190 (twinned administrative body) is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from twingraph.datasets.dataset import NO_COUNTRY, NO_NAME, Dataset, Joiner, Report
from twingraph.datasets.times import read_interval
from twingraph.errors import Finding, RecordErrors
from twingraph.facts import Municipality, Source
from twingraph.years import YearsError, read_years

UNKNOWN: Final = "und"  # the tag of a text whose language nobody says (RFC 5646)
_CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"


def wikidata_source(dataset: str, retrieved: str | None = None) -> Source:
    """Wikidata as the source of a dataset; when it was retrieved is the time for which it speaks.

    :raises RecordErrors: if the time is none.
    """
    if retrieved is not None:
        try:
            is_date = re.fullmatch(r"[0-9]{4}(-.*)?", read_years(retrieved).text) is not None
        except YearsError as error:
            raise RecordErrors([Finding("--retrieved", 0, "", str(error))]) from error
        if not is_date:
            message = f"{retrieved!r} is not a date; expected e.g. 2016-04-15"
            raise RecordErrors([Finding("--retrieved", 0, "", message)])
    return Source(
        id=dataset,
        title="Wikidata: twinned administrative bodies (P190)",
        url="https://www.wikidata.org/wiki/Property:P190",
        publisher="Wikidata",
        language="en",
        licence=_CC0,
        as_of=int(retrieved[:4]) if retrieved else None,
        as_of_reason="the year in which it was retrieved" if retrieved else None,
        retrieved=retrieved,
    )


@dataclass(slots=True)
class Reading:
    """A dataset that is being read: `finish` gives it. Municipalities are by item."""

    source: Source
    report: Report = field(default_factory=Report)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    cited: dict[str, Source] = field(default_factory=dict)
    joiner: Joiner = field(init=False)

    def __post_init__(self) -> None:
        self.joiner = Joiner(self.source.id, self.report)

    def id_of(self, name: str) -> str:
        """A name below the dataset's."""
        return f"{self.source.id}/{name}"

    def know(self, item: str) -> None:
        """Have a record of an item of which nothing is known but that it is a partner."""
        if item not in self.municipalities:
            self.municipalities[item] = Municipality(
                id=self.id_of(item), label={UNKNOWN: item}, wikidata=item
            )
            self.report.notes[NO_NAME] += 1

    def interval(self, row: str, start: str | None, end: str | None) -> str | None:
        """The time of a statement; what is none is noted, and the statement kept without."""
        try:
            return read_interval(start, end, goes_on=self.source.as_of is not None)
        except YearsError as error:
            self.report.note(row, f"a time that is none: {error}")
            return None

    def finish(self) -> Dataset:
        """The records, in the order of their items."""
        found = [self.municipalities[item] for item in sorted(self.municipalities, key=_number)]
        self.report.notes[NO_COUNTRY] += sum(each.country is None for each in found)
        cited = [self.cited[name] for name in sorted(self.cited)]
        return Dataset(self.source, found, self.joiner.partnerships(), cited, self.report)


def _number(item: str) -> int:
    return int(item[1:])
