"""Markdown in, a draft out: CommonMark blocks, tables and notes as plain text with their marks.

Every word is kept. What is not the text's own words stays out: the targets and titles of links, the
name of a code block's language, thematic breaks (``***`` carries no words), comments, and front
matter other than title, author and date. HTML inside is read as HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from pipeline.documents.comments import without_comments, without_signs
from pipeline.documents.decoding import readable
from pipeline.documents.draft import Draft, numbered, versed
from pipeline.documents.elements import VOID, is_hidden, styles_of
from pipeline.documents.frontmatter import front_matter
from pipeline.documents.html import HtmlWalk, Slot
from pipeline.documents.inline import (
    LINE,
    Mender,
    Stretch,
    Style,
    every_line,
    flow,
    is_stanza,
    lines_of,
)
from pipeline.documents.markdown_images import (
    Place,
    between,
    image_in,
    objects,
    place_of,
    tail_of,
)
from pipeline.documents.markdown_parser import MAX_NESTING, parser_of_text
from pipeline.documents.markup import pieces
from pipeline.documents.tables import table_in
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, InlineKind, InlineMark

if TYPE_CHECKING:
    from pipeline.documents.markdown_parser import Token

_CALL = re.compile(r"\[\^(?P<name>[^\]\s]{1,80})\]|\^\[(?P<text>[^\[\]]+)\]")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
_DELIMITERS = re.compile(r"\s*\|?(?:\s*:?[–—-]+:?\s*\|)*\s*:?[–—-]+:?\s*\|?\s*")
# Pandoc's verse: a bar, a space, a line; a bar alone parts stanzas.
_BAR = re.compile(r"\|(?:[ \t]+(?!.*\|[ \t]*$)|[ \t]*$)")
# Lines that no sign breaks are verse only where there are so many.
_FEWEST_LINES = 4
_OPENING = {
    "em_open": InlineKind.EMPHASIS,
    "strong_open": InlineKind.STRONG,
}


def read_markdown(data: bytes, encoding: str) -> Draft:
    """Read Markdown.

    Raises InputError where the bytes are not text in ``encoding``, where its front matter is not
    valid, or where quotations and lists nest deeper than any text needs.
    """
    text, notices = readable(data, encoding, tabs=True)
    front = front_matter(text)
    walk = MarkdownWalk(text[front.end :], text.count("\n", 0, front.end))
    return Draft(
        numbered(slot.block for slot in walk.slots()),
        title=front.title,
        author=front.author,
        date=front.date,
        scopes=front.scopes,
        front=front.front,
        notices=(*notices, *walk.mender.notices()),
    )


@dataclass(frozen=True, slots=True)
class MarkdownSlot:
    """A block, and the place of its words in the text; -1 where that is not known.

    The lines of one paragraph share a place. ``page`` is the block's slot in HTML, ``kept`` are the
    places of the images among its words, ``extra`` says that it is a note inside another's words,
    ``signed`` that its calls for notes are written with the signs of Markdown. ``titles`` are those
    of its links by their addresses. Of an image in Markdown ``tail`` is what follows its words.
    """

    block: Block
    start: int = -1
    end: int = -1
    page: Slot | None = None
    kept: tuple[Place, ...] = ()
    extra: bool = False
    signed: bool = True
    titles: tuple[tuple[str, str], ...] = ()
    tail: str = ""


class MarkdownWalk:
    """The blocks of one text; ``lines_before`` of its file came before it."""

    def __init__(self, text: str, lines_before: int) -> None:
        self.mender = Mender()
        self._parser = parser_of_text()
        self._references: dict[str, object] = {}
        text = without_comments(text, self.mender, markdown=True)
        self._text = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._text)]
        self._tokens = self._parser.parse(text, self._references)
        self._lines_before = lines_before
        self._notes = {token.info for token in self._tokens if token.type == "note"}
        self._markers: list[
            str
        ] = []  # of the open list items, outermost first; "" once one bears it
        self._tables = 0
        self._own_notes = 0
        self._hidden = HiddenAcross(self.mender)

    def slots(self) -> Iterator[MarkdownSlot]:
        """Give the blocks in reading order, each with its place."""
        return (slot for slot in self._slots() if not self._hidden)

    def _slots(self) -> Iterator[MarkdownSlot]:
        quotes = heading = 0
        note: str | None = None
        for token in self._tokens:
            match token.type:
                case "blockquote_open":
                    self._check_nesting(token)
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "list_item_open":
                    self._check_nesting(token)
                    yield from self._number_alone()
                    self._markers.append(token.info + token.markup)
                case "list_item_close":
                    yield from self._number_alone()
                    self._markers.pop()
                case "heading_open" | "paragraph_open":
                    heading = int(token.tag[1:] or 0)
                case "note":
                    note = token.info
                case "inline":
                    yield from self._inline(token, heading, quotes, note)
                    note = None
                case "table":
                    yield from self._number_alone()
                    yield from self._table(token)
                case "columns":
                    yield from self._columns(token)
                case "fence" | "code_block":
                    yield from self._number_alone()
                    yield MarkdownSlot(Block(0, BlockKind.CODE, _code(token)))
                case "html_block":
                    yield from self._html(token)

    def _inline(
        self, token: Token, heading: int, quotes: int, note: str | None
    ) -> Iterator[MarkdownSlot]:
        lines = token.content.split("\n")
        if len(lines) > 1 and all(map(_TABLE_ROW.fullmatch, lines)):
            # Rows without the line below their head are a table to a reader.
            yield from self._table(token)
            return
        extra: list[Block] = []
        children = token.children or ()
        images = list(objects(children))
        at = self._places(token)
        start, end = map(at, between(token.content, images))
        kept = tuple((at(first), at(last)) for first, last in images)
        pictures: list[Token] = []
        bars = len(lines) > 1 and all(map(_BAR.match, lines))
        verse, texts = self._texts(children, extra, pictures, bars)
        if pictures and not any(text for text, _ in texts):
            yield from self._number_alone()
        titles = _titles(children)
        line = 0
        for text, marks in texts:
            line = line + 1 if text else 0
            if heading:
                yield from self._number_alone()
                block = Block(0, BlockKind.HEADING, text, level=heading)
            elif note is not None:
                block = Block(0, BlockKind.NOTE, text, marker=note)
                note = ""
            elif text:
                block = self._paragraph(text, quotes)
            else:
                continue
            block = versed(block, line) if verse else block
            signed = "[^" in token.content or "<sup" not in token.content
            made = replace(block, marks=marks)
            yield MarkdownSlot(made, start, end, kept=kept, signed=signed, titles=titles)
        yield from (MarkdownSlot(each, extra=True) for each in extra)
        yield from self._pictures(pictures, token.content, at)

    def _places(self, token: Token) -> Callable[[int], int]:
        """Give what tells where a place in an inline token's text stands in the whole; or -1."""
        lines = token.content.split("\n")
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        begun = self._begun(lines, token.map[0] if token.map else len(self._text))

        def at(place: int) -> int:
            line = bisect_right(starts, place, hi=len(lines)) - 1
            return begun[line] + place - starts[line] if begun[line] >= 0 else -1

        return at

    def _begun(self, lines: Sequence[str], first: int) -> list[int]:
        """Give where lines begin, behind the marks that they stand in; ``first``: that of one."""
        begun = []
        for number, line in enumerate(lines):
            text = self._text[first + number] if first + number < len(self._text) else ""
            at = text.rfind(line) if number else text.find(line)
            known = first + number < len(self._text) and at >= 0
            begun.append(self._starts[first + number] + at if known else -1)
        return begun

    def _pictures(
        self, tokens: Sequence[Token], content: str, at: Callable[[int], int]
    ) -> Iterator[MarkdownSlot]:
        """Give the words that stand for images; ``at`` gives the places of those of a text."""
        for token in tokens:
            start, end = place_of(token)
            if (image := image_in(token)) is not None:
                text = " ".join(self.mender.clean(image.attributes.get("alt", "")).split())
                block = Block(0, BlockKind.IMAGE, text)
                if text and at(start) >= 0:
                    first, last = image.spans["alt"]
                    page = Slot(block, first, last, attribute=True)
                    yield MarkdownSlot(block, at(start + first), at(start + last), page)
                continue
            extra: list[Block] = []
            runs = _Inlines(self, extra, None).runs(token.children or (), ())
            text, marks = flow(runs, self.mender)
            block = Block(0, BlockKind.IMAGE, text, marks=marks)
            if text:
                yield MarkdownSlot(block, at(start), at(end), tail=tail_of(token, content))
            yield from (MarkdownSlot(each, extra=True) for each in extra)

    def _paragraph(self, text: str, quotes: int) -> Block:
        """Make the first paragraph of a list item bear its marker; those after it have none."""
        if self._markers:
            marker, self._markers[-1] = self._markers[-1], ""
            return Block(0, BlockKind.LIST_ITEM, text, level=len(self._markers), marker=marker)
        if quotes:
            return Block(0, BlockKind.QUOTE, text, level=quotes)
        return Block(0, BlockKind.PARAGRAPH, text)

    def _number_alone(self) -> Iterator[MarkdownSlot]:
        """Keep a list item's number that no paragraph bears: "1984." may be a line of its own."""
        if self._markers and self._markers[-1][:1].isdigit():
            level = len(self._markers)
            yield MarkdownSlot(Block(0, BlockKind.LIST_ITEM, self._markers[-1], level=level))
            self._markers[-1] = ""

    def _table(self, token: Token) -> Iterator[MarkdownSlot]:
        self._tables += 1
        row = 0
        images: list[MarkdownSlot] = []
        for number, line in enumerate(token.content.split("\n"), token.map[0] if token.map else 0):
            if _DELIMITERS.fullmatch(line):
                continue
            row += 1
            base = self._starts[number] + max(0, self._text[number].find(line))
            for column, (content, start, end) in enumerate(_cells(line), 1):
                extra: list[Block] = []
                children = self._parser.parseInline(content, self._references)[0].children or ()
                pictures: list[Token] = []
                escaped = enumerate(re.finditer(r"\\\|", line[start:end]))
                bars = [match.start() - number for number, match in escaped]
                at = partial(_in_row, bars, base + start)
                kept = list(objects(children))
                first, last = map(at, between(content, kept))
                places = tuple((at(each), at(after)) for each, after in kept)
                for text, marks in self._texts(children, extra, pictures)[1]:
                    marker = f"{self._tables}.{row}"
                    block = Block(0, BlockKind.CELL, text, column, marker, marks)
                    titles = _titles(children)
                    yield MarkdownSlot(block, first, last, kept=places, titles=titles)
                yield from (MarkdownSlot(each, extra=True) for each in extra)
                images += self._pictures(pictures, content, at)
        # Behind the table, whose rows they would part.
        yield from images

    def _columns(self, token: Token) -> Iterator[MarkdownSlot]:
        """Give the cells of a table without bars, with their places where a row is one line."""
        self._tables += 1
        lines = token.content.split("\n")
        for number, (line, cells) in enumerate(table_in(lines)[0], 1):
            done = 0
            for column, cell in enumerate(cells, 1):
                base = self._starts[(token.map or [0])[0] + max(line, 0)]
                at = lines[line].find(cell, done) if line >= 0 and cell else -1
                text, marks = flow([Stretch(cell)], self.mender)
                block = Block(0, BlockKind.CELL, text, column, f"{self._tables}.{number}", marks)
                place = (base + at, base + at + len(cell)) if at >= 0 else (-1, -1)
                yield MarkdownSlot(block, *place)
                done = at + len(cell) if at >= 0 else done

    def _html(self, token: Token) -> Iterator[MarkdownSlot]:
        shown = self._hidden.reopened(token.content)
        walk = HtmlWalk(" " * shown + token.content[shown:], self.mender)
        start = self._starts[token.map[0]] if token.map else -1
        end = start + len(token.content)
        text = "\n".join(self._text)
        known = text[start:end].rstrip() == token.content.rstrip()
        for slot in walk.slots:
            block = slot.block
            if block.kind is BlockKind.CELL:
                table, _, row = block.marker.partition(".")
                block = replace(block, marker=f"{self._tables + int(table)}.{row}")
            if known:
                yield MarkdownSlot(block, start + slot.start, start + slot.end, slot)
            else:
                yield MarkdownSlot(block)
        self._tables += walk.tables
        self._hidden.after(token.content[shown:])

    def _texts(
        self,
        children: Sequence[Token],
        extra: list[Block],
        pictures: list[Token],
        bars: bool = False,
    ) -> tuple[bool, list[tuple[str, tuple[InlineMark, ...]]]]:
        """Give the lines of inline tokens, and whether they are verse.

        Notes inside the text are put in ``extra``, the images that are shown in ``pictures``.
        ``bars``: each line begins with one.
        """
        runs = list(_Inlines(self, extra, pictures).runs(children, ()))
        lines = every_line(Stretch(LINE) if run.text == "\n" else run for run in runs)
        if bars:
            lines = list(map(_without_bar, lines))
        elif len(lines) < _FEWEST_LINES or not is_stanza(lines):
            lines = list(lines_of(runs))
        verse = bars or is_stanza(lines)
        return verse, [flow(line, self.mender) for line in lines]

    def calls(self, text: str, styles: tuple[Style, ...], extra: list[Block]) -> Iterator[Stretch]:
        """Give a text with points in the place of its calls for notes (``[^1]``, ``^[Ibid.]``)."""
        place = 0
        for match in _CALL.finditer(text):
            name = match["name"]
            if name and not (name.isdigit() or name in self._notes):
                continue
            yield Stretch(text[place : match.start()], styles)
            if not name:
                self._own_notes += 1
                name = f"*{self._own_notes}"
                words, marks = flow([Stretch(match["text"])], self.mender)
                extra.append(Block(0, BlockKind.NOTE, words, marker=name, marks=marks))
            yield Stretch("", ((InlineKind.NOTE, name),))
            place = match.end()
        yield Stretch(text[place:], styles)

    def _check_nesting(self, opening: Token) -> None:
        if opening.level + 1 >= MAX_NESTING:
            line = self._lines_before + (opening.map[0] if opening.map else 0) + 1
            raise InputError(
                "quotations and lists are nested too deep to be read",
                "remove some of the marks or spaces that begin this line",
                where=f"line {line}",
            )


