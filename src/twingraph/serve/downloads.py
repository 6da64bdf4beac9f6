"""`/download`: the files of a package that `twingraph export --to` wrote."""

from __future__ import annotations

from http import HTTPStatus
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import FileError
from twingraph.export.folder import MANIFEST
from twingraph.export.formats import FORMATS
from twingraph.export.verify import read_manifest
from twingraph.serve.answers import Answer, RequestError

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.pages.view import Words

# What the package holds beside its formats, by how its name ends (IANA's media types).
_MEDIA_TYPES: Final = {
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ttl": "text/turtle",
}
_COMPRESSED: Final = ".gz"
_UNKNOWN: Final = "application/octet-stream"


_PASSING: Final = (b"cache-control", b"no-cache")  # to be asked for anew, by its tag


class Downloads:
    """The files of a package folder, as it is at each request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, name: str, known_tags: str, words: Words) -> Answer:
        """The file of a name, or a page of what there is where the name is empty.

        :raises RequestError: if the package has no such file.
        """
        manifest = self._read()
        if not name:
            from twingraph.pages.messages import downloads_page

            page = downloads_page(words, manifest["files"]).encode()
            return Answer(HTTPStatus.OK, [(b"content-type", b"text/html"), _PASSING], page)
        if name not in {*manifest["sha256"], MANIFEST}:
            raise RequestError(HTTPStatus.NOT_FOUND, f"the package has no file {name!r:.100}")
        etag = f'"{manifest["sha256"].get(name, "")[:32]}"'
        headers = [(b"etag", etag.encode()), _PASSING]
        if name != MANIFEST and etag in known_tags:
            return Answer(HTTPStatus.NOT_MODIFIED, headers, b"")
        try:
            file = (self._folder / name).open("rb")
        except OSError as error:
            raise RequestError(HTTPStatus.NOT_FOUND, f"{name} cannot be read") from error
        headers.append((b"content-type", find_media_type(name).encode()))
        return Answer(HTTPStatus.OK, headers, b"", file)

    def _read(self) -> dict[str, Any]:
        try:
            return read_manifest(self._folder)
        except FileError as error:
            raise RequestError(HTTPStatus.NOT_FOUND, "there is no package here") from error


def find_media_type(name: str) -> str:
    """The media type of a file of a package, by its name.

    >>> find_media_type("data.nq"), find_media_type("data.nq.gz"), find_media_type("timeline.svg")
    ('application/n-quads', 'application/gzip', 'image/svg+xml')
    """
    if name.endswith(_COMPRESSED):
        return "application/gzip"
    by_path = {each.path: each.media_type for each in FORMATS.values()}
    if name in by_path:
        return by_path[name]
    suffix = PurePosixPath(name).suffix
    return _MEDIA_TYPES.get(suffix) or guess_type(name)[0] or _UNKNOWN
