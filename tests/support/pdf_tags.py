"""A PDF in, its tag tree out: what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Piece:
    """The part of a table row that stands on one page; its cells as (tag, language, text?)."""

    page: int
    cells: tuple[tuple[str, str, bool], ...]


def kids(element: Any) -> list[Any]:
    """Give the structure elements right below one."""
    found = element.get("/K", [])
    found = found.get_object() if hasattr(found, "get_object") else found
    found = found if isinstance(found, list) else [found]
    objects = [each.get_object() for each in found if hasattr(each, "get_object")]
    return [each for each in objects if hasattr(each, "get") and "/S" in each]


def walk(element: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Give every structure element below one and those above it, in reading order."""
    for kid in kids(element):
        yield kid, above
        yield from walk(kid, (*above, kid))


def tree(reader: PdfReader) -> list[tuple[Any, tuple[Any, ...]]]:
    """Give every structure element of a PDF with those above it, in reading order."""
    root: Any = reader.trailer["/Root"]
    return list(walk(root["/StructTreeRoot"]))


def holds_text(element: Any) -> bool:
    """Tell whether marked content of the page belongs to an element or what is below it."""
    found = element.get("/K", [])
    found = found.get_object() if hasattr(found, "get_object") else found
    found = found if isinstance(found, list) else [found]
    return any(isinstance(each, int) for each in found) or any(map(holds_text, kids(element)))


def row_pieces(reader: PdfReader) -> list[Piece]:
    """Give the pieces of the rows of the text, those with a French and an English cell."""
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    pieces = []
    for element, _ in tree(reader):
        if element["/S"] != "/TR":
            continue
        cells = tuple(
            (str(cell["/S"]), str(cell.get("/Lang", "")), holds_text(cell))
            for cell in kids(element)
        )
        if {"fr", "en"} <= {language for _, language, _ in cells} and len(cells) == 3:
            page = element.raw_get("/Pg").idnum
            pieces.append(Piece(numbers[page], cells))
    return pieces


def parted_rows(reader: PdfReader) -> list[int]:
    """Give the pages where a row starts with one side, or its number, alone.

    A row starts where its number stands; a piece without number goes on with the row before it.
    """
    pieces = row_pieces(reader)
    parted = []
    for place, piece in enumerate(pieces):
        sides = {language: there for _, language, there in piece.cells}
        if not sides[""] or (sides["fr"] and sides["en"]):
            continue
        later = []
        for other in pieces[place + 1 :]:
            if any(there for _, language, there in other.cells if not language):
                break
            later += [language for _, language, there in other.cells if there]
        if any(not sides[language] for language in later):
            parted.append(piece.page)
    return parted
