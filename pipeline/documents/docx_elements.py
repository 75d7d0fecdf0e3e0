"""Elements of Word's XML in; what they say, and whether they are there at all, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pipeline.documents.docx_styles import OFF, DocxStyle
from pipeline.documents.inline import LINE, TAB
from pipeline.documents.package import Element, attribute, child, local
from pipeline.model import InlineKind

# Of the fonts of signs, those that texts have.
_SYMBOL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SIGNS = {
    "Symbol": {
        **dict(enumerate(_SYMBOL, 0x61)),
        **dict(enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 0x41)),
        **{0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°"},
        **{0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…"},
        **{0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xE5: "∑", 0xA2: "′", 0xB2: "″"},
    },
    "Wingdings": {
        **{0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xA7: "▪", 0xA8: "◻"},
        **{0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨"},
        **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x2A: "✉", 0x4A: "☺"},
    },
}
# Half points above or below the line from which on letters are raised or lowered, not adjusted.
_MOVED = 2
STROKE = "/"  # of a fraction
DELETED = frozenset(("del", "moveFrom"))
STRUCK = frozenset(("strike", "dstrike"))


def text_of(element: Element) -> str:
    """Give what an element of a run says."""
    match local(element):
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return TAB
        case "br":
            return "" if breaks_page(element) else LINE
        case "cr":
            return LINE
        case "noBreakHyphen":
            return "\u2011"
        case "sym":
            code = attribute(element, "char")
            number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{4}", code) else 0
            if 0xF000 < number < 0xF100:
                return _SIGNS.get(attribute(element, "font"), {}).get(number - 0xF000, "")
            return chr(number) if number > 0x20 and not 0xD800 <= number < 0xF900 else ""
    return ""


def breaks_page(element: Element) -> bool:
    """Whether an element begins a new page or column."""
    return local(element) == "br" and attribute(element, "type") in ("page", "column")


def formula_text(element: Element) -> Iterator[str]:
    """Give what a formula says, in a line; a fraction has its stroke."""
    for each in element:
        if local(each) == "t":
            yield each.text or ""
        yield from formula_text(each)
        if local(each) == "num":
            yield STROKE


def is_placeholder(element: Element) -> bool:
    """Whether a content control shows but what asks to be filled in."""
    properties = child(element, "sdtPr")
    return properties is not None and child(properties, "showingPlcHdr") is not None


def is_underlined(properties: Element | None) -> bool:
    """Whether the properties of a run underline it, whatever its style does (that of links)."""
    line = None if properties is None else child(properties, "u")
    return line is not None and attribute(line, "val") not in ("none", "0", "")


def level_of(properties: Element | None) -> InlineKind | None:
    """Give whether the properties of a run put it above or below its line."""
    raised = None if properties is None else child(properties, "vertAlign")
    value = "" if raised is None else attribute(raised, "val")
    if value in ("superscript", "subscript"):
        return InlineKind(value)
    moved = None if properties is None else child(properties, "position")
    halves = "" if moved is None else attribute(moved, "val")
    if not re.fullmatch(r"-?\d{1,3}", halves) or abs(int(halves)) < _MOVED:
        return None
    return InlineKind.SUPERSCRIPT if int(halves) > 0 else InlineKind.SUBSCRIPT


def is_struck(run: Element) -> bool:
    """Whether a run says of itself that it is struck out."""
    properties = child(run, "rPr")
    struck = [] if properties is None else [child(properties, name) for name in STRUCK]
    return any(each is not None and attribute(each, "val").lower() not in OFF for each in struck)


def is_drop_cap(properties: Element | None) -> bool:
    """Whether a paragraph is the tall first letter of the next one, as Word sets it."""
    frame = None if properties is None else child(properties, "framePr")
    return frame is not None and attribute(frame, "dropCap") in ("drop", "margin")


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


def branch_of(alternatives: Element) -> Element | None:
    """Give the first of some alternatives, which say the same in newer and in older words."""
    first = child(alternatives, "Choice")
    return first if first is not None else child(alternatives, "Fallback")


def switched_on(
    properties: Element | None, style: DocxStyle, paragraph: DocxStyle
) -> frozenset[str]:
    """Give what is switched on for a run; bold of a whole paragraph's style is no mark."""
    on = set(style.on | (paragraph.on & ({"vanish", "specVanish"} | STRUCK)))
    for each in properties if properties is not None else ():
        name = local(each)
        if attribute(each, "val").lower() in OFF:
            on.discard(name)
        else:
            on.add(name)
    return frozenset(on)


def changes_in(roots: Iterable[Element]) -> tuple[int, int]:
    """Count the tracked changes and the comments of a document."""
    changed = comments = 0
    for each in chain.from_iterable(root.iter() for root in roots):
        name = local(each)
        changed += name in {"ins", "moveTo", *DELETED} and len(each) > 0
        comments += name == "commentReference"
    return changed, comments
