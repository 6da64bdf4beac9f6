"""Which questions a view answers, and the answers."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError
from twingraph.views.facts import read_facts
from twingraph.views.institutions import STARTED, UNDER_WAY, answer_institutions
from twingraph.views.names import name_facts
from twingraph.views.pairs import answer_pairs
from twingraph.views.sections import read_sections
from twingraph.views.writing import ENGLISH, FACTS, RENDERED, view_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from twingraph.views.sections import Sections

    Asked = Mapping[str, str]

# Comments, but for those that tell the parameters.
_COMMENT: Final = re.compile(r"(?m)^#(?!\+\s*param\b).*\n")
# SHA-256 of a question's text without comments -> its view, and how that gives the answer. A view
# gives what this text gives: an edited question, or one of the user's of its name, is the engine's.
_ANSWERS: Final[dict[str, tuple[str, Callable[[Sections, Asked], bytes]]]] = {
    # institutions-since
    "ebbcd9ba7c3529e0b8daf9d3ad937472bcf4c140d6975654e2550e3f5b37e1f5": (
        "institutions",
        lambda view, asked: answer_institutions(view, int(asked["since"]), UNDER_WAY),
    ),
    # institutions-started-since
    "6679efd4e2573017b6dc5811463e0b97fca51203b43685edebd3b62af95a5a14": (
        "institutions",
        lambda view, asked: answer_institutions(view, int(asked["since"]), STARTED),
    ),
    # institution-pairs
    "621a33cdd024982e2ab41ce426cb4df1e5763061adccb28b099b520d2f6452d1": (
        "pairs",
        lambda view, _: answer_pairs(view),
    ),
}


@lru_cache(maxsize=256)
def _find_answer(text: str) -> tuple[str, Callable[[Sections, Asked], bytes]] | None:
    """What gives the answer of a question with this text, which is asked again and again."""
    bare = _COMMENT.sub("", text)
    return _ANSWERS.get(hashlib.sha256(bare.encode()).hexdigest())


class Views:
    """The views of a generation; `digests` has their SHA-256 by file, as its manifest tells."""

    def __init__(self, generation: Path, digests: Mapping[str, str]) -> None:
        self._generation = generation
        self._digests = digests

    def answer(self, text: str, asked: Asked) -> bytes | None:
        """The answer of a question as SPARQL 1.1 Results JSON, to the byte as the engine gives it.

        `text` is the whole question, `asked` the value of each parameter. None where no view
        answers this text, or its file is not as it was written, which is logged.
        """
        if not self._digests:
            return None
        known = _find_answer(text)
        if known is None:
            return None
        name, answer = known
        try:
            return answer(self._find(name, asked["lang"].lower()), asked)
        except FileError as error:
            import logging

            logging.getLogger(__name__).warning("%s; the engine answers, more slowly", error)
            return None

    def _find(self, name: str, language: str) -> Sections:
        """A view with names in a language.

        :raises FileError: if its file is absent, or not as it was written.
        """
        file = view_file(name, language)
        if file in self._digests:
            return self._read(file)
        facts = read_facts(self._read(FACTS))
        if language in facts.languages():
            return RENDERED[name](name_facts(facts, language))
        # Where there is no name in a language, English and then German are next, as for English.
        return self._read(view_file(name, ENGLISH))

    def _read(self, file: str) -> Sections:
        return read_sections(self._generation / file, self._digests.get(file, ""))
