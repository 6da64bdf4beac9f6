"""The files that pages need beside them: style, scripts, and what others have made."""

from __future__ import annotations

from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATIC: Final = Path(__file__).with_name("static")
_OF_NO_PAGE: Final = (".py", ".pyc", ".md")
# Of what operating systems do not know, or not as browsers want it: scripts, and the engine.
_TYPES: Final = {".js": "text/javascript", ".wasm": "application/wasm"}


@cache
def list_assets() -> Mapping[str, Path]:
    """All files by the name that `Links.asset` takes; licences among them, with what they are of.

    >>> list_assets()["style.css"].name, "vendor/oxigraph/web_bg.wasm" in list_assets()
    ('style.css', True)
    """
    paths = sorted(path for path in _STATIC.rglob("*") if path.is_file())
    return {
        path.relative_to(_STATIC).as_posix(): path
        for path in paths
        if path.suffix not in _OF_NO_PAGE
    }


def find_type(name: str) -> str:
    """The media type of a file.

    >>> find_type("query/page.js"), find_type("LICENSE-MIT")
    ('text/javascript', 'text/plain')
    """
    return _TYPES.get(Path(name).suffix) or guess_type(name)[0] or "text/plain"
