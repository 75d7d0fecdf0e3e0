"""A document that WeasyPrint has laid out and written, in; what it leaves undone, done in place.

WeasyPrint 70 writes one language for the whole document and no scope for header cells. It keeps the
structure element of a table cell in the ``mark`` of its box; both are mended there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.stages.publish.render.tagging import (
    print_links,
    set_margins_apart,
    table_number,
    unhead,
    untable,
)

# The classes of the cells that hold the text, its row numbers, and the space between them.
_SIDES = {"fr", "en", "number", "inner"}


# A glyph without characters in a table of them.
_NAMELESS = re.compile(rb"(?<=> )<>$")
_BLACK = {b"0 0 0 rg": b"0 0 0 1 k", b"0 0 0 RG": b"0 0 0 1 K"}


def finish(document: Any, pdf: Any, as_text: bool, in_spreads: bool, for_press: bool) -> None:
    """Mend a document that was just written; ``as_text`` as for ``mark_cells``."""
    if for_press:
        prepare_for_press(pdf)
    else:
        mark_cells(document, pdf, as_text)
        print_links(pdf)
        set_margins_apart(pdf)
    name_marks(pdf)
    undate_attachments(pdf)
    list_attachments_once(pdf)
    if in_spreads:
        open_as_spreads(pdf)


def mark_cells(document: Any, pdf: Any, as_text: bool) -> None:
    """Write each table cell's language, and what each header is one of, to its structure element.

    A cell's structure element covers all the paragraphs in it. ``as_text`` makes divisions of the
    tables that hold the text: without row numbers, there is nothing that heads a row. So it is with
    each table of them that has no number, for example on a page where a row only goes on.
    """
    import pydyf  # type: ignore[import-untyped]

    texts: dict[int, list[Any]] = {}
    numbered: set[int] = set()
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            element = getattr(box, "mark", None)
            if element is None:
                continue
            if language := box.element.get("lang"):
                element["Lang"] = pydyf.String(language)
            if scope := box.element.get("scope"):
                element["A"]["Scope"] = "/Row" if scope == "row" else "/Column"
            if _SIDES & set(box.element.get("class", "").split()):
                table = table_number(pdf, element)
                texts.setdefault(table, []).append(element)
                if element["S"] == "/TH" and _holds_text(box):
                    numbered.add(table)
                elif element["S"] == "/TH":
                    unhead(pdf, element)
    for table, elements in texts.items():
        for element in elements if as_text or table not in numbered else ():
            untable(pdf, element)


def _holds_text(box: Any) -> bool:
    return any(getattr(each, "text", "").strip() for each in box.descendants())


def cut_words(document: Any) -> set[str]:
    """Return the ids of the sentences that are cut inside a word at the end of a page."""
    return {
        name
        for page in document.pages
        for cell in _cells(page._page_box)
        if (name := _cut(cell, ""))
    }


def _cells(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == "td" and child.element.get("lang"):
            yield child
        else:
            yield from _cells(child)


def _cut(box: Any, name: str) -> str:
    """Return the id of the sentence that ends a box, "" unless its last word is cut."""
    while children := getattr(box, "children", ()):
        # A line may end with the boxes of spaces, and a cell with an empty block.
        box = children[-1]
        if box.element is not None and box.element.get("class") == "s":
            name = box.element.get("id", "")
    text = getattr(box, "text", "")
    return name if text.endswith("\u2010") else ""


def prepare_for_press(pdf: Any) -> None:
    """Say for which printing condition a PDF/X is; it has no links and no colour but black.

    The condition is known by its name to every printer's program, and needs no profile inside.
    """
    import pydyf

    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": pydyf.String("FOGRA39"),
        "OutputCondition": pydyf.String("Offset printing, ISO 12647-2:2004/Amd 1, coated paper"),
        "RegistryName": pydyf.String("http://www.color.org"),
        "Info": pydyf.String("black only"),
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    for each in pdf.objects:
        if hasattr(each, "get") and each.get("Type") == "/Page":
            each.pop("Annots", None)
        elif isinstance(getattr(each, "stream", None), list):
            # Crop marks are drawn in the black of a screen.
            each.stream[:] = [_BLACK.get(part, part) for part in each.stream]


def name_marks(pdf: Any) -> None:
    """Give each glyph that is but a part of a letter, as the dots of an Arabic one, a character.

    WeasyPrint 70 says that the first glyph of a letter is all of it, and of the others nothing.
    """
    for each in pdf.objects:
        stream = getattr(each, "stream", None)
        if isinstance(stream, list) and b"begincmap" in stream:
            stream[:] = [_NAMELESS.sub(b"<200d>", part) for part in stream]


def open_as_spreads(pdf: Any) -> None:
    """Ask viewers to show pages two by two, the first one alone, so that rows face each other."""
    pdf.catalog["PageLayout"] = "/TwoPageRight"


def list_attachments_once(pdf: Any) -> None:
    """Name each attached file once; for PDF/A-3, WeasyPrint 70 names each of them twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def undate_attachments(pdf: Any) -> None:
    """Leave out the dates of attached files, which are dates of nothing."""
    for each in pdf.objects:
        extra = getattr(each, "extra", {})
        if extra.get("Type") == "/EmbeddedFile":
            del extra["Params"]["CreationDate"], extra["Params"]["ModDate"]


def parted_rows(document: Any) -> set[str]:
    """Return the ids of the rows of text whose two sides do not start on the same page.

    A row is parted where one side of its first piece is empty and something stands in it later.
    """
    seen: dict[str, tuple[bool, bool]] = {}
    parted = set()
    for page in document.pages:
        for name, sides in _pieces(page._page_box):
            first = seen.setdefault(name, sides)
            if sides != first and first != (True, True):
                parted.add(name)
    return parted


def _pieces(box: Any) -> Iterator[tuple[str, tuple[bool, bool]]]:
    """Give each piece of a row on a page: its id, and whether French and English stand in it."""
    for child in getattr(box, "children", ()):
        name = child.element.get("id", "") if child.element is not None else ""
        if child.element_tag == "tr" and name.startswith("r"):
            filled = {cell.element.get("lang"): bool(cell.children) for cell in child.children}
            if {"fr", "en"} <= set(filled):
                yield name, (filled.get("fr", False), filled.get("en", False))
        else:
            yield from _pieces(child)
