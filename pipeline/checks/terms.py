"""A case in, findings out for glossary entries that were not rendered as the glossary says."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.model import Doubt, EntryKind, Method, Occurrence, OccurrenceStatus, Severity, Verdict

ID = "terms"


def _run(case: Case) -> Iterator[Doubt]:
    for occurrence in case.occurrences:
        if occurrence.decision is Verdict.ACCEPTED:
            continue
        span = None
        if occurrence.target_start is not None and occurrence.target_end is not None:
            span = (occurrence.target_start, occurrence.target_end)
        source = (occurrence.start, occurrence.end)
        if occurrence.status is OccurrenceStatus.FORBIDDEN:
            message = f"“{occurrence.surface}” is rendered by a forbidden “{occurrence.rendering}”."
            yield case.doubt(ID, Severity.BLOCK, message, source, span)
        elif occurrence.status is OccurrenceStatus.MISSING:
            yield case.doubt(
                ID, _severity(case, occurrence), _missing(case, occurrence), source, span
            )
        elif occurrence.status is OccurrenceStatus.PRESENT and _is_doubtful(occurrence):
            rendering = case.target[slice(*span)] if span else ""
            message = f"“{rendering}” was {occurrence.reason}."
            yield case.doubt(ID, Severity.LOOK, message, source, span)


def _is_doubtful(occurrence: Occurrence) -> bool:
    """Whether a rendering was put into a sentence that is less probable with it."""
    forced = occurrence.method in (Method.REPLACED, Method.REDECODED)
    return forced and bool(occurrence.reason)


def _severity(case: Case, occurrence: Occurrence) -> Severity:
    entry = case.entries.get(occurrence.entry_id)
    return Severity.LOOK if entry and entry.kind is EntryKind.TERM else Severity.BLOCK


def _missing(case: Case, occurrence: Occurrence) -> str:
    entry = case.entries.get(occurrence.entry_id)
    if entry is None or entry.target == occurrence.surface:
        return f"“{occurrence.surface}” does not stand in the translation."
    return f"“{occurrence.surface}” is not rendered as “{entry.target}”."


CHECK = Check(
    id=ID,
    title="Names and terms of the glossary",
    dimension=Dimension.TERMINOLOGY,
    severity=Severity.BLOCK,
    formula=(
        "Each occurrence of a glossary entry in the source must have an allowed rendering in the "
        "translation and no forbidden one."
    ),
    run=_run,
    of_delivery=True,
    notes=(
        "Blocks for a forbidden rendering and for a missing name or text to keep; asks for a look "
        "where a term is missing, or a rendering was put in (replaced, redecoded) and the words "
        "around it are less probable for it. What a person accepted or declined in a review is not "
        "reported."
    ),
)
