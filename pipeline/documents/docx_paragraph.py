"""A paragraph of Word in; its runs, links, notes and fields, to be used again in English, out."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.documents.docx_controls import around_all, is_spent
from pipeline.documents.docx_elements import breaks_page, text_of
from pipeline.documents.docx_fields import TEXTS, W, fields_of, formulas_of, in_field, linked
from pipeline.documents.docx_properties import say_language, switch_marks
from pipeline.documents.inline import LINE, LINKED, Stretch, Style, look_of
from pipeline.documents.package import Element, attribute, child, local, to_xml
from pipeline.documents.shown import placed
from pipeline.documents.target import EnglishBlock
from pipeline.model import InlineKind, InlineMark

_FIELDS = ("fldChar", "instrText")
_NOTE_NUMBERS = ("footnoteRef", "endnoteRef")
_LEADING = frozenset(("br", "drawing", "pict", "object", "AlternateContent", *_NOTE_NUMBERS))


class OldParagraph:
    """What a paragraph had: where its text began; the properties, links and notes to use again."""

    def __init__(self, element: Element, runs: Sequence[tuple[Element, tuple[Style, ...]]]) -> None:
        self._element = element
        self._links: dict[str, Element] = {}
        # A footnote and an endnote, or two fields, may well say the same: in their order.
        self._notes: dict[str, list[Element]] = {}
        self._fields = list(fields_of(element))
        looks: dict[frozenset[Style], Counter[bytes]] = {}
        known: dict[bytes, Element | None] = {}
        self._marker = element.makeelement(f"{W}r")
        top = first = runs[0][0]
        within = around_all(element, [run for run, _ in runs])
        while top.getparent() is not within:
            top = top.getparent()
        top.addprevious(self._marker)
        if (leading := _leading(first)) is not None:
            self._marker.addprevious(leading)
        # Word sets a space between the number of a note and its words.
        self._spaced = _is_note_number(self._marker.getprevious()) and _first_text(runs)[:1] == " "
        for run, styles in runs:
            key = look_of(styles)
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
                elif local(each) in TEXTS and not breaks_page(each):
                    run.remove(each)
        # A tall first letter or a word in colour does not set the look of all that is marked alike.
        self._properties = {key: known[max(own, key=own.__getitem__)] for key, own in looks.items()}
        plainest = sorted(looks, key=lambda key: (len(key), -looks[key].total()), reverse=True)
        # Links have a look of their own; where there are none, that of the other words will do.
        self._plain = dict.fromkeys((False, True), self._properties[plainest[-1]])
        self._plain |= {LINKED in key: self._properties[key] for key in plainest}
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
            styles = tuple((m.kind, m.value) for m in inside)
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

    def say(self, text: str) -> None:
        """Put a plain text where the text was."""
        self.replace([self.run((), text)])

    def run(self, styles: tuple[Style, ...], text: str, inner: Element | None = None) -> Element:
        """Give a run with the properties of the French run that had these marks."""
        run = self._element.makeelement(f"{W}r")
        key = look_of(styles)
        known = key in self._properties
        found = self._properties[key] if known else self._plain[LINKED in key]
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
        for each in (*([self.run((), " ")] if self._spaced else []), *made):
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
            while above is not None and is_spent(run):
                above.remove(run)
                if above is self._element:
                    break
                run, above = above, above.getparent()


def _leading(run: Element) -> Element | None:
    """Take what stands before the text of a run (a page break, an image) into one of its own."""
    texts = [place for place, each in enumerate(run) if text_of(each)]
    leading = [each for each in run[: texts[0] if texts else 0] if local(each) in _LEADING]
    if not leading:
        return None
    made = run.makeelement(run.tag)
    properties = child(run, "rPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    for each in leading:
        made.append(each)
    return made


def _is_note_number(run: Element | None) -> bool:
    return run is not None and any(local(each) in _NOTE_NUMBERS for each in run)


def _first_text(runs: Sequence[tuple[Element, tuple[Style, ...]]]) -> str:
    texts = (each.text or "" for run, _ in runs for each in run if local(each) == "t")
    return next(filter(None, texts), "")
