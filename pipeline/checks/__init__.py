"""A segment and its translation in, findings out: the registry of checks.

A new check is a module with a ``CHECK``, and its line in CHECKS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.checks import (
    confidence,
    confusions,
    consistency,
    coverage,
    finished,
    hedges,
    leftover,
    length,
    marks,
    names,
    nationalities,
    negation,
    numbers,
    opposites,
    punctuation,
    quotations,
    references,
    repetition,
    spelling,
    terms,
)
from pipeline.checks.base import Case, Check, Dimension, Direction, Threshold
from pipeline.model import (
    BlockKind,
    Doubt,
    Entry,
    Finding,
    Measured,
    Occurrence,
    Segment,
    Translation,
)
from pipeline.text import fingerprint

__all__ = [
    "CHECKS",
    "VERSION",
    "Case",
    "Check",
    "CheckProfile",
    "Dimension",
    "Direction",
    "Threshold",
    "check_case",
    "check_document",
    "judge",
    "measured",
    "run_checks",
    "thresholds",
]

# Raise it when what a check holds against a case changes; the score stage's version follows.
VERSION: Final = 9

CHECKS: dict[str, Check] = {
    module.CHECK.id: module.CHECK
    for module in (
        finished,
        numbers,
        terms,
        leftover,
        repetition,
        length,
        coverage,
        names,
        nationalities,
        confusions,
        negation,
        opposites,
        hedges,
        quotations,
        references,
        consistency,
        confidence,
        punctuation,
        spelling,
        marks,
    )
}


def thresholds() -> dict[str, Threshold]:
    """Give the thresholds of all checks, by id."""
    return {threshold.id: threshold for check in CHECKS.values() for threshold in check.thresholds}


@dataclass(frozen=True, slots=True)
class CheckProfile:
    """Which checks are off, and the thresholds that differ from the defaults."""

    disabled: frozenset[str] = frozenset()
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def limits(self) -> dict[str, float]:
        """The limit for every threshold id."""
        defaults = {threshold.id: threshold.default for threshold in thresholds().values()}
        return defaults | dict(self.thresholds)


def run_checks(
    segment: Segment,
    translation: Translation,
    occurrences: Sequence[Occurrence],
    kind: BlockKind,
    settings: CheckProfile,
    entries: Mapping[str, Entry] | None = None,
) -> tuple[Finding, ...]:
    """Return what the enabled checks find in one segment, in the order of the registry.

    ``entries`` maps the entry ids of ``occurrences`` to their entries. What stands as it is on
    purpose (code) is not checked. An empty translation gets that finding alone: the others would
    only repeat it.
    """
    case = Case(segment, translation, tuple(occurrences), kind, entries or {})
    return judge(check_case(case), settings)


def check_case(case: Case) -> tuple[Doubt, ...]:
    """Return what the checks hold against one case; see ``run_checks``.

    What was measured before on the same basis is taken over.
    """
    if case.is_kept:
        return ()
    checks = [*CHECKS.values()] if case.target.strip() else [finished.CHECK]
    known: list[Doubt] = []
    if case.measured and case.measured.basis == _basis(case):
        checks = [check for check in checks if check.of_delivery]
        known = [
            replace(doubt, finding=replace(doubt.finding, segment_id=case.segment.id))
            for doubt in case.measured.doubts
        ]
    found = [doubt for check in checks for doubt in check.run(case) if doubt.is_measured]
    return tuple(sorted([*known, *found], key=_place))


def measured(case: Case, doubts: Iterable[Doubt]) -> Measured:
    """Return those of a case's doubts that hold for every case on the same basis."""
    kept = [doubt for doubt in doubts if not CHECKS[doubt.finding.check].of_delivery]
    return Measured(_basis(case), tuple(kept))


def _basis(case: Case) -> str:
    """Return the hash of all that is gone by where nothing but texts and renderings count."""
    places = [
        (o.start, o.end, o.status, o.target_start, o.target_end, entry and entry.kind)
        for o in case.occurrences
        for entry in [case.entries.get(o.entry_id)]
    ]
    asked = VERSION, list(CHECKS)
    return fingerprint(asked, case.source, case.target, case.translation.finished, places)


def _place(doubt: Doubt) -> int:
    return [*CHECKS].index(doubt.finding.check)


def check_document(cases: Sequence[Case]) -> tuple[Doubt, ...]:
    """Return what the checks hold against a document, segment by segment and as a whole.

    In the order of the segments, and within a segment in that of the registry.
    """
    found = [doubt for case in cases for doubt in check_case(case)]
    prose = [case for case in cases if not case.is_kept]
    for check in CHECKS.values():
        if check.run_document:
            found.extend(check.run_document(prose))
    places = {case.segment.id: place for place, case in enumerate(cases)}
    return tuple(sorted(found, key=lambda doubt: (places[doubt.finding.segment_id], _place(doubt))))


def judge(doubts: Iterable[Doubt], profile: CheckProfile) -> tuple[Finding, ...]:
    """Return the findings among doubts, in their order, under someone's checks and thresholds."""
    limits, known = profile.limits(), thresholds()
    standing = [
        doubt
        for doubt in doubts
        if doubt.finding.check not in profile.disabled
        and all(known[name].exceeded(value, limits[name]) for name, value in doubt.beyond)
    ]
    lowest: dict[tuple[str, str], int] = {}
    for doubt in standing:
        key = doubt.finding.segment_id, doubt.finding.check
        lowest[key] = min(doubt.step, lowest.get(key, doubt.step))
    return tuple(
        doubt.finding
        for doubt in standing
        if doubt.step == lowest[doubt.finding.segment_id, doubt.finding.check]
    )
