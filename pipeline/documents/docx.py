"""A Word document (DOCX) in, a draft out.

One walk over the paragraphs of body, notes, headers and footers. Tracked changes are read as
accepted; deleted and hidden text, comments, field codes and tables of contents are no text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.documents.docx_blocks import DocxPlace, block_of
from pipeline.documents.docx_elements import (
    DELETED,
    STROKE,
    STRUCK,
    branch_of,
    changes_in,
    is_drop_cap,
    is_placeholder,
    is_underlined,
    level_of,
    mark_deleted,
    row_deleted,
    switched_on,
    text_of,
    through,
)
from pipeline.documents.docx_fields import OpenFields
from pipeline.documents.docx_styles import (
    DocxStyle,
    languages_of,
    read_styles,
    said_of,
)
from pipeline.documents.draft import VERSE, Draft, numbered, versed_after
from pipeline.documents.foreign import commonest, foreign_to
from pipeline.documents.inline import (
    LINE,
    TAB,
    Mender,
    Stretch,
    Style,
    every_line,
    is_stanza,
)
from pipeline.documents.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    local,
    relationships,
)
from pipeline.documents.tabs import TabTables
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, InlineKind

_TRANSPARENT = frozenset(
    """hyperlink ins moveTo smartTag sdt sdtContent customXml dir bdo fldSimple r ruby rubyBase
    oMath oMathPara subDoc""".split()
)
_MATHS = frozenset(
    """f num den sup sub sSup sSub sSubSup sPre e d rad deg nary func fName m mr acc bar box
    borderBox eqArr groupChr lim limLow limUpp phant""".split()
)
_MARKS = {"b": InlineKind.STRONG, "i": InlineKind.EMPHASIS, "smallCaps": InlineKind.SMALL_CAPS}


def read_docx(data: bytes, _encoding: str) -> Draft:
    """Read a Word document; it tells its own encoding."""
    walk = DocxWalk(Package(data))
    blocks = numbered(block for paragraph in walk.paragraphs for block in paragraph.blocks)
    return Draft(blocks, notices=walk.mender.notices())


@dataclass(slots=True)
class Paragraph:
    """Paragraphs that are one, and the blocks in them.

    The mark between them was deleted, or the first is the tall first letter of the second.

    ``runs`` are those whose text is in the blocks, with their marks. Of an image's alternative text
    the element is the one that has it as an attribute. ``gaps`` are what stands before each block,
    and behind the last.
    """

    part: str
    elements: list[Element]
    stretches: list[Stretch]
    runs: list[tuple[Element, tuple[Style, ...]]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    gaps: list[list[Stretch]] = field(default_factory=list)


class DocxWalk:
    """The paragraphs of a document in reading order, each with its blocks."""

    def __init__(self, package: Package) -> None:
        self.mender = Mender(proofed=True)
        self.paragraphs: list[Paragraph] = []
        self.roots: dict[str, Element] = {}
        # The run and the element of each stretch of text, which has its place here as its start.
        self.places: list[tuple[Element, Element]] = []
        self._package = package
        self._fields = OpenFields()
        self._columns = TabTables()
        self._joined: Paragraph | None = None
        self._boxes: list[Element] = []
        self._images: list[tuple[Element, str]] = []
        self._runs: list[tuple[Element, tuple[Style, ...]]] = []
        main = _main_part(package)
        self._rels = relationships(package, main)
        folder = posixpath.dirname(main)
        path = f"{folder}/styles.xml".lstrip("/")
        self._styles = read_styles(package.xml(path)) if path in package else {}
        self._language = ""
        self._last: Block | None = None  # of the paragraph before; None where it was empty
        self._part(main, "body", DocxPlace())
        for name in ("footnotes", "endnotes"):
            path = f"{folder}/{name}.xml".lstrip("/")
            if path in package:
                self._notes(path)
        for path in package.names:
            if re.fullmatch(rf"{re.escape(folder)}/(?:header|footer)\d*\.xml", path):
                self._part(path, "", DocxPlace(furniture=True))
        changed, comments = changes_in(self.roots.values())
        self.mender.count("tracked", "tracked change", "read as accepted", changed)
        self.mender.count("comment", "comment", "left out", comments)

    def _part(self, path: str, body: str, place: DocxPlace) -> None:
        self._rels = relationships(self._package, path)
        root = self.roots[path] = self._package.xml(path)
        content = child(root, body) if body else root
        if content is None:
            raise InputError("it holds no text", "save it again in the program it was written with")
        if body:
            default = self._styles.get("", DocxStyle()).language
            self._language = commonest(languages_of(content, default))
        self._container(path, content, place)
        self._fields = OpenFields()
        self._settle(place)

    def _settle(self, place: DocxPlace) -> None:
        """Finish a paragraph whose mark was deleted, where nothing follows that it could join."""
        joined, self._joined = self._joined, None
        if joined is not None:
            self._finish(joined, None, DocxStyle(), place)

    def _notes(self, path: str) -> None:
        self._rels = relationships(self._package, path)
        root = self.roots[path] = self._package.xml(path)
        for note in root:
            if local(note) in ("footnote", "endnote") and attribute(note, "type") in ("", "normal"):
                place = DocxPlace(note=attribute(note, "id") or "*")
                self._container(path, note, place)
                self._settle(place)

    def _container(self, part: str, container: Element, place: DocxPlace) -> None:
        for element in container:
            match local(element):
                case "p":
                    self._paragraph(part, element, place)
                case "tbl":
                    self._table(part, element, place)
                case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                    if not is_placeholder(element):
                        self._container(part, element, place)
                case "altChunk":
                    self.mender.count("embedded", "embedded document", "left out")

    def _table(self, part: str, table: Element, place: DocxPlace) -> None:
        self._settle(place)
        rows = [row for row in through(table, "tr") if not row_deleted(row)]
        single = len(rows) == 1 and len(list(through(rows[0], "tc"))) == 1
        self._columns.row = 0
        self._columns.tables += not single
        number = self._columns.tables
        for row_number, row in enumerate(rows, 1):
            column = 1
            for cell in through(row, "tc"):
                inside = place
                if not single:
                    inside = replace(place, cell=f"{number}.{row_number}", column=column)
                self._container(part, cell, inside)
                self._settle(inside)
                properties = child(cell, "tcPr")
                span = None if properties is None else child(properties, "gridSpan")
                wide = "" if span is None else attribute(span, "val")
                column += int(wide) if wide.isdecimal() and 0 < int(wide) < 100 else 1

    def _paragraph(self, part: str, element: Element, place: DocxPlace) -> None:
        properties = child(element, "pPr")
        style = self._style_of(properties, "pStyle")
        stretches = list(self._stretches(element, (), style))
        runs, self._runs = self._runs, []
        if is_drop_cap(properties):
            # That it stands lower than its line says nothing of the word that it begins.
            stretches = [replace(each, styles=()) for each in stretches]
            runs = [(run, ()) for run, _ in runs]
        joined, self._joined = self._joined, None
        if joined is not None:
            paragraph = replace(
                joined,
                elements=[*joined.elements, element],
                stretches=[*joined.stretches, *stretches],
                runs=[*joined.runs, *runs],
            )
        else:
            paragraph = Paragraph(part, [element], stretches, runs)
        images, self._images = self._images, []
        boxes, self._boxes = self._boxes, []
        if mark_deleted(properties) or is_drop_cap(properties):
            self._joined = paragraph
            return
        self._finish(paragraph, properties, style, place)
        for image, text in images:
            block = Block(0, BlockKind.IMAGE, text)
            self.paragraphs.append(Paragraph(part, [image], [], [], [block]))
        for box in boxes:
            self._container(part, box, DocxPlace())

    def _finish(
        self, paragraph: Paragraph, properties: Element | None, style: DocxStyle, place: DocxPlace
    ) -> None:
        verse = bool(VERSE.search(style.name)) or is_stanza(every_line(paragraph.stretches))
        paragraph.blocks, paragraph.gaps = self._columns.laid_out(
            paragraph.stretches,
            lambda text: block_of(text, properties, style, place),
            self.mender,
            verse,
        )
        if verse and len(paragraph.blocks) == 1:
            paragraph.blocks[0] = versed_after(self._last, paragraph.blocks[0])
        self._last = paragraph.blocks[-1] if paragraph.blocks else None
        self.paragraphs.append(paragraph)

    def _stretches(
        self, element: Element, styles: tuple[Style, ...], paragraph: DocxStyle
    ) -> Iterator[Stretch]:
        for each in element:
            name = local(each)
            if name in DELETED or name in ("pPr", "rPr", "rt", "sdtPr"):
                continue
            if name == "hyperlink":
                target = self._rels.get(attribute(each, "id"), "")
                if attribute(each, "anchor"):
                    target += f"#{attribute(each, 'anchor')}"
                own = (*styles, (InlineKind.LINK, target)) if target else styles
                yield from self._stretches(each, own, paragraph)
            elif name == "r":
                yield from self._run(each, styles, paragraph)
            elif name == "AlternateContent":
                if (branch := branch_of(each)) is not None:
                    yield from self._content(branch, styles)
            elif name in _TRANSPARENT | _MATHS and not is_placeholder(each):
                yield from self._stretches(each, styles, paragraph)
                if name == "num":
                    yield Stretch(STROKE, styles)

    def _run(
        self, run: Element, styles: tuple[Style, ...], paragraph: DocxStyle
    ) -> Iterator[Stretch]:
        properties = child(run, "rPr")
        on = switched_on(properties, self._style_of(properties, "rStyle"), paragraph)
        if on & {"vanish", "specVanish", "webHidden"}:
            if any(local(each) == "t" for each in run):
                self.mender.count("hidden", "hidden passage", "left out")
            # The field that a hidden mark opens or closes is one all the same.
            for each in children(run, "fldChar"):
                self._fields.take(each)
            return
        if on & STRUCK and any(local(each) == "t" for each in run):
            self.mender.count("deleted", "deleted passage", "left out")
            return
        own = [(kind, "") for key, kind in _MARKS.items() if key in on]
        if address := self._fields.address:
            own.append((InlineKind.LINK, address))
        elif is_underlined(properties) and not any(kind is InlineKind.LINK for kind, _ in styles):
            own += [style for style in ((InlineKind.EMPHASIS, ""),) if style not in own]
        if level := level_of(properties):
            own.append((level, ""))
        said = said_of(properties) or self._style_of(properties, "rStyle").language
        if tag := foreign_to(said or paragraph.language, self._language):
            own.append((InlineKind.LANGUAGE, tag))
        found = list(self._content(run, (*styles, *own)))
        if found:
            self._runs.append((run, (*styles, *own)))
        yield from found

    def _content(self, run: Element, styles: tuple[Style, ...]) -> Iterator[Stretch]:
        for each in run:
            name = local(each)
            if name == "fldChar":
                self._fields.take(each)
            elif name == "instrText":
                self._fields.add_code(each.text or "")
            elif name in ("drawing", "pict", "object"):
                self._drawing(each)
            elif name == "AlternateContent":
                if (branch := branch_of(each)) is not None:
                    yield from self._content(branch, styles)
            elif not self._fields.in_code:
                text = text_of(each)
                if text:
                    self.places.append((run, each))
                    own = styles if text not in (LINE, TAB) else ()
                    yield Stretch(text, own, start=len(self.places) - 1)
                elif name in ("footnoteReference", "endnoteReference"):
                    yield Stretch("", ((InlineKind.NOTE, attribute(each, "id")),))

    def _drawing(self, drawing: Element) -> None:
        for each in drawing.iter():
            match local(each):
                case "docPr" | "shape" if text := " ".join(
                    self.mender.clean(attribute(each, "descr") or attribute(each, "alt")).split()
                ):
                    self._images.append((each, text))
                case "txbxContent" if not any(
                    local(above) in ("txbxContent", "Fallback") for above in each.iterancestors()
                ):
                    self._boxes.append(each)

    def _style_of(self, properties: Element | None, kind: str) -> DocxStyle:
        named = None if properties is None else child(properties, kind)
        return (
            DocxStyle() if named is None else self._styles.get(attribute(named, "val"), DocxStyle())
        )


def _main_part(package: Package) -> str:
    if "[Content_Types].xml" not in package:
        raise InputError("it is not a Word document", "save it as .docx")
    for key, target in relationships(package, "").items():
        if key and re.search(r"document\d*\.xml$", target):
            return posixpath.normpath(target).lstrip("/")
    return "word/document.xml"
