"""What every check is made of: a case comes in, findings go out.

A check keeps its raw values apart from the decision: it gives doubts, each with the raw values that
must lie beyond their limits for it to be a finding. So doubts are stored once, and judged again
under other thresholds without checking again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model import (
    BlockKind,
    Doubt,
    Entry,
    EntryKind,
    Estimate,
    Finding,
    InlineMark,
    Measured,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Reading,
    Segment,
    Severity,
    Translation,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One segment to judge: its source, its translation and the glossary occurrences in it.

    ``entries`` maps entry ids to entries and covers at least those of ``occurrences``.
    ``estimate`` is there where the engine's figures can be judged, ``measured`` where the checks
    were asked about such a translation before. ``marks`` are those of the source's words.
    """

    segment: Segment
    translation: Translation
    occurrences: tuple[Occurrence, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    entries: Mapping[str, Entry] = field(default_factory=dict)
    estimate: Estimate | None = None
    measured: Measured | None = None
    marks: tuple[InlineMark, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether it stands as it is on purpose: code, or a passage in another language."""
        kept = self.translation.origin is Origin.COPIED and self.target == self.source
        return self.kind is BlockKind.CODE or (kept and any(map(str.isalpha, self.source)))

    @property
    def source(self) -> str:
        """The French text."""
        return self.segment.source

    @property
    def target(self) -> str:
        """The English text."""
        return self.translation.text

    def rendered(self) -> tuple[Occurrence, ...]:
        """The occurrences whose rendering stands in the translation."""
        return tuple(o for o in self.occurrences if o.status is OccurrenceStatus.PRESENT)

    def rendered_spans(self, *kinds: EntryKind) -> list[Span]:
        """Where renderings of entries of these kinds stand in the translation."""
        return [
            (o.target_start, o.target_end)
            for o in self.rendered()
            if o.target_start is not None
            and o.target_end is not None
            and (entry := self.entries.get(o.entry_id)) is not None
            and entry.kind in kinds
        ]

    def doubt(
        self,
        check: str,
        severity: Severity,
        message: str,
        source_span: Span | None = None,
        target_span: Span | None = None,
        beyond: tuple[Reading, ...] = (),
        step: int = 0,
    ) -> Doubt:
        """Doubt this segment: a finding, where the raw values ``beyond`` exceed their limits."""
        finding = Finding(check, severity, self.segment.id, message, source_span, target_span)
        return Doubt(finding, beyond, step)


class Dimension(StrEnum):
    """The dimension of the MQM typology (themqm.org) that a check's findings belong to.

    ``CONFIDENCE`` is none of them: it points at no error. ``OTHER`` stands for what is not known.
    """

    ACCURACY = "accuracy"
    TERMINOLOGY = "terminology"
    FLUENCY = "fluency"
    LOCALE = "locale"
    CONFIDENCE = "confidence"
    OTHER = "other"


class Direction(StrEnum):
    """On which side of its threshold a value is suspicious."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number a user can change: the limit of one raw value.

    ``measure`` gives the raw value, or None where a case has none. ``id`` is the check's id, with a
    suffix where a check has several ("length.short").
    """

    id: str
    default: float
    direction: Direction
    meaning: str
    measure: Callable[[Case], float | None]

    def read(self, case: Case) -> Reading:
        """Measure a case."""
        return self.id, self.measure(case)

    def exceeded(self, value: float | None, limit: float) -> bool:
        """Whether a raw value lies strictly beyond a limit; where there is none it does not."""
        if value is None:
            return False
        return value > limit if self.direction is Direction.ABOVE else value < limit


def nothing(_: Case) -> Iterable[Doubt]:
    """Find nothing: what a check of whole documents says of a single segment."""
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id, what people call it, what its findings are and how grave as a rule.

    ``run`` gets a case; ``run_document`` gets all cases of a document, for what no segment shows by
    itself. Both are pure functions, and know of no limit: see ``judge`` in ``pipeline.checks``.
    One ``of_delivery`` looks at more than texts and the renderings in them: at how the engine came
    to the text, and at what people decided.
    """

    id: str
    title: str
    dimension: Dimension
    severity: Severity
    formula: str
    run: Callable[[Case], Iterable[Doubt]]
    thresholds: tuple[Threshold, ...] = ()
    notes: str = ""
    run_document: Callable[[Sequence[Case]], Iterable[Doubt]] | None = None
    of_delivery: bool = False


class Cover:
    """The characters that some spans cover; asking costs no more than the span asked about."""

    def __init__(self, length: int, spans: Iterable[Span]) -> None:
        self._covered = bytearray(length)
        for start, end in spans:
            self._covered[start:end] = b"\1" * (min(end, length) - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character from ``start`` to ``end`` is covered."""
        return 1 in self._covered[start:end]
