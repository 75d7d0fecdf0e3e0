"""A PDF that WeasyPrint has written, in; its tags and annotations mended in place.

WeasyPrint 70 marks what stands in page margins as content that no element of the tag tree holds,
makes a table of every table, and gives links no Print flag.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PRINT = 4


def print_links(pdf: Any) -> None:
    """Set the Print flag of every annotation: page and screen show the same."""
    for each in pdf.objects:
        if hasattr(each, "get") and each.get("Type") == "/Annot":
            each["F"] = _PRINT


def set_margins_apart(pdf: Any) -> None:
    """Make artifacts of running heads and page numbers, which nobody wants read on every page."""
    import pydyf  # type: ignore[import-untyped]

    tree = _object(pdf, pdf.catalog["StructTreeRoot"])
    held = set(_numbers(pdf, tree))
    nums = _object(pdf, tree["ParentTree"])["Nums"]
    for page, elements in zip(_pages(pdf), nums[1::2], strict=False):
        if not isinstance(elements, list):
            continue
        stray = {mark for mark, each in enumerate(elements) if _number(each) not in held}
        stream = _object(pdf, page["Contents"]).stream
        for place, each in enumerate(stream):
            if isinstance(each, dict) and each.get("MCID") in stray:
                stream[place - 1 : place + 1] = [
                    "/Artifact",
                    pydyf.Dictionary({"Type": "/Pagination"}),
                ]
        for mark in stray:
            elements[mark] = "null"


def table_number(pdf: Any, cell: Any) -> int:
    """Return the number of the object that is the structure element of a cell's table."""
    element, number = cell, None
    while element["S"] != "/Table":
        number = _number(element["P"])
        assert number is not None
        element = pdf.objects[number]
    assert number is not None
    return number


def unhead(pdf: Any, header: Any) -> None:
    """Make a cell like others of an empty header, and say no more that it heads its row."""
    header["S"] = "/TD"
    header["A"].pop("Scope", None)
    for number in _numbers(pdf, _object(pdf, header["P"])):
        if pdf.objects[number].get("S") == "/TD":
            pdf.objects[number]["A"].pop("Headers", None)


def untable(pdf: Any, cell: Any) -> None:
    """Make divisions of a cell's structure element and of those above it up to the table."""
    element = cell
    while element["S"] in ("/TD", "/TH", "/TR", "/THead", "/TBody", "/Table"):
        last = element["S"] == "/Table"
        element["S"] = "/Div"
        element.pop("A", None)
        element.pop("ID", None)
        if last:
            return
        element = _object(pdf, element["P"])


def _numbers(pdf: Any, element: Any) -> Iterator[int]:
    """Give the numbers of the structure elements below one."""
    for kid in element.get("K", ()):
        number = _number(kid)
        if number is None:
            continue
        yield number
        below = pdf.objects[number]
        if below.get("Type") == "/StructElem":
            yield from _numbers(pdf, below)


def _pages(pdf: Any) -> Iterator[Any]:
    # Three items a page: the number of its object, 0 and R.
    for number in pdf.pages["Kids"][::3]:
        yield pdf.objects[number]


def _object(pdf: Any, reference: Any) -> Any:
    number = _number(reference)
    assert number is not None
    return pdf.objects[number]


def _number(reference: Any) -> int | None:
    """Give the number of the object that a reference such as ``b"12 0 R"`` is to."""
    if isinstance(reference, str):
        reference = reference.encode()
    if isinstance(reference, bytes) and reference.endswith(b" R"):
        return int(reference.split()[0])
    return None
