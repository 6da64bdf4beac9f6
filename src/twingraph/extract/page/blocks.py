"""A block of a page: what its words are, and what stands over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "lead", "item", "paragraph", "cell", "furniture"]


@dataclass(frozen=True, slots=True)
class Block:
    """Some words of a page, with their mark (`•`, `1.`, `##`, `|`) and no white space around.

    A block of kind lead ends in a colon, or announces what follows, and stands over it; a cell is
    a row of a fact table, label and value; furniture is navigation, contacts and what is said
    about the page. `level` is that of a heading (1 is the highest) or the nesting of an item
    (from 1), else 0. `heads` are the indices of the blocks that stand over it, outermost first:
    headings, then a lead, then the items that hold it.
    """

    start: int
    end: int
    line: int
    kind: BlockKind
    level: int
    heads: tuple[int, ...]
