"""Decisions in, oldest first; what counts of them for entries, segments, occurrences, findings out.

Of several about the same thing the newest counts, and none where that one undoes. What counts
outlives re-runs, new targets and moved paragraphs, and holds wherever the same sentence stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.decisions.kinds import (
    Decision,
    EntryDecision,
    FindingDecision,
    Kind,
    NoteDecision,
    OccurrenceDecision,
    StateDecision,
    TranslationDecision,
    dismiss,
)
from pipeline.decisions.rows import key_of, value_of
from pipeline.model import (
    Entry,
    EntryKind,
    Finding,
    Match,
    Reviewed,
    Segment,
    Stage,
    Translation,
    Verdict,
)
from pipeline.text import fingerprint


@dataclass(frozen=True, slots=True)
class Decided:
    """What counts of a job's decisions, by what they are about."""

    occurrences: Mapping[tuple[str, str, int], OccurrenceDecision] = field(default_factory=dict)
    translations: Mapping[tuple[str], TranslationDecision] = field(default_factory=dict)
    changes: Mapping[tuple[str], EntryDecision] = field(default_factory=dict)
    dismissals: Mapping[tuple[str, str, str, str], FindingDecision] = field(default_factory=dict)
    states: Mapping[tuple[str], StateDecision] = field(default_factory=dict)
    notes: Mapping[tuple[str], NoteDecision] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decided:
        """Give what counts of a job's decisions, oldest first."""
        newest = {(each.kind, each.key): each for each in decisions}
        counting = [each for each in newest.values() if not each.undone]
        return cls(
            {each.key: each for each in counting if isinstance(each, OccurrenceDecision)},
            {each.key: each for each in counting if isinstance(each, TranslationDecision)},
            {each.key: each for each in counting if isinstance(each, EntryDecision)},
            {each.key: each for each in counting if isinstance(each, FindingDecision)},
            {each.key: each for each in counting if isinstance(each, StateDecision)},
            {each.key: each for each in counting if isinstance(each, NoteDecision)},
        )

    @property
    def all(self) -> tuple[Decision, ...]:
        """The decisions that count."""
        kinds: tuple[Mapping[Any, Decision], ...] = (
            self.occurrences,
            self.translations,
            self.changes,
            self.dismissals,
            self.states,
            self.notes,
        )
        return tuple(each for kind in kinds for each in kind.values())

    @property
    def sha256(self) -> str:
        """Hash of what counts, "" where nothing does: undone decisions leave no trace in it.

        Notes are for people alone, and not in it.
        """
        return _sha256([each for each in self.all if each.stage is not None])

    def concerning(self, stage: Stage) -> str:
        """Hash of what counts for a stage, "" where nothing does."""
        return _sha256([each for each in self.all if each.stage is stage])

    def translation(self, source: str) -> str | None:
        """Give what a person wrote for a segment's source, or None."""
        written = self.translations.get((source,))
        return written.text if written else None

    def reviewed(
        self, segments: Iterable[Segment], translations: Iterable[Translation]
    ) -> tuple[Reviewed, ...]:
        """Give the segments that a person has read in the translation that each has now."""
        sources = {segment.id: segment.source for segment in segments}
        read = ((each, self.states.get((sources[each.segment_id],))) for each in translations)
        return tuple(
            Reviewed(each.segment_id, decision.state, decision.reviewer)
            for each, decision in read
            if decision and decision.text == each.text
        )

    def verdicts(
        self, source: str, matches: Sequence[Match], text: str = ""
    ) -> tuple[Verdict, ...]:
        """Give the verdict on each match in a segment that is translated as ``text``."""
        entries = [match.entry.source for match in matches]
        found = [
            self.occurrences.get((source, entry, ordinal))
            for entry, ordinal in zip(entries, ordinals(entries), strict=True)
        ]
        return tuple(
            each.verdict
            if each and (each.verdict is not Verdict.ACCEPTED or each.text == text)
            else Verdict.NONE
            for each in found
        )

    def entries(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Give the entries with their renderings in this job; each keeps its id."""
        return tuple(_changed(entry, self.changes.get((entry.source,))) for entry in entries)

    def judged(self, finding: Finding, source: str, target: str) -> Finding:
        """Give a finding its id, and say whether it was dismissed."""
        about = dismiss(finding, source, target)
        return replace(
            finding,
            id=fingerprint(key_of(about))[:10],
            dismissed=about.key in self.dismissals,
        )


NOTHING_DECIDED = Decided()


def ordinals(entries: Iterable[Hashable]) -> list[int]:
    """Count for each occurrence, by what tells its entry, how many of the same came before."""
    seen: Counter[Hashable] = Counter()
    places = []
    for entry in entries:
        places.append(seen[entry])
        seen[entry] += 1
    return places


def _changed(entry: Entry, decision: EntryDecision | None) -> Entry:
    if decision is None or decision.target is None or entry.kind is EntryKind.KEEP:
        return entry
    target, alternatives = decision.target, decision.alternatives
    return replace(
        entry,
        target=target,
        alternatives=alternatives,
        # What is asked for now is no mistake any more.
        forbidden=tuple(each for each in entry.forbidden if each not in (target, *alternatives)),
    )


def _sha256(decisions: Sequence[Decision]) -> str:
    if not decisions:
        return ""
    values: dict[str, dict[str, object]] = {kind: {} for kind in Kind}
    for each in decisions:
        values[each.kind][key_of(each)] = value_of(each)
    return fingerprint(values)
