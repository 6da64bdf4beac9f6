"""Pictures as SVG, without a library: deterministic, and readable where scripts are off."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEFT: Final = 330  # pixels for names
_RIGHT: Final = 30
_ROW: Final = 22
_TOP: Final = 60
_WIDTH: Final = 1000
_LONGEST: Final = 48  # code points of a name that is shown
_TICKS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_TICKS: Final = 12
_STYLE: Final = (
    "text{font:13px sans-serif;fill:#222}.t{font-size:16px;font-weight:bold}"
    ".y{fill:#555;text-anchor:middle}.g{stroke:#ddd}.b{fill:#2b6a99}.o{fill:#8fb8d8}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a timeline: from one year to another; `is_open` where it goes on."""

    name: str
    start: int
    end: int
    is_open: bool = False


def draw_timeline(title: str, bars: Sequence[Bar]) -> str:
    """A timeline as SVG: a row for each bar, years from left to right.

    >>> draw_timeline("Since", [Bar("Exchange", 1993, 2021, True)]).count("<rect")
    1
    """
    first = min((bar.start for bar in bars), default=0)
    last = max((bar.end for bar in bars), default=0) + 1
    height = _TOP + _ROW * len(bars) + 16
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<text class="t" x="10" y="24">{escape(title)}</text>',
    ]
    scale = (_WIDTH - _LEFT - _RIGHT) / max(last - first, 1)
    if bars:
        lines += _grid(first, last, scale, height)
    for number, bar in enumerate(bars):
        lines += _row(bar, _LEFT + (bar.start - first) * scale, scale, _TOP + _ROW * number)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _grid(first: int, last: int, scale: float, height: int) -> Iterator[str]:
    """Lines for round years, at most a dozen."""
    step = next((step for step in _TICKS if (last - first) / step <= _MOST_TICKS), _TICKS[-1])
    for year in range(-(-first // step) * step, last + 1, step):
        x = _LEFT + (year - first) * scale
        yield f'<line class="g" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 8}" y2="{height - 8}"/>'
        yield f'<text class="y" x="{x:.1f}" y="{_TOP - 14}">{year}</text>'


def _row(bar: Bar, x: float, scale: float, y: int) -> Iterator[str]:
    name = bar.name if len(bar.name) <= _LONGEST else bar.name[: _LONGEST - 1] + "…"
    years = f"{bar.start}–{'' if bar.is_open else bar.end}" if bar.end > bar.start else bar.start
    width = max((bar.end + 1 - bar.start) * scale, 3)
    told = escape(f"{bar.name}: {years}")
    yield f'<text x="10" y="{y + 14}">{escape(name)}</text>'
    kind = "o" if bar.is_open else "b"
    yield (
        f'<rect class="{kind}" x="{x:.1f}" y="{y + 3}" width="{width:.1f}" height="{_ROW - 8}">'
        f"<title>{told}</title></rect>"
    )
