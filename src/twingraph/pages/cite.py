"""How a page is cited: in words, and as BibTeX. No date of today: that is the reader's."""

from __future__ import annotations

import hashlib
import re
import unicodedata
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
    """The end of a name by which an entry of BibTeX is cited: whole words, and where they do not
    tell all a digest of the name.

    >>> _make_key("city.example/partnership/heidelberg-kumamoto")
    'city-example-partnership-heidelberg-kumamoto'
    >>> _make_key("Was war später im Gang, und wer nahm in der Partnerschaft teil?")
    'im-gang-und-wer-nahm-in-der-partnerschaft-teil-62f7de'
    """
    plain = unicodedata.normalize("NFKD", name.lower())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    is_whole = all(c.isascii() for c in name)
    while words and len("-".join(words)) > _LONGEST_KEY:
        del words[0]
        is_whole = False
    digest = hashlib.blake2b(name.encode(), digest_size=3).hexdigest()
    return "-".join(words if is_whole else [*words, digest])


def _escape(text: str) -> str:
    r"""A text as BibTeX takes it.

    >>> _escape("Rock & Pop")
    'Rock \\& Pop'
    """
    return _BRACED.sub(lambda match: f"\\{match[0]}", text)
