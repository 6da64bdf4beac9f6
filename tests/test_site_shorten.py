"""A page that is written short is the page: the same elements, attributes and words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from kinds import KINDS
from twingraph.site.shorten import shorten

html5 = pytest.importorskip("html5rdf", reason="no html5rdf: see requirements-dev.txt")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving import Server

# What begins and ends a line, so that white space beside it is not seen.
LINES: Final = frozenset(
    [
        "html",
        "head",
        "body",
        "meta",
        "link",
        "title",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "figure",
        "figcaption",
        "blockquote",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "option",
    ]
)
AS_IT_IS: Final = frozenset(("pre", "script", "textarea"))


def read(page: str) -> list[object]:
    """The elements of a page as browsers read it, and its words as they are seen."""
    found: list[object] = [""]
    for each in walk(html5.parse(page, namespaceHTMLElements=False)):
        if isinstance(each, str) and isinstance(found[-1], str):
            found[-1] += each
        else:
            found.append(each)
    seen: list[object] = []
    for index, each in enumerate(found):
        if isinstance(each, str):
            text = re.sub(r"[ \t\n]+", " ", each)
            before, after = found[index - 1 : index], found[index + 1 : index + 2]
            text = text.lstrip() if is_line(before) else text
            text = text.rstrip() if is_line(after) else text
            seen += [text] if text else []
        else:
            seen.append(each)
    return seen


def is_line(beside: list[Any]) -> bool:
    return not beside or beside[0][1] in LINES


def walk(element: Any) -> Iterator[object]:
    if not isinstance(element.tag, str):
        return
    yield "<", element.tag, sorted(element.attrib.items())
    if element.tag in AS_IT_IS:
        yield "=", element.tag, element.text
    else:
        yield element.text or ""
        for child in element:
            yield from walk(child)
            yield child.tail or ""
    yield ">", element.tag


def test_spaces_of_other_scripts_stay() -> None:
    """They are letters to HTML (https://infra.spec.whatwg.org/#ascii-whitespace)."""
    page = "<p>\u3000\u5168\u89d2 </p>\n<td>\u00a0x</td>"
    assert shorten(page) == "<p>\u3000\u5168\u89d2</p><td>\u00a0x"


@pytest.mark.parametrize("kind", KINDS)
def test_page_stays_the_same(example_server: Server, kind: str) -> None:
    page = example_server.get(KINDS[kind], "text/html").text
    short = shorten(page)
    assert read(short) == read(page)
    assert len(short) < len(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>a <b>b</b> <i>c</i></p>",
        '<p>a</p>\n<p title="x=&quot;y z&quot;">b="c"</p>',
        "<ul><li>a <ul>\n<li>b</ul></li> <li>c</ul>",
        '<pre>\n  a="b" <b class="x">c</b>\n</pre> <p>d</p>',
        '<textarea>\n\n a="b" </textarea> <script>x = "<li> \'y\'";</script> z',
        '<a href="">a</a> <a href="a=b">b</a> <a href="x/">c</a><input value="it\'s">',
        "<table><thead><tr><th>a</th></tr></thead>\n<tbody><tr><td>b</td></tr></tbody></table> c",
    ],
)
def test_words_and_values_stay_the_same(page: str) -> None:
    assert read(shorten(page)) == read(page)


def test_change_is_seen() -> None:
    assert read("<p>a <b>b</b></p>") != read("<p>a<b>b</b></p>")
    assert read("<p title=a>b</p>") != read("<p title=b>b</p>")
