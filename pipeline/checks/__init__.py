"""A segment and its translation in, findings out: the registry of checks.

A new check is a module with a ``CHECK``, and its line in CHECKS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from pipeline.model import Doubt, Finding, Measured
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
    "by_itself",
    "check_case",
    "check_document",
    "judge",
    "measure",
    "thresholds",
]

# Raise it when what a check holds against a case changes; the score stage's version follows.
VERSION: Final = 21

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


def check_case(case: Case) -> tuple[Doubt, ...]:
    """Return what the checks hold against one case, in the order of the registry.

    What stands as it is on purpose (code) is not checked. An empty translation gets that doubt
    alone: the others would only repeat it. What was measured before on the same basis is taken
    over.
    """
    return tuple(_held(case, {}))


def measure(case: Case) -> Measured:
    """Return what the checks hold against every case on the same basis, however it is delivered.

    What was measured before on that basis stands.
    """
    basis = _basis(case)
    if case.measured and case.measured.basis == basis:
        return case.measured
    asked = [*CHECKS.values()] if case.target.strip() else [finished.CHECK]
    asked = [check for check in asked if not (check.of_delivery or case.is_kept)]
    found = (doubt for check in asked for doubt in check.run(case))
    return Measured(basis, tuple(doubt for doubt in found if doubt.is_measured))


def _held(case: Case, as_a_whole: Mapping[tuple[str, str], Iterable[Doubt]]) -> Iterator[Doubt]:
    """Give what the checks hold against a case, each in its turn.

    ``as_a_whole`` is what they hold against the document, by segment and check.
    """
    known: dict[str, list[Doubt]] = {}
    for doubt in measure(case).doubts:
        own = replace(doubt, finding=replace(doubt.finding, segment_id=case.segment.id))
        known.setdefault(doubt.finding.check, []).append(own)
    is_whole = bool(case.target.strip()) and not case.is_kept
    for check in CHECKS.values():
        if not check.of_delivery:
            yield from known.get(check.id, ())
        elif is_whole:
            yield from (doubt for doubt in check.run(case) if doubt.is_measured)
        yield from as_a_whole.get((case.segment.id, check.id), ())


def by_itself(doubts: Iterable[Doubt]) -> dict[str, list[Doubt]]:
    """Return by segment those doubts that are about it alone, however it is delivered."""
    found: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        check = CHECKS[doubt.finding.check]
        if not check.of_delivery and not check.run_document:
            found.setdefault(doubt.finding.segment_id, []).append(doubt)
    return found


def _basis(case: Case) -> str:
    """Return the hash of all that is gone by where nothing but texts and renderings count."""
    places = [
        (o.start, o.end, o.status, o.target_start, o.target_end, entry and entry.kind)
        for o in case.occurrences
        for entry in [case.entries.get(o.entry_id)]
    ]
    asked = VERSION, list(CHECKS)
    return fingerprint(asked, case.source, case.target, case.translation.finished, places)


def check_document(cases: Sequence[Case]) -> tuple[Doubt, ...]:
    """Return what the checks hold against a document, segment by segment and as a whole.

    In the order of the segments, and within a segment in that of the registry.
    """
    prose = [case for case in cases if not case.is_kept]
    as_a_whole: dict[tuple[str, str], list[Doubt]] = {}
    for check in CHECKS.values():
        for doubt in check.run_document(prose) if check.run_document else ():
            as_a_whole.setdefault((doubt.finding.segment_id, check.id), []).append(doubt)
    return tuple(doubt for case in cases for doubt in _held(case, as_a_whole))


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
