"""What search engines read first: `sitemap.xml` and `robots.txt`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from twingraph.site.links import quote_path
from twingraph.site.names import NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOST: Final = 50_000  # addresses of one sitemap (https://www.sitemaps.org/protocol.html#index)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write_sitemap(target: Path, url: str, most: int = _MOST) -> None:
    """Write the addresses of all pages, in several files where one may not hold them.

    `robots.txt` allows all. Without the address of the site there is no sitemap: it has whole
    addresses.
    """
    robots = "User-agent: *\nAllow: /\n"
    if url:
        pages = sorted(
            path.relative_to(target).as_posix()
            for path in target.rglob("*.html")
            if not path.name.startswith(f"{NOT_FOUND}.")
        )
        parts = [pages[start : start + most] for start in range(0, len(pages), most)]
        names = ["sitemap.xml"]
        if len(parts) > 1:
            names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
            _write(target / "sitemap.xml", "sitemap", url, names)
        for name, part in zip(names, parts, strict=True):
            _write(target / name, "url", url, part)
        robots += f"Sitemap: {url}sitemap.xml\n"
    (target / "robots.txt").write_text(robots, encoding="utf-8")


def _write(path: Path, element: str, url: str, names: Sequence[str]) -> None:
    whole = "sitemapindex" if element == "sitemap" else "urlset"
    lines = [
        f"<{element}><loc>{escape(url + quote_path(name))}</loc></{element}>\n" for name in names
    ]
    text = "".join([_HEAD, f"<{whole} {_SPACE}>\n", *lines, f"</{whole}>\n"])
    path.write_text(text, encoding="utf-8")
