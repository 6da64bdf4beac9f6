"""The tasks that a site is made of. Each writes files, in whichever process."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any, Final

from twingraph import queries
from twingraph.export.rdf import pack
from twingraph.media import NAMES
from twingraph.pages.assets import list_assets
from twingraph.pages.links import DATA, HOME, KINDS, LANGUAGES, MAIN, NETWORK, QUERY, SEARCH
from twingraph.pages.serializing import serialize
from twingraph.pages.statements import find_statements
from twingraph.pages.view import Words
from twingraph.site.links import (
    ANSWERS,
    DESCRIPTIONS,
    IN_ONE_LANGUAGE,
    Page,
    WholeLinks,
    list_spaces,
)
from twingraph.site.names import INDEX, LISTS, NOT_FOUND, PACKED, STATIC
from twingraph.site.work import Done

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from twingraph.pages.view import View
    from twingraph.site.links import Picture
    from twingraph.site.work import Work

    Task = tuple[str, tuple[Any, ...]]
    Make = Callable[[View, Mapping[str, str]], str | None]  # a page, of the values of its address

_NOTHING: Final = Done()
# What a drawing says for scripts, of which pages have none for pictures.
_IRI: Final = re.compile(r' data-iri="[^"]*"')


def do(work: Work, name: str, given: tuple[Any, ...]) -> tuple[str, Done]:
    """Do one task."""
    return name, _TASKS[name](work, *given)


def list_tasks(work: Work) -> Iterator[Task]:
    """All tasks but those of pictures, which pages ask for; what takes longest comes first."""
    yield "data", ()
    yield "names", ()
    for name in work.questions:
        yield "answers", (name,)
    for name in (HOME, NETWORK, QUERY, SEARCH, *(f"{LISTS}/{kind}" for kind in KINDS)):
        yield "place", (name,)
    for task in work.documents.tasks:
        yield "documents", task
    yield "rest", ()


def _write_data(work: Work) -> Done:
    """The quads, for who asks them elsewhere, or in the browser."""
    pack(work.quads, work.target / DATA)
    return _NOTHING


def _write_names(work: Work) -> Done:
    """All names, for the page that searches them in the browser."""
    from twingraph.pages.search_index import write_names

    views = [work.view(language) for language in LANGUAGES]
    for view in views:
        view.links = work.links(Page(SEARCH, view.language))
    for name, content in write_names(views).items():
        work.write(f"{STATIC}/{name}", content)
    return _NOTHING


def _write_rest(work: Work) -> Done:
    """What all pages need, and the page of what is not there."""
    from twingraph.pages.messages import missing_page

    for name, path in list_assets().items():
        content = path.read_bytes()
        if name in PACKED:
            work.write(f"{STATIC}/{name}.gz", gzip.compress(content, mtime=0))
        else:
            work.write(f"{STATIC}/{name}", content)
    for language in LANGUAGES:
        page = Page(NOT_FOUND, language)
        words = Words(WholeLinks(work, page, work.url), work.about)
        work.write_page(page.path, missing_page(words))
    work.write(".nojekyll", b"")
    return _NOTHING


def _write_documents(work: Work, start: int, number: int) -> Done:
    """The pages of resources, and all that is said of each as data."""
    from twingraph.pages.resources import resource_page

    views = {language: work.view(language) for language in LANGUAGES}
    done = []
    for iri in work.documents.read(start, number):
        stem = work.find_resource(iri)
        if stem is None:
            continue

        def make(view: View, values: Mapping[str, str], iri: str = iri) -> str | None:
            return resource_page(view, iri, values)

        done += [_write_pages(work, stem, view, make) for view in views.values()]
        told = find_statements(work.build, iri)
        for media_type in DESCRIPTIONS:
            work.write(f"{stem}.{NAMES[media_type]}", serialize(told, media_type, work.mint))
    return _sum(done)


def _write_place(work: Work, name: str) -> Done:
    """A page of its own: home, network, the query editor, the search, a list."""

    def make(view: View, values: Mapping[str, str]) -> str:
        if name == HOME:
            from twingraph.pages.home import home_page

            return home_page(view, work.questions.values())
        if name == NETWORK:
            from twingraph.pages.network import network_page

            return network_page(view)
        if name == QUERY:
            from twingraph.pages.query import Engine, query_page

            known = _write_known(work, view)
            engine = Engine(view.links.place(DATA) or "", view.links.asset(known))
            return query_page(view, work.questions.values(), engine)
        if name == SEARCH:
            from twingraph.pages.search import search_page

            return search_page(view, None)
        from twingraph.pages.listing import listing_page

        return listing_page(view, name.removeprefix(f"{LISTS}/"), values)

    return _sum(
        _write_pages(work, name or INDEX, work.view(language), make) for language in LANGUAGES
    )


def _write_known(work: Work, view: View) -> str:
    """Write what the scripts of the query page know; what `Links.asset` takes."""
    from twingraph.pages.asked import tell_questions
    from twingraph.pages.query import tell_page

    spaces = list_spaces(work.mint.base, view.language)
    known = tell_page(view, spaces, tell_questions(view, work.questions.values()))
    name = f"query/known-{view.language}.json.gz"
    content = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    work.write(f"{STATIC}/{name}", gzip.compress(content.encode(), mtime=0))
    return name


def _write_answers(work: Work, name: str) -> Done:
    """The answers of a question: as pages, and as data."""
    question = work.questions[name]
    return _sum(
        _write_answer(work, name, values, language)
        for values in work.plan.list_values(question)
        for language in LANGUAGES
    )


def _write_answer(work: Work, name: str, values: Mapping[str, str], language: str) -> Done:
    from twingraph.pages.answer import answer_page
    from twingraph.pages.paging import read_paging

    question = work.questions[name]
    stem = work.plan.find_stem(name, values)
    assert stem is not None, (name, values)
    asked = {"lang": language, **values} if work.has_language(name) else dict(values)
    answer = queries.ask(work.build, name, *work.folders, **asked)

    def make(view: View, paging: Mapping[str, str]) -> str:
        page = read_paging(paging).page
        return answer_page(view, question, values, answer, page, work.folders)

    view = work.view(language)
    done = _write_pages(work, stem, view, make)
    for media_type in ANSWERS:
        if media_type in IN_ONE_LANGUAGE and language != MAIN:
            continue
        address = work.links(Page("", language)).question(name, values, NAMES[media_type])
        if address is not None:
            work.write(address, answer.serialize(NAMES[media_type]))
    return done


def _write_pages(work: Work, stem: str, view: View, make: Make) -> Done:
    """A page, and the further pages of its lists that it leads to."""
    pages = 0
    pictures: set[Picture] = set()
    parts: list[tuple[str, str] | None] = [None]
    for part in parts:
        page = Page(stem, view.language, part)
        links = view.links = work.links(page)
        content = make(view, {} if part is None else dict([part]))
        if content is None:
            continue
        work.write_page(page.path, content)
        pages += 1
        pictures |= links.pictures
        parts += sorted(links.parts.difference(filter(None, parts)))
    return Done(pages, frozenset(pictures))


def _write_picture(work: Work, picture: Picture) -> Done:
    from twingraph.plot import plot

    svg = plot(work.build, picture.name, **{**dict(picture.values), "lang": picture.language})
    work.write(picture.path, _IRI.sub("", svg).encode())
    return _NOTHING


def _sum(done: Iterable[Done]) -> Done:
    found = list(done)
    return Done(
        sum(each.pages for each in found), frozenset().union(*(each.pictures for each in found))
    )


_TASKS: Final[Mapping[str, Callable[..., Done]]] = {
    "answers": _write_answers,
    "data": _write_data,
    "documents": _write_documents,
    "names": _write_names,
    "picture": _write_picture,
    "place": _write_place,
    "rest": _write_rest,
}
