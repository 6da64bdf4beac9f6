"""Bytes of a page -> its text, and the blocks of the text."""

from twingraph.extract.page.blocks import Block, BlockKind
from twingraph.extract.page.read import Page, read_page

__all__ = ["Block", "BlockKind", "Page", "read_page"]
