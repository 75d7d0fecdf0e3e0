"""A sentence and its translation in, what the checks find in it by itself out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.checks import Case, CheckProfile, check_case, judge
from pipeline.model import BlockKind, Entry, Finding, Occurrence, Segment, Translation


def run_checks(
    segment: Segment,
    translation: Translation,
    occurrences: Sequence[Occurrence],
    kind: BlockKind,
    settings: CheckProfile,
    entries: Mapping[str, Entry] | None = None,
) -> tuple[Finding, ...]:
    """Give what the enabled checks find; ``entries`` are those of ``occurrences``, by id."""
    case = Case(segment, translation, tuple(occurrences), kind, entries or {})
    return judge(check_case(case), settings)
