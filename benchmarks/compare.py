"""What other tools find, scored as twingraph's findings are, side by side on the same pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.scoring import Mention, score_date_years, score_dates, score_institutions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.findings import Findings
    from benchmarks.gold import Gold

_SCORES = {"dates": score_dates, "date_years": score_date_years, "institutions": score_institutions}


def compare_rivals(
    results: Mapping[str, Any],
    gold: Gold,
    findings: Findings,
    languages: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Of each tool and of twingraph, on the pages in the tool's languages: its scores."""
    return {
        "tools": {
            name: _compare(result, gold, findings, languages)
            for name, result in results["tools"].items()
        },
        "skipped": results["skipped"],
    }


def _compare(
    result: Mapping[str, Any],
    gold: Gold,
    findings: Findings,
    languages: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    spoken = [name for name in languages if name in result["languages"]]
    slugs = {slug for name in spoken for slug in languages[name]}
    here = gold.of_pages(slugs)
    found = [Mention(*each) for each in result["found"]]
    compared: dict[str, Any] = {"languages": spoken, "pages": len(slugs)}
    compared["seconds"] = result["seconds"]
    for kind, score in _SCORES.items():
        is_named = kind == "institutions"
        if is_named != (result["kind"] == "institutions"):
            continue
        expected = here.institutions if is_named else here.dates
        ours = findings.institutions if is_named else findings.dates
        theirs = [x for x in found if not is_named or (x.slug, x.line) not in findings.furniture]
        compared[kind] = {
            "rival": score(expected, theirs).total(slugs).as_json(),
            "twingraph": score(expected, ours).total(slugs).as_json(),
        }
    return compared
