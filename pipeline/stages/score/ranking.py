"""French texts, translations and what was found in them in; the segments, worst first, out.

An order for a reader with little time, not a grade: docs/quality.md says how well it works.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.language.lexicon import unanswered
from pipeline.model import Finding, Rank, Severity, Translation

# What a finding leaves of a segment's place among the others.
_KEPT = {Severity.BLOCK: 0.7, Severity.LOOK: 0.7, Severity.POLISH: 1.0}
# Sureness counts twice what unanswered words count.
_SURENESS, _UNANSWERED = 2, 1
# A word is weak below this log-probability; of the embedded engine's words in news, one in 25 is.
WEAK = -1.5
_MOST_WEAK_WORDS = 3
# Among fewer segments a percentile says nothing.
FEWEST_FOR_PERCENTILE = 20


def rank(
    sources: Mapping[str, str], translations: Sequence[Translation], findings: Iterable[Finding]
) -> tuple[Rank, ...]:
    """Order segments from the worst to the best; in the order of the text where they are equal.

    Segments with a blocking finding come first. Among the others, and among these, the risk counts:
    1 − (s² × u)^⅓ × 0.7^f, where s and u are a segment's places (from 0, the worst, to 1) by
    sureness and by unanswered words, and f its findings to mend or to look at. What was copied has
    no doubts against it. ``sources`` are the French texts by segment id.
    """
    found: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in findings:
        found[finding.segment_id][finding.severity] += 1
    groups: defaultdict[str, dict[str, float]] = defaultdict(dict)
    missing: dict[str, float] = {}
    for translation in translations:
        name = translation.segment_id
        if translation.words:
            groups[translation.engine][name] = _sureness(translation)
            evidence = unanswered(sources[name], translation.text)
            if evidence is not None:
                missing[name] = round(evidence, 4)
    sure = {name: value for group in groups.values() for name, value in group.items()}
    percentiles = {
        name: round(100 * place, 1)
        for group in groups.values()
        if len(group) >= FEWEST_FOR_PERCENTILE
        for name, place in _places(group).items()
    }
    by_sureness = _places(sure)
    by_answers = _places({name: -value for name, value in missing.items()})
    ranks = [
        Rank(
            name,
            _risk(by_sureness.get(name, 1.0), by_answers.get(name, 1.0), found[name]),
            sure.get(name),
            percentiles.get(name),
            missing.get(name),
            weak_words(translation),
        )
        for translation in translations
        for name in [translation.segment_id]
    ]
    return tuple(sorted(ranks, key=lambda r: (not found[r.segment_id][Severity.BLOCK], -r.risk)))


def _sureness(translation: Translation) -> float:
    """Average the probabilities of a translation's words.

    A mean over words, as in Bergamot's quality estimation, finds bad sentences better than one over
    tokens, of which a rare name has many; and one of probabilities better than one of their
    logarithms, which a single improbable word decides.
    """
    return round(sum(map(math.exp, translation.words)) / len(translation.words), 4)


def _risk(sureness: float, answers: float, found: Mapping[Severity, int]) -> float:
    whole = _SURENESS + _UNANSWERED
    place = math.prod((sureness**_SURENESS, answers**_UNANSWERED)) ** (1 / whole)
    kept = math.prod(_KEPT[severity] ** count for severity, count in found.items())
    return round(1 - place * kept, 4)


def weak_words(translation: Translation) -> tuple[tuple[int, int], ...]:
    """Give the spans of the words that the engine found least probable, at most three."""
    spans = [match.span() for match in re.finditer(r"\S+", translation.text)]
    scored = sorted(zip(translation.words, spans, strict=False))
    return tuple(span for score, span in scored[:_MOST_WEAK_WORDS] if score < WEAK)


def _places(values: Mapping[str, float]) -> dict[str, float]:
    """Give each name its place by value, between 0 and 1; equals share the middle of theirs."""
    below, counts = 0, Counter(values.values())
    places = {}
    for value in sorted(counts):
        places[value] = (below + counts[value] / 2) / len(values)
        below += counts[value]
    return {name: places[value] for name, value in values.items()}
