"""HTML in, a draft out; and, with the English of its blocks, the same HTML in English.

Both go through the one walk over the pieces of the source, so that what is written back stands
where it was read. Scripts, styles, comments, hidden and deleted elements are not text.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.decoding import decode_html
from pipeline.documents.draft import Draft, numbered, versed
from pipeline.documents.elements import (
    BLOCKS,
    CLOSES,
    EMBEDDED,
    HIDDEN,
    KEPT,
    VOID,
    is_hidden,
    is_verse,
    language_said,
    styles_of,
)
from pipeline.documents.html_notes import OpenNote
from pipeline.documents.html_outline import OpenElement, Outline
from pipeline.documents.html_places import Pair, without_label
from pipeline.documents.html_slots import Slot, code_slot, slot_of
from pipeline.documents.inline import LINE, Mender, Stretch, Style, every_line, is_stanza, lines_of
from pipeline.documents.markup import Markup, pieces
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, InlineKind, Notice

# Limits for hostile pages: of nesting (refused), of styles at one place, and of pairs of a line and
# an inline element (then unmarked).
_DEEPEST = 3_000
_MOST_STYLES = 32
_MOST_STEPS = 2_000_000
_QUOTES = (("«\u00a0", "\u00a0»"), ("“", "”"))


def read_html(data: bytes, encoding: str) -> Draft:
    """Read a web page; the encoding is the page's own where it names one."""
    walk = HtmlWalk(decode_html(data, encoding))
    blocks = numbered(slot.block for slot in walk.slots)
    headed = any(block.kind is BlockKind.HEADING for block in blocks)
    return Draft(
        blocks,
        title="" if headed else walk.title,
        author=walk.author,
        date=walk.date,
        notices=walk.notices(),
    )


