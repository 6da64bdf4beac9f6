"""The page on which names are searched: by the server, or in the browser of a site's visitor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.errors import QueryError
from twingraph.names import spellings
from twingraph.pages import links
from twingraph.pages.finding import MOST, NEAR, tell_how
from twingraph.pages.naming import KINDS, SHOWN, TERM
from twingraph.pages.paging import PAGE, check_page, count_pages, read_paging
from twingraph.pages.render import render
from twingraph.years.telling import tell_years

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.finding import Found, Hit, NameIndex
    from twingraph.pages.view import Name, Shown, View, Words

_TERMS: Final = {vocab.TG: "tg:", vocab.KIND: "kind/", vocab.RECURRENCE: "recurrence/"}
_STATED: Final = f"{vocab.DCTERMS}date"
# By what those of a kind that have one name are told apart.
_TELLING: Final = {
    "partnership": (f"{vocab.TG}kind",),
    "institution": (f"{vocab.TG}basedIn",),
    "topic": (f"{vocab.SKOS}broader",),
    "activity": (f"{vocab.TG}within", _STATED),
    "municipality": (f"{vocab.TG}country",),
    "source": (f"{vocab.DC}publisher",),
}
_MOST_TOLD: Final = 3  # values by which a resource is told apart


@dataclass(frozen=True, slots=True)
class Result:
    """A resource that is found; the name by which, where it is not shown by that."""

    shown: Shown
    matched: Name | None
    kind: str
    telling: str
    identifier: str  # where others of its name are told apart by nothing else
    is_near: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of which something is found; how much, and where that is shown alone."""

    text: str
    number: str
    link: str
    is_chosen: bool


def search_page(view: View, index: NameIndex | None, values: Mapping[str, str] = {}) -> str:
    """What has the name `q`, of a `kind` or of all, a page of them.

    `index` is None where the browser searches: `search_index.write_names` has its names.

    :raises QueryError: if `kind` or `page` is none, or there is no such page.
    """
    query = values.get("q", "").strip()
    kind = values.get("kind", "")
    page = read_paging(values).page
    if kind and kind not in KINDS:
        raise QueryError(f"kind: {kind[:40]!r} is none; expected one of {', '.join(KINDS)}")
    found = None
    if index is not None and query:
        found = index.search(query, kind, (page - 1) * PAGE, page * PAGE)
    counts = {} if found is None else found.counts
    number = counts.get(kind, 0) if kind else sum(counts.values())
    if found is not None:
        check_page("page", page, count_pages(number))
    title = view.say("Search", "Suche")
    return render(
        "search.html",
        view,
        title=f"{query[:60]} – {title}" if query else title,
        query=query,
        kind=kind,
        is_cut=len(query) > MOST,
        most=MOST,
        results=[] if found is None else _show(view, found, query),
        is_asked=found is not None,
        number=number,
        choices=_offer(view, counts, kind),
        page=page,
        pages=count_pages(number),
        size=PAGE,
        lists=[(view.say(*names), view.links.listing(each)) for each, names in links.KINDS.items()],
        script=script_words(view),
    )


def script_words(words: Words) -> dict[str, str]:
    """What `search.js` says, each by its name; `{}` stands for a number."""
    return {
        "one": words.say("1 name found", "1 Name gefunden"),
        "many": words.say("{} names found", "{} Namen gefunden"),
        "none": words.say("No name is like this", "Kein Name ist so ähnlich"),
        "near": words.say("Similar names:", "Ähnliche Namen:"),
        "isNameOf": words.say("is a name of", "ist ein Name von"),
        "more": words.say("Show more", "Mehr zeigen"),
        "all": words.say("all", "alle"),
        "reading": words.say("The names are being read …", "Die Namen werden gelesen …"),
        "failed": words.say(
            "The names could not be read; the lists below have them all.",
            "Die Namen konnten nicht gelesen werden; die Listen unten haben alle.",
        ),
    }


def _offer(view: View, counts: Mapping[str, int], chosen: str) -> list[Choice]:
    """The kinds of which something is found, after all of them together."""
    if len(counts) < 2 and not chosen:  # noqa: PLR2004 - one kind is no choice
        return []
    everything = (view.say("all", "alle"), sum(counts.values()), "")
    of_kinds = ((tell_kind(view, kind), number, kind) for kind, number in counts.items())
    return [
        Choice(text, view.count(number), view.links.same(kind=kind, page="1") or "", kind == chosen)
        for text, number, kind in (everything, *of_kinds)
    ]


def tell_kind(words: Words, kind: str) -> str:
    """The word for a kind of `KINDS`."""
    return words.say(*KINDS[kind])


def _show(view: View, found: Found, query: str) -> list[Result]:
    asked = spellings(query[:MOST])
    results = [
        Result(
            shown=view.resource(hit.iri),
            matched=_find_matched(view, hit, asked),
            kind=tell_kind(view, hit.kind),
            telling=tell_apart(view, hit.iri, hit.kind),
            identifier=view.shorten(hit.iri),
            is_near=hit.how == NEAR,
        )
        for hit in found.hits
    ]
    alike = Counter(map(_told, results))
    return [each if alike[_told(each)] > 1 else replace(each, identifier="") for each in results]


def _told(result: Result) -> tuple[str, str, str]:
    return result.shown.text, result.kind, result.telling


def _find_matched(view: View, hit: Hit, asked: tuple[str, ...]) -> Name | None:
    """The name by which a resource is found; None where that by which it is shown is as good.

    One that is hidden is shown to nobody.
    """
    own = spellings(view.name(hit.iri).text)
    ways = [tell_how(form, each) for form in own for each in asked]
    if hit.form in own or min(ways) <= hit.how:
        return None
    names = (name for naming in SHOWN for name in view.wordings(hit.iri, naming))
    return next((name for name in names if hit.form in spellings(name.text)), None)


def tell_apart(view: View, iri: str, kind: str) -> str:
    """By what a resource is told from others of its name: country, seat, partnership and years."""
    if kind == TERM:
        space = next(each for each in _TERMS if iri.startswith(each))
        return _TERMS[space] + iri.removeprefix(space)
    told = []
    for property_ in _TELLING.get(kind, ()):
        values = view.values(iri, property_)
        if property_ == _STATED:
            values = [tell_years(value, view.say) for value in values]
        told += [_tell_value(view, value) for value in values[:_MOST_TOLD]]
        told += ["…"] if len(values) > _MOST_TOLD else []
    parts = iri.removeprefix(view.mint.base).split("/")
    if kind == "municipality" and vocab.is_dataset_id(parts[1]):
        told.append(parts[1])
    return ", ".join(told)


def _tell_value(view: View, value: str) -> str:
    return view.resource(value).text if value.startswith(("http://", "https://")) else value
