"""A Word document and the English of its blocks in; the document in English out.

Only the text of translated paragraphs is replaced: the runs of the English take the properties of
the French run with the same marks; notes, images, bookmarks and links are moved, never made anew.
Parts without changes stay byte for byte.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.documents.docx import DocxWalk, Paragraph
from pipeline.documents.docx_elements import is_struck
from pipeline.documents.docx_fields import TEXTS, W, fields_of, formulas_of, in_field, linked
from pipeline.documents.docx_properties import (
    ENGLISH,
    say_language,
    switch_marks,
)
from pipeline.documents.inline import LINE, Stretch, Style
from pipeline.documents.package import Element, Package, attribute, child, local, to_xml
from pipeline.documents.shown import placed
from pipeline.documents.target import EnglishBlock, grouped
from pipeline.model import BlockKind, InlineKind, InlineMark

_FIELDS = ("fldChar", "instrText")
# Of these a document has one; in a copy beside it they would be a second.
_ONCE = frozenset(
    """footnoteReference endnoteReference drawing pict object AlternateContent bookmarkStart
    bookmarkEnd commentRangeStart commentRangeEnd commentReference""".split()
)
_IDS = ("paraId", "textId")
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
    members = {name: to_xml(walk.roots[name]) for name in changed}
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
    element = _as_one(paragraph.elements)
    _accept_changes(element)
    own = [(run, styles) for run, styles in paragraph.runs if _is_inside(run, element)]
    if not own:
        return
    old = _Old(element, own)
    made: list[Element] = []
    for gap, target in zip(paragraph.gaps, targets, strict=False):
        made += old.gap(gap, places)
        made += old.pieces(target)
    made += old.gap(paragraph.gaps[-1], places)
    old.replace(made)
    if bilingual:
        _without_doubles(element)


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
        if above is None or each is element or local(above) in ("rPr", "pPr"):
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


class _Old:
    """What a paragraph had: where its text began; the properties, links and notes to use again."""

    def __init__(self, element: Element, runs: Sequence[tuple[Element, tuple[Style, ...]]]) -> None:
        self._element = element
        self._links: dict[str, Element] = {}
        # A footnote and an endnote, or two fields, may well say the same: in their order.
        self._notes: dict[str, list[Element]] = {}
        self._fields = list(fields_of(element))
        looks: dict[frozenset[Style], Counter[bytes]] = {}
        known: dict[bytes, Element | None] = {}
        top = runs[0][0]
        while top.getparent() is not element:
            top = top.getparent()
        self._marker = element.makeelement(f"{W}r")
        top.addprevious(self._marker)
        for run, styles in runs:
            key = frozenset(style for style in styles if style[0] is not InlineKind.LINK)
            size = sum(len(each.text or "") for each in run if local(each) == "t")
            # Of a formula the properties are those of mathematics.
            own = child(run, "rPr") if run.tag == f"{W}r" else None
            look = b"" if own is None else to_xml(own)
            known.setdefault(look, own)
            looks.setdefault(key, Counter())[look] += size
            for above in run.iterancestors():
                if local(above) == "hyperlink":
                    link = next((v for kind, v in styles if kind is InlineKind.LINK), "")
                    self._links.setdefault(link, above)
            for each in list(run):
                if local(each) in ("footnoteReference", "endnoteReference"):
                    self._notes.setdefault(attribute(each, "id"), []).append(run)
                elif local(each) in TEXTS:
                    run.remove(each)
        # A tall first letter or a word in colour does not set the look of all that is marked alike.
        self._properties = {key: known[max(own, key=own.__getitem__)] for key, own in looks.items()}
        plain = min(looks, key=lambda key: (len(key), -looks[key].total()))
        self._plain = self._properties[plain]
        for formula in formulas_of(element):
            formula.getparent().remove(formula)
        self._runs = [run for run, _ in runs]

    def pieces(self, target: EnglishBlock) -> Iterator[Element]:
        """Give the runs and links of a text."""
        marks = target.marks
        fields = dict(placed(self._fields, target.text))
        places = {0, len(target.text), *(p for mark in marks for p in (mark.start, mark.end))}
        ordered = sorted(places | {place for span in fields for place in span})
        link: tuple[InlineMark, Element] | None = None
        for place, following in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
            for mark in marks:
                if mark.kind is InlineKind.NOTE and mark.start == place:
                    if self._notes.get(mark.value):
                        yield self._notes[mark.value].pop(0)
                    elif mark.value not in self._notes:
                        yield self.run(((InlineKind.SUPERSCRIPT, ""),), mark.value)
            if following <= place:
                continue
            inside = [m for m in marks if m.start <= place and m.end >= following]
            styles = tuple((m.kind, m.value) for m in inside if m.kind is not InlineKind.LINK)
            run = self.run(styles, target.text[place:following])
            around = next((m for m in inside if m.kind is InlineKind.LINK), None)
            if (place, following) in fields:
                yield from in_field(fields[place, following], run)
            elif around is None:
                yield run
            elif link is not None and link[0] is around:
                link[1].append(run)
            else:
                found = self._links.get(around.value)
                if found is None:
                    yield from linked(around.value, run)
                    continue
                shell = found.makeelement(found.tag, dict(found.attrib), found.nsmap)
                shell.append(run)
                link = around, shell
                yield shell

    def run(self, styles: tuple[Style, ...], text: str, inner: Element | None = None) -> Element:
        """Give a run with the properties of the French run that had these marks."""
        run = self._element.makeelement(f"{W}r")
        key = frozenset(styles)
        known = key in self._properties
        found = self._properties[key] if known else self._plain
        properties = run.makeelement(f"{W}rPr") if found is None else copy.deepcopy(found)
        if not known:
            switch_marks(properties, key)
        say_language(properties, next((v for kind, v in styles if kind is InlineKind.LANGUAGE), ""))
        if len(properties):
            run.append(properties)
        if inner is None:
            inner = run.makeelement(f"{W}t")
            inner.text = text
            inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(inner)
        return run

    def gap(
        self, gap: Sequence[Stretch], places: Sequence[tuple[Element, Element]]
    ) -> Iterator[Element]:
        """Give the runs of what stands between two texts: tabs, signs, line breaks."""
        for each in gap:
            if each.text == LINE:
                yield self.run((), "", self._element.makeelement(f"{W}br"))
                continue
            run = self._element.makeelement(f"{W}r")
            around, inner = places[each.start]
            own = child(around, "rPr")
            if own is not None:
                run.append(copy.deepcopy(own))
            run.append(copy.deepcopy(inner))
            yield run

    def replace(self, made: Sequence[Element]) -> None:
        """Put the new runs where the text began, and take away what is empty now."""
        for each in made:
            self._marker.addprevious(each)
        # Notes that no mark placed stand at the end: never lost.
        for run in chain.from_iterable(self._notes.values()):
            self._marker.addprevious(run)
        self._marker.getparent().remove(self._marker)
        standing = set(made)
        for run in list(self._element.iter(f"{W}r")):
            if run not in standing and any(local(each) in _FIELDS for each in run):
                for each in [each for each in run if local(each) in _FIELDS]:
                    run.remove(each)
                self._runs.append(run)
        for run in self._runs:
            above = run.getparent()
            while above is not None and all(local(each) == "rPr" for each in run):
                above.remove(run)
                if above is self._element or len(above):
                    break
                run, above = above, above.getparent()
