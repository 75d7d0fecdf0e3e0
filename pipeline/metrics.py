"""Hypotheses and references in, corpus scores with sacrebleu's signatures out.

The only module that imports sacrebleu. Its Python interface cuts the longer of two unequal lists
without a word; here that is an error.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import InputError
from pipeline.model import Metric


def score_references(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[Metric, ...]:
    """Return BLEU, chrF++ and TER of the hypotheses against one reference each.

    Scores are percentages (TER: lower is better) under sacrebleu's own defaults, so they equal
    those of its command line with ``-m bleu chrf ter --chrf-word-order 2``. Texts are plain, not
    tokenised.
    Raises InputError where the lists differ in length or are empty.
    """
    if len(hypotheses) != len(references):
        raise InputError(
            f"there are {len(hypotheses)} translated texts and {len(references)} reference texts; "
            "each translation needs exactly one reference"
        )
    if not hypotheses:
        raise InputError("there are 0 translated texts and 0 reference texts; nothing to score")
    # Imported here because it costs a noticeable part of a second at start-up.
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    # sacrebleu warns on standard error of texts that look tokenised; French spacing left in a
    # hypothesis is our own checks' business, so ``force`` says that the text is meant as it is.
    metrics = (
        ("BLEU", BLEU(force=True)),
        ("chrF++", CHRF(word_order=2)),
        ("TER", TER()),
    )
    scored = []
    for name, metric in metrics:
        score = metric.corpus_score(list(hypotheses), [list(references)])
        scored.append(Metric(name, float(score.score), str(metric.get_signature())))
    return tuple(scored)
