"""How a page is cited: in words, and as BibTeX. No date of today: that is the reader's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from twingraph.pages.view import Words

_LONGEST_KEY = 50
_BRACED = re.compile(r"[\\{}$&#%_^~]")


class Citation(NamedTuple):
    """A reference in words, and the same as an entry of BibTeX."""

    text: str
    bibtex: str


def cite(words: Words, title: str, address: str) -> Citation:
    """How to cite what has the title, at an IRI or the address of a question.

    A path is told with the address of the server, where that is known.
    """
    if address.startswith("/"):
        address = words.about.url + address
    publisher = words.publisher
    build = words.about.build[:12]
    version = words.say(f"build {build}", f"Stand {build}") if build else ""
    year = words.about.issued[:4]
    told = [f"“{title}”" if words.language == "en" else f"„{title}“", words.site, publisher]
    parts = [*dict.fromkeys(filter(None, told)), version, address]
    fields = {
        "title": f"{{{_escape(title)}}}",
        "howpublished": _escape(words.site),
        "publisher": _escape(publisher),
        "year": year,
        "note": _escape(version),
        "url": address,
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    key = _make_key(address.rpartition("//")[2] or title)
    return Citation(". ".join(filter(None, parts)), f"@misc{{{key},\n{lines}}}")


def _make_key(name: str) -> str:
    """The end of a name, of whole words, by which an entry of BibTeX is cited.

    >>> _make_key("w3id.org/twingraph/id/activity/heidelberg-kumamoto/exchange-transport")
    'id-activity-heidelberg-kumamoto-exchange-transport'
    """
    words = re.findall(r"[a-z0-9]+", name.lower())
    while len(words) > 1 and len("-".join(words)) > _LONGEST_KEY:
        del words[0]
    return "-".join(words)[:_LONGEST_KEY]


def _escape(text: str) -> str:
    r"""A text as BibTeX takes it.

    >>> _escape("Rock & Pop")
    'Rock \\& Pop'
    """
    return _BRACED.sub(lambda match: f"\\{match[0]}", text)
