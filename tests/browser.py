"""A real browser that visits pages, and what it finds wrong with them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

Scheme = Literal["light", "dark"]

WIDE: Final = 1280  # CSS pixels
NARROW: Final = 390
HEIGHT: Final = 844
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name is looked up: what a page asks of another host fails, and is noted.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_WITHOUT_NETWORK: Final = ("data:", "blob:", "about:")

# The texts that are seen, in the order of the document; but those of controls, and the links to the
# same as data, which are of no use on paper.
_TEXTS: Final = """
(main) => {
  const found = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim().replace(/\\s+/g, " ");
    if (text && !parent.closest("nav, form, button, script, style, .data")
        && parent.checkVisibility({visibilityProperty: true, opacityProperty: true}))
      found.push(text);
  }
  return found;
}
"""


def find_chromium() -> str | None:
    """The Chromium that is installed, if one is."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def launch(chromium: str) -> Iterator[Browser]:
    """A browser without a window.

    As long as it runs, asyncio counts its loop as running in this thread: nothing beside it can
    call `asyncio.run`.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Somebody who looks at a site, and notes what it asks for and what goes wrong.

    `origin` is where the addresses of its pages begin, without a slash at the end: of a server its
    scheme, host and port; of a folder a `file:` URL.
    """

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._refused: set[str] = set()  # addresses whose refusal is what is tested
        self.origin = origin
        self.requests: list[str] = []  # addresses, in order
        self.troubles: list[str] = []

    def open(
        self,
        address: str,
        *,
        width: int = WIDE,
        scheme: Scheme = "light",
        scripts: bool = True,
        status: int = 200,
    ) -> Page:
        """A page in a context of its own, once it is loaded; `address` begins with a slash."""
        context = self._browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        self._contexts.append(context)
        context.on("request", self._note_request)
        context.on("requestfailed", self._note_failure)
        context.on("response", self._note_response)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.troubles.append(f"page error: {error.error}"))
        if status >= 400:
            self.expect_refusal(address)
        page = context.new_page()
        answer = page.goto(self.origin + address)
        if answer is not None and urlsplit(self.origin).scheme != "file":
            assert answer.status == status, address
        return page

    def expect_refusal(self, address: str) -> None:
        """It is tested that what is at the address is refused."""
        self._refused.add(self.origin + address)

    def close(self) -> None:
        """Its pages are closed; events that were under way are noted before."""
        for context in self._contexts:
            for page in context.pages:
                page.evaluate("0")
            context.close()
        self._contexts.clear()

    def _is_own(self, url: str) -> bool:
        return url == self.origin or url.startswith((f"{self.origin}/", *_WITHOUT_NETWORK))

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not self._is_own(request.url.removeprefix("blob:")):
            self.troubles.append(f"request to another origin: {request.url}")

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # its page was left, or no longer wants it
            self.troubles.append(f"request that failed: {request.url}: {request.failure}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.url not in self._refused:
            self.troubles.append(f"status {response.status}: {response.url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            where = message.location["url"]
            if where not in self._refused:
                self.troubles.append(f"console {message.type}: {message.text} ({where})")


def faults(page: Page) -> list[str]:
    """What axe-core finds to be a serious or critical barrier on the page as it is shown now."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{each['impact']} {each['id']}: {node['target']}: {each['help']}: {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def texts(page: Page) -> list[str]:
    """The pieces of text that are seen in the main part of a page, but those of controls."""
    found: list[str] = page.locator("main").evaluate(_TEXTS)
    return found


def tab_to(page: Page, selector: str, most: int = 200) -> None:
    """The Tab key is pressed until what has the focus matches the selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {selector} within {most} steps of the Tab key")
