"""Which form an activity has and which topics, from what the lexicon found in its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from twingraph.extract.activities.found import Named

# A general form and a topic of the same words -> the form that both make.
_REFINED: Final[Mapping[tuple[str, str], str]] = {
    ("Exchange", "youth"): "YouthExchange",
    ("Exchange", "education"): "SchoolExchange",
    ("Exchange", "higher-education"): "StudentExchange",
    ("Exchange", "health"): "ProfessionalExchange",
    ("StudentExchange", "education"): "SchoolExchange",
    ("Exchange", "civic-exchange"): "CitizenExchange",
    ("Meeting", "youth"): "YouthExchange",
    ("Meeting", "civic-exchange"): "CitizenExchange",
    ("Visit", "youth"): "YouthExchange",
    ("Visit", "higher-education"): "StudentExchange",
    ("Visit", "vocational-training"): "ProfessionalExchange",
    ("Visit", "health"): "ProfessionalExchange",
    ("Performance", "sport"): "SportsEvent",
}
# What a form is about where its words name no topic.
_IMPLIED: Final[Mapping[str, str]] = {
    "YouthExchange": "youth",
    "SchoolExchange": "education",
    "StudentExchange": "higher-education",
    "CitizenExchange": "civic-exchange",
    "SportsEvent": "sport",
    "Exhibition": "culture",
    "Performance": "music",
    "Festival": "culture",
    "CulturalEvent": "culture",
    "Aid": "humanitarian-aid",
    "Training": "vocational-training",
    "Ceremony": "partnership",
    "Partnership": "partnership",
}
# What an institution of a kind is about, where neither words nor names say more.
_OF_KIND: Final[Mapping[str | None, str]] = {
    "University": "higher-education",
    "School": "education",
    "Hospital": "health",
    "Museum": "museums",
    "SportsBody": "sport",
    "Ensemble": "music",
    "ReligiousBody": "religion",
    "ResearchBody": "science",
    "Company": "economy",
    "CityAdministration": "administration",
}
_DEFAULT_TOPIC: Final = "civic-exchange"
# How special a form is: of two forms in the same words the more special one counts.
_GENERAL: Final = frozenset(("Activity", "Exchange", "Meeting", "CulturalEvent", "Project"))
_MOST_TOPICS: Final = 3


def choose_form(hits: Sequence[Named], topics: Collection[str]) -> tuple[str, Named] | None:
    """The form that the words name best, with the hit that names it; None where they name none.

    A whole word counts for more than part of one, a label for more than a hidden one, a special
    form for more than a general one, and of equals the first.
    """
    forms = [hit for hit in hits if hit.concept.role == "form"]
    if not forms:
        return None
    best = max(
        forms,
        key=lambda hit: (
            hit.concept.id not in _GENERAL and not _is_verb(hit),
            hit.concept.weight > 1,
            not _is_verb(hit),
            not hit.is_part,
            hit.size,
            -hit.start,
        ),
    )
    name = best.concept.id
    for topic in topics:
        name = _REFINED.get((name, topic), name)
    return name, best


def _is_verb(hit: Named) -> bool:
    """Whether it says no more than that something was celebrated or signed."""
    return hit.concept.id == "Ceremony" and hit.concept.weight == 1


def choose_topics(
    own: Sequence[str],
    names: Sequence[str],
    kinds: Sequence[str | None],
    lead: Sequence[str],
    form: str,
) -> tuple[str, ...]:
    """At most three topics, never none: what the words say, else names, kinds, the lead, the form.

    >>> choose_topics(["partnership"], ["sport"], [], [], "CitizenExchange")
    ('sport',)
    >>> choose_topics([], [], [], [], "Aid")
    ('humanitarian-aid',)
    """
    if form == "Partnership":
        return ("partnership",)
    of_kinds = [_OF_KIND[kind] for kind in kinds if kind in _OF_KIND]
    if form == "Ceremony" and "partnership" in own:
        return ("partnership",)
    for topics in (own, of_kinds, names, lead):
        said = [topic for topic in dict.fromkeys(topics) if topic != "partnership"]
        # Clubs and citizens are in most of it: they say something only alone.
        said = [topic for topic in said if topic != _DEFAULT_TOPIC] or said
        if said:
            return tuple(said[:_MOST_TOPICS])
    return (_IMPLIED.get(form, _DEFAULT_TOPIC),)
