"""An ``EditionContent`` in; the terms and the notes at the end of its edition out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.model import EditionContent, Entry, Occurrence, OccurrenceStatus
from pipeline.stages.publish.render.sides import set_line
from pipeline.stages.publish.render.view import Note, Term
from pipeline.text import fold


def alphabetical(entries: Iterable[Entry]) -> list[Entry]:
    """Return glossary entries in the order of a French dictionary: accents and case last."""

    def key(entry: Entry) -> tuple[str, str, str]:
        return fold(entry.source), entry.source, entry.id

    return sorted(entries, key=key)


def terms_of(content: EditionContent, words: Mapping[str, str]) -> tuple[Term, ...]:
    """Return the terms of the glossary, with where they stand and what became of them."""
    row_of = _row_numbers(content)
    uses: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in content.occurrences:
        uses[occurrence.entry_id].append(occurrence)
    terms = []
    for number, entry in enumerate(alphabetical(content.entries), 1):
        found = uses[entry.id]
        counts = Counter(each.status for each in found)
        outcome = [
            f"{counts[status]} {words[status]}" for status in OccurrenceStatus if counts[status]
        ]
        terms.append(
            Term(
                number=number,
                source=set_line(entry.source, "fr"),
                target=set_line(entry.target, "en"),
                note=set_line(entry.note, "en"),
                kind=words[entry.kind],
                outcome=", ".join(outcome),
                details=_details(found, words),
                amiss=bool(counts[OccurrenceStatus.MISSING] or counts[OccurrenceStatus.FORBIDDEN]),
                first_row=min((row_of[each.segment_id] for each in found), default=0),
                rows=tuple(sorted({row_of[each.segment_id] for each in found})),
            )
        )
    return tuple(terms)


def _details(found: Iterable[Occurrence], words: Mapping[str, str]) -> str:
    """Say how an entry got into the translation, and its renderings if they differ."""
    rungs = Counter(each.method for each in found if each.method)
    renderings = Counter(
        each.rendering for each in found if each.status is OccurrenceStatus.PRESENT
    )
    shown = [f"{count} {words.get(rung, rung)}" for rung, count in rungs.most_common()]
    if len(renderings) > 1:
        shown += [f"{count} “{set_line(text, 'en')}”" for text, count in renderings.most_common()]
    return ", ".join(shown)


def notes_of(content: EditionContent) -> tuple[Note, ...]:
    """Return the notes on what the checks found, in the order of the text."""
    order = {segment.id: place for place, segment in enumerate(content.segments)}
    row_of = _row_numbers(content)
    found = sorted(content.findings, key=lambda finding: order[finding.segment_id])
    within: Counter[int] = Counter()
    anchors = {}
    for segment in content.segments:
        within[segment.block] += 1
        anchors[segment.id] = f"{row_of[segment.id]}-{within[segment.block]}"
    return tuple(
        Note(
            number=number,
            severity=finding.severity,
            row=row_of[finding.segment_id],
            anchor=anchors[finding.segment_id],
            segment_id=finding.segment_id,
            check=finding.check,
            message=set_line(finding.message, "en"),
        )
        for number, finding in enumerate(found, 1)
    )


def _row_numbers(content: EditionContent) -> dict[str, int]:
    rows = {block.index: number for number, block in enumerate(content.document.blocks, 1)}
    return {segment.id: rows[segment.block] for segment in content.segments}
