"""How right and how fast extraction is, on pages with a gold.

    python -m benchmarks.extract PAGES GOLD [--json] [--rivals]

PAGES is a folder of `<slug>.txt`; GOLD one with activities.tsv, temporal.tsv and institutions.tsv.
Lines at the top of a page that begin with # may name its `lang:` and `doc-date:`; the date goes to
the extractor, as a person would give it with `--date`. Which cities the page is about is not given.
`--rivals` runs other tools on the same pages (benchmarks/rivals).
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.activities import score_activities
from benchmarks.compare import compare_rivals
from benchmarks.findings import find_all, measure_speed
from benchmarks.gold import read_gold
from benchmarks.pages import read_sources
from benchmarks.report import print_report
from benchmarks.rivals.run import run_rivals
from benchmarks.scoring import (
    score_date_years,
    score_dates,
    score_institutions,
    score_recurrence,
)
from twingraph import vocab
from twingraph.errors import TwingraphError
from twingraph.ontology import read_ontology
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.counts import Outcome
    from benchmarks.findings import Findings
    from benchmarks.gold import Gold
    from benchmarks.pages import Source

_UNDETERMINED: Final = "und"
_NOTES: Final = (
    "dates: line and EDTF, each mention; date_years: the years of a line's dates, each once",
    "institutions: case, articles, quotation marks, German endings, bracketed abbreviation folded",
    "institutions, partial: one name holds the other and is at most twice as long",
    "institutions: a city's or office's name that the gold lacks counts for nothing",
    "activities: by line; a row of only one reader counts for nothing, found or not",
    "forms, topics, activity_*: of the activities found; partial: a broader or narrower topic",
)


def read_relatives() -> dict[str, frozenset[str]]:
    """Of each topic with any: the broader and the narrower ones, at any distance."""
    broader = {
        _topic(subject): _topic(object_)
        for subject, predicate, object_, _ in read_ontology(Iri(vocab.TOPIC))
        if predicate == f"<{vocab.SKOS}broader>"
    }
    relatives: dict[str, set[str]] = {}
    for topic, parent in broader.items():
        above: str | None = parent
        while above:
            relatives.setdefault(topic, set()).add(above)
            relatives.setdefault(above, set()).add(topic)
            above = broader.get(above)
    return {topic: frozenset(others) for topic, others in relatives.items()}


def _topic(term: str) -> str:
    return term[1:-1].removeprefix(vocab.TOPIC)


def score_all(gold: Gold, findings: Findings) -> list[Outcome]:
    """The score of each kind."""
    return [
        score_dates(gold.dates, findings.dates),
        score_date_years(gold.dates, findings.dates),
        score_recurrence(gold.recurrence, findings.recurrence),
        score_institutions(gold.institutions, findings.institutions),
        *score_activities(gold.rows, findings.drafts, read_relatives()),
    ]


def by_language(sources: Iterable[Source]) -> dict[str, list[str]]:
    """The pages of each language."""
    groups: dict[str, list[str]] = {}
    for source in sources:
        groups.setdefault(source.language or _UNDETERMINED, []).append(source.slug)
    return dict(sorted(groups.items()))


def evaluate(pages: Path, gold_folder: Path, *, rivals: bool) -> dict[str, object]:
    """All figures and errors, ready for JSON."""
    gold, sources = read_gold(gold_folder), read_sources(pages)
    scored = [
        replace(source, language=source.language or gold.languages.get(source.slug))
        for source in sources
        if source.slug in gold.slugs
    ]
    slugs = [source.slug for source in scored]
    if not slugs:
        raise TwingraphError(f"{gold_folder}: none of the pages of {pages} has a gold there")
    languages, findings = by_language(scored), find_all(scored)
    gold_here = gold.of_pages(slugs)
    outcomes = score_all(gold_here, findings)
    result: dict[str, object] = {"overall": _figures(outcomes, slugs)}
    result |= {name: _figures(outcomes, group) for name, group in languages.items()}
    result |= {
        "pages": {slug: _figures(outcomes, [slug]) for slug in slugs},
        **measure_speed(scored),
        "notes": _NOTES,
        "languages": languages,
        "pages_without_gold": sorted({source.slug for source in sources} - gold.slugs),
        "gold_without_page": sorted(gold.slugs - {*slugs}),
        "errors": [str(error) for error in sorted(e for x in outcomes for e in x.errors)],
    }
    if rivals:
        result["rivals"] = compare_rivals(run_rivals(scored), gold_here, findings, languages)
    return result


def _figures(outcomes: Sequence[Outcome], slugs: Sequence[str]) -> Mapping[str, object]:
    return {outcome.kind: outcome.total(slugs).as_json() for outcome in outcomes}


def main() -> None:
    """Print the scores as a table with the errors, one a line, or all as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extract",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pages", type=Path, metavar="PAGES")
    parser.add_argument("gold", type=Path, metavar="GOLD")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--rivals", action="store_true", help="other tools on the same pages")
    options = parser.parse_args()
    try:
        result = evaluate(options.pages, options.gold, rivals=options.rivals)
    except TwingraphError as error:
        parser.error(str(error))
    if options.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
    else:
        print_report(result)


if __name__ == "__main__":
    main()
