"""Names of files: each resource has one of its own, whatever stands in its IRI.

The page of `BASE/partnership/x` is `partnership/x.html`, so that a host that adds `.html` answers
the IRI itself. What no file can be called is written as `=` and two hexadecimal digits a byte.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from twingraph.pages.links import LANGUAGES, NETWORK, QUERY, SEARCH
from twingraph.pages.paging import Paging
from twingraph.pages.statements import FORMATS
from twingraph.vocab import OURS

if TYPE_CHECKING:
    from collections.abc import Container

    from twingraph.vocab import Minter

INDEX: Final = "index"
ASK: Final = "ask"
LISTS: Final = "browse"
PICTURES: Final = "picture"
STATIC: Final = "static"
NOT_FOUND: Final = "404"
# What is stored gzipped, since not every host compresses what it sends.
PACKED: Final = (
    "vendor/oxigraph/web.js",
    "vendor/oxigraph/web_bg.wasm",
    "vendor/yasgui/THIRD-PARTY.txt",
    "vendor/yasgui/yasgui.min.css",
    "vendor/yasgui/yasgui.min.js",
)
# What stands beside the first segments of IRIs.
_TAKEN: Final = frozenset((NOT_FOUND, ASK, LISTS, PICTURES, STATIC, NETWORK, QUERY, SEARCH))
_LONGEST: Final = 160  # characters of a name, without what it ends in; file systems take 255 bytes
# Names that a page, or the data of another resource, ends in: `x.de` is not the German page of `x`.
_ENDS: Final = "|".join([*FORMATS.values(), *LANGUAGES, *(f"{n}-[0-9]+" for n in Paging._fields)])
# What is written in another way: what not all hosts take, and the first letter of a name that means
# something else to a host, or to Windows
# (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_UNSAFE: Final = (
    rf"[^A-Za-z0-9._~-]|^\.|\.$|\.(?=(?:{_ENDS})$)"
    rf"|^(?={INDEX}$|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))."
)
_FOREIGN: Final = re.compile(_UNSAFE, re.IGNORECASE | re.ASCII)
_FOREIGN_OR_CAPITAL: Final = re.compile(rf"{_UNSAFE}|(?-i:[A-Z])", re.IGNORECASE | re.ASCII)


def write_name(text: str, *, only_small: bool = False) -> str:
    """A segment of a path as the name of a file or folder: of every text another.

    With `only_small`, capitals are written in another way too.

    >>> write_name("youth-exchange"), write_name("a%3Ab"), write_name("x.de"), write_name("index")
    ('youth-exchange', 'a=253Ab', 'x=2Ede', '=69ndex')
    """
    name = (_FOREIGN_OR_CAPITAL if only_small else _FOREIGN).sub(_write_bytes, text) or "="
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return f"{name[: _LONGEST - len(digest)]}=={digest}"


def _write_bytes(match: re.Match[str]) -> str:
    return "".join(f"={byte:02X}" for byte in match[0].encode())


class Names:
    """The names of the files of resources, without their ends: their stems.

    `clashing` has the documents whose stems differ from others in capitals alone.

    >>> from twingraph.vocab import Minter
    >>> names = Names(Minter("https://data.example/id/"))
    >>> names.find_stem("https://data.example/id/municipality/de/heidelberg")
    'municipality/de/heidelberg'
    >>> names.find_stem("https://w3id.org/twingraph/topic/"), names.find_stem("https://else.where/")
    ('topic/index', None)
    """

    def __init__(self, mint: Minter, clashing: Container[str] = ()) -> None:
        self._spaces = tuple(dict.fromkeys((str(mint.base), OURS)))
        self._clashing = clashing

    def find_stem(self, document: str) -> str | None:
        """The stem of a document, an IRI without a fragment; None where it is none of ours."""
        space = next(filter(document.startswith, self._spaces), None)
        path = "" if space is None else document.removeprefix(space)
        if not path:
            return None
        small = document in self._clashing
        *folders, last = path.split("/")
        if folders and not last:  # a host answers the address of a folder with its index
            return "/".join([*(write_name(each, only_small=small) for each in folders), INDEX])
        names = [write_name(each, only_small=small) for each in (*folders, last)]
        if names[0].casefold() in _TAKEN:
            names[0] = f"={ord(names[0][0]):02X}{names[0][1:]}"
        return "/".join(names)
