"""The first page: what is here, and every question of the catalogue with its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.pages.answer import tell_question
from twingraph.pages.choices import Choice, choose_years
from twingraph.pages.forms import Field, make_form
from twingraph.pages.listing import list_busiest
from twingraph.pages.namesakes import tell_namesakes
from twingraph.pages.render import render
from twingraph.pages.words import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.pages.view import View
    from twingraph.queries import Question

_PARTNERSHIPS: Final = 24  # shown; of more, those with the most activities
_FIRST: Final = ("institutions-since", "timeline")  # in their groups
_FIGURES: Final = (
    ("partnerships", ("partnership", "Partnerschaft"), ("partnerships", "Partnerschaften")),
    ("municipalities", ("city", "Stadt"), ("cities", "Städte")),
    ("activities", ("activity", "Aktivität"), ("activities", "Aktivitäten")),
    ("institutions", ("institution", "Institution"), ("institutions", "Institutionen")),
    ("sources", ("source", "Quelle"), ("sources", "Quellen")),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its form, and the years that a site has answers of.

    `plain` is the address of its answer without the form.
    """

    name: str
    text: str
    form: list[Field]
    address: str
    plain: str
    years: list[Choice]


def home_page(view: View, questions: Iterable[Question], *, has_package: bool = False) -> str:
    """What is here, and what can be asked."""
    cards = list_busiest(view, "partnerships", 1, _PARTNERSHIPS)
    counts = view.build.manifest["counts"]
    return render(
        "home.html",
        view,
        title=view.site,
        description=view.choose(view.about.description),
        figures=[
            (view.count(counts[kind]), view.count(counts[kind], *words).partition(" ")[2], address)
            for kind, *words in _FIGURES
            if (address := view.links.listing(kind))
        ],
        partnerships=cards,
        apart=tell_namesakes(view, "partnerships", (each.shown for each in cards)),
        more_partnerships=counts["partnerships"] > len(cards),
        subjects=_group(view, questions),
        has_package=has_package,
    )


def _group(view: View, questions: Iterable[Question]) -> list[tuple[str, list[_Asked]]]:
    """The questions by what they are about."""
    groups: dict[str, list[_Asked]] = {subject: [] for subject in SUBJECTS}
    for each in sorted(questions, key=lambda each: each.name not in _FIRST):
        address = view.links.question(each.name)
        if address is None:
            continue
        form = make_form(view, each)
        path = address.partition("?")[0]
        years = choose_years(view, each) if view.links.is_static else []
        text = tell_question(view, each)
        groups[each.about].append(_Asked(each.name, text, form, path, address, years))
    return [(view.say(*SUBJECTS[subject]), asked) for subject, asked in groups.items() if asked]
