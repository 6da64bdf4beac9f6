"""Where on the server a resource is told of: at the path of its own IRI.

A city that serves its data at the host of its base needs nothing else for its IRIs to answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from twingraph import vocab
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from twingraph.vocab import Minter

# What has addresses of its own whatever the base; the last is for the data of the example.
_OF_US: Final = (vocab.TG.rstrip("#"), vocab.TOPIC, vocab.KIND, "https://w3id.org/twingraph/")
_KEPT: Final = "/!$&'()*+,;=:@~"  # what a path of a URL may hold besides letters and digits
_PAGE: Final = "/page.txt"


class Addresses:
    """The paths of what is below a base, and of the ontology; `spaces` has IRIs with their paths.

    >>> from twingraph.vocab import Minter
    >>> addresses = Addresses(Minter("https://data.example/id/"))
    >>> addresses.find_path(Iri("https://data.example/id/year/1999"))
    '/id/year/1999'
    >>> addresses.find_iri("/id/year/1999"), addresses.find_iri("/elsewhere")
    ('https://data.example/id/year/1999', None)
    """

    def __init__(self, mint: Minter) -> None:
        spaces = dict.fromkeys((str(mint.base), *_OF_US))
        pairs = ((space, urlsplit(space).path) for space in spaces)
        self.spaces = sorted(pairs, key=lambda pair: -len(pair[1]))  # the narrowest first

    def find_path(self, iri: str) -> str | None:
        """The path, and fragment, of a resource that is told of here; None of any other."""
        for space, path in self.spaces:
            if iri.startswith(space):
                return quote(path + iri.removeprefix(space), safe=f"{_KEPT}#%")
        return None

    def find_iri(self, path: str) -> Iri | None:
        """The resource at a path; of words in a page, the page's source. None at other paths."""
        for space, own in self.spaces:
            if path.startswith(own) and (path != own or not own.endswith("/")):
                iri = space + quote(unquote(path.removeprefix(own)), safe=_KEPT)
                return Iri(iri.removesuffix(_PAGE))
        return None