class HtmlWalk:
    """One walk over a source: the slots of its blocks in reading order, and what it says of itself.

    ``fragment``: a part of another text, in which nothing counts as its head.
    """

    def __init__(self, source: str, mender: Mender | None = None, xml: bool = False) -> None:
        self.slots: list[Slot] = []
        self.title = self.author = self.date = ""
        self._source, self._mender = source, mender or Mender()
        self._stack: list[OpenElement] = []
        self._styled: list[OpenElement] = []  # the inline elements among them that mark something
        self._open: Counter[str] = Counter()
        self._runs: list[Stretch] = []
        self._pairs: list[Pair] = []
        self._objects: list[tuple[int, int]] = []
        self._images: list[Slot] = []
        self._hidden = 0
        self._outline = Outline(source)
        self._note = OpenNote(source)
        self._verse = self._line = 0  # open elements of verse; lines of the stanza so far
        self._coded = self._labelled = False
        for piece in pieces(source, xml):
            self._take(piece)
        self._flush()

    @property
    def tables(self) -> int:
        """How many tables there were."""
        return self._outline.tables

    def notices(self) -> tuple[Notice, ...]:
        """Say what was repaired and left out."""
        return self._mender.notices()

    def _take(self, piece: Markup) -> None:
        match piece.kind:
            case "comment":
                if piece.end - piece.start > 7 and self._source.startswith("<!-", piece.start):
                    self._mender.count("comment", "comment", "left out")
            case "text":
                self._text(piece)
            case "open":
                self._opened(piece)
            case "close":
                self._closed(piece)

    def _text(self, piece: Markup) -> None:
        if self._open["title"] and not self._open["svg"]:
            self.title = self.title or " ".join(self._mender.clean(piece.text).split())
            return
        if self._hidden:
            hiding = next(each for each in reversed(self._stack) if each.hides)
            if hiding.name == "a" and not self._outline.marker.strip("-."):
                # Only the way back to where a note is called is a hidden link.
                self._outline.marker = " ".join(piece.text.split()).strip("[](). ↩↑^")
                self._labelled = bool(self._outline.marker)
            return
        styles = [style for element in self._styled for style in element.styles]
        if self._open["pre"] and not self._open["code"]:
            self._lines(piece, styles)
            return
        self._coded = self._coded or (self._open["pre"] > 0 and bool(piece.text.strip()))
        self._runs.append(Stretch(piece.text, tuple(styles), piece.start, piece.end))

    def _lines(self, piece: Markup, styles: Sequence[Style]) -> None:
        """Keep the lines of preformatted text apart; they have the same place in the source."""
        raw = self._source[piece.start : piece.end]
        start = piece.start
        for line in raw.splitlines(keepends=True):
            self._runs.append(Stretch(html.unescape(line), tuple(styles), start, start + len(line)))
            if line.endswith(("\n", "\r")):
                self._runs.append(Stretch(LINE))
            start += len(line)

    def _opened(self, piece: Markup) -> None:
        name = piece.name
        if name == "meta":
            self._meta(piece)
        if not self._hidden:
            self._empty_element(piece)
        if name in VOID or (piece.empty and name not in BLOCKS and name not in HIDDEN):
            return
        if name in CLOSES:
            self._imply(*CLOSES[name])
        is_block = name in BLOCKS
        if is_block and self._open["p"] and name != "button":
            self._imply({"p"}, {"button", "td", "th", "table", "li"})
        if is_block:
            self._flush()
        self._note.label(piece, self._begins, self._stack)
        back = self._note.is_way_back(piece, self._begins)
        hides = back or is_hidden(piece, self._mender)
        element = OpenElement(
            name,
            piece,
            self._styles_of(piece, is_block),
            is_block,
            hides,
            is_block and is_verse(piece),
        )
        if piece.empty and (is_block or hides):
            # XHTML: an element without content.
            return
        if len(self._stack) >= _DEEPEST:
            raise InputError(
                f"its elements nest deeper than {_DEEPEST:,}", "save its text from a browser"
            )
        if name == "q":
            self._quote(piece, self._open["q"], 0)
        self._stack.append(element)
        self._open[name] += 1
        if element.styles and len(self._styled) < _MOST_STYLES:
            self._styled.append(element)
        self._hidden += hides
        if is_block:
            if element.verse:
                self._verse += 1
                self._line = 0 if name != "p" else self._line
            self._outline.enter(piece)
            self._note.enter(piece, len(self._stack))

    def _styles_of(self, piece: Markup, is_block: bool) -> tuple[Style, ...]:
        if is_block:
            # What a whole page says of its language is often what its program was set to.
            language = "" if piece.name in ("html", "body") else language_said(piece)
            return ((InlineKind.LANGUAGE, language),) if language else ()
        href = piece.attributes.get("href", "").strip() if piece.name == "a" else ""
        if href and self._note.is_call(piece):
            return ((InlineKind.NOTE, ""),)
        return styles_of(piece)

    def _begins(self) -> bool:
        """Whether no word of the block was read so far."""
        return not any(run.text.strip() for run in self._runs)

    def _closed(self, piece: Markup) -> None:
        name = piece.name
        if name == "br":
            self._empty_element(piece)
        if not self._open[name]:
            if name in BLOCKS:
                self._flush()
            return
        while True:
            last = self._stack[-1]
            if name not in BLOCKS and last.block:
                return  # "</b>" of another block
            self._leave(piece if last.name == name else None)
            if last.name == name:
                return

    def _leave(self, closing: Markup | None) -> None:
        """Take the innermost element from the stack; ``closing`` is its end tag."""
        last = self._stack[-1]
        if last.block:
            self._flush()
        else:
            self._pairs.append((last.piece, closing, last.styles))
            if last.name in KEPT and closing and self._hidden == 1:
                self._objects.append((last.piece.start, closing.end))
        self._stack.pop()
        if self._styled and self._styled[-1] is last:
            self._styled.pop()
        self._open[last.name] -= 1
        self._hidden -= last.hides
        if last.name == "q":
            self._quote(closing, self._open["q"], 1)
        self._verse -= last.verse
        self._note.leave(len(self._stack) + 1)
        self._outline.leave(last.name)

    def _quote(self, tag: Markup | None, depth: int, side: int) -> None:
        """Read the quotation mark that a browser draws at a tag."""
        if not self._hidden:
            styles = tuple(style for element in self._styled for style in element.styles)
            place = (tag.start, tag.end) if tag else (0, 0)
            self._runs.append(Stretch(_QUOTES[depth > 0][side], styles, *place))

    def _imply(self, names: set[str], within: set[str]) -> None:
        """Close open elements of these names, up to the nearest that holds them."""
        if not any(self._open[name] for name in names):
            return
        for depth in range(len(self._stack) - 1, -1, -1):
            if self._stack[depth].name in within:
                return
            if self._stack[depth].name in names:
                while len(self._stack) > depth:
                    self._leave(None)
                return

    def _meta(self, piece: Markup) -> None:
        key = piece.attributes.get("name", "") or piece.attributes.get("property", "")
        content = " ".join(self._mender.clean(piece.attributes.get("content", "")).split())
        if key.lower() in ("author", "article:author", "dc.creator"):
            self.author = self.author or content
        elif key.lower() in ("date", "article:published_time", "dc.date"):
            self.date = self.date or content[:10]

    def _empty_element(self, piece: Markup) -> None:
        if piece.name == "br":
            self._runs.append(Stretch(LINE, (), piece.start, piece.end))
        elif piece.name == "hr":
            self._flush()
        elif piece.name in EMBEDDED or (piece.empty and piece.name not in BLOCKS | VOID):
            self._objects.append((piece.start, piece.end))
        if piece.name in ("img", "image"):
            text = " ".join(self._mender.clean(piece.attributes.get("alt", "")).split())
            if text and "alt" in piece.spans:
                block = Block(0, BlockKind.IMAGE, text)
                self._images.append(Slot(block, *piece.spans["alt"], attribute=True))

    def _flush(self) -> None:
        runs, pairs, objects = self._runs, self._pairs, self._objects
        self._runs, self._pairs, self._objects = [], [], []
        images, self._images = self._images, []
        # What is open goes on in the next block; here it is a pair without an end.
        pairs = [*pairs, *((each.piece, None, each.styles) for each in self._styled)]
        is_code, self._coded = self._coded, False
        if is_code:
            self.slots += code_slot(runs, self._source, self._mender)
            return
        lines = list(lines_of(runs))
        verse = self._verse > 0 or is_stanza(every_line(runs))
        if len(lines) > 1 or not self._verse:
            # A stanza in one element; else its lines are elements of their own.
            self._line = 0
        if len(lines) * (len(pairs) + len(objects)) > _MOST_STEPS:
            pairs, objects = [], []
        for line in lines:
            if any(run.text.strip() for run in line if run.text != LINE):
                for slot in self._slots(line, pairs, objects):
                    self._line += verse
                    block = versed(slot.block, self._line) if verse else slot.block
                    self.slots.append(replace(slot, block=block))
        self.slots += images

    def _slots(
        self,
        line: Sequence[Stretch],
        pairs: Sequence[Pair],
        objects: Sequence[tuple[int, int]],
    ) -> Iterator[Slot]:
        if self._labelled:
            line, self._labelled = without_label(line, self._source), False
        return slot_of(line, pairs, objects, self._source, self._mender, self._block)

    def _block(self, text: str) -> Block:
        return self._outline.block(text, self._open, bool(self._note))
