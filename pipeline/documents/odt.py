"""An OpenDocument text (ODT) in, a draft out.

Deleted text (which lies in a place of its own), annotations, hidden text and tables of contents are
no text; notes follow the paragraph that calls for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.documents.draft import VERSE, Draft, numbered, versed_after
from pipeline.documents.foreign import commonest, foreign_to
from pipeline.documents.inline import (
    LINE,
    TAB,
    Mender,
    Stretch,
    Style,
    every_line,
    flow,
    is_stanza,
)
from pipeline.documents.odt_contents import CONTENTS
from pipeline.documents.odt_drawings import formula_of, is_drawn
from pipeline.documents.odt_styles import OdtStyle, default_language, languages_of, read_styles
from pipeline.documents.package import Element, Package, attribute, child, children, local
from pipeline.documents.tabs import TabTables
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, InlineKind

_SKIPPED = frozenset(
    """tracked-changes annotation annotation-end forms sequence-decls variable-decls
    user-field-decls hidden-text hidden-paragraph script ruby-text
    note-citation table-header-columns table-columns table-column""".split()
)
_HEADING = re.compile(r"\b(?:heading|titre)(?:_20_| )([1-9])\b", re.IGNORECASE)


def read_odt(data: bytes, _encoding: str) -> Draft:
    """Read an OpenDocument text; it tells its own encoding."""
    walk = OdtWalk(Package(data))
    blocks = numbered(block for paragraph in walk.paragraphs for block in paragraph.blocks)
    return Draft(blocks, notices=walk.mender.notices())


@dataclass(slots=True)
class OdtParagraph:
    """A paragraph, the part it is in, and its blocks; of an image the element of its description.

    ``spans`` are the elements that mark its text, each with its style or address; ``gaps`` what
    stands before each block (tabs, line breaks, signs), and behind the last.
    """

    part: str
    element: Element
    blocks: list[Block] = field(default_factory=list)
    spans: list[tuple[Element, tuple[Style, ...]]] = field(default_factory=list)
    gaps: list[list[Stretch]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What a paragraph stands in."""

    lists: int = 0
    cell: str = ""
    column: int = 0
    note: str = ""
    quoted: bool = False
    furniture: bool = False


