"""RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), streaming: an element for each subject.

Oxigraph's writer leaves a carriage return as it is, which every XML parser reads as a line feed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError
from twingraph.export.prefixes import PREFIXES
from twingraph.export.union import read_union
from twingraph.quads import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.quads import Term

_UNSAFE: Final = re.compile(r'[&<>"\r\t\n]')
_TEXT_UNSAFE: Final = re.compile(r"[&<>\r]")
_REFERENCES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",
}
_NAME: Final = re.compile(r"<(.*?)([A-Za-z_][A-Za-z0-9_.-]*)>")
_BUFFER: Final = 2**20


def write_rdfxml(material: Material, target: Path) -> None:
    """Write the union of all graphs as RDF/XML.

    :raises FileError: if a property's IRI does not end in what can be the name of an element.
    """
    spaces = "".join(f'\n    xmlns:{name}="{escape(space)}"' for name, space in PREFIXES.items())
    with target.open("w", _BUFFER, encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n')
        for subject, statements in read_union(material.union):
            file.write(f'<rdf:Description rdf:about="{escape(subject[1:-1])}">\n')
            file.writelines(_element(predicate, term) for predicate, term in statements)
            file.write("</rdf:Description>\n")
        file.write("</rdf:RDF>\n")


def escape(text: str) -> str:
    """The text as it stands in an attribute of XML.

    >>> escape('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return _UNSAFE.sub(lambda match: _REFERENCES[match.group()], text)


def escape_text(text: str) -> str:
    """The text as it stands between tags of XML."""
    return _TEXT_UNSAFE.sub(lambda match: _REFERENCES[match.group()], text)


def _element(predicate: Term, term: Term) -> str:
    name, space = _name(predicate)
    if term[0] == "<":
        return f'  <{name}{space} rdf:resource="{escape(term[1:-1])}"/>\n'
    text, language = read_text(term)
    kind = ""
    if language:
        kind = f' xml:lang="{language}"'
    elif term[-1] == ">":
        kind = f' rdf:datatype="{escape(term[term.rindex("<") + 1 : -1])}"'
    return f"  <{name}{space}{kind}>{escape_text(text)}</{name}>\n"


@cache
def _name(predicate: Term) -> tuple[str, str]:
    """The name of a property's element, and where no prefix is known the declaration of one."""
    match = _NAME.fullmatch(predicate)
    if match is None:
        raise FileError(f"RDF/XML cannot name the property {predicate}; leave this format out")
    space, local = match.groups()
    for prefix, known in PREFIXES.items():
        if known == space:
            return f"{prefix}:{local}", ""
    return f"ns:{local}", f' xmlns:ns="{escape(space)}"'
