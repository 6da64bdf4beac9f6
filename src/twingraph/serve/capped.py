"""Answers of so many bytes and no more."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer


class TooLargeError(Exception):
    """An answer has more bytes than are allowed."""


class Capped(io.BytesIO):
    """A file to write an answer to, which holds so many bytes and no more."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = largest

    def write(self, piece: Buffer) -> int:
        """Take a piece.

        :raises TooLargeError: if it is too much.
        """
        written = super().write(piece)
        if self.tell() > self._largest:
            raise TooLargeError
        return written
