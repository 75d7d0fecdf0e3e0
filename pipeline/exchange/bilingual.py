"""An ``EditionContent`` in; a table to correct in a word processor, DOCX, out. And back.

Office Open XML (ECMA-376, transitional), a row a segment. What is read back: the text as it stands
when all tracked changes are accepted, who made them, and comments.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from pipeline.errors import InputError
from pipeline.exchange.archive import archive
from pipeline.exchange.returned import Returned
from pipeline.exchange.xml import (
    XML,
    below,
    children,
    from_bytes,
    local,
    to_bytes,
    xml_text,
)
from pipeline.model import EditionContent

if TYPE_CHECKING:
    from pipeline.exchange.xml import XmlElement

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCUMENT, _COMMENTS = "word/document.xml", "word/comments.xml"
_WIDTHS = {"id": 1100, "français": 5200, "english": 5200, "note": 2500}
# What a damaged archive makes the library raise; a ValueError is a place before its beginning.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(OSError, EOFError, ValueError),
)
_MAX_BYTES = 50_000_000
_ID = re.compile(r"b[0-9]{4,}\.s[0-9]{2,}")
# What tracked changes have taken away.
_GONE = frozenset(["del", "moveFrom", "delText", "instrText", "commentRangeStart", "rPr", "pPr"])
_TRACKED = ("ins", "del", "moveTo", "moveFrom")


def bilingual(content: EditionContent) -> bytes:
    """Return the table: id, French, English and an empty column for notes, texts as stored."""
    document = Element("w:document", {"xmlns:w": _W})
    body = SubElement(document, "w:body")
    table = SubElement(body, "w:tbl")
    about = SubElement(table, "w:tblPr")
    SubElement(about, "w:tblW", {"w:w": str(sum(_WIDTHS.values())), "w:type": "dxa"})
    borders = SubElement(about, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        SubElement(borders, f"w:{side}", {"w:val": "single", "w:sz": "4", "w:color": "999999"})
    SubElement(about, "w:tblLayout", {"w:type": "fixed"})
    grid = SubElement(table, "w:tblGrid")
    for width in _WIDTHS.values():
        SubElement(grid, "w:gridCol", {"w:w": str(width)})
    _add_row(table, list(_WIDTHS), is_head=True)
    for segment, translation in zip(content.segments, content.translations, strict=True):
        _add_row(table, [segment.id, segment.source, translation.text, ""])
    section = SubElement(body, "w:sectPr")
    SubElement(section, "w:pgSz", {"w:w": "16838", "w:h": "11906", "w:orient": "landscape"})
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1134")
    SubElement(section, "w:pgMar", {f"w:{side}": size for side, size in margins.items()})
    types = Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    SubElement(types, "Default", {"Extension": "rels", "ContentType": relations})
    SubElement(types, "Default", {"Extension": "xml", "ContentType": "application/xml"})
    SubElement(types, "Override", {"PartName": f"/{_DOCUMENT}", "ContentType": _MAIN})
    links = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    SubElement(links, "Relationship", {"Id": "rId1", "Type": _OFFICE, "Target": _DOCUMENT})
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, _DOCUMENT: document}
    return archive({name: to_bytes(part) for name, part in parts.items()})


def _add_row(table: Element, texts: list[str], is_head: bool = False) -> None:
    row = SubElement(table, "w:tr")
    about = SubElement(row, "w:trPr")
    SubElement(about, "w:cantSplit")
    if is_head:
        SubElement(about, "w:tblHeader")
    languages = ("en-GB", "fr-FR", "en-GB", "en-GB")
    for text, width, language in zip(texts, _WIDTHS.values(), languages, strict=True):
        cell = SubElement(row, "w:tc")
        SubElement(SubElement(cell, "w:tcPr"), "w:tcW", {"w:w": str(width), "w:type": "dxa"})
        run = SubElement(SubElement(cell, "w:p"), "w:r")
        style = SubElement(run, "w:rPr")
        if is_head:
            SubElement(style, "w:b")
        SubElement(style, "w:lang", {"w:val": language})
        for number, line in enumerate(text.split("\n")):
            if number:
                SubElement(run, "w:br")
            SubElement(run, "w:t", {f"{XML}space": "preserve"}).text = xml_text(line)


def read_bilingual(data: bytes, name: str) -> list[Returned]:
    """Read the table back; raises InputError where the file is no such document, or unsafe."""
    root = from_bytes(_part(data, _DOCUMENT, name), name, InputError)
    comments = {}
    if written := _part(data, _COMMENTS, name, is_needed=False):
        for comment in below(from_bytes(written, name, InputError), "comment"):
            comments[comment.get(f"{{{_W}}}id")] = (
                _text(comment).strip(),
                comment.get(f"{{{_W}}}author") or "",
            )
    found = []
    for row in below(root, "tr"):
        cells = list(children(row, "tc"))
        if len(cells) < 3 or not _ID.fullmatch(_text(cells[0]).strip()):
            continue
        id_, source, target, *rest = [_text(cell) for cell in cells]
        made = [
            comments[mark]
            for reference in below(row, "commentReference")
            if (mark := reference.get(f"{{{_W}}}id")) in comments
        ]
        by = [change.get(f"{{{_W}}}author") or "" for change in below(cells[2], *_TRACKED)]
        notes = tuple(filter(None, [*(each.strip() for each in rest), *(text for text, _ in made)]))
        author = next(filter(None, [*by, *(who for _, who in made)]), "")
        found.append(Returned(id_.strip(), source, target, notes, author))
    if not found:
        raise InputError(
            "the document has no table of sentences",
            "bring back the table that was exported, with its first column as it was",
            where=name,
        )
    return found


def _part(data: bytes, part: str, name: str, is_needed: bool = True) -> bytes:
    """Give a part of the package; one that would grow beyond all measure is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if part not in package.namelist():
                if is_needed:
                    raise InputError(
                        "this is no Word document",
                        "save it again in the program it was written with",
                        where=name,
                    )
                return b""
            with package.open(part) as stream:
                found = stream.read(_MAX_BYTES + 1)
    except _BROKEN:
        raise InputError(
            "this is no Word document, or a damaged one",
            "save it again in the program it was written with",
            where=name,
        ) from None
    if len(found) > _MAX_BYTES:
        raise InputError(
            f"the document is larger than {_MAX_BYTES:,} bytes", "split it", where=name
        )
    return found


def _text(element: XmlElement) -> str:
    """Give the text of a cell: its paragraphs on lines of their own, what was deleted left out."""
    paragraphs = ["".join(_pieces(paragraph)) for paragraph in below(element, "p")]
    return "\n".join(paragraphs).strip("\n")


def _pieces(element: XmlElement) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab":
            yield " "
        elif name == "noBreakHyphen":
            yield "\u2011"
        elif name not in _GONE:
            yield from _pieces(child)
