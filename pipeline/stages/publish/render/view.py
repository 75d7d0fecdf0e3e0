"""What both editions show, as data: rows of facing sentences, glossary, findings, colophon.

The templates get an ``Edition`` and nothing else. Every text in it is typeset and safe to print;
none of it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import BlockKind, House, Severity

CALL = "call"
# More headings than this are no list for a cover.
_MOST_OPENINGS = 16
# How many lines of text a cover has room for, and how many letters of a title stand on one of it.
_COVER_HEIGHT, _TITLE_WIDTH = 24.0, 18


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; ``term`` is the number of the glossary entry it belongs to, or 0.

    ``link`` is the address that the text itself links it to, ``styles`` what else it is, such as
    "emphasis" or "doubtful", in the order in which they nest. ``CALL`` is where the text calls for
    one of its notes. ``language`` is that of words that are in another than their column, "" as a
    rule.
    """

    text: str
    term: int = 0
    status: str = ""
    link: str = ""
    styles: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One side of a segment; ``anchor`` ("12-3": row and sentence) is the same on both sides.

    ``notes`` are the numbers of the findings about it, ``gap`` the space up to the next sentence.
    """

    segment_id: str
    anchor: str
    runs: tuple[Run, ...]
    notes: tuple[int, ...]
    gap: str

    @property
    def links(self) -> tuple[tuple[str, tuple[tuple[Run, ...], ...]], ...]:
        """The runs by link, "" where there is none, and in that by term, as elements nest."""
        return tuple(
            (link, tuple(tuple(runs) for _, runs in groupby(linked, lambda run: run.term)))
            for link, linked in groupby(self.runs, lambda run: run.link)
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a row; a block of white space has no sentences."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """All that is printed in the column, markers of findings and calls for notes left out."""
        return "".join(
            "".join(run.text for run in each.runs if CALL not in run.styles) + each.gap
            for each in self.sentences
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """A line in both languages."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width in per cent, and whether it holds figures."""

    share: int
    figures: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One block, facing its translation; ``number`` counts blocks from 1 and never changes.

    ``heading`` is the rank of a heading in the edition (2–6; 1 for the title row), else 0.
    The cell of a table has its ``table`` and line there ("2.1") and the ``columns`` of that;
    ``edges`` are "first", "last" and "head" where its line is that of the table. Where its cells
    find no room beside one another on a page they are ``stacked``, with what each is said to be as
    ``label``. A ``close`` row is followed by the next line of its stanza.
    ``compact`` rows are short enough to be kept on one page; of ``uneven`` ones that are not, one
    side has only a few lines.
    """

    number: int
    kind: BlockKind
    heading: int
    depth: int
    marker: str
    source: Side
    target: Side
    compact: bool
    uneven: bool
    close: bool = False
    table: str = ""
    columns: tuple[Column, ...] = ()
    edges: tuple[str, ...] = ()
    stacked: bool = False
    label: Pair | None = None


def abreast(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Give rows as they are set: the cells of one line of a table together, all others alone."""
    for _, line in groupby(rows, lambda row: row.table if row.columns else row.number):
        yield tuple(line)


@dataclass(frozen=True, slots=True)
class TableStretch:
    """Lines, as ``abreast`` gives them, that are one table of the text or stand between two."""

    is_table: bool
    lines: tuple[tuple[Row, ...], ...]


def stretches_of(rows: Iterable[Row]) -> Iterator[TableStretch]:
    """Give rows by the tables of the text that are set as such, and what stands between them."""

    def table(line: tuple[Row, ...]) -> str:
        there = line[0].columns and not line[0].stacked
        return line[0].table.partition(".")[0] if there else ""

    for name, lines in groupby(abreast(rows), key=table):
        yield TableStretch(bool(name), tuple(lines))


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry in the appendix; ``first_row`` is the row of its first use, or 0.

    ``rows`` are all in which it stands.
    ``note`` is what the glossary tells editors about it, "" as a rule. ``outcome`` counts its
    occurrences by status, ``details`` by rung, and its renderings where there are several.
    It is ``amiss`` where one is not rendered, or in a forbidden way; what a person declined is not.
    """

    number: int
    source: str
    target: str
    note: str
    kind: str
    outcome: str
    details: str
    amiss: bool
    first_row: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in the appendix, numbered in the order of the text."""

    number: int
    severity: Severity
    row: int
    anchor: str
    segment_id: str
    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph, and the language that it is in."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the colophon; ``code`` values are hashes and signatures, set in the mono face."""

    label: str
    value: str
    code: bool = False


