"""The views of a new generation, from what its parts and buckets have written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.views.facts import gather_facts, write_facts
from twingraph.views.institutions import render_institutions
from twingraph.views.names import name_facts
from twingraph.views.pairs import render_pairs
from twingraph.views.sections import write_sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from twingraph.views.names import Named
    from twingraph.views.sections import Sections

ENGLISH: Final = "en"
FACTS: Final = "views/facts"
# By the name of a view what renders it with names in a language.
RENDERED: Final[dict[str, Callable[[Named], Sections]]] = {
    "institutions": render_institutions,
    "pairs": render_pairs,
}
_LANGUAGES: Final = (ENGLISH, "de")  # those of the pages


def view_file(view: str, language: str) -> str:
    """The file of a view with names in a language, below a generation."""
    return f"views/{view}.{language}"


def write_views(generation: Path, labels: Iterable[str], shared: Sequence[str]) -> dict[str, str]:
    """Write the views of a generation; the SHA-256 of each by its file comes back.

    `labels` and `shared` are the files of `facts.write_labels` and `facts.write_shared` in it.
    """
    facts = gather_facts(
        [generation / name for name in labels], [generation / name for name in shared]
    )
    digests = {FACTS: write_facts(generation / FACTS, facts)}
    for language in _LANGUAGES:
        named = name_facts(facts, language)
        for name, render in RENDERED.items():
            file = view_file(name, language)
            digests[file] = write_sections(generation / file, render(named))
    return digests
