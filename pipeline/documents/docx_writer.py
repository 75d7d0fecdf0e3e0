"""A Word document and the English of its blocks in; the document in English out.

Only the text of translated paragraphs is replaced: the runs of the English take the properties of
the French run with the same marks; notes, images, bookmarks and links are moved, never made anew.
Parts without changes stay byte for byte.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from pipeline.documents.docx import DocxWalk, Paragraph
from pipeline.documents.docx_contents import retell_contents, retell_drawings
from pipeline.documents.docx_controls import unbind
from pipeline.documents.docx_elements import is_drop_cap, is_struck
from pipeline.documents.docx_fields import W
from pipeline.documents.docx_paragraph import OldParagraph
from pipeline.documents.docx_properties import ENGLISH
from pipeline.documents.package import Element, Package, attribute, child, local
from pipeline.documents.shown import names_of
from pipeline.documents.target import EnglishBlock, grouped
from pipeline.model import BlockKind

# Of these a document has one; in a copy beside it they would be a second.
_ONCE = frozenset(
    """footnoteReference endnoteReference drawing pict object AlternateContent bookmarkStart
    bookmarkEnd commentRangeStart commentRangeEnd commentReference""".split()
)
_IDS = ("paraId", "textId")
# What stands tall before a paragraph: its first letter, and a quotation mark before it.
_CAP = re.compile(r"[“‘\"'(]?\w")
_LANGUAGE = re.compile(rb'(<w:lang\b[^>]*?w:val=")fr-[A-Z]{2}')


def write_docx(
    data: bytes, _encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English in the place of the French; see ``pipeline.documents.writing``.

    Tracked changes in translated paragraphs are accepted; a field stays where the English still
    says what it shows.
    """
    package = Package(data)
    walk = DocxWalk(package)
    own = grouped([paragraph.blocks for paragraph in walk.paragraphs], targets)
    changed: set[str] = set()
    for paragraph, part in zip(walk.paragraphs, own, strict=True):
        if any(target.changed for target in part):
            rewritten = _beside(paragraph) if bilingual else paragraph
            _rewrite(rewritten, part, walk.places, bilingual)
            changed.add(paragraph.part)
    names = names_of(chain.from_iterable(own))
    for name in changed:
        retell_drawings(walk.roots[name])
        if not bilingual:
            retell_contents(walk.roots[name], names)
    members = {name: package.written(name, walk.roots[name]) for name in changed}
    for name in package.names:
        if name.endswith("styles.xml") and changed and not bilingual:
            members[name] = _LANGUAGE.sub(rb"\g<1>" + ENGLISH.encode(), package.read(name))
    return package.with_members(members)


def _beside(paragraph: Paragraph) -> Paragraph:
    """Give a copy of a paragraph that stands behind it; of an image's description none is made."""
    if paragraph.blocks[0].kind is BlockKind.IMAGE:
        return paragraph
    twins: dict[Element, Element] = {}
    place = paragraph.elements[-1]
    elements = []
    for each in paragraph.elements:
        copied = copy.deepcopy(each)
        place.addnext(copied)
        # A section ends behind both languages.
        for section in list(each.iterfind(f"{W}pPr/{W}sectPr")):
            section.getparent().remove(section)
        place = copied
        elements.append(copied)
        shared = (inner for inner in copied.iter() if not _in_section(inner))
        twins |= zip(each.iter(), shared, strict=True)
    runs = [(twins[run], styles) for run, styles in paragraph.runs]
    return replace(paragraph, elements=elements, runs=runs)


def _in_section(element: Element) -> bool:
    return local(element) == "sectPr" or any(
        local(above) == "sectPr" for above in element.iterancestors()
    )


def _without_doubles(element: Element) -> None:
    """Take from a copy what can stand once only, and the number of a list's item."""
    for each in list(element.iter()):
        name = local(each)
        for key in [key for key in each.attrib if key.rpartition("}")[2] in _IDS]:
            del each.attrib[key]
        once = name in _ONCE or (name == "br" and attribute(each, "type") in ("page", "column"))
        if once and each is not element and each.getparent() is not None:
            each.getparent().remove(each)
    properties = child(element, "pPr")
    opens = None if properties is None else child(properties, "pageBreakBefore")
    if opens is not None:
        opens.set(f"{W}val", "0")
    numbering = None if properties is None else child(properties, "numPr")
    number = None if numbering is None else child(numbering, "numId")
    if number is not None:
        number.set(f"{W}val", "0")


def _rewrite(
    paragraph: Paragraph,
    targets: Sequence[EnglishBlock],
    places: Sequence[tuple[Element, Element]],
    bilingual: bool,
) -> None:
    if targets[0].block.kind is BlockKind.IMAGE:
        image = paragraph.elements[0]
        french = f"{targets[0].block.text} – " if bilingual else ""
        for key in list(image.attrib):
            if key.rpartition("}")[2] in ("descr", "alt"):
                image.set(key, french + targets[0].text)
        return
    elements, targets = _capped(paragraph, targets)
    element = _as_one(elements)
    _accept_changes(element)
    own = [(run, styles) for run, styles in paragraph.runs if _is_inside(run, element)]
    if not own:
        return
    unbind(element)
    old = OldParagraph(element, own)
    made: list[Element] = []
    for gap, target in zip(paragraph.gaps, targets, strict=False):
        made += old.gap(gap, places)
        made += old.pieces(target)
    made += old.gap(paragraph.gaps[-1], places)
    old.replace(made)
    for each in paragraph.elements if bilingual else ():
        _without_doubles(each)


def _capped(
    paragraph: Paragraph, targets: Sequence[EnglishBlock]
) -> tuple[Sequence[Element], Sequence[EnglishBlock]]:
    """Set the tall first letter of a paragraph; give the elements and the English of the rest."""
    first, *rest = paragraph.elements
    capped = rest and is_drop_cap(child(first, "pPr"))
    letters = [run for run, _ in paragraph.runs if _is_inside(run, first)]
    begun = _CAP.match(targets[0].text)
    if not capped or not letters or begun is None or len(letters) == len(paragraph.runs):
        return paragraph.elements, targets
    OldParagraph(first, [(run, ()) for run in letters]).say(begun[0])
    start = begun.end()
    marks = tuple(
        replace(mark, start=max(0, mark.start - start), end=max(0, mark.end - start))
        for mark in targets[0].marks
    )
    return rest, [replace(targets[0], text=targets[0].text[start:], marks=marks), *targets[1:]]


def _as_one(elements: Sequence[Element]) -> Element:
    """Join paragraphs whose marks were deleted into the last, whose properties count."""
    last = elements[-1]
    place = 1 if child(last, "pPr") is not None else 0
    for each in elements[:-1]:
        for inner in [inner for inner in each if local(inner) != "pPr"]:
            last.insert(place, inner)
            place += 1
        each.getparent().remove(each)
    return last


def _accept_changes(element: Element) -> None:
    for each in list(element.iter()):
        name = local(each)
        above = each.getparent()
        if above is None or each is element:
            continue
        if name in ("rPrChange", "pPrChange"):
            above.remove(each)
            continue
        if local(above) in ("rPr", "pPr"):
            continue
        if name in ("del", "moveFrom", "proofErr") or (name == "r" and is_struck(each)):
            above.remove(each)
        elif name in ("ins", "moveTo"):
            place = above.index(each)
            for inner in list(each):
                above.insert(place, inner)
                place += 1
            above.remove(each)


def _is_inside(run: Element, element: Element) -> bool:
    return any(above is element for above in run.iterancestors())
