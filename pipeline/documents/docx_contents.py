"""A Word document whose text was translated in; what repeats that text, in English as well, out.

Tables of contents and of figures say again what headings and captions say, and drawings have their
words a second time, for programs that do not know the newer form.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from pipeline.documents.docx_fields import OpenFields
from pipeline.documents.package import Element, child, local
from pipeline.documents.shown import said_again


def retell_contents(root: Element, names: Mapping[str, str]) -> None:
    """Give the entries of tables of contents the English of the headings that they name."""
    for pieces in _entries(root):
        english = said_again("".join(each.text or "" for each in pieces), names)
        if english is not None:
            pieces[0].text = english
            for each in pieces[1:]:
                each.text = ""


def _entries(root: Element) -> Iterator[list[Element]]:
    """Give the elements with text of each part of an entry: number, name, page."""
    fields = OpenFields()
    pieces: list[Element] = []
    for each in root.iter():
        match local(each):
            case "fldChar":
                fields.take(each)
            case "instrText":
                fields.add_code(each.text or "")
            case "t" if fields.in_contents:
                pieces.append(each)
                continue
            case "p" | "tab":
                pass
            case _:
                continue
        if pieces:
            yield pieces
            pieces = []
    if pieces:
        yield pieces


def retell_drawings(root: Element) -> None:
    """Give the older form of each drawing the words of the newer one."""
    for drawing in [each for each in root.iter() if local(each) == "AlternateContent"]:
        newer, older = child(drawing, "Choice"), child(drawing, "Fallback")
        if newer is None or older is None:
            continue
        boxes, same = (list(each.iter("{*}txbxContent")) for each in (newer, older))
        if len(boxes) == len(same):
            for box, twin in zip(boxes, same, strict=True):
                twin[:] = [copy.deepcopy(each) for each in box]
