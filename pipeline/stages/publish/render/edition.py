"""An ``EditionContent`` in; the ``Edition`` both renderers print out, complete or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.documents.project import marks_within, projected
from pipeline.language.typography import printable, typeset
from pipeline.model import Block, BlockKind, Document, EditionContent, Occurrence, Segment
from pipeline.stages.publish.render.back_matter import alphabetical, notes_of, terms_of
from pipeline.stages.publish.render.colophon import (
    citation,
    facts,
    machine_notices,
    source_line,
    summary,
)
from pipeline.stages.publish.render.gate import check_complete, check_content
from pipeline.stages.publish.render.imprint import imprint, origin, provenance_line
from pipeline.stages.publish.render.people import people
from pipeline.stages.publish.render.sides import Mark, Piece, set_line, spelt, typeset_side
from pipeline.stages.publish.render.tables import Table, table_of, tables_of
from pipeline.stages.publish.render.view import Edition, Note, Pair, Row, Side, abreast
from pipeline.stages.publish.render.words import WORDS, words_of

# A row shorter than this, in characters of its longer side, is never split between pages.
COMPACT_CHARACTERS = 600
# A side with fewer lines than this cannot be cut with two lines left on both pages.
UNEVEN_LINES = 5
_LINE_CHARACTERS = 48
# Long tables are slow to lay out, so a section without headings is cut into several.
ROWS_PER_TABLE = 40


def build_edition(content: EditionContent) -> Edition:
    """Return the view of an edition.

    Raises PublishError unless the segments make up the whole text, each stands exactly once on both
    sides, in order, and every occurrence and finding points into a segment that exists.
    """
    check_content(content)
    parts, words = content.dress.parts, words_of(content.dress.notices)
    notes = notes_of(content) if "findings" in parts else ()
    rows = _Rows(content, notes).build()
    document = content.document
    titled = bool(rows) and rows[0].heading == 1
    subtitle, kicker, text = _parted(document, rows, titled)
    terms = terms_of(content, words) if parts & {"glossary", "index"} else ()
    title, target_title = set_line(document.title, "fr"), _set_english(content)
    check_complete(content.segments, rows)
    return Edition(
        title=title,
        target_title=target_title,
        author=printable(document.author),
        people=people(document, content.dress.english),
        created=content.provenance.created,
        title_row=rows[0] if titled else None,
        subtitle_row=subtitle,
        kicker_row=kicker,
        sections=tuple(sections_of(text)),
        terms=terms if "glossary" in parts else (),
        index=tuple(each for each in terms if each.rows) if "index" in parts else (),
        notes=notes,
        dress=content.dress.name,
        parts=parts,
        language="fr" if content.dress.notices == "fr" else "en",
        words=words,
        tongues=Pair(WORDS["fr"]["french"], WORDS["en"]["english"]),
        untitled=not titled and _opens_with(document, document.title),
        source_line=source_line(content, words) if content.dress.name == "review" else "",
        citation=citation(content, words),
        summary=summary(content),
        facts=facts(content),
        notices=machine_notices(content.dress.notices),
        origin=origin(content) if content.dress.name == "print" and "notice" in parts else None,
        imprint=imprint(content),
        provenance=provenance_line(content),
        house=content.dress.house,
    )


def _parted(
    document: Document, rows: Sequence[Row], titled: bool
) -> tuple[Row | None, Row | None, Sequence[Row]]:
    """Return the subtitle's row, the kicker's and all others but the title's."""
    found: list[Row | None] = []
    place = int(titled)
    for words in (document.front.subtitle, document.front.kicker):
        there = titled and place < len(rows) and words == document.blocks[place].text
        found.append(rows[place] if words and there else None)
        place += found[-1] is not None
    return found[0], found[1], rows[place:]


def _set_english(content: EditionContent) -> str:
    """Return the English title, spelt as the English is."""
    text = printable(" ".join(content.target_title.split()))
    return "".join(spelt(text, typeset(text, "en"), content.dress.english))


def _opens_with(document: Document, title: str) -> bool:
    """Tell whether a title is but the first words of the text."""
    first = " ".join(document.blocks[0].text.split()) if document.blocks else ""
    words = title.removesuffix("…")
    # Whole words: « Tarifs » does not open with the title « T ».
    return bool(words) and first.startswith(words) and not first[len(words) :][:1].isalnum()


