"""The page of a resource: one made for its class where there is one, else all its statements."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.media import HTML, NAMES
from twingraph.ontology import read_wider
from twingraph.pages import kinds, ontology
from twingraph.pages.activity import show_activity
from twingraph.pages.cite import cite
from twingraph.pages.generic import show_statements
from twingraph.pages.home import home_page
from twingraph.pages.longest import find_longest
from twingraph.pages.names import FORMATS as FORMAT_NAMES
from twingraph.pages.paging import read_paging
from twingraph.pages.render import render
from twingraph.pages.statements import FORMATS, find_statements
from twingraph.plot.asking import Scope
from twingraph.plot.dated import count_activities, count_by_year, list_undated
from twingraph.queries import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twingraph.pages.paging import Paging
    from twingraph.pages.view import View

# Class -> the template of the page, and what makes the values of it.
_KINDS: Final[dict[str, tuple[str, Callable[[View, str, Paging], dict[str, Any]]]]] = {
    "Partnership": ("partnership.html", kinds.show_partnership),
    "Municipality": ("municipality.html", kinds.show_municipality),
    "Institution": ("institution.html", kinds.show_institution),
    "Activity": ("activity.html", show_activity),
    "Topic": ("topic.html", kinds.show_topic),
    "Year": ("year.html", kinds.show_year),
    "Source": ("source.html", kinds.show_source),
}
_CITED: Final = ("Partnership", "Activity", "Source")  # what BibTeX is ready of
_PATIENCE: Final = 1.0  # seconds of the start in which the longest lists are counted
_FEW_GRAPHS: Final = 500  # of which it is soon told what the terms are used in
_STATEMENTS: Final = "statements"  # value of `view`: all that is said, whatever the class


def resource_page(view: View, iri: str, values: Mapping[str, str] = {}) -> str | None:
    """The page of a resource; None where nothing is said of it.

    `values` are those of its address: the pages of the lists in it, and `view=statements` for all
    that is said, by whom.

    :raises QueryError: if the text is no IRI, or a value is none.
    """
    paging = read_paging(values)
    is_all = values.get("view") == _STATEMENTS
    if iri == ontology.IRI and not is_all:
        return ontology.ontology_page(view, head(view, iri, is_cited=True))
    kind = None if is_all else _find_kind(view, iri)
    if kind is not None:
        template, show = _KINDS[kind]
        shown = show(view, iri, paging)
        return render(template, view, **head(view, iri, is_cited=kind in _CITED), **shown)
    told = find_statements(view.build, iri)
    if not told.is_something:
        return None
    return render("resource.html", view, **head(view, iri), told=show_statements(view, told))


def prepare(view: View) -> None:
    """Read what pages of a build need again and again, before the first is asked for."""
    read_wider()
    count_by_year(Scope(view.build, view.language))
    began = monotonic()
    for scope in find_longest(view.build):
        if monotonic() - began > _PATIENCE:  # of a million activities, any list takes long
            break
        number = count_activities(scope)
        count_by_year(scope)
        if scope.municipality:
            list_undated(scope, number)
    kinds.list_busiest_institutions(view.build)
    home_page(view, read_catalogue().values())
    if len(view.build.manifest["graphs"]) <= _FEW_GRAPHS:
        resource_page(view, ontology.IRI)


def _find_kind(view: View, iri: str) -> str | None:
    """The class for which there is a page; None of a resource of no such class, or no IRI."""
    try:
        classes = {each.removeprefix(vocab.TG) for each in view.values(iri, vocab.RDF_TYPE)}
    except ValueError:
        return None
    return next((kind for kind in _KINDS if kind in classes), None)


def head(view: View, iri: str, *, is_cited: bool = False) -> dict[str, Any]:
    """What every page of a resource has: title, class, formats, and how to cite it, in words and
    where it `is_cited` in what scholars write as an entry of BibTeX."""
    shown = view.resource(iri)
    whole = view.name(iri).text
    return {
        "title": shown.text,
        "iri": iri,
        "kind": tell_class(view, iri),
        "whole_name": whole if whole != shown.text else "",
        "citation": cite(view, shown.text, iri),
        "is_cited": is_cited,
        "all_said": "" if view.links.is_static else view.links.same(view=_STATEMENTS),
        "formats": [
            (FORMAT_NAMES[media_type], media_type, address)
            for media_type, name in FORMATS.items()
            if name != NAMES[HTML] and (address := view.links.same(format=name))
        ],
    }


def tell_class(view: View, iri: str) -> str:
    """The name of the narrowest class that is stated of a resource; empty where none is."""
    classes = [each for each in view.values(iri, vocab.RDF_TYPE) if view.find_name(each)]
    wider = {parent for each in classes for parent in view.values(each, vocab.RDFS_SUBCLASS)}
    narrowest = [each for each in classes if each not in wider and not each.endswith("Activity")]
    return ", ".join(view.name(each).text for each in narrowest or classes[:1])
