"""The content of an edition in; the figures that say how good its translation may be, out.

The report, the quality page, the colophon and the terminal show these same figures.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.checks import CHECKS, Dimension
from pipeline.model import EditionContent, Occurrence, OccurrenceStatus, Severity

_BARS = 24


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a value is spread over the segments: counts in bars of equal width from low to high.

    ``outside`` is how many lie beyond the ends; they are counted in the first and last bar.
    """

    id: str
    low: float
    high: float
    counts: tuple[int, ...]
    median: float
    outside: int = 0


@dataclass(frozen=True, slots=True)
class FindingRate:
    """Findings of a check or class: how many by severity, and all for 1,000 French words."""

    name: str
    block: int
    look: int
    polish: int
    per_thousand: float

    @property
    def count(self) -> int:
        """All of them."""
        return self.block + self.look + self.polish


@dataclass(frozen=True, slots=True)
class TermRates:
    """The glossary: occurrences (declined ones do not count), those rendered as asked, consistency.

    ``consistency`` is the share of each entry's commonest rendering, over the occurrences of the
    entries that are rendered at least twice (Semenov and Bojar 2022); None where there are none.
    """

    occurrences: int
    rendered: int
    consistency: float | None


@dataclass(frozen=True, slots=True)
class Quality:
    """What is known about a translation's quality, without a grade.

    ``clean_segments`` have no finding but of polish; ``per_thousand`` are findings for 1,000 French
    words. Of the ``estimated`` segments about ``expected_errors`` have a serious error: the sum of
    their probabilities.
    """

    source_words: int
    target_words: int
    segments: int
    clean_segments: int
    median_sureness: float | None
    per_thousand: float
    terms: TermRates
    classes: tuple[FindingRate, ...]
    checks: tuple[FindingRate, ...]
    distributions: tuple[Distribution, ...]
    estimated: int = 0
    expected_errors: float = 0.0


def assess(content: EditionContent) -> Quality:
    """Work out the figures of an edition."""
    noted = {f.segment_id for f in content.findings if f.severity is not Severity.POLISH}
    source_words = count_words(content)
    sureness = [each.sureness for each in content.ranks if each.sureness is not None]
    probable = [each.probability for each in content.ranks if each.probability is not None]
    by_class = [(_dimension(f.check), f.severity) for f in content.findings]
    by_check = [(f.check, f.severity) for f in content.findings]
    return Quality(
        source_words=source_words,
        target_words=sum(len(item.text.split()) for item in content.translations),
        segments=len(content.segments),
        clean_segments=len(content.segments) - len(noted),
        median_sureness=round(median(sureness), 4) if sureness else None,
        per_thousand=per_thousand(len(content.findings), source_words),
        terms=term_rates(content.occurrences),
        classes=_rates(by_class, source_words),
        checks=_rates(by_check, source_words),
        distributions=tuple(_distributions(content, sureness, probable)),
        estimated=len(probable),
        expected_errors=round(sum(probable), 1),
    )


def _dimension(check: str) -> Dimension:
    """Give a check's dimension; what is not there any more may still have findings in a job."""
    return CHECKS[check].dimension if check in CHECKS else Dimension.OTHER


def count_words(content: EditionContent) -> int:
    """Count the words of the French."""
    return sum(len(segment.source.split()) for segment in content.segments)


def _rates(found: Iterable[tuple[str, Severity]], words: int) -> tuple[FindingRate, ...]:
    """Count findings by name and severity, the commonest name first."""
    counts: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for name, severity in found:
        counts[name][severity] += 1
    rates = [
        FindingRate(
            name,
            tiers[Severity.BLOCK],
            tiers[Severity.LOOK],
            tiers[Severity.POLISH],
            per_thousand(tiers.total(), words),
        )
        for name, tiers in counts.items()
    ]
    return tuple(sorted(rates, key=lambda rate: (-rate.count, rate.name)))


def per_thousand(count: int, words: int) -> float:
    """Give how many there are for 1,000 words."""
    return round(1000 * count / max(words, 1), 2)


def term_rates(occurrences: Sequence[Occurrence]) -> TermRates:
    """Work out how far the glossary was kept to."""
    renderings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in occurrences:
        if each.status is OccurrenceStatus.PRESENT:
            renderings[each.entry_id][each.rendering.casefold()] += 1
    several = [counts for counts in renderings.values() if counts.total() > 1]
    consistent = sum(counts.most_common(1)[0][1] for counts in several)
    whole = sum(counts.total() for counts in several)
    return TermRates(
        occurrences=sum(each.status is not OccurrenceStatus.DECLINED for each in occurrences),
        rendered=sum(counts.total() for counts in renderings.values()),
        consistency=round(consistent / whole, 4) if whole else None,
    )


def _distributions(
    content: EditionContent, sureness: Sequence[float], probable: Sequence[float]
) -> Iterable[Distribution]:
    """Give probabilities, how sure the engine was, how lengths compare, chrF++ with a reference."""
    lengths = [
        len(translation.text) / len(segment.source)
        for segment, translation in zip(content.segments, content.translations, strict=True)
        if translation.words and translation.text and segment.source
    ]
    for name, values, low, high in (
        ("probability", probable, 0.0, 1.0),
        ("sureness", sureness, 0.0, 1.0),
        ("length", lengths, 0.4, 1.6),
        ("chrf", [each.chrf for each in content.reference_scores], 0.0, 100.0),
    ):
        if values:
            yield distribution(name, values, low, high)


def distribution(name: str, values: Sequence[float], low: float, high: float) -> Distribution:
    """Count values in bars of equal width; there must be one."""
    counts = [0] * _BARS
    for value in values:
        place = math.floor((value - low) / (high - low) * _BARS)
        counts[min(max(place, 0), _BARS - 1)] += 1
    outside = sum(not low <= value <= high for value in values)
    return Distribution(name, low, high, tuple(counts), round(median(values), 4), outside)
