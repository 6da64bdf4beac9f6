"""Screenshots of every kind of page, to be looked at: `python tests/screenshots.py FOLDER`.

Of each kind of page NAME: NAME-390.png and NAME-1280.png, and NAME-1280-dark.png. Beside them
readme-*.png, the beginnings of pages that the README shows.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import twingraph
from browser import NARROW, WIDE, Scheme, Visitor, find_chromium, launch
from example import DATA
from kinds import KINDS, READY
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

# A picture further down would be left out, as nobody scrolled to it.
_SHOW_PICTURES: Final = """
() => Promise.all([...document.images].map(
  each => { each.loading = "eager"; return each.decode(); }))
"""
_LOOKS: Final[tuple[tuple[str, int, Scheme], ...]] = (
    (f"{NARROW}", NARROW, "light"),
    (f"{WIDE}", WIDE, "light"),
    (f"{WIDE}-dark", WIDE, "dark"),
)
# Name of a file -> the kind of page, and how much of it.
_SHOWN: Final = {
    "readme-partnership": ("partnership", WIDE, 1480),
    "readme-activity": ("activity", NARROW, 1480),
}


def take_screenshots(visitor: Visitor, folder: Path) -> Iterator[Path]:
    """The files that are written to the folder, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    for look, width, scheme in _LOOKS:
        page = visitor.open("/", width=width, scheme=scheme)
        for kind, address in KINDS.items():
            page.goto(visitor.origin + address)
            if ready := READY.get(urlsplit(address).path):
                page.wait_for_selector(ready)
            page.evaluate(_SHOW_PICTURES)
            path = folder / f"{kind}-{look}.png"
            page.screenshot(path=path, full_page=True, animations="disabled")
            yield path
        visitor.close()
    for name, (kind, width, height) in _SHOWN.items():
        page = visitor.open(KINDS[kind], width=width)
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(_SHOW_PICTURES)
        page.screenshot(path=folder / f"{name}.png")
        yield folder / f"{name}.png"
        visitor.close()


def main(folder: Path) -> int:
    """0; or 1 where something went wrong on a page, which is told."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("no Chromium is installed")
    with tempfile.TemporaryDirectory() as work:
        twingraph.build_folder(DATA, Path(work) / "build")
        with (
            serving(Path(work) / "build", "--data", str(DATA)) as server,
            launch(chromium) as browser,
        ):
            visitor = Visitor(browser, server.url)
            for path in take_screenshots(visitor, folder):
                print(path)
    for trouble in visitor.troubles:
        print(trouble, file=sys.stderr)
    return 1 if visitor.troubles else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
