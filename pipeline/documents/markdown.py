"""Markdown in, a draft out: CommonMark blocks, tables and notes as plain text with their marks.

Every word is kept. What is not the text's own words stays out: the targets and titles of links, the
name of a code block's language, thematic breaks (``***`` carries no words), comments, and front
matter other than title, author and date. HTML inside is read as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.documents.comments import without_comments
from pipeline.documents.decoding import readable
from pipeline.documents.draft import Draft, numbered, versed
from pipeline.documents.frontmatter import front_matter
from pipeline.documents.html import HtmlWalk
from pipeline.documents.html_slots import Slot
from pipeline.documents.inline import LINE, Mender, Stretch, every_line, flow, is_stanza, lines_of
from pipeline.documents.markdown_html import HiddenAcross
from pipeline.documents.markdown_images import between, image_in, objects, place_of, tail_of
from pipeline.documents.markdown_inline import Inlines, NoteCalls, titles_in
from pipeline.documents.markdown_parser import LAST_ATTRIBUTES, MAX_NESTING, parser_of_text
from pipeline.documents.markdown_places import MarkdownSlot, SourceLines, cells_of, in_row
from pipeline.documents.tables import table_in
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, InlineMark

if TYPE_CHECKING:
    from pipeline.documents.markdown_parser import Token

_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
_DELIMITERS = re.compile(r"\s*\|?(?:\s*:?[–—-]+:?\s*\|)*\s*:?[–—-]+:?\s*\|?\s*")
# Pandoc's verse: a bar, a space, a line; a bar alone parts stanzas.
_BAR = re.compile(r"\|(?:[ \t]+(?!.*\|[ \t]*$)|[ \t]*$)")
# Lines that no sign breaks are verse only where there are so many.
_FEWEST_LINES = 4


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


class MarkdownWalk:
    """The blocks of one text; ``lines_before`` of its file came before it."""

    def __init__(self, text: str, lines_before: int) -> None:
        self.mender = Mender()
        self._parser = parser_of_text()
        self._references: dict[str, object] = {}
        text = without_comments(text, self.mender, markdown=True)
        self._source = SourceLines(text)
        self._tokens = self._parser.parse(text, self._references)
        self._lines_before = lines_before
        notes = {token.info for token in self._tokens if token.type == "note"}
        self._calls = NoteCalls(notes, self.mender)
        # Of the open list items, outermost first; "" once one bears it.
        self._markers: list[str] = []
        self._tables = 0
        self._hidden = HiddenAcross()

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
        at = self._source.of(token)
        start, end = map(at, between(token.content, images))
        if attributes := LAST_ATTRIBUTES.search(token.content):
            end = min(end, at(attributes.start()))
        kept = tuple((at(first), at(last)) for first, last in images)
        pictures: list[Token] = []
        bars = len(lines) > 1 and all(map(_BAR.match, lines))
        verse, texts = self._texts(children, extra, pictures, bars)
        if pictures and not any(text for text, _ in texts):
            yield from self._number_alone()
        titles = titles_in(children)
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
            runs = Inlines(self._calls, self.mender, extra, None).runs(token.children or (), ())
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
            base = self._source.starts[number] + max(0, self._source.lines[number].find(line))
            for column, (content, start, end) in enumerate(cells_of(line), 1):
                extra: list[Block] = []
                children = self._parser.parseInline(content, self._references)[0].children or ()
                pictures: list[Token] = []
                escaped = enumerate(re.finditer(r"\\\|", line[start:end]))
                bars = [match.start() - number for number, match in escaped]
                at = partial(in_row, bars, base + start)
                kept = list(objects(children))
                first, last = map(at, between(content, kept))
                places = tuple((at(each), at(after)) for each, after in kept)
                for text, marks in self._texts(children, extra, pictures)[1]:
                    marker = f"{self._tables}.{row}"
                    block = Block(0, BlockKind.CELL, text, column, marker, marks)
                    titles = titles_in(children)
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
                base = self._source.starts[(token.map or [0])[0] + max(line, 0)]
                at = lines[line].find(cell, done) if line >= 0 and cell else -1
                text, marks = flow([Stretch(cell)], self.mender)
                block = Block(0, BlockKind.CELL, text, column, f"{self._tables}.{number}", marks)
                place = (base + at, base + at + len(cell)) if at >= 0 else (-1, -1)
                yield MarkdownSlot(block, *place)
                done = at + len(cell) if at >= 0 else done

    def _html(self, token: Token) -> Iterator[MarkdownSlot]:
        shown = self._hidden.reopened(token.content)
        walk = HtmlWalk(" " * shown + token.content[shown:], self.mender)
        start = self._source.starts[token.map[0]] if token.map else -1
        end = start + len(token.content)
        text = "\n".join(self._source.lines)
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
        runs = list(Inlines(self._calls, self.mender, extra, pictures).runs(children, ()))
        lines = every_line(Stretch(LINE) if run.text == "\n" else run for run in runs)
        if bars:
            lines = list(map(_without_bar, lines))
        elif len(lines) < _FEWEST_LINES or not is_stanza(lines):
            lines = list(lines_of(runs))
        verse = bars or is_stanza(lines)
        return verse, [flow(line, self.mender) for line in lines]

    def _check_nesting(self, opening: Token) -> None:
        if opening.level + 1 >= MAX_NESTING:
            line = self._lines_before + (opening.map[0] if opening.map else 0) + 1
            raise InputError(
                "quotations and lists are nested too deep to be read",
                "remove some of the marks or spaces that begin this line",
                where=f"line {line}",
            )


def _code(token: Token) -> str:
    """Give the lines of code; words after a fence are its first line, one word its language."""
    first = f"{token.info.strip()}\n" if len(token.info.split()) > 1 else ""
    return (first + token.content).strip("\n")


def _without_bar(line: Sequence[Stretch]) -> list[Stretch]:
    """Take the bar from the first run of a line."""
    return [
        *(replace(run, text=_BAR.sub("", run.text, count=1)) for run in line[:1]),
        *line[1:],
    ]
