"""Translations and what was found in them in; the segments, worst first, out.

An order for a reader with little time, not a grade: docs/quality.md says how well it works.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Finding, Severity, Translation

# What a finding adds to the risk, which is otherwise some 0.2 to 1.
_FINDING_RISK = {Severity.BLOCK: 0.2, Severity.LOOK: 0.1, Severity.POLISH: 0.0}
# A word is weak below this; of the embedded engine's words in news, one in 25.
WEAK = -1.5
_MOST_WEAK_WORDS = 3
# Among fewer segments a percentile says nothing.
FEWEST_FOR_PERCENTILE = 20


@dataclass(frozen=True, slots=True)
class Rank:
    """A segment in the order of risk.

    ``sureness`` is the mean of its words' log-probabilities, ``percentile`` the share of the job's
    segments, in per cent, of which the same engine was less sure; None where no engine was asked,
    or too few are there. ``weak_words`` are spans in the translation, the weakest first.
    """

    segment_id: str
    risk: float
    sureness: float | None
    percentile: float | None
    weak_words: tuple[tuple[int, int], ...]


def rank(translations: Sequence[Translation], findings: Iterable[Finding]) -> tuple[Rank, ...]:
    """Order segments from the worst to the best; in the order of the text where they are equal.

    Segments with a blocking finding come first. Among the others, and among these, the risk counts:
    ``−sureness + 0.2 × blocking findings + 0.1 × findings to look at``. What was copied has no
    risk of its own.
    """
    found: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in findings:
        found[finding.segment_id][finding.severity] += 1
    percentiles = _percentiles(translations)
    ranks = []
    for translation in translations:
        sureness = mean_of_words(translation)
        tiers = found[translation.segment_id]
        risk = sum(weight * tiers[tier] for tier, weight in _FINDING_RISK.items())
        ranks.append(
            Rank(
                translation.segment_id,
                round(risk - (sureness or 0.0), 4),
                sureness,
                percentiles.get(translation.segment_id),
                weak_words(translation),
            )
        )
    return tuple(sorted(ranks, key=lambda r: (not found[r.segment_id][Severity.BLOCK], -r.risk)))


def mean_of_words(translation: Translation) -> float | None:
    """Average the words' log-probabilities, None where no engine was asked.

    The mean over words correlates better with quality than that over tokens, of which a rare name
    has many; it is what Bergamot's quality estimation takes for a sentence.
    """
    words = translation.words
    return round(sum(words) / len(words), 4) if words else None


def weak_words(translation: Translation) -> tuple[tuple[int, int], ...]:
    """Give the spans of the words that the engine found least probable, at most three."""
    spans = [match.span() for match in re.finditer(r"\S+", translation.text)]
    scored = sorted(zip(translation.words, spans, strict=False))
    return tuple(span for score, span in scored[:_MOST_WEAK_WORDS] if score < WEAK)


def _percentiles(translations: Iterable[Translation]) -> dict[str, float]:
    """Rank segments among those of the same engine; equals share the middle of their places."""
    groups: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for translation in translations:
        sureness = mean_of_words(translation)
        if sureness is not None:
            groups[translation.engine][translation.segment_id] = sureness
    found: dict[str, float] = {}
    for group in groups.values():
        if len(group) < FEWEST_FOR_PERCENTILE:
            continue
        below, counts = 0, Counter(group.values())
        places = {}
        for value in sorted(counts):
            places[value] = 100 * (below + counts[value] / 2) / len(group)
            below += counts[value]
        found |= {segment_id: round(places[value], 1) for segment_id, value in group.items()}
    return found
