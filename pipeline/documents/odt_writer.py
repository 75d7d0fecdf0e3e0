"""An OpenDocument text and the English of its blocks in; the document in English out.

Only the text of translated paragraphs is replaced: the English takes the character styles of the
French with the same marks; notes, frames, bookmarks and fields are moved, never made anew. Parts
without changes stay byte for byte.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.documents.inline import LINE, LINKED, TAB, Stretch, Style, look_of
from pipeline.documents.odt import OdtParagraph, OdtWalk
from pipeline.documents.odt_contents import retell_contents
from pipeline.documents.odt_drawings import is_drawn
from pipeline.documents.odt_looks import _TEXT, EnglishStyles
from pipeline.documents.package import Element, Package, attribute, child, local, to_xml
from pipeline.documents.shown import names_of, placed
from pipeline.documents.target import EnglishBlock, grouped
from pipeline.model import BlockKind, InlineKind

_XLINK = "{http://www.w3.org/1999/xlink}href"
# Text, and what marks it; all else in a paragraph is kept.
_WORDS = frozenset("span a s tab line-break soft-page-break".split())
_CHANGES = frozenset("change change-start change-end".split())
# What can stand once only, and stays with the French where both languages are written.
_ONCE = frozenset(
    """note bookmark bookmark-start bookmark-end reference-mark
    reference-mark-start reference-mark-end annotation annotation-end""".split()
)
_BREAKS = {LINE: "line-break", TAB: "tab"}
_FIELD_CHARACTERS = 40
_LANGUAGE = re.compile(rb'(\bfo:language=")fr(" fo:country=")[A-Z]{2}"')


def write_odt(
    data: bytes, _encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English in the place of the French; see ``pipeline.documents.writing``.

    Tracked changes in translated paragraphs are accepted.
    """
    package = Package(data)
    walk = OdtWalk(package)
    own = grouped([paragraph.blocks for paragraph in walk.paragraphs], targets)
    changed: set[str] = set()
    styles = EnglishStyles(walk.roots["content.xml"], walk.roots.get("styles.xml"))
    formulas = {} if bilingual else walk.formulas
    for paragraph, part in zip(walk.paragraphs, own, strict=True):
        if any(target.changed for target in part):
            if bilingual:
                paragraph = _beside(paragraph)
                styles.go_on(paragraph.element)
            _rewrite(paragraph, part, styles, formulas, bilingual)
            changed.add(paragraph.part)
    names = names_of(chain.from_iterable(own))
    if "content.xml" in changed and not bilingual:
        retell_contents(walk.roots["content.xml"], names)
    members = {name: to_xml(walk.roots[name]) for name in changed}
    if changed and not bilingual:
        for name in ("content.xml", "styles.xml"):
            if name in package:
                members[name] = _LANGUAGE.sub(
                    rb'\g<1>en\g<2>GB"', members.get(name) or package.read(name)
                )
    return package.with_members(members)


def _beside(paragraph: OdtParagraph) -> OdtParagraph:
    """Give a copy of a paragraph that stands behind it; of an image's description none is made."""
    if paragraph.blocks[0].kind is BlockKind.IMAGE:
        return paragraph
    element = copy.deepcopy(paragraph.element)
    element.tail = None
    paragraph.element.addnext(element)
    twins = dict(zip(paragraph.element.iter(), element.iter(), strict=True))
    return replace(
        paragraph,
        element=element,
        spans=[(twins[span], styles) for span, styles in paragraph.spans],
    )


def _rewrite(
    paragraph: OdtParagraph,
    targets: Sequence[EnglishBlock],
    styles: EnglishStyles,
    formulas: Mapping[Element, str],
    bilingual: bool,
) -> None:
    element = paragraph.element
    if targets[0].block.kind is BlockKind.IMAGE:
        french = f"{targets[0].block.text} – " if bilingual else ""
        element.text = french + targets[0].text
        return
    made = _Line(element, _looks(paragraph))
    before, kept, notes, fields = _anchors(element, formulas)
    for each in before:
        made.append(each)
    for gap, target in zip(paragraph.gaps, targets, strict=False):
        made.part(gap)
        _write(made, target, paragraph, styles, notes, fields)
    made.part(paragraph.gaps[-1])
    # What no mark placed stands at the end: never lost.
    unplaced = (bookmark for _, field in fields for bookmark in field[1:])
    for each in (*kept, *unplaced, *chain.from_iterable(notes.values())):
        made.append(each)
    if bilingual:
        for each in [each for each in element.iter() if _stands_once(each)]:
            _remove(each)


def _stands_once(element: Element) -> bool:
    return is_drawn(element) or local(element) in _ONCE


def _looks(paragraph: OdtParagraph) -> dict[frozenset[Style], str]:
    """Give the style that most of what is marked alike has; "" is that of the paragraph itself.

    A span in another only adds to the marks of that one.
    """
    links = [each for each in paragraph.element if each.tag == f"{_TEXT}a"]
    counted = {frozenset[Style](): Counter({"": _characters(paragraph.element)})}
    if links:
        counted[frozenset([LINKED])] = Counter({"": sum(map(_characters, links))})
    for span, styles in paragraph.spans:
        if local(span) == "span" and local(span.getparent()) != "span":
            key = look_of(styles)
            counted.setdefault(key, Counter())[attribute(span, "style-name")] += _characters(span)
    return {key: max(names, key=names.__getitem__) for key, names in counted.items()}


