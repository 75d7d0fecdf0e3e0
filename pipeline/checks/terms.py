"""A case in, findings out for glossary entries that were not rendered as the glossary says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.entries import VERBS
from pipeline.model import Doubt, EntryKind, Method, Occurrence, OccurrenceStatus, Severity, Verdict

ID = "terms"
# What may stand between a verb and its object, in French; and before an object, in English.
_ARTICLES_FR = re.compile(
    r"\s(?:(?:à|de|des|du|en|la|les?|une?|son|sa|ses|leurs?|ces?|cette)\s|[ld]['’])*", re.IGNORECASE
)
_SMALL_EN = re.compile(
    r"(?:\b(?:to|the|an?|of|on|for|in|at|with|by|some|any|its?|his|her|their|these|those|this|that)\s)+$",
    re.IGNORECASE,
)


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
        elif occurrence.status is OccurrenceStatus.PRESENT and (
            verb := _lost_verb(case, occurrence)
        ):
            message = f"“{verb.surface}” seems lost: “{occurrence.rendering}” was put in behind it."
            yield case.doubt(ID, Severity.LOOK, message, (verb.start, verb.end), span)


def _is_doubtful(occurrence: Occurrence) -> bool:
    """Whether a rendering was put into a sentence that is less probable with it."""
    forced = occurrence.method in (Method.REPLACED, Method.REDECODED)
    return forced and bool(occurrence.reason)


def _lost_verb(case: Case, occurrence: Occurrence) -> SourceTerm | None:
    """Return the verb before a term that was put in, if nothing answers it: "to punitive measures".

    A word before the rendering that answers nothing known may render it in a freer way.
    """
    told = occurrence.method in (Method.REPLACED, Method.REDECODED, Method.HINT)
    if not told or occurrence.target_start is None:
        return None
    answers = dictionary().answered(case.source, case.target)
    lost = (
        term
        for term in answers.unanswered
        if term.renderings
        and term.renderings[0].kind in VERBS
        and _ARTICLES_FR.fullmatch(case.source, term.end, occurrence.start)
    )
    end = _SMALL_EN.search(case.target, 0, occurrence.target_start)
    place = end.start() if end else occurrence.target_start
    free = any(first < place <= last + 1 for first, last in answers.unaccounted)
    return None if free else next(lost, None)


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
        "around it are less probable for it, or a verb before it is lost (“proposals to punitive "
        "measures”). What a person accepted or declined in a review is not "
        "reported."
    ),
)
