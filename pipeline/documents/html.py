"""HTML in, a draft out; and, with the English of its blocks, the same HTML in English.

Both go through the one walk over the pieces of the source, so that what is written back stands
where it was read. Scripts, styles, comments, hidden and deleted elements are not text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.documents.decoding import decode_html
from pipeline.documents.draft import Draft, numbered, versed
from pipeline.documents.elements import (
    BACK,
    BLOCKS,
    CLOSES,
    EMBEDDED,
    HIDDEN,
    KEPT,
    NOTE_ID,
    NOTE_ROLES,
    VOID,
    is_hidden,
    is_verse,
    language_said,
    styles_of,
)
from pipeline.documents.html_calls import calls_in, is_label
from pipeline.documents.html_lists import Numbering, numbering, sizes_of_lists
from pipeline.documents.html_places import (
    LANGUAGE_SPAN,
    NO_TAGS,
    Pair,
    extent,
    raised,
    shared,
    unworded,
    with_notes,
    without_label,
)
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
from pipeline.documents.markup import Markup, pieces
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, InlineKind, Notice

# Limits for hostile pages: of nesting (refused), of styles at one place, and of pairs of a line and
# an inline element (then unmarked).
_DEEPEST = 3_000
_MOST_STYLES = 32
_MOST_STEPS = 2_000_000
_QUOTES = (("«\u00a0", "\u00a0»"), ("“", "”"))
# The quotation marks of such an element are in the text.
_Q = re.compile(r"^<(?:\w+:)?q\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A block and where it stands: what of the source its English replaces, and with which tags.

    ``kept`` is markup inside that bears no words (images, page breaks), which stands at the places
    ``objects``; it is put behind the English, and so are ``anchors``, the names of elements to
    which links lead. An ``attribute`` is written between quotes.
    """

    block: Block
    start: int
    end: int
    tags: dict[Style, tuple[str, str]] = field(default_factory=dict)
    kept: str = ""
    objects: tuple[tuple[int, int], ...] = ()
    anchors: tuple[str, ...] = ()
    attribute: bool = False


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


@dataclass(slots=True)
class _Element:
    name: str
    piece: Markup
    styles: tuple[Style, ...] = ()
    block: bool = False
    hides: bool = False
    verse: bool = False


