"""Pieces of HTML among Markdown in; which of it an element hides that another piece opened, out."""

from __future__ import annotations

from pipeline.documents.elements import VOID, is_hidden
from pipeline.documents.inline import Mender
from pipeline.documents.markup import pieces


class HiddenAcross:
    """Whether an element that hides what is in it was opened in HTML and goes on in Markdown."""

    def __init__(self) -> None:
        self._name, self._depth = "", 0

    def __bool__(self) -> bool:
        return self._depth > 0

    def reopened(self, source: str) -> int:
        """Take in HTML; give from where on it is shown."""
        for piece in pieces(source) if self._depth else ():
            if piece.name == self._name:
                self._depth += (piece.kind == "open") - (piece.kind == "close")
                if not self._depth:
                    return piece.end
        return len(source) if self._depth else 0

    def after(self, source: str) -> None:
        """Take in what of the HTML was shown: whether it opens what it does not close."""
        if self._depth:
            return
        for piece in pieces(source):
            if self._depth:
                if piece.name == self._name:
                    self._depth += (piece.kind == "open") - (piece.kind == "close")
            elif piece.kind == "open" and piece.name not in VOID and is_hidden(piece, Mender()):
                self._name, self._depth = piece.name, int(not piece.empty)
