"""What the checks and the score stage say of a translation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: stop and mend, look at it, or polish."""

    BLOCK = "block"
    LOOK = "look"
    POLISH = "polish"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a segment; spans are offsets in source and translation, or None.

    ``id`` is a short hash of the check and the texts that it is about, "" before the score stage
    gives it. ``dismissed`` ones do not count: a person looked, and decided that nothing is amiss.
    """

    check: str
    severity: Severity
    segment_id: str
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    id: str = ""
    dismissed: bool = False


Reading = tuple[str, float | None]
"""A threshold's id and the raw value that it limits, None where there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check holds against a segment, before anyone's thresholds decide.

    It stands where each reading of ``beyond`` lies beyond its limit. Of a check's doubts on a
    segment those that stand at the lowest ``step`` are its findings.
    """

    finding: Finding
    beyond: tuple[Reading, ...] = ()
    step: int = 0

    @property
    def is_measured(self) -> bool:
        """Whether it has all its raw values; without one it never stands."""
        return all(value is not None for _, value in self.beyond)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the checks that go by texts alone hold against a translation.

    It stands for whatever has the same ``basis``: the two texts, and where renderings are in them.
    """

    basis: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """A reference metric over a document: its score and its sacrebleu signature.

    ``mean`` and ``margin`` are of bootstrap resamples: 95 % of them lie within ``mean ± margin``.
    """

    name: str
    score: float
    signature: str
    mean: float
    margin: float


@dataclass(frozen=True, slots=True)
class ReferenceScore:
    """A reference text, the segments it translates (one, or those of a block), and their scores."""

    segment_ids: tuple[str, ...]
    reference: str
    bleu: float
    chrf: float
    ter: float


@dataclass(frozen=True, slots=True)
class Loss:
    """A term of the French that the English seems to lack, and how it could have been rendered."""

    start: int
    end: int
    surface: str
    renderings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How probable a critical or major error in a translation is, and where it may be.

    ``words`` are spans of suspicious words, ``lost`` terms that seem to be left out or rendered
    wrongly; the likeliest first.
    """

    probability: float
    words: tuple[tuple[int, int], ...] = ()
    lost: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """A segment in the order of risk, which is between 0 and 1.

    ``sureness`` is the mean probability of its words, ``percentile`` its place by it, in per cent,
    among the job's segments of the same engine; None where no engine was asked, or too few are
    there. ``unanswered`` is the mean evidence, a content word of the French, that it was left out,
    or of the English, that it was added, whichever is more (see ``pipeline.language.lexicon``);
    None where there is no such word. ``weak_words`` are spans in the translation, the weakest
    first. ``probability`` is that of a critical or major error, findings counted in; None where
    nothing is estimated. ``lost_words`` are spans in the source, ``reasons`` say why, in parallel.
    """

    segment_id: str
    risk: float
    sureness: float | None
    percentile: float | None
    unanswered: float | None
    weak_words: tuple[tuple[int, int], ...]
    probability: float | None = None
    lost_words: tuple[tuple[int, int], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """What the score stage gives: findings in document order, dismissed ones too, and ``ranks``.

    The ranks go from the worst segment to the best. ``metrics`` and ``reference_scores`` are empty
    where no reference was given.
    """

    findings: tuple[Finding, ...] = ()
    ranks: tuple[Rank, ...] = ()
    metrics: tuple[Metric, ...] = ()
    reference_scores: tuple[ReferenceScore, ...] = ()
