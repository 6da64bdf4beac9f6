"""Every kind of page in a real browser: for eyes, keyboard and screen reader, and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import expect

from browser import HEIGHT, NARROW, WIDE, Visitor, faults, tab_to, texts
from kinds import KINDS, READY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from serving import Server

every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)

_LANDMARKS: Final = ("banner", "navigation", "main", "contentinfo")
_LINKS = """
() => [...document.querySelectorAll("[href], [src], form[action]")].map(
  each => each.href || each.src || each.action)
"""
_NO_TARGET = """
() => [...document.querySelectorAll("a[href^='#']")].map(each => each.getAttribute("href"))
  .filter(href => !document.getElementById(decodeURIComponent(href.slice(1))))
"""


@every_kind
def test_page_has_its_landmarks(visitor: Visitor, address: str) -> None:
    page = visitor.open(address)
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == ("de" if "lang=de" in address else "en")
    for landmark in _LANDMARKS:
        assert page.get_by_role(landmark).count() >= 1, landmark
    assert page.title()
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == f"#{page.locator('main').get_attribute('id')}"
    assert skip.is_visible()
    assert page.evaluate(_NO_TARGET) == []


@every_kind
def test_page_has_no_barriers(visitor: Visitor, address: str) -> None:
    """On a wide screen, a dark one and a narrow one, which has nothing to scroll sideways."""
    page = visitor.open(address)
    found = {"light": faults(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    found["narrow"] = faults(page)
    assert found == {"light": [], "dark": [], "narrow": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@every_kind
def test_page_says_the_same_without_scripts_and_on_paper(visitor: Visitor, address: str) -> None:
    """Paper has no navigation, and what is folded away on the screen may be open."""
    if urlsplit(address).path in READY:
        pytest.skip("a script makes another page of it, which has tests of its own")
    page = visitor.open(address)
    shown = texts(page)
    assert shown
    page.emulate_media(media="print")
    assert set(shown) <= set(texts(page))
    assert page.locator("nav:visible").count() == 0
    assert texts(visitor.open(address, scripts=False)) == shown


def test_every_link_of_the_pages_answers(visitor: Visitor, example_server: Server) -> None:
    found: dict[str, str] = {}  # link -> a page that it stands on
    page = visitor.open("/")
    for address in KINDS.values():
        page.goto(visitor.origin + address)
        for link in page.evaluate(_LINKS):
            found.setdefault(urldefrag(link).url, address)
    own = [link for link in found if link.startswith(f"{example_server.url}/")]
    assert len(own) > 50
    refused = {}
    for link in own:
        where = urlsplit(link)
        target = f"{where.path}?{where.query}" if where.query else where.path
        status = example_server.get(target, "text/html, */*;q=0.8").status
        if status >= 400:
            refused[target] = (status, found[link])
    assert refused == {}


def test_table_of_an_answer_is_seen_whole_on_a_wide_screen(visitor: Visitor) -> None:
    page = visitor.open("/ask/timeline?partnership=heidelberg-kumamoto&lang=de", width=WIDE)
    table = page.locator(".wide")
    assert table.evaluate("each => each.scrollWidth") <= table.evaluate("each => each.clientWidth")


def test_question_is_asked_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/")
    tab_to(page, "form[action$='/ask/institutions-since'] input[name='since']")
    page.keyboard.press("Control+A")
    page.keyboard.type("2010")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "since=2010" in page.url
    assert page.locator("main table tbody tr").count() > 0


def test_refused_question_is_mended_in_its_form(visitor: Visitor) -> None:
    page = visitor.open("/ask/institutions-since?since=soon", status=400, width=NARROW)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    field = page.get_by_role("textbox", name="since")
    expect(field).to_have_value("soon")
    expect(field).to_have_accessible_description(re.compile("is no year"))
    field.fill("2010")
    with page.expect_navigation():
        field.press("Enter")
    assert "since=2010" in page.url
    assert page.locator("main table tbody tr").count() > 0


# What the harness itself promises


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("<script>console.warn('odd')</script>", "console warning: odd"),
        ("<script>throw new Error('broken')</script>", "page error: broken"),
        (
            "<img alt='' src='http://elsewhere.example/x.png'>",
            "request to another origin: http://e",
        ),
        ("<img alt='' src='no-such-file.png'>", "request that failed: file:"),
    ],
)
def test_trouble_is_noted(
    visit: Callable[[str], Visitor], tmp_path: Path, content: str, trouble: str
) -> None:
    (tmp_path / "page.html").write_text(f"<!doctype html><title>x</title>{content}")
    visitor = visit(tmp_path.as_uri())
    visitor.open("/page.html")
    visitor.close()
    assert any(each.startswith(trouble) for each in visitor.troubles)
    visitor.troubles.clear()


def test_barrier_is_told(browser: Browser) -> None:
    with browser.new_page() as page:
        page.set_content(
            "<!doctype html><html lang=en><title>x</title><main><h1>x</h1><img src=''>"
        )
        assert [each.split(":")[0] for each in faults(page)] == ["critical image-alt"]


def test_expected_refusal_is_no_trouble(visitor: Visitor) -> None:
    visitor.open("/twingraph/id/institution/nobody?format=html", status=404)
