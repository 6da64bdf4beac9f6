"""What every process that writes a site has at hand: the build, its questions, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from twingraph.pages.view import View
from twingraph.queries.catalogue import PARAMETER_TYPES
from twingraph.site.links import Page, SiteLinks
from twingraph.site.names import Names, write_name
from twingraph.site.plan import Plan
from twingraph.site.shorten import shorten
from twingraph.store.read import open_generation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.pages.about import About
    from twingraph.queries import Question
    from twingraph.site.documents import Documents
    from twingraph.site.links import Picture
    from twingraph.store import Build
    from twingraph.vocab import Minter

_KEPT: Final = 200_000  # documents that are known to be told of, or not


@dataclass
class Work:
    """A site in the making. It is inherited by processes, each of which opens the store itself.

    `store` is asked in the place of the build's own, where less is shown than that has; `quads` are
    those that are shown.
    """

    generation: Path
    store: Path | None
    quads: Path
    documents: Documents
    mint: Minter
    about: About
    questions: dict[str, Question]
    folders: tuple[Path, ...]
    url: str
    target: Path

    def __post_init__(self) -> None:
        self.names = Names(self.mint, self.documents.clashing)
        self._told: dict[str, bool] = {}
        self._folders: set[Path] = set()

    @cached_property
    def build(self) -> Build:
        """The build, opened by this process."""
        return open_generation(self.generation, self.store)

    @cached_property
    def plan(self) -> Plan:
        """The answers that the site has."""
        return Plan(self.build, self.questions)

    def close(self) -> None:
        """Let go of the build, if this process has opened it."""
        if "build" in self.__dict__:
            self.build.close()

    def view(self, language: str) -> View:
        """A view of the build, whose links are still those of no page."""
        return View(self.build, self.links(Page("", language)), self.about)

    def links(self, page: Page) -> SiteLinks:
        """The links of a page."""
        return SiteLinks(self, page, self.url)

    def write(self, path: str, content: bytes) -> None:
        """Write a file of the site."""
        file = self.target / path
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        file.write_bytes(content)

    def write_page(self, path: str, content: str) -> None:
        """Write a page, without what browsers do not need: ends of elements, quotation marks."""
        self.write(path, shorten(content).encode())

    # What is among the files, for `SiteLinks`

    def find_resource(self, document: str) -> str | None:
        """The stem of the files of a resource; None of one of which nothing is told."""
        stem = self.names.find_stem(document)
        return stem if stem is not None and self._is_told(document) else None

    def _is_told(self, document: str) -> bool:
        if document not in self._told:
            import pyoxigraph

            if len(self._told) >= _KEPT:
                self._told.clear()
            node: Any = pyoxigraph.NamedNode(document)
            match = self.build.store.quads_for_pattern
            found = next(match(node, None, None), None) or next(match(None, None, node), None)
            self._told[document] = found is not None
        return self._told[document]

    def find_answer(self, question: str, values: Mapping[str, str]) -> str | None:
        """The stem of the files of an answer; None of one that is not worked out beforehand."""
        return self.plan.find_stem(question, values)

    def has_language(self, question: str) -> bool:
        """Whether the names in an answer are asked for in a language."""
        return any(each.type == "language" for each in self.questions[question].parameters)

    def name_value(self, parameter: str, value: str) -> str:
        """What a parameter of a picture is, as a part of the name of its file."""
        if parameter not in PARAMETER_TYPES:
            return write_name(value)
        iri = PARAMETER_TYPES[parameter](value, self.mint)[1:-1]
        stem = self.names.find_stem(iri)
        return write_name(value) if stem is None else stem.removeprefix(f"{parameter}/")


@dataclass(frozen=True, slots=True)
class Done:
    """What a task has come to: the pages it wrote, and the pictures that they show."""

    pages: int = 0
    pictures: frozenset[Picture] = frozenset()
