"""French texts, translations and what was found in them in; the segments, worst first, out.

An order for a reader with little time, not a grade: docs/quality.md says how well it works.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.checks.confidence import reason
from pipeline.checks.consistency import ID as CONSISTENCY
from pipeline.checks.terms import ID as TERMS
from pipeline.language.lexicon import unanswered
from pipeline.model import Estimate, Finding, Origin, Rank, Severity, Translation
from pipeline.stages.score.estimator import SUREST

Estimates = Mapping[str, Estimate]
NOTHING_ESTIMATED: Estimates = {}

# What people wrote or approved is not the engine's to doubt.
_PEOPLES = frozenset({Origin.PERSON, Origin.MEMORY})
# What a finding leaves of a segment's place among the others.
_KEPT = {Severity.BLOCK: 0.7, Severity.LOOK: 0.7, Severity.POLISH: 1.0}
# What a finding that the estimate has not seen, of a term or of the whole text, leaves of the
# probability that a segment has no serious error.
_UNSEEN = frozenset([TERMS, CONSISTENCY])
_SOUND = {Severity.BLOCK: 0.3, Severity.LOOK: 0.5, Severity.POLISH: 1.0}
# Sureness counts twice what unanswered words count.
_SURENESS, _UNANSWERED = 2, 1
# A word is weak below this log-probability; of the embedded engine's words in news, one in 25 is.
WEAK = -1.5
_MOST_WEAK_WORDS = 3
# Among fewer segments a percentile says nothing.
FEWEST_FOR_PERCENTILE = 20


def rank(
    sources: Mapping[str, str],
    translations: Sequence[Translation],
    findings: Iterable[Finding],
    estimated: Estimates = NOTHING_ESTIMATED,
) -> tuple[Rank, ...]:
    """Order segments from the worst to the best; in the order of the text where they are equal.

    Segments with a blocking finding come first, what a person wrote comes last. Among the others,
    and among these, the risk counts. Where there is an estimate, it is the probability of a serious
    error, 1 − (1 − p) × k, where k is 0.5 for each finding to look at and 0.3 for each to mend that
    the estimate has not seen: those of terms and of the whole text. Else it is
    1 − (s² × u)^⅓ × 0.7^f, where s and u are a segment's places (from 0, the worst, to 1) by
    sureness and by unanswered words, and f its findings to mend or to look at. Nothing but findings
    speaks against what a person wrote, or what was copied. ``sources`` are the
    French texts by segment id.
    """
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.segment_id].append(finding)
    groups: defaultdict[str, dict[str, float]] = defaultdict(dict)
    missing: dict[str, float] = {}
    for translation in translations:
        name = translation.segment_id
        if translation.words and translation.origin is Origin.ENGINE:
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
        _with_estimate(
            Rank(
                name,
                _risk(by_sureness.get(name, 1.0), by_answers.get(name, 1.0), found[name]),
                sure.get(name),
                percentiles.get(name),
                missing.get(name),
                weak_words(translation) if name in sure else (),
            ),
            estimated.get(name),
            found[name],
        )
        for translation in translations
        for name in [translation.segment_id]
    ]
    written = {each.segment_id for each in translations if each.origin in _PEOPLES}
    blocked = {
        name
        for name, each in found.items()
        if any(finding.severity is Severity.BLOCK for finding in each)
    }

    def place(each: Rank) -> tuple[bool, bool, float]:
        return each.segment_id in written, each.segment_id not in blocked, -each.risk

    return tuple(sorted(ranks, key=place))


def _with_estimate(plain: Rank, estimate: Estimate | None, found: Sequence[Finding]) -> Rank:
    if estimate is None:
        return plain
    kept = math.prod(_SOUND[each.severity] for each in found if each.check in _UNSEEN)
    probability = round(min(1 - (1 - estimate.probability) * kept, SUREST), 4)
    return replace(
        plain,
        risk=probability,
        probability=probability,
        weak_words=estimate.words,
        lost_words=tuple((loss.start, loss.end) for loss in estimate.lost),
        reasons=tuple(map(reason, estimate.lost)),
    )


def _sureness(translation: Translation) -> float:
    """Average the probabilities of a translation's words.

    A mean over words, as in Bergamot's quality estimation, finds bad sentences better than one over
    tokens, of which a rare name has many; and one of probabilities better than one of their
    logarithms, which a single improbable word decides.
    """
    return round(sum(map(math.exp, translation.words)) / len(translation.words), 4)


def _risk(sureness: float, answers: float, found: Sequence[Finding]) -> float:
    whole = _SURENESS + _UNANSWERED
    place = math.prod((sureness**_SURENESS, answers**_UNANSWERED)) ** (1 / whole)
    kept = math.prod(_KEPT[each.severity] for each in found)
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
