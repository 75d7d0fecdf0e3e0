"""The inline tokens of Markdown in; runs of text with its marks, its notes and images out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.documents.comments import without_signs
from pipeline.documents.elements import VOID, is_hidden, styles_of
from pipeline.documents.inline import LINE, Mender, Stretch, Style, flow
from pipeline.documents.markdown_images import image_in
from pipeline.documents.markup import pieces
from pipeline.model import Block, BlockKind, InlineKind

if TYPE_CHECKING:
    from pipeline.documents.markdown_parser import Token

_CALL = re.compile(r"\[\^(?P<name>[^\]\s]{1,80})\]|\^\[(?P<text>[^\[\]]+)\]")
_OPENING = {
    "em_open": InlineKind.EMPHASIS,
    "strong_open": InlineKind.STRONG,
}


class NoteCalls:
    """The calls for notes in a text that has notes of these ``names``; its own are numbered."""

    def __init__(self, names: Collection[str], mender: Mender) -> None:
        self._names, self._mender = names, mender
        self._own = 0

    def in_text(
        self, text: str, styles: tuple[Style, ...], extra: list[Block]
    ) -> Iterator[Stretch]:
        """Give a text with points in the place of its calls for notes (``[^1]``, ``^[Ibid.]``)."""
        place = 0
        for match in _CALL.finditer(text):
            name = match["name"]
            if name and not (name.isdigit() or name in self._names):
                continue
            yield Stretch(text[place : match.start()], styles)
            if not name:
                self._own += 1
                name = f"*{self._own}"
                words, marks = flow([Stretch(match["text"])], self._mender)
                extra.append(Block(0, BlockKind.NOTE, words, marker=name, marks=marks))
            yield Stretch("", ((InlineKind.NOTE, name),))
            place = match.end()
        yield Stretch(text[place:], styles)


class Inlines:
    """The runs of inline tokens: their text, and the marks of Markdown and of HTML on it.

    Images are put in ``pictures``; where there is none, their words are text.
    """

    def __init__(
        self, calls: NoteCalls, mender: Mender, extra: list[Block], pictures: list[Token] | None
    ) -> None:
        self._calls, self._mender = calls, mender
        self._extra, self._pictures = extra, pictures
        self._open: list[tuple[str, tuple[Style, ...], bool]] = []

    def runs(self, children: Sequence[Token], styles: tuple[Style, ...]) -> Iterator[Stretch]:
        """Give the runs; ``styles`` are those around all of them."""
        for token in children:
            own = (*styles, *(style for _, each, _ in self._open for style in each))
            hidden = any(hides for *_, hides in self._open)
            match token.type:
                case "html_inline":
                    if not hidden and self._pictures is not None and image_in(token):
                        self._pictures.append(token)
                    yield from self._html(token.content, hidden)
                case "em_open" | "strong_open" | "link_open":
                    self._open.append((token.type[:-5], (_style(token),), False))
                case "em_close" | "strong_close" | "link_close":
                    self._close(token.type[:-6])
                case _ if hidden:
                    pass
                case "softbreak":
                    yield Stretch("\n")
                case "hardbreak":
                    yield Stretch(LINE)
                case "image" if self._pictures is not None:
                    self._pictures.append(token)
                case "image":
                    yield from self.runs(token.children or (), own)
                case "code_inline":
                    yield Stretch(token.content, (*own, (InlineKind.CODE, "")))
                case _:
                    content = without_signs(token.content)
                    yield from self._calls.in_text(content, own, self._extra)

    def _html(self, content: str, hidden: bool) -> Iterator[Stretch]:
        for piece in pieces(content):
            if piece.kind == "comment":
                self._mender.count("comment", "comment", "left out")
            elif piece.name == "br" and not hidden:
                yield Stretch(LINE)
            elif piece.kind == "open" and not piece.empty and piece.name not in VOID:
                self._open.append((piece.name, styles_of(piece), is_hidden(piece, self._mender)))
            elif piece.kind == "close":
                self._close(piece.name)

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == name:
                del self._open[depth]
                return


def _style(token: Token) -> Style:
    if token.type == "link_open":
        return (InlineKind.LINK, str(token.attrGet("href") or ""))
    return (_OPENING[token.type], "")


def titles_in(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    """Give the titles of links by their addresses."""
    return tuple(
        (str(token.attrGet("href")), str(token.attrGet("title")))
        for token in tokens
        if token.type == "link_open" and token.attrGet("title")
    )
