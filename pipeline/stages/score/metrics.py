"""Hypotheses and references in; scores, intervals and tests with sacrebleu's signatures out.

The only module that imports sacrebleu. Its Python interface cuts the longer of two unequal lists
without a word; here that is an error. Its resampling holds every resample of every statistic at
once; here one resample at a time is held, drawn from the same random numbers, so that the figures
are those of its command line. For both, what it computes a text at a time is asked for once
(``_extract_corpus_statistics``) and summed here; the version of sacrebleu is locked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.model import Metric

if TYPE_CHECKING:
    from numpy.typing import NDArray

# sacrebleu's own defaults, part of every signature.
RESAMPLES = 1000
TRIALS = 10_000
SEED = 12345
# How many trials of a paired test are summed at once, and how many texts are counted at once, which
# bounds the memory.
_TRIALS_AT_ONCE = 250
_TEXTS_AT_ONCE = 200

BLEU, CHRF, TER = "BLEU", "chrF++", "TER"


@dataclass(frozen=True, slots=True)
class Scored:
    """The metrics of a whole, and for each text its own scores in the order of the metrics.

    A text's BLEU uses its effective order, as sacrebleu's ``--sentence-level`` does.
    """

    metrics: tuple[Metric, ...]
    texts: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class PairedMetric:
    """A metric of two systems, and how often chance alone parts them as far (``p_value``)."""

    name: str
    first: float
    second: float
    p_value: float
    signature: str


def score_references(hypotheses: Sequence[str], references: Sequence[str]) -> Scored:
    """Return BLEU, chrF++ and TER of the hypotheses against one reference each.

    Scores are percentages (TER: lower is better) under sacrebleu's own defaults, so they equal
    those of its command line with ``-m bleu chrf ter --chrf-word-order 2 --confidence``. Texts are
    plain, not tokenised. Raises InputError where the lists differ in length or are empty.
    """
    _check(hypotheses, references)
    scored, texts = [], []
    for name, metric in _metrics().items():
        rows = _statistics(metric, hypotheses, references)
        score = metric._aggregate_and_compute(rows).score
        middle, margin = _interval(metric, rows)
        # What ``corpus_score`` would note for the signature.
        metric.n_bootstrap, metric.seed = RESAMPLES, str(SEED)
        scored.append(Metric(name, float(score), str(metric.get_signature()), middle, margin))
        if name == BLEU:
            metric.effective_order = True
        texts.append([float(metric._compute_score_from_stats(row).score) for row in rows])
    return Scored(tuple(scored), tuple(zip(*texts, strict=True)))


def compare_references(
    first: Sequence[str], second: Sequence[str], references: Sequence[str]
) -> tuple[PairedMetric, ...]:
    """Test whether two systems' metrics differ by more than chance, by approximate randomisation.

    In each of 10,000 trials every text is swapped between the systems or not, by lot; the p-value
    is the share of trials in which the metrics then lie further apart than they do. After Riezler
    and Maxwell (2005), "On Some Pitfalls in Automatic Evaluation and Significance Testing for MT";
    equal to sacrebleu's ``--paired-ar``, but 1 where the metrics do not differ at all. Raises
    InputError as ``score_references`` does.
    """
    _check(first, references)
    _check(second, references)
    import numpy as np

    lots = np.random.default_rng(SEED).integers(2, size=(TRIALS, len(references)), dtype=bool)
    compared = []
    for name, metric in _metrics().items():
        ones = np.array(_statistics(metric, first, references))
        others = np.array(_statistics(metric, second, references))
        one, other = (_score(metric, rows.sum(0)) for rows in (ones, others))
        apart = abs(one - other)
        further = sum(abs(a - b) > apart for a, b in _trials(metric, ones, others, lots))
        signature = metric.get_signature()
        signature.update("seed", str(SEED))
        signature.update("ar", TRIALS)
        p_value = (further + 1) / (TRIALS + 1) if apart else 1.0
        compared.append(PairedMetric(name, one, other, p_value, str(signature)))
    return tuple(compared)


def similarity(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[float, list[float]]:
    """Return the chrF++ of the whole and of each text; for texts of which neither is a reference.

    Raises InputError as ``score_references`` does.
    """
    _check(hypotheses, references)
    metric = _metrics()[CHRF]
    rows = _statistics(metric, hypotheses, references)
    return (
        float(metric._aggregate_and_compute(rows).score),
        [float(metric._compute_score_from_stats(row).score) for row in rows],
    )


def _check(hypotheses: Sequence[str], references: Sequence[str]) -> None:
    if len(hypotheses) != len(references):
        raise InputError(
            f"there are {len(hypotheses)} translated texts and {len(references)} reference texts",
            "each translation needs exactly one reference",
        )
    if not hypotheses:
        raise InputError("there are 0 translated texts and 0 reference texts: nothing to score")


def _metrics() -> dict[str, Any]:
    # Imported here because it costs a noticeable part of a second at start-up.
    from sacrebleu.metrics import bleu, chrf, ter

    # sacrebleu warns on standard error of texts that look tokenised; French spacing left in a
    # hypothesis is our own checks' business, so ``force`` says that the text is meant as it is.
    return {BLEU: bleu.BLEU(force=True), CHRF: chrf.CHRF(word_order=2), TER: ter.TER()}


def _statistics(
    metric: Any, hypotheses: Sequence[str], references: Sequence[str]
) -> list[list[float]]:
    """Count for each text what its scores are made of.

    A slice at a time, as sacrebleu first counts the n-grams of all references it is given.
    """
    rows: list[list[float]] = []
    for start in range(0, len(hypotheses), _TEXTS_AT_ONCE):
        part = slice(start, start + _TEXTS_AT_ONCE)
        rows += metric._extract_corpus_statistics(list(hypotheses[part]), [list(references[part])])
    return rows


def _score(metric: Any, sums: NDArray[Any]) -> float:
    return float(metric._compute_score_from_stats(list(sums)).score)


def _interval(metric: Any, rows: list[list[float]]) -> tuple[float, float]:
    """Give mean and half the width of the middle 95 % of bootstrap resamples, as sacrebleu does."""
    import numpy as np

    random = np.random.default_rng(SEED)
    statistics = np.array(rows, dtype="float32")
    count = len(rows)
    scores = sorted(
        metric._compute_score_from_stats(statistics[random.choice(count, size=count)].sum(0)).score
        for _ in range(RESAMPLES)
    )
    # In sacrebleu the mean has the precision of the scores, which is numpy's 32 bits except where
    # one is 0; it cannot mix the two.
    middle = type(scores[-1])(mean(map(float, scores)))
    cut = RESAMPLES // 40
    return float(middle), 0.5 * float(scores[-cut - 1] - scores[cut])


def _trials(
    metric: Any, ones: NDArray[Any], others: NDArray[Any], lots: NDArray[Any]
) -> Iterator[tuple[float, float]]:
    """Give the scores of both systems in each trial, after the lots have swapped their texts."""
    both = ones.sum(0) + others.sum(0)
    for start in range(0, len(lots), _TRIALS_AT_ONCE):
        some = lots[start : start + _TRIALS_AT_ONCE]
        for mixed in some @ ones + ~some @ others:
            yield _score(metric, mixed), _score(metric, both - mixed)