class _Rows:
    """Makes the rows of a content, one for each block."""

    def __init__(self, content: EditionContent, notes: Iterable[Note]) -> None:
        self.content = content
        marked = "marks" in content.dress.parts
        with_terms = marked and "glossary" in content.dress.parts
        self.translations = {each.segment_id: each for each in content.translations}
        self.term_numbers = {
            entry.id: number for number, entry in enumerate(alphabetical(content.entries), 1)
        }
        self.occurrences: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in content.occurrences if with_terms else ():
            self.occurrences[occurrence.segment_id].append(occurrence)
        self.notes: dict[str, list[int]] = defaultdict(list)
        for note in notes if marked else ():
            self.notes[note.segment_id].append(note.number)
        doubted = marked and content.dress.name == "review"
        read = {each.segment_id for each in content.reviewed}
        self.ranks = {
            rank.segment_id: rank
            for rank in content.ranks
            if doubted and rank.segment_id not in read
        }
        self.segments: dict[int, list[Segment]] = defaultdict(list)
        for segment in content.segments:
            self.segments[segment.block].append(segment)

    def build(self) -> tuple[Row, ...]:
        rows = []
        document = self.content.document
        rank = 1
        following = [*document.blocks[1:], None]
        sides = [self._sides(number, block) for number, block in enumerate(document.blocks, 1)]
        tables = tables_of(document.blocks, sides)
        each = zip(document.blocks, following, sides, strict=True)
        for number, (block, after, (source, target)) in enumerate(each, 1):
            heading = self._rank(number, block, rank)
            rank = heading or rank
            table = tables.get(table_of(block), Table())
            rows.append(
                Row(
                    number=number,
                    kind=block.kind,
                    heading=heading,
                    depth=block.level,
                    marker=_marker(block),
                    source=source,
                    target=target,
                    compact=max(len(source.text), len(target.text)) < COMPACT_CHARACTERS,
                    uneven=min(_lines(source.text), _lines(target.text)) < UNEVEN_LINES,
                    close=after is not None and after.kind is BlockKind.VERSE and after.level > 1,
                    table=block.marker if block.kind is BlockKind.CELL else "",
                    columns=table.columns,
                    edges=table.edges(block),
                    stacked=table.stacked,
                    label=table.label(block),
                )
            )
        return tuple(rows)

    def _rank(self, number: int, block: Block, above: int) -> int:
        if block.kind is not BlockKind.HEADING:
            return 0
        if number == 1 and block.text.strip() == self.content.document.title.strip():
            return 1
        # Ranks never skip a level: screen readers and PDF/UA count on that.
        return max(2, min(block.level, above + 1, 6))

    def _sides(self, number: int, block: Block) -> tuple[Side, Side]:
        """Return the French and the English side; the space between segments stands in both."""
        source, target = [], []
        segments = self.segments[block.index]
        for order, segment in enumerate(segments):
            end = segments[order + 1].start if order + 1 < len(segments) else len(block.text)
            gap = block.text[segment.end : end]
            last = order + 1 == len(segments)
            text = self.translations[segment.id].text
            occurrences = self.occurrences[segment.id]
            anchor, notes = f"{number}-{order + 1}", tuple(self.notes[segment.id])
            marks = [self._mark(each, each.start, each.end) for each in occurrences]
            inline = tuple(marks_within(block.marks, segment))
            rank = self.ranks.get(segment.id)
            lost, weak = (rank.lost_words, rank.weak_words) if rank else ((), ())
            source.append(
                Piece(segment.id, anchor, segment.source, tuple(marks), (), gap, inline, lost)
            )
            marks = [
                self._mark(each, each.target_start, each.target_end)
                for each in occurrences
                if each.target_start is not None and each.target_end is not None
            ]
            inline = projected(segment.source, text, inline)
            gap = gap if gap or last else " "
            target.append(Piece(segment.id, anchor, text, tuple(marks), notes, gap, inline, weak))
        code = block.kind is BlockKind.CODE
        return (
            typeset_side(source, "" if code else "fr"),
            typeset_side(target, "" if code else "en", self.content.dress.english),
        )

    def _mark(self, occurrence: Occurrence, start: int, end: int) -> Mark:
        return Mark(start, end, self.term_numbers[occurrence.entry_id], occurrence.status.value)


def _lines(text: str) -> int:
    """Return about how many lines a side takes, at the least."""
    return sum(1 + len(line) // _LINE_CHARACTERS for line in text.splitlines())


def _marker(block: Block) -> str:
    if block.kind is BlockKind.NOTE:
        # A note inside the text ("*1") has no number of its own.
        return printable(block.marker.lstrip("*")) or "*"
    if block.kind is not BlockKind.LIST_ITEM or not block.marker:
        return ""
    return printable(block.marker) if any(map(str.isalnum, block.marker)) else "–"


def sections_of(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Give rows in the tables that they are set in: one a heading, and more where it is long."""
    section: list[Row] = []
    for line in abreast(rows):
        # Never cut right after a heading: it must stay with the row below it.
        full = len(section) >= ROWS_PER_TABLE and not section[-1].heading
        if section and (full or (line[0].heading and not section[-1].heading)):
            yield tuple(section)
            section = []
        section.extend(line)
    if section:
        yield tuple(section)