def _pair(row: Row) -> Pair:
    return Pair(row.source.text, row.target.text)


def _lines(said: Pair, width: int) -> int:
    """Return how many lines the longer side of a pair takes, of so many characters each."""
    sides = (said.source, said.target)
    return max(sum(1 + len(line) // width for line in side.split("\n")) for side in sides)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition ready to be printed.

    ``title_row`` is the first block where it is the title itself, ``subtitle_row`` and
    ``kicker_row`` are those after it where there are such; they are then in no section. Each
    section is one table. ``date`` is the text's own; ``citation`` says how to
    cite it. ``created`` is the edition's, a W3C time such
    as "2031-10-16T09:00:00Z", "" where it has none.

    ``people`` are the lines of who wrote the text and when; ``tongues`` names both languages. An
    ``untitled`` text has its first words as title, which are not printed twice.

    ``parts`` are the names of what stands beside the text, ``words`` the labels of those parts, in
    ``language``. ``origin`` stands below the title in print, ``imprint`` after the text,
    each side of it lines; ``provenance`` is what it was made from, in one line. ``index`` are the
    terms whose rows a book lists. ``house`` is the house style, where there is one.
    """

    title: str
    target_title: str
    author: str
    people: tuple[Pair, ...]
    source_line: str
    citation: str
    created: str
    title_row: Row | None
    subtitle_row: Row | None
    kicker_row: Row | None
    sections: tuple[tuple[Row, ...], ...]
    terms: tuple[Term, ...]
    notes: tuple[Note, ...]
    summary: tuple[str, ...]
    facts: tuple[Fact, ...]
    dress: str
    parts: frozenset[str]
    language: str
    words: Mapping[str, str]
    origin: Pair | None
    imprint: Pair | None
    provenance: str
    index: tuple[Term, ...]
    tongues: Pair
    house: House | None
    notices: tuple[Said, ...]
    untitled: bool

    @property
    def titles(self) -> Pair:
        """The title in both languages."""
        return Pair(self.title, self.target_title)

    @property
    def contents(self) -> Pair:
        """What the contents of a book are called."""
        return Pair("Table des matières", "Contents")

    @property
    def openings(self) -> tuple[Row, ...]:
        """The rows of the highest headings below the title, where they are few enough to list."""
        headings = [row for row in self.rows if row.heading > 1]
        top = min((row.heading for row in headings), default=0)
        found = tuple(row for row in headings if row.heading == top)
        return found if 1 < len(found) <= _MOST_OPENINGS else ()

    @property
    def imprint_on_cover(self) -> bool:
        """Whether a cover has room for the imprint, which then needs no pages behind the text."""
        return self.imprint is not None and self._cover_height(self.imprint) <= _COVER_HEIGHT

    def _cover_height(self, imprint: Pair) -> float:
        """Return how high what stands on a cover is, about, in lines of text."""
        beside = [row for row in (self.kicker_row, self.subtitle_row, *self.openings) if row]
        title = _TITLE_WIDTH - 4 * self.title.isupper()
        return (
            2 * _lines(self.titles, title)
            + sum(1.1 * _lines(each, 32) for each in (*self.people, *map(_pair, beside)))
            + 0.9 * _lines(imprint, 38)
        )

    @property
    def heading(self) -> str:
        """Both titles in one line; one where they are the same."""
        return " – ".join(dict.fromkeys((self.title, self.target_title)))

    @property
    def has_appendices(self) -> bool:
        """Whether anything follows the text but its imprint."""
        return bool(self.parts & {"glossary", "findings", "colophon"})

    @property
    def has_doubts(self) -> bool:
        """Whether any words are marked as suspicious or lost."""
        return any(
            "doubtful" in run.styles
            for row in self.rows
            for side in (row.source, row.target)
            for sentence in side.sentences
            for run in sentence.runs
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order, the title row first."""
        rows = [row for section in self.sections for row in section]
        front = (self.title_row, self.subtitle_row, self.kicker_row)
        return (*(row for row in front if row), *rows)

    @property
    def notes_by_severity(self) -> tuple[tuple[Severity, tuple[Note, ...]], ...]:
        """The notes of each severity that has any, the gravest first."""
        rank = list(Severity).index
        ordered = sorted(self.notes, key=lambda note: (rank(note.severity), note.number))
        groups = groupby(ordered, key=lambda note: note.severity)
        return tuple((severity, tuple(notes)) for severity, notes in groups)
