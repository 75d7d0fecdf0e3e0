"""Tags of HTML in; whether what they hold is a note, and which link only leads back, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.documents.elements import BACK, NOTE_ID, NOTE_ROLES
from pipeline.documents.html_calls import calls_in, is_label
from pipeline.documents.html_outline import OpenElement
from pipeline.documents.markup import Markup


class OpenNote:
    """The note that is open at a place of the source, if one is."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._calls = calls_in(source)
        self._passed: set[str] = set()  # the addresses of the elements so far
        self._depth = 0  # of the element that is the note, from 1

    def __bool__(self) -> bool:
        return self._depth > 0

    def is_call(self, piece: Markup) -> bool:
        """Whether a link calls for a note."""
        return bool(NOTE_ROLES.search(role_of(piece))) or piece.start in self._calls.places

    def label(
        self, piece: Markup, begins: Callable[[], bool], stack: Sequence[OpenElement]
    ) -> None:
        """Find a note that begins with a link back to its call, as office programs write it.

        ``begins`` tells whether no word of its block was read so far; ``stack`` are the elements
        that are open.
        """
        own = {f"#{piece.attributes.get(key)}" for key in ("id", "name")}
        href = piece.attributes.get("href", "") if piece.name == "a" else ""
        is_called = not own.isdisjoint(self._calls.notes)
        if is_called and begins() and not self and href in self._passed:
            blocks = [place for place, each in enumerate(stack) if each.block]
            holds = (
                place
                for place in blocks
                if NOTE_ID.match(stack[place].piece.attributes.get("id", ""))
            )
            self._depth = next(holds, blocks[-1] if blocks else 0) + 1
        self._passed |= own

    def is_way_back(self, piece: Markup, begins: Callable[[], bool]) -> bool:
        """Whether an element of a note is the link back to where it is called."""
        href = piece.attributes.get("href", "")
        if piece.name != "a" or not self or not href:
            return False
        shown = self._source[piece.end : piece.end + 40].partition("<")[0].strip()
        return (
            "backlink" in role_of(piece)
            or href in self._calls.origins
            or bool(BACK.fullmatch(shown))
            or (begins() and is_label(shown))
        )

    def enter(self, piece: Markup, depth: int) -> None:
        """Take in the tag that opens an element with so many around it and itself."""
        if not self and (
            NOTE_ROLES.search(role_of(piece))
            or f"#{piece.attributes.get('id')}" in self._calls.notes
        ):
            self._depth = depth

    def leave(self, depth: int) -> None:
        """Take in that the element of this depth ends."""
        if self._depth == depth:
            self._depth = 0


def role_of(piece: Markup) -> str:
    """Give what an element says that it is for."""
    return piece.attributes.get("epub:type", "") + piece.attributes.get("role", "")
