"""A paragraph of Word in; its fields and formulas by what they show out, and runs in them anew."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from pipeline.documents.docx_controls import controls_of
from pipeline.documents.docx_elements import formula_text
from pipeline.documents.inline import Mender, Stretch, flow
from pipeline.documents.package import Element, attribute, local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = frozenset("t tab ptab br cr noBreakHyphen softHyphen sym lastRenderedPageBreak".split())
_FIELD_CHARACTERS = 40
_FORMULAS = ("oMath", "oMathPara")
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b")
_HYPERLINK = re.compile(
    r"=\s*HYPERLINK\s+(?:\"(?P<address>[^\"]+)\"\s*)?"
    r"(?:\\(?!l)\w\s*(?:\"[^\"]*\"\s*)?)*(?:\\l\s+\"(?P<anchor>[^\"]+)\")?"
)


class OpenFields:
    """The fields that are open at a place of the text, outermost first, and their codes so far."""

    def __init__(self) -> None:
        self._known: list[str] = []  # "code…" or "=result"

    def take(self, mark: Element) -> None:
        """Take in a mark that opens or closes a field, or parts its code from its result."""
        match attribute(mark, "fldCharType"):
            case "begin":
                self._known.append("")
            case "separate" if self._known:
                self._known[-1] = "=" + self._known[-1]
            case "end" if self._known:
                self._known.pop()

    def add_code(self, text: str) -> None:
        """Take in more of the code of the innermost field."""
        if self._known and not self._known[-1].startswith("="):
            self._known[-1] += text

    @property
    def in_code(self) -> bool:
        """Whether what comes is no text: the code of a field, or a table of contents."""
        return any(not each.startswith("=") or _CONTENTS.match(each[1:]) for each in self._known)

    @property
    def in_contents(self) -> bool:
        """Whether what comes is what a table of contents shows."""
        shown = all(each.startswith("=") for each in self._known)
        return shown and any(_CONTENTS.match(each[1:]) for each in self._known)

    @property
    def address(self) -> str:
        """Where the outermost link leads to, "" where there is none."""
        link = next(filter(None, map(_HYPERLINK.match, self._known)), None)
        if link is None:
            return ""
        return (link["address"] or "") + (f"#{link['anchor']}" if link["anchor"] else "")


def fields_of(element: Element) -> Iterator[tuple[str, list[Element]]]:
    """Give the fields of a paragraph by what they show: copies of their codes, without it.

    Links are no fields here: they are marks. Formulas and controls are, which show themselves.
    """
    for formula in formulas_of(element):
        shown, _ = flow([Stretch("".join(formula_text(formula)))], Mender())
        if shown:
            copied = copy.deepcopy(formula)
            copied.tail = None
            yield shown, [copied]
    yield from controls_of(element)
    codes: list[Element] = []
    shown, depth, result, opened = "", 0, False, element
    for run in element.iter(f"{W}r", f"{W}fldSimple"):
        if local(run) == "fldSimple":
            text = "".join(each.text or "" for each in run.iter(f"{W}t")).strip()
            if 0 < len(text) <= _FIELD_CHARACTERS:
                made = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
                yield text, _with_bookmarks(element, run, [made], run)
            continue
        kinds = [attribute(each, "fldCharType") for each in run if local(each) == "fldChar"]
        depth += kinds.count("begin")
        if not depth:
            continue
        if not codes:
            opened = run
        if kinds or any(local(each) == "instrText" for each in run):
            codes.append(_bare(run))
        elif result:
            shown += "".join(each.text or "" for each in run.iter(f"{W}t"))
        result = result or "separate" in kinds
        depth -= kinds.count("end")
        if not depth:
            code = "".join(each.text or "" for each in _inner(codes, "instrText"))
            whole = [attribute(each, "fldCharType") for each in _inner(codes, "fldChar")]
            plain = whole == ["begin", "separate", "end"] and "HYPERLINK" not in code
            if plain and 0 < len(shown.strip()) <= _FIELD_CHARACTERS:
                yield shown.strip(), _with_bookmarks(element, opened, codes, run)
            codes, shown, result = [], "", False


def _with_bookmarks(
    element: Element, first: Element, codes: list[Element], last: Element
) -> list[Element]:
    """Give a field with the bookmarks that end behind it: what a reference to it repeats.

    « Tableau 1 » is between two marks, of which the first stands before the paragraph's words, or
    right before the field.
    """
    before: list[Element] = []
    behind: list[Element] = []
    place = first.getprevious()
    while place is not None and local(place) == "bookmarkStart":
        before.insert(0, place)
        place = place.getprevious()
    texts = list(element.iter(f"{W}t", f"{W}bookmarkStart"))
    begun = next((at for at, each in enumerate(texts) if each.text), len(texts))
    starting = {attribute(each, "id") for each in (*texts[:begun], *before)}
    place = last.getnext()
    while place is not None and local(place) == "bookmarkEnd":
        if attribute(place, "id") in starting:
            behind.append(place)
        place = place.getnext()
    ending = {attribute(each, "id") for each in behind}
    return [*(each for each in before if attribute(each, "id") in ending), *codes, *behind]


def formulas_of(element: Element) -> list[Element]:
    """Give the formulas of a paragraph; several that are set off together are one."""
    found = element.iter(*(f"{{*}}{name}" for name in _FORMULAS))
    return [each for each in found if local(each.getparent()) not in _FORMULAS]


def _bare(run: Element) -> Element:
    """Copy a run without its text."""
    made = copy.deepcopy(run)
    made.tail = None
    for each in [each for each in made if local(each) in TEXTS]:
        made.remove(each)
    return made


def _inner(runs: Sequence[Element], name: str) -> list[Element]:
    return [each for run in runs for each in run if local(each) == name]


def in_field(codes: Sequence[Element], run: Element) -> Iterator[Element]:
    """Put a run in the place of a field's result; formulas and controls have their own."""
    for code in codes:
        if local(code) == "fldSimple":
            code.append(run)
        yield code
        if any(attribute(each, "fldCharType") == "separate" for each in code):
            yield run


def linked(address: str, run: Element) -> Iterator[Element]:
    """Give a run in a field that links it, as Word writes links without a relationship."""
    for kind in ("begin", "", "separate", "run", "end"):
        if kind == "run":
            yield run
            continue
        made = run.makeelement(f"{W}r")
        inner = made.makeelement(f"{W}fldChar" if kind else f"{W}instrText")
        if kind:
            inner.set(f"{W}fldCharType", kind)
        else:
            quoted = address.replace('"', "%22")
            inner.text = f' HYPERLINK "{quoted}" '
            if address.startswith("#"):
                inner.text = f' HYPERLINK \\l "{quoted[1:]}" '
        made.append(inner)
        yield made