class HiddenAcross:
    """Whether an element that hides what is in it was opened in HTML and goes on in Markdown."""

    def __init__(self, mender: Mender) -> None:
        self._name, self._depth = "", 0
        self._mender = mender

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


class _Inlines:
    """The runs of inline tokens: their text, and the marks of Markdown and of HTML on it.

    Images are put in ``pictures``; where there is none, their words are text.
    """

    def __init__(
        self, walk: MarkdownWalk, extra: list[Block], pictures: list[Token] | None
    ) -> None:
        self._walk, self._extra, self._pictures = walk, extra, pictures
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
                    yield from self._walk.calls(content, own, self._extra)

    def _html(self, content: str, hidden: bool) -> Iterator[Stretch]:
        for piece in pieces(content):
            if piece.kind == "comment":
                self._walk.mender.count("comment", "comment", "left out")
            elif piece.name == "br" and not hidden:
                yield Stretch(LINE)
            elif piece.kind == "open" and not piece.empty and piece.name not in VOID:
                self._open.append(
                    (piece.name, styles_of(piece), is_hidden(piece, self._walk.mender))
                )
            elif piece.kind == "close":
                self._close(piece.name)

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == name:
                del self._open[depth]
                return


def _without_bar(line: Sequence[Stretch]) -> list[Stretch]:
    """Take the bar from the first run of a line."""
    return [
        *(replace(run, text=_BAR.sub("", run.text, count=1)) for run in line[:1]),
        *line[1:],
    ]


