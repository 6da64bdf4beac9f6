"""A folder of files with the query page, as a site without a server has it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from twingraph.pages.assets import list_assets
from twingraph.pages.query import Engine, Space, query_page, write_data
from twingraph.pages.view import Words
from twingraph.queries import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.store import Build


class FileLinks:
    """Links of a page that lies beside `static/`, with the query page and the resources' only."""

    is_static = True
    chosen_language = ""

    def __init__(self, language: str) -> None:
        self.language = language

    def place(self, name: str, values: Mapping[str, str] = {}) -> str | None:
        query = f"?{urlencode(values)}" if values else ""
        return {"": "query.html", "query": f"query.html{query}"}.get(name)

    def listing(self, kind: str) -> str:
        return f"{kind}.html"

    def resource(self, iri: str) -> str | None:
        return f"id/{iri.rpartition('/id/')[2]}.html"

    def question(self, name: str, *_: object) -> str | None:
        return f"ask/{name}.html"

    def picture(self, name: str, *_: object) -> str:
        return f"{name}.svg"

    def asset(self, name: str) -> str:
        return f"static/{name}"

    def same(self, **values: str) -> str:
        return f"?{urlencode(values)}"


def write_query_site(build: Build, folder: Path, language: str = "en") -> None:
    """Write the page as `query.html`, what it needs, and the data."""
    for name, path in list_assets().items():
        target = folder / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    write_data(build, folder / "data.nq.gz")
    words = Words(FileLinks(language))
    spaces = [Space(build.mint.base, "id/", ".html")]
    page = query_page(words, read_catalogue().values(), Engine("data.nq.gz"), spaces)
    (folder / "query.html").write_text(page, encoding="utf-8")