class OdtWalk:
    """The paragraphs of a document in reading order, each with its blocks."""

    def __init__(self, package: Package) -> None:
        if "content.xml" not in package:
            raise InputError("it is not an OpenDocument text", "save it as .odt")
        self.mender = Mender(proofed=True)
        self.paragraphs: list[OdtParagraph] = []
        self.roots: dict[str, Element] = {}
        # The frames that show a formula, with what it says.
        self.formulas: dict[Element, str] = {}
        self._package = package
        self._columns = TabTables()
        self._notes: list[tuple[str, Element]] = []
        self._boxes: list[Element] = []
        self._images: list[tuple[Element, str]] = []
        self._spans: list[tuple[Element, tuple[Style, ...]]] = []
        self._part = "content.xml"
        content = self.roots["content.xml"] = package.xml("content.xml")
        styles = package.xml("styles.xml") if "styles.xml" in package else None
        roots = [root for root in (styles, content) if root is not None]
        self._styles = read_styles(roots)
        self._last: Block | None = None  # of the paragraph before; None where it was empty
        body = child(content, "body")
        text = None if body is None else child(body, "text")
        if text is None:
            raise InputError("it holds no text", "save it as .odt")
        default = default_language(styles)
        self._language = commonest(languages_of(text, self._styles, default))
        self._container(text, _Spot())
        if styles is not None:
            self._part, self.roots["styles.xml"] = "styles.xml", styles
        for each in () if styles is None else styles.iter():
            if local(each) in ("header", "footer", "header-left", "footer-left", "header-first"):
                self._container(each, _Spot(furniture=True))
        changed = sum(local(each) == "changed-region" for each in text.iter())
        notes = sum(local(each) == "annotation" for each in text.iter())
        self.mender.count("tracked", "tracked change", "read as accepted", changed)
        self.mender.count("comment", "comment", "left out", notes)

    def _container(self, container: Element, spot: _Spot) -> None:
        for element in container:
            name = local(element)
            if name in _SKIPPED:
                continue
            if name in ("p", "h"):
                self._paragraph(element, spot)
            elif name == "list":
                self._container(element, replace(spot, lists=spot.lists + 1))
            elif name == "table":
                self._table(element, spot)
            elif name in CONTENTS:
                for title in [each for each in element.iter() if local(each) == "index-title"]:
                    self._container(title, spot)
            elif name == "section" and attribute(element, "display") == "none":
                self.mender.count("hidden", "hidden passage", "left out")
            elif is_drawn(element):
                self._drawing(element)
                self._behind()
            elif len(element):
                self._container(element, spot)

    def _table(self, table: Element, spot: _Spot) -> None:
        self._columns.row = 0
        self._columns.tables += 1
        number = self._columns.tables
        for row_number, row in enumerate(_rows(table), 1):
            column = 1
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                inside = replace(spot, lists=0, cell=f"{number}.{row_number}", column=column)
                self._container(cell, inside)
                repeated = attribute(cell, "number-columns-repeated")
                column += int(repeated) if repeated.isdecimal() and len(repeated) < 3 else 1

    def _paragraph(self, element: Element, spot: _Spot) -> None:
        style = self._styles.get(attribute(element, "style-name"), OdtStyle())
        if self._unread(style):
            return
        paragraph = OdtParagraph(self._part, element)
        stretches = list(self._stretches(element, self._foreign(style)))
        verse = bool(VERSE.search(style.name)) or is_stanza(every_line(stretches))
        paragraph.blocks, paragraph.gaps = self._columns.laid_out(
            stretches, lambda text: self._block(element, text, style, spot), self.mender, verse
        )
        if verse and len(paragraph.blocks) == 1:
            paragraph.blocks[0] = versed_after(self._last, paragraph.blocks[0])
        self._last = paragraph.blocks[-1] if paragraph.blocks else None
        paragraph.spans, self._spans = self._spans, []
        self.paragraphs.append(paragraph)
        self._behind()

    def _behind(self) -> None:
        """Give what stands in a paragraph but is none of its words: images, boxes, notes."""
        images, self._images = self._images, []
        boxes, self._boxes = self._boxes, []
        notes, self._notes = self._notes, []
        for image, text in images:
            block = Block(0, BlockKind.IMAGE, text)
            self.paragraphs.append(OdtParagraph(self._part, image, [block]))
        for box in boxes:
            self._container(box, _Spot())
        for label, body in notes:
            self._container(body, _Spot(note=label))

    def _block(self, element: Element, text: str, style: OdtStyle, spot: _Spot) -> Block:
        if spot.furniture:
            return Block(0, BlockKind.FURNITURE, text)
        if spot.note:
            return Block(0, BlockKind.NOTE, text, marker=spot.note)
        if spot.cell:
            return Block(0, BlockKind.CELL, text, spot.column, spot.cell)
        if local(element) == "h":
            level = attribute(element, "outline-level")
            return Block(0, BlockKind.HEADING, text, min(int(level), 6) if level.isdecimal() else 1)
        if spot.lists:
            return Block(0, BlockKind.LIST_ITEM, text, spot.lists, "-")
        if heading := _HEADING.search(style.name):
            return Block(0, BlockKind.HEADING, text, min(int(heading[1]), 6))
        name = style.name.lower()
        if "title" in name.split() or "titre" in name.split():
            return Block(0, BlockKind.HEADING, text, 1)
        if "quotation" in name or "citation" in name:
            return Block(0, BlockKind.QUOTE, text, 1)
        kind = BlockKind.CAPTION if "caption" in name or "légende" in name else BlockKind.PARAGRAPH
        return Block(0, kind, text)

    def _stretches(self, element: Element, styles: tuple[Style, ...]) -> Iterator[Stretch]:
        if element.text:
            yield Stretch(_spaces(element.text), styles)
        for each in element:
            name = local(each)
            match name:
                case _ if is_drawn(each):
                    if formula := self._formula(each):
                        yield Stretch(formula, styles)
                    self._drawing(each)
                case "s":
                    yield Stretch(" ", styles)
                case "tab":
                    yield Stretch(TAB)
                case "line-break":
                    yield Stretch(LINE)
                case "span":
                    own = self._styles.get(attribute(each, "style-name"), OdtStyle())
                    if not self._unread(own):
                        around = tuple(style for style in styles if style[0] not in own.off)
                        inside = (*around, *self._marks(own, styles), *self._foreign(own))
                        self._spans.append((each, inside))
                        yield from self._stretches(each, inside)
                case "a":
                    link = (InlineKind.LINK, attribute(each, "href"))
                    self._spans.append((each, (*styles, link)))
                    yield from self._stretches(each, (*styles, link))
                case "note":
                    yield from self._note(each)
                case _ if name and name not in _SKIPPED:
                    yield from self._stretches(each, styles)
            if each.tail:
                yield Stretch(_spaces(each.tail), styles)

    def _unread(self, style: OdtStyle) -> bool:
        """Count and tell what a style hides or strikes out."""
        if style.hidden:
            self.mender.count("hidden", "hidden passage", "left out")
        elif style.struck:
            self.mender.count("deleted", "deleted passage", "left out")
        return style.hidden or style.struck

    def _marks(self, style: OdtStyle, around: tuple[Style, ...]) -> Iterator[Style]:
        """Give the marks of a style; a line below words that are no link is emphasis."""
        linked = any(kind is InlineKind.LINK for kind, _ in around)
        if style.underlined and not linked and InlineKind.EMPHASIS not in style.marks:
            yield InlineKind.EMPHASIS, ""
        yield from ((kind, "") for kind in style.marks)

    def _foreign(self, style: OdtStyle) -> tuple[Style, ...]:
        tag = foreign_to(style.language, self._language)
        return ((InlineKind.LANGUAGE, tag),) if tag else ()

    def _note(self, note: Element) -> Iterator[Stretch]:
        citation, body = child(note, "note-citation"), child(note, "note-body")
        label = "" if citation is None else " ".join("".join(citation.itertext()).split())
        label = label or "*"
        if body is not None:
            self._notes.append((label, body))
            yield Stretch("", ((InlineKind.NOTE, label),))

    def _formula(self, frame: Element) -> str:
        text, _ = flow([Stretch(formula_of(frame, self._package))], self.mender)
        if text:
            self.formulas[frame] = text
        return text

    def _drawing(self, drawing: Element) -> None:
        for name in ("desc", "title"):
            found = child(drawing, name)
            text = "" if found is None else " ".join(self.mender.clean(found.text or "").split())
            if text:
                self._images.append((found, text))
                break
        match local(drawing):
            case "frame":
                self._boxes += list(children(drawing, "text-box"))
            case "g" | "a":
                for each in drawing:
                    if is_drawn(each):
                        self._drawing(each)
            case _:
                self._boxes.append(drawing)


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        if local(each) == "table-row":
            yield each
        elif local(each) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)


def _spaces(text: str) -> str:
    """White space is one space in OpenDocument; more of it has an element of its own."""
    return text.replace("\n", " ").replace("\t", " ")