def _style(token: Token) -> Style:
    if token.type == "link_open":
        return (InlineKind.LINK, str(token.attrGet("href") or ""))
    return (_OPENING[token.type], "")


def _cells(row: str) -> Iterator[tuple[str, int, int]]:
    """Give the cells of a row of a table and where they stand; every one, whatever its head has."""
    start = len(row) - len(row.lstrip())
    start += row[start : start + 1] == "|"
    end = len(row.rstrip())
    if row[:end].endswith("|") and not row[:end].endswith("\\|"):
        end -= 1
    places = [
        start,
        *(match.end() for match in re.finditer(r"(?<!\\)\|", row[:end]) if match.start() >= start),
        end + 1,
    ]
    for first, after in pairwise(places):
        cell = row[first : after - 1]
        head = first + len(cell) - len(cell.lstrip())
        tail = max(head, first + len(cell.rstrip()))
        yield row[head:tail].replace("\\|", "|"), head, tail


def _in_row(bars: Sequence[int], start: int, place: int) -> int:
    """Give where a place in the text of a cell stands: in its row these bars are escaped."""
    return start + place + bisect_left(bars, place)


def _titles(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    """Give the titles of links by their addresses."""
    return tuple(
        (str(token.attrGet("href")), str(token.attrGet("title")))
        for token in tokens
        if token.type == "link_open" and token.attrGet("title")
    )


def _code(token: Token) -> str:
    """Give the lines of code; words after a fence are its first line, one word its language."""
    first = f"{token.info.strip()}\n" if len(token.info.split()) > 1 else ""
    return (first + token.content).strip("\n")