class HtmlWalk:
    """One walk over a source: the slots of its blocks in reading order, and what it says of itself.

    ``fragment``: a part of another text, in which nothing counts as its head.
    """

    def __init__(self, source: str, mender: Mender | None = None, xml: bool = False) -> None:
        self.slots: list[Slot] = []
        self.title = self.author = self.date = ""
        self._source, self._mender = source, mender or Mender()
        self._stack: list[_Element] = []
        self._styled: list[_Element] = []  # the inline elements among them that mark something
        self._open: Counter[str] = Counter()
        self._runs: list[Stretch] = []
        self._pairs: list[Pair] = []
        self._objects: list[tuple[int, int]] = []
        self._images: list[Slot] = []
        self._hidden = 0
        self._lists: list[Numbering | None] = []
        self._sizes = sizes_of_lists(source)
        self._marker = ""
        self._tables: list[list[int]] = []  # number, row, column of the open tables
        self._table = 0
        self._note = ""
        self._verse = self._line = 0  # open elements of verse; lines of the stanza so far
        self._coded = self._labelled = False
        self._calls = calls_in(source)
        self._passed: set[str] = set()  # the addresses of the elements so far
        for piece in pieces(source, xml):
            self._take(piece)
        self._flush()

    @property
    def tables(self) -> int:
        """How many tables there were."""
        return self._table

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
            if hiding.name == "a" and not self._marker.strip("-."):
                # Only the way back to where a note is called is a hidden link.
                self._marker = " ".join(piece.text.split()).strip("[](). ↩↑^")
                self._labelled = bool(self._marker)
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
        self._label(piece)
        back = self._is_way_back(piece)
        hides = back or is_hidden(piece, self._mender)
        element = _Element(
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
            self._enter(piece)

    def _styles_of(self, piece: Markup, is_block: bool) -> tuple[Style, ...]:
        if is_block:
            # What a whole page says of its language is often what its program was set to.
            language = "" if piece.name in ("html", "body") else language_said(piece)
            return ((InlineKind.LANGUAGE, language),) if language else ()
        href = piece.attributes.get("href", "").strip() if piece.name == "a" else ""
        role = piece.attributes.get("epub:type", "") + piece.attributes.get("role", "")
        if href and (NOTE_ROLES.search(role) or piece.start in self._calls.places):
            return ((InlineKind.NOTE, ""),)
        return styles_of(piece)

    def _label(self, piece: Markup) -> None:
        """Find a note that begins with a link back to its call, as office programs write it."""
        own = {f"#{piece.attributes.get(key)}" for key in ("id", "name")}
        href = piece.attributes.get("href", "") if piece.name == "a" else ""
        is_called = not own.isdisjoint(self._calls.notes)
        if is_called and self._begins() and not self._note and href in self._passed:
            blocks = [place for place, each in enumerate(self._stack) if each.block]
            holds = (
                place
                for place in blocks
                if NOTE_ID.match(self._stack[place].piece.attributes.get("id", ""))
            )
            self._note = f"{next(holds, blocks[-1] if blocks else 0) + 1}"
        self._passed |= own

    def _begins(self) -> bool:
        """Whether no word of the block was read so far."""
        return not any(run.text.strip() for run in self._runs)

    def _is_way_back(self, piece: Markup) -> bool:
        """Whether an element of a note is the link back to where it is called."""
        href = piece.attributes.get("href", "")
        role = piece.attributes.get("epub:type", "") + piece.attributes.get("role", "")
        if piece.name != "a" or not self._note or not href:
            return False
        shown = self._source[piece.end : piece.end + 40].partition("<")[0].strip()
        return (
            "backlink" in role
            or href in self._calls.origins
            or bool(BACK.fullmatch(shown))
            or (self._begins() and is_label(shown))
        )

    def _enter(self, piece: Markup) -> None:
        match piece.name:
            case "ul" | "menu" | "dir":
                self._lists.append(None)
            case "ol":
                self._lists.append(numbering(piece, self._sizes.get(piece.start, 0)))
            case "li":
                self._marker = "-"
                if self._lists and (counted := self._lists[-1]) is not None:
                    counted = counted.at(piece)
                    self._marker, self._lists[-1] = counted.marker, counted.after()
            case "table":
                self._table += 1
                self._tables.append([self._table, 0, 0])
            case "tr" if self._tables:
                self._tables[-1][1:] = [self._tables[-1][1] + 1, 0]
            case "td" | "th" if self._tables:
                self._tables[-1][2] += 1
        role = piece.attributes.get("epub:type", "") + piece.attributes.get("role", "")
        if not self._note and (
            NOTE_ROLES.search(role) or f"#{piece.attributes.get('id')}" in self._calls.notes
        ):
            self._note = f"{len(self._stack)}"

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
        if self._note == str(len(self._stack) + 1):
            self._note = ""
        if last.name in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        if last.name == "table" and self._tables:
            self._tables.pop()
        if last.name == "li":
            self._marker = ""

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
            self.slots += self._code(runs)
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

    def _code(self, runs: Sequence[Stretch]) -> Iterator[Slot]:
        text = "".join("\n" if run.text == LINE else run.text for run in runs)
        text = self._mender.clean(text).strip("\n")
        if text.strip():
            yield Slot(Block(0, BlockKind.CODE, text), *extent(self._source, runs))

    def _slots(
        self,
        line: Sequence[Stretch],
        pairs: Sequence[Pair],
        objects: Sequence[tuple[int, int]],
    ) -> Iterator[Slot]:
        if self._labelled:
            line, self._labelled = without_label(line, self._source), False
        start, end = extent(self._source, line)
        grown = True
        while grown:
            grown = False
            for opening, closing, _ in pairs:
                if not opening or not closing or opening.end > end or closing.start < start:
                    continue
                if opening.start < start <= closing.start < end:
                    start, grown = opening.start, True
                elif start < opening.start < end < closing.end:
                    end, grown = closing.end, True
        tags: dict[Style, tuple[str, str]] = {}
        notes: dict[int, tuple[int, str]] = {}
        for opening, closing, styles in pairs:
            if opening is None or not styles:
                continue
            if opening.start < start and (closing is None or closing.end > end):
                # Its tags stand around the slot already.
                tags.update(dict.fromkeys(styles, NO_TAGS))
            elif opening.start >= start and closing is not None and closing.end <= end:
                raw = _Q.sub("<span", self._source[opening.start : opening.end])
                for style, opened in zip(styles, shared(raw, styles), strict=True):
                    is_span = opening.name == "q" or opened == LANGUAGE_SPAN.format(style[1])
                    name = "span" if is_span else opening.name
                    tags.setdefault(style, (opened, f"</{name}>"))
                if styles[0][0] is InlineKind.NOTE:
                    first, last = raised(opening, closing, pairs)
                    notes[opening.end] = closing.start, self._source[first:last]
        runs = with_notes(line, notes, tags, self._source)
        spans, anchors = unworded(line, objects, pairs, (start, end), self._source)
        kept = "".join(self._source[first:last] for first, last in spans)
        text, marks = flow(runs, self._mender)
        if text:
            block = replace(self._block(text), marks=marks)
            yield Slot(block, start, end, tags, kept, spans, anchors)

    def _block(self, text: str) -> Block:
        for rank in range(1, 7):
            if self._open[f"h{rank}"]:
                return Block(0, BlockKind.HEADING, text, level=rank)
        if self._open["caption"] or self._open["figcaption"]:
            return Block(0, BlockKind.CAPTION, text)
        if self._note:
            marker, self._marker = self._marker.strip("-."), ""
            return Block(0, BlockKind.NOTE, text, marker=marker)
        if self._open["li"]:
            marker, self._marker = self._marker, ""
            return Block(
                0, BlockKind.LIST_ITEM, text, level=max(1, len(self._lists)), marker=marker
            )
        if self._tables and self._tables[-1][2] and (self._open["td"] or self._open["th"]):
            table, row, column = self._tables[-1]
            return Block(0, BlockKind.CELL, text, level=column, marker=f"{table}.{row}")
        if self._open["blockquote"]:
            return Block(0, BlockKind.QUOTE, text, level=self._open["blockquote"])
        return Block(0, BlockKind.PARAGRAPH, text)
