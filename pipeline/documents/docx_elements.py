"""Elements of Word's XML in; what they say, and whether they are there at all, out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.docx_styles import OFF
from pipeline.documents.inline import LINE
from pipeline.documents.package import Element, attribute, child, local

DELETED = frozenset(("del", "moveFrom"))
STRUCK = frozenset(("strike", "dstrike"))


def text_of(element: Element) -> str:
    """Give what an element of a run says."""
    match local(element):
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return " "
        case "br":
            return "" if attribute(element, "type") in ("page", "column") else LINE
        case "cr":
            return LINE
        case "noBreakHyphen":
            return "\u2011"
        case "sym":
            code = attribute(element, "char")
            number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{4}", code) else 0
            return chr(number) if number > 0x20 and not 0xD800 <= number < 0xF900 else ""
    return ""


def is_placeholder(element: Element) -> bool:
    """Whether a content control shows but what asks to be filled in."""
    properties = child(element, "sdtPr")
    return properties is not None and child(properties, "showingPlcHdr") is not None


def is_underlined(properties: Element | None) -> bool:
    """Whether the properties of a run underline it, whatever its style does (that of links)."""
    line = None if properties is None else child(properties, "u")
    return line is not None and attribute(line, "val") not in ("none", "0", "")


def is_struck(run: Element) -> bool:
    """Whether a run says of itself that it is struck out."""
    properties = child(run, "rPr")
    struck = [] if properties is None else [child(properties, name) for name in STRUCK]
    return any(each is not None and attribute(each, "val").lower() not in OFF for each in struck)


def mark_deleted(properties: Element | None) -> bool:
    """Whether the end of a paragraph, by its properties, was deleted: the next one joins it."""
    run = None if properties is None else child(properties, "rPr")
    return run is not None and any(child(run, name) is not None for name in DELETED)


def row_deleted(row: Element) -> bool:
    """Whether a row of a table was deleted."""
    properties = child(row, "trPr")
    return properties is not None and child(properties, "del") is not None


def through(element: Element, name: str) -> Iterator[Element]:
    """Give the children of this name, also those in content controls."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from through(each, name)