def _characters(element: Element) -> int:
    """Count the letters that stand in an element, but in none inside it."""
    return sum(len((text or "").strip()) for text in (element.text, *(e.tail for e in element)))


def _anchors(
    element: Element, formulas: Mapping[Element, str]
) -> tuple[list[Element], list[Element], dict[str, list[Element]], list[tuple[str, list[Element]]]]:
    """Empty a paragraph; give what stood before its words, what behind, its notes and its fields.

    Notes are by their signs, which a footnote and an endnote may share; fields go with the text
    they show, and with the bookmarks that end right behind them: what a reference repeats.
    """
    before: list[Element] = []
    kept: list[Element] = []
    notes: dict[str, list[Element]] = {}
    fields: list[tuple[str, list[Element]]] = []
    begun = bool((element.text or "").strip())

    def gather(container: Element) -> None:
        nonlocal begun
        for each in container:
            name = local(each)
            shown = "".join(each.itertext()).strip() if name else ""
            if each in formulas:
                fields.append((formulas[each], [each]))
            elif is_drawn(each):
                (kept if begun else before).append(each)
            elif name in _WORDS:
                begun = begun or bool((each.text or "").strip())
                gather(each)
            elif name == "note":
                citation = child(each, "note-citation")
                label = "" if citation is None else "".join(citation.itertext()).strip()
                notes.setdefault(" ".join(label.split()) or "*", []).append(each)
            elif name == "bookmark-end" and _ends_at(each, fields, before):
                fields[-1][1].append(each)
            elif name in _ONCE or not shown:
                (kept if begun else before).append(each) if name not in _CHANGES else None
            elif name and len(each) == 0 and len(shown) <= _FIELD_CHARACTERS:
                fields.append((shown, [each]))
            begun = begun or bool((each.tail or "").strip())

    gather(element)
    for each in list(element):
        element.remove(each)
    element.text = None
    return before, kept, notes, fields


def _ends_at(
    end: Element, fields: Sequence[tuple[str, list[Element]]], before: Sequence[Element]
) -> bool:
    """Whether a bookmark begins before the words of a paragraph and ends behind its last field."""
    name = attribute(end, "name")
    previous = end.getprevious()
    return (
        previous is not None
        and not previous.tail
        and any(previous is each for each in (fields[-1][1] if fields else ()))
        and any(
            local(each) == "bookmark-start" and attribute(each, "name") == name for each in before
        )
    )


class _Line:
    """A paragraph that is written anew, one piece after the other.

    ``looks`` are the styles that most of its French with the same marks had.
    """

    def __init__(self, element: Element, looks: Mapping[frozenset[Style], str]) -> None:
        self.element, self.looks = element, looks

    def append(self, each: Element) -> None:
        each.tail = None
        self.element.append(each)

    def part(self, gap: Sequence[Stretch]) -> None:
        """Write what stands between two texts: tabs, line breaks, signs."""
        for each in gap:
            if each.text in _BREAKS:
                self.append(self.element.makeelement(f"{_TEXT}{_BREAKS[each.text]}"))
            else:
                self.write(each.text)

    def write(self, text: str, around: Element | None = None) -> None:
        into = self.element if around is None else around
        if len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text


def _write(
    made: _Line,
    target: EnglishBlock,
    paragraph: OdtParagraph,
    styles: EnglishStyles,
    notes: dict[str, list[Element]],
    fields: list[tuple[str, list[Element]]],
) -> None:
    """Write a text with its marks; fields whose text it still says stand there again."""
    marks = target.marks
    found = dict(placed(fields, target.text))
    places = {0, len(target.text), *(p for mark in marks for p in (mark.start, mark.end))}
    ordered = sorted(places | {p for span in found for p in span})
    link: tuple[object, Element] | None = None
    for place, following in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        for mark in marks:
            if mark.kind is not InlineKind.NOTE or mark.start != place:
                continue
            if notes.get(mark.value):
                made.append(notes[mark.value].pop(0))
            elif mark.value not in notes:
                raised = frozenset([(InlineKind.SUPERSCRIPT, "")])
                span = styles.span(made.element, made.looks, raised)
                if span is not None:
                    made.append(span)
                    made.write(mark.value, span)
        if following <= place:
            continue
        inside = [m for m in marks if m.start <= place and m.end >= following]
        own = look_of((m.kind, m.value) for m in inside if m.kind is not InlineKind.NOTE)
        around = next((m for m in inside if m.kind is InlineKind.LINK), None)
        if around is None:
            link, into = None, None
        elif link is not None and link[0] is around:
            into = link[1]
        else:
            into = _link(made.element, paragraph, around.value)
            made.append(into)
            link = around, into
        span = styles.span(made.element, made.looks, own)
        if span is not None:
            (made.element if into is None else into).append(span)
            into = span
        field = found.get((place, following))
        if field is None:
            made.write(target.text[place:following], into)
        else:
            for each in field:
                each.tail = None
                (made.element if into is None else into).append(each)


def _link(element: Element, paragraph: OdtParagraph, address: str) -> Element:
    link = (InlineKind.LINK, address)
    for span, styles in paragraph.spans:
        if local(span) == "a" and link in styles:
            return span.makeelement(span.tag, dict(span.attrib), span.nsmap)
    made = element.makeelement(f"{_TEXT}a")
    made.set(_XLINK, address)
    return made


def _remove(element: Element) -> None:
    above = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)
