"""A drawing as PNG, by resvg (https://github.com/linebender/resvg)."""

from __future__ import annotations

from typing import Any, Final

from twingraph.draw.svg import FONT
from twingraph.errors import FileError

_ZOOM: Final = 2  # pixels of PNG to one of SVG: a width of 1920, 6.4 inches at 300 dots

_FONT: Final = "DejaVu Sans"  # where none of those that the drawing names is there
_BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"></svg>'
_LETTER: Final = _BLANK.replace("></", f'><text y="16" font-family="{FONT}">M</text></')


def draw_png(svg: str) -> bytes:
    """The picture as PNG, with the fonts of this machine.

    :raises FileError: if the library that makes it is not installed, or no font: words would be
        missing.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise FileError(
            "PNG needs: pip install 'twingraph[pictures]'; SVG needs nothing"
        ) from error
    if _render(resvg_py, _LETTER) == _render(resvg_py, _BLANK):
        raise FileError("PNG needs a font, and this machine has none; SVG needs nothing")
    return _render(resvg_py, svg)


def _render(resvg: Any, svg: str) -> bytes:
    return bytes(
        resvg.svg_to_bytes(svg_string=svg, zoom=_ZOOM, sans_serif_family=_FONT, font_family=_FONT)
    )
