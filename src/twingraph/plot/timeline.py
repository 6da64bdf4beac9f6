"""The timeline of a partnership's, a city's or all activities."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from twingraph.draw.timeline import Span, draw_timeline
from twingraph.plot.asking import values
from twingraph.plot.dated import count_activities, find_dated
from twingraph.vocab import TG
from twingraph.years import read_years
from twingraph.years.telling import find_runs, tell_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twingraph.plot.asking import Scope

_MOST: Final = 60  # rows of a kind: dated, planned, undated
_FLAGS: Final = ("Ongoing", "Planned", "Undated", "Disputed")
_BOUNDS: Final = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")


@dataclass(slots=True)
class _Found:
    """An activity: earliestStart, latestStart, earliestEnd and latestEnd, and its flags."""

    bounds: list[int | None] = field(default_factory=lambda: [None] * len(_BOUNDS))
    flags: set[str] = field(default_factory=set)

    def has_time(self) -> bool:
        return any(bound is not None for bound in self.bounds)

    def order(self) -> tuple[int, int]:
        """By the first year that is known, then the last."""
        known = [bound for bound in self.bounds if bound is not None]
        return min(known, default=0), max(known, default=0)

    def length(self) -> int:
        first, last = self.order()
        return last - first


def plot_timeline(scope: Scope) -> str:
    """The picture as SVG: dated activities by their start, then the planned, then the undated."""
    if scope.page:
        return _plot_page(scope, scope.page)
    found = _read_activities(scope)
    dated = sorted(
        (iri for iri, each in found.items() if each.has_time() and "Planned" not in each.flags),
        key=lambda iri: (-found[iri].length(), found[iri].order(), iri),
    )
    planned = sorted(iri for iri, each in found.items() if "Planned" in each.flags)
    undated = sorted(found.keys() - {*dated, *planned})
    most = scope.most or _MOST
    shown = [*dated[:most], *planned[:most], *undated[:most]]
    spans = _read_spans(scope, {iri: found[iri] for iri in shown})
    counts = scope.say(
        f"{len(dated)} dated{_further(planned, ' planned')}{_further(undated, ' without a year')}",
        f"{len(dated)} datiert{_further(planned, ' geplant')}"
        f"{_further(undated, ' ohne Jahresangabe')}",
    )
    notes = _left_out(scope, most, len(dated), len(planned), len(undated))
    return draw_timeline(scope.about(_title(scope), counts, notes), spans)


def _plot_page(scope: Scope, page: int) -> str:
    """A page of the dated activities, in the order of the years by which they had begun."""
    number = count_activities(scope)
    chosen, dated = find_dated(scope, page, scope.most or _MOST, number, is_counted=True)
    narrow = replace(scope, chosen=tuple(chosen))
    spans = _read_spans(narrow, _read_activities(narrow)) if chosen else []
    counts = scope.say(
        f"Page {page} of the {dated} dated",
        f"Seite {page} der {dated} datierten",
    )
    return draw_timeline(narrow.about(_title(scope), counts, ()), spans)


def _title(scope: Scope) -> str:
    if scope.name:
        return scope.say(f"Activities: {scope.name}", f"Aktivitäten: {scope.name}")
    return scope.say("Activities of all partnerships", "Aktivitäten aller Partnerschaften")


def _left_out(scope: Scope, most: int, dated: int, planned: int, undated: int) -> list[str]:
    """The notes on what there is more of than is shown."""
    notes = (
        (
            dated,
            f"Shown: the {most} longest of the {dated} dated.",
            f"Gezeigt: die {most} längsten der {dated} datierten.",
        ),
        (
            planned,
            f"Shown: {most} of the {planned} planned.",
            f"Gezeigt: {most} der {planned} geplanten.",
        ),
        (
            undated,
            f"Shown: {most} of the {undated} without a year.",
            f"Gezeigt: {most} der {undated} ohne Jahresangabe.",
        ),
    )
    return [scope.say(english, german) for number, english, german in notes if number > most]


def _further(activities: Sequence[str], what: str) -> str:
    return f", {len(activities)}{what}" if activities else ""


def _read_activities(scope: Scope) -> dict[str, _Found]:
    """The activities; a series that has no more of a time than its editions is left out."""
    found = {iri: _Found() for (iri,) in scope.rows("?activity", "$activities")}
    for index, bound in enumerate(_BOUNDS):
        pattern = f"$within ?activity tg:{bound} ?year ."
        for iri, year in scope.rows("?activity ?year", pattern):
            if iri in found:  # stages of a partnership have bounds as well
                found[iri].bounds[index] = year
    flags = " ".join(f"tg:{flag}Activity" for flag in _FLAGS)
    for iri, flag in scope.rows(
        "?activity ?flag", f"$within VALUES ?flag {{ {flags} }} ?activity a ?flag ."
    ):
        found[iri].flags.add(str(flag).removeprefix(TG).removesuffix("Activity"))
    for all_series in scope.editions().values():
        for series in all_series:
            if series in found and not found[series].has_time():
                del found[series]
    return found


def _read_spans(scope: Scope, found: dict[str, _Found]) -> list[Span]:
    names = scope.names(found)
    chosen = values("activity", found)
    stated: defaultdict[str, list[str]] = defaultdict(list)
    for iri, date in scope.rows("?activity ?date", f"{chosen} ?activity dcterms:date ?date ."):
        stated[iri].append(str(date))
    years: dict[str, dict[str, set[int]]] = {}
    for name in ("activeIn", "possiblyActiveIn"):
        years[name] = defaultdict(set)
        for iri, year in scope.rows(
            "?activity ?year", f"{chosen} ?activity tg:{name} ?node . ?node tg:number ?year ."
        ):
            years[name][iri].add(int(year))
    spans = [_span(iri, found[iri], names[iri], sorted(stated[iri]), years, scope) for iri in found]
    return sorted(spans, key=lambda span: (found[span.iri].order(), span.name, span.iri))


def _span(
    iri: str,
    found: _Found,
    name: str,
    stated: Sequence[str],
    years: dict[str, dict[str, set[int]]],
    scope: Scope,
) -> Span:
    certain = years["activeIn"].get(iri, set())
    possible = years["possiblyActiveIn"].get(iri, set()) - certain
    is_planned = "Planned" in found.flags
    if is_planned and not certain | possible:
        possible = set(_planned_years(stated))
    earliest, _, _, latest = found.bounds
    is_ongoing = "Ongoing" in found.flags
    return Span(
        iri,
        name,
        " / ".join(tell_years(each, scope.say) for each in stated),
        find_runs(certain),
        find_runs(possible),
        is_ongoing=is_ongoing,
        is_start_unknown=found.has_time() and earliest is None,
        is_end_unknown=found.has_time() and latest is None and not is_ongoing,
        is_disputed="Disputed" in found.flags,
        is_planned=is_planned,
    )


def _planned_years(stated: Iterable[str]) -> Iterable[int]:
    for each in stated:
        bounds = read_years(each).bounds(9999)
        if bounds is not None and bounds.latest_start is not None:
            first = bounds.earliest_start or bounds.latest_start
            yield from range(first, (bounds.latest_end or bounds.latest_start) + 1)
