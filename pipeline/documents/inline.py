"""Pieces of text with their marks in; one clean line of text and marks with offsets out.

Every reader collects runs; what has to be mended across them (spaces, words cut at line ends) is
mended here, and the marks keep their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline.documents.decoding import mended
from pipeline.documents.foreign import reads_as_french
from pipeline.documents.lines import are_verse, broken_words, ends_a_line, one_line
from pipeline.model import InlineKind, InlineMark, Notice
from pipeline.text import Repair, cleaned, notices_of

# The texts of runs that are a line break, a tab which the author set.
LINE, TAB = "\v", "\t"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Behind these a raised figure is a power (m², 10⁶, sin² x, and CO² as some write it), elsewhere it
# calls for a note.
_POWER = re.compile(
    r"(?<!\w)(?:[A-Za-zµ]|[kcdhmµn]m|dam|[CNS]O|sin|cos|tan|log|[b-df-hj-np-tv-xz]{2,3})$|\d$"
)
# Where a word begins, it is part of it (¹⁴C, ²³⁵U): a call stands behind its word. Where a block
# begins, it may be the number of a note that was typed.
_BEFORE_WORD = re.compile(r"[\s(\[«“'’/-]$")
_ISOTOPE = re.compile(r"[CFHIKNOPSU](?![^\W_]|['’.])")
_CALL = re.compile(r"[\[(]?(\d{1,3}|[*†‡a-z])[\])]?")

_LOOKED_AT = 5  # runs, of which some may be empty
# How much of the lines around a line break tells whether a sentence goes on.
_LINE_CHARACTERS = 80

Style = tuple[InlineKind, str]
LINKED: Style = (InlineKind.LINK, "")


def look_of(styles: Iterable[Style]) -> frozenset[Style]:
    """Give what decides how words look: that they are a link, but not where it leads."""
    return frozenset(LINKED if style[0] is InlineKind.LINK else style for style in styles)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text and what it is marked as; ``start`` and ``end`` are places in its source."""

    text: str
    styles: tuple[Style, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Mender:
    """Cleans the texts of one document and counts what it repaired.

    ``proofed``: its languages are those of a spelling checker, which stand wherever one typed.
    """

    repairs: list[Repair] = field(default_factory=list)
    proofed: bool = False

    def clean(self, text: str) -> str:
        """Give a text as ``pipeline.text.clean`` does, typesetters' letters read as letters."""
        if text.isascii() and text.isprintable():
            return text
        text, first = mended(text)
        text, second = cleaned(text)
        for repair in (*first, *second):
            # The lines of a package's parts say nothing to its reader.
            self.count(repair.code, repair.title, repair.deed, repair.count)
        return text

    def count(self, code: str, title: str, deed: str, number: int = 1) -> None:
        """Count a repair, or a thing that was left out."""
        if number:
            self.repairs.append(Repair(code, title, deed, number))

    def notices(self) -> tuple[Notice, ...]:
        """Give all repairs so far in words."""
        return notices_of(self.repairs)


def flow(runs: Iterable[Stretch], mender: Mender) -> tuple[str, tuple[InlineMark, ...]]:
    """Give the runs of a block as one line, and their marks.

    Runs of spaces are one, broken words whole; a raised figure is a power or calls for a note.
    """
    made = _Line()
    runs = list(runs)
    for place, run in enumerate(runs):
        text = "\n" if run.text == LINE else mender.clean(" " if run.text == TAB else run.text)
        if (InlineKind.SUPERSCRIPT, "") in run.styles and (call := _CALL.fullmatch(text.strip())):
            after = "".join(each.text for each in runs[place + 1 : place + _LOOKED_AT])
            if call[0].isdecimal() and _is_in_a_word(
                made.text, text.lstrip()[len(call[0]) :] + after
            ):
                made.add(text.translate(_RAISED), _without_superscript(run.styles))
                continue
            if not call[1].isalpha():
                made.point(InlineKind.NOTE, call[1])
                continue
        note = next((value for kind, value in run.styles if kind is InlineKind.NOTE), None)
        if note is not None:
            made.point(InlineKind.NOTE, note)
        else:
            made.add(text, run.styles)
    return made.finished(mender)


def _is_in_a_word(before: str, after: str) -> bool:
    """Whether a raised figure is a power of what stands before it, or begins a word."""
    if _POWER.search(before):
        return True
    begins = _BEFORE_WORD.search(before) and after[:1].isalpha()
    return bool(begins or (not before and _ISOTOPE.match(after)))


def _without_superscript(styles: tuple[Style, ...]) -> tuple[Style, ...]:
    return tuple(style for style in styles if style[0] is not InlineKind.SUPERSCRIPT)


class _Line:
    """A line that grows run by run; white space is one character, a line break if one is in it."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[InlineMark] = []
        self._open: dict[Style, int] = {}

    def add(self, text: str, styles: tuple[Style, ...]) -> None:
        text = re.sub("[ \n]+", lambda match: "\n" if "\n" in match[0] else " ", text)
        if text[:1] in (" ", "\n") and (not self.text or self.text[-1] in " \n"):
            if text[0] == "\n" and self.text:
                self.text = self.text[:-1] + "\n"
            text = text[1:]
        if not text:
            return
        start = len(self.text)
        self.text += text
        # White space alone bears no mark, but does not part two of the same kind either.
        if text.strip(" \n"):
            for style in dict.fromkeys(styles):
                self._mark(style, start, len(self.text))

    def _mark(self, style: Style, start: int, end: int) -> None:
        last = self._open.get(style)
        if last is not None and not self.text[self.marks[last].end : start].strip():
            self.marks[last] = InlineMark(style[0], self.marks[last].start, end, style[1])
            return
        self._open[style] = len(self.marks)
        self.marks.append(InlineMark(style[0], start, end, style[1]))

    def point(self, kind: InlineKind, value: str) -> None:
        place = len(self.text.rstrip(" \n"))
        self.marks.append(InlineMark(kind, place, place, value))

    def finished(self, mender: Mender) -> tuple[str, tuple[InlineMark, ...]]:
        text = self.text.rstrip(" \n")
        edits = sorted(broken_words(text), key=lambda edit: edit.start)
        if edits:
            mender.count("hyphen", "word(s) cut at line ends", "put together", len(edits))
        marks = [mark for each in self.marks if (mark := _trimmed(text, each))]
        for edit in reversed(edits):
            text = text[: edit.start] + edit.text + text[edit.end :]
            marks = [
                InlineMark(
                    mark.kind,
                    _moved(mark.start, edit.start, edit.end, len(edit.text)),
                    _moved(mark.end, edit.start, edit.end, len(edit.text)),
                    mark.value,
                )
                for mark in marks
            ]
        text = text.replace("\n", " ")
        true = (
            mark
            for mark in marks
            if mark.kind is not InlineKind.LANGUAGE
            or not reads_as_french(text[mark.start : mark.end], mender.proofed)
        )
        return text, tuple(sorted(true, key=lambda mark: (mark.start, -mark.end)))


def _trimmed(text: str, mark: InlineMark) -> InlineMark | None:
    """Give a mark without white space at its edges; None where nothing else is in it."""
    start, end = mark.start, min(mark.end, len(text))
    if mark.kind is InlineKind.NOTE:
        return InlineMark(mark.kind, min(start, len(text)), end, mark.value)
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    return InlineMark(mark.kind, start, end, mark.value) if start < end else None


def _moved(place: int, start: int, end: int, length: int) -> int:
    if place >= end:
        return place - (end - start) + length
    return min(place, start + length)


def every_line(runs: Iterable[Stretch]) -> list[list[Stretch]]:
    """Part the runs of a block at all its line breaks; lines without text go."""
    lines: list[list[Stretch]] = [[]]
    for run in runs:
        if run.text == LINE:
            lines.append([])
        else:
            lines[-1].append(run)
    return [line for line in lines if any(run.text.strip() for run in line)]


def has_tab(line: Iterable[Stretch]) -> bool:
    """Whether a line has a tab."""
    return any(run.text == TAB for run in line)


def _first_line(runs: Sequence[Stretch]) -> Iterator[Stretch]:
    return takewhile(lambda run: run.text != LINE, runs)


def is_stanza(lines: Iterable[Sequence[Stretch]]) -> bool:
    """Whether the lines of a block are verse."""
    return are_verse([one_line("".join(run.text for run in line)) for line in lines])


def lines_of(runs: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Part the runs of a block at those line breaks that part lines: of verse, of an address.

    A line break inside a sentence is a space, but in verse.
    """
    if is_stanza(stanza := every_line(runs)):
        yield from stanza
        return
    line: list[Stretch] = []
    before, place = "", 0
    while place < len(runs):
        run = runs[place]
        if run.text != LINE:
            line.append(run)
            before = (before + run.text)[-_LINE_CHARACTERS:]
            place += 1
            continue
        following = place
        while following < len(runs) and not runs[following].text.strip():
            following += 1
        after = runs[following].text if following < len(runs) else ""
        if ends_a_line(before, after[:_LINE_CHARACTERS]) or (
            has_tab(line) and has_tab(_first_line(runs[following:]))
        ):
            yield line
            line, before = [], ""
        else:
            line += runs[place:following]
            before += " "
        place = following
    yield line
