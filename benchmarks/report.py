"""The figures of the extraction benchmark as tables for people, then the errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHORT = {"activity_dates": "act.dates", "activity_recurrence": "act.recur"}


def print_report(result: Mapping[str, Any]) -> None:
    """Print all that a person wants to see."""
    for line in _lines(result):
        print(line)


def _lines(result: Mapping[str, Any]) -> Iterator[str]:
    for group in ("overall", *result["languages"]):
        yield f"{group:22} precision recall     F1    tp    fp    fn partial"
        for kind, figures in result[group].items():
            yield f"  {kind:20} {_row(figures)}"
        yield ""
    yield from _pages(result)
    yield f"pages a second, on one core: {result['pages_per_second']:.0f}"
    yield f"  at 2,000 characters a page: {result['pages_of_2000_characters_per_second']:.0f}"
    yield from (f"note: {note}" for note in result["notes"])
    for key in ("pages_without_gold", "gold_without_page"):
        yield from (f"{key.replace('_', ' ')}: {slug}" for slug in result[key])
    if "rivals" in result:
        yield from _rivals(result["rivals"])
    yield f"\nerrors: {len(result['errors'])}"
    yield from result["errors"]


def _row(figures: Mapping[str, float]) -> str:
    shares = f"{figures['precision']:9.3f} {figures['recall']:6.3f} {figures['f1']:6.3f}"
    counts = f"{figures['tp']:5} {figures['fp']:5} {figures['fn']:5} {figures['partial']:7}"
    return f"{shares} {counts}"


def _pages(result: Mapping[str, Any]) -> Iterator[str]:
    kinds = list(result["overall"])
    yield f"{'F1 by page':32} " + " ".join(f"{_SHORT.get(kind, kind):>12}" for kind in kinds)
    for slug, figures in result["pages"].items():
        yield f"  {slug:30} " + " ".join(f"{figures[kind]['f1']:12.3f}" for kind in kinds)
    yield ""


def _rivals(rivals: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n{'side by side':47} precision recall     F1    tp    fp    fn partial"
    for name, compared in rivals["tools"].items():
        where = f"{compared['pages']} pages, {', '.join(compared['languages'])}"
        yield f"{name} ({where}; {compared['seconds']} s)"
        for kind, both in compared.items():
            if isinstance(both, dict):
                yield f"  {kind:14} {name:30} {_row(both['rival'])}"
                yield f"  {'':14} {'twingraph':30} {_row(both['twingraph'])}"
    yield from (f"skipped: {name}: {reason}" for name, reason in rivals["skipped"].items())
