"""A drawing as PNG, by resvg (https://github.com/linebender/resvg)."""

from __future__ import annotations

from typing import Final

from twingraph.errors import FileError

_ZOOM: Final = 2  # pixels of PNG to one of SVG: a width of 1920, 6.4 inches at 300 dots


def draw_png(svg: str) -> bytes:
    """The picture as PNG, with the fonts of this machine.

    :raises FileError: if the library that makes it is not installed.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise FileError(
            "PNG needs: pip install 'twingraph[pictures]'; SVG needs nothing"
        ) from error
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=_ZOOM, sans_serif_family="DejaVu Sans", font_family="DejaVu Sans"
        )
    )
