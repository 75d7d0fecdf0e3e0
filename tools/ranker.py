"""Parallel texts and the embedded model in; the figures of ``stages/translate/ranker.py`` out.

    python -m tools.ranker models/recipe/press/choosing.tsv [--every 1]

Translates pairs that the model was not trained on ("French TAB English") as the program does, and
learns two things from the references. A logistic regression: how likely an unanswered term is to be
answered by the reference. A ridge regression: which of a sentence's hypotheses comes nearest to the
reference, by chrF2 (three fifths) and BLEU.
Prints the weights, and what choosing by them brings when each fifth of the pairs is judged by
weights of the others. Deterministic; takes some ten minutes on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from benchmarks.corpus import lines
from pipeline.engines import Engine, choose_engine
from pipeline.language.dictionary import dictionary
from pipeline.model import Segment
from pipeline.stages.translate.asking import Asking
from pipeline.stages.translate.part import Candidate, Part
from pipeline.stages.translate.ranker import hypothesis_features
from pipeline.stages.translate.search import Search, decode
from pipeline.stages.translate.suggestions import as_asked

FOLDS, RIDGE = 5, 1e-3
CHUNK = 64  # sentences, as the program has it

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """The hypotheses of a sentence: their features, a row each, scores against a reference."""

    features: Floats
    scores: Floats
    texts: list[str]


def candidates(sources: Sequence[str], engine: Engine) -> list[list[Candidate]]:
    """Give what the search finds for each source, the engine's first choice first."""
    asking, search = Asking(engine), Search(4)
    parts = []
    for source in sources:
        segment = Segment("b0000.s01", 0, 0, len(source), source)
        parts.append(Part(segment, as_asked(source), (), ()))
    found = []
    for first in range(0, len(parts), CHUNK):
        found += decode(parts[first : first + CHUNK], asking, search)
    return [list(part.candidates) for part in found]


def logistic(features: Floats, answered: Floats) -> Floats:
    """Fit a logistic regression by Newton's method, with a small penalty on scaled weights."""
    scale = np.where(features.std(0) > 0, features.std(0), 1.0)
    scaled, weights = features / scale, np.zeros(features.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        curve = scaled.T @ (scaled * (chance * (1 - chance))[:, None]) + np.eye(len(weights))
        weights += np.linalg.solve(curve, scaled.T @ (answered - chance) - weights)
    return np.asarray(weights / scale)


def ridge(groups: Sequence[Group]) -> Floats:
    """Fit the scores by the features, both as differences from their means in the sentence."""
    several = [group for group in groups if len(group.texts) > 1]
    features = np.concatenate([each.features - each.features.mean(0) for each in several])
    scores = np.concatenate([each.scores - each.scores.mean() for each in several])
    scale = features.std(0) + 1e-9
    scaled = features / scale
    penalty = RIDGE * len(scaled) * np.eye(scaled.shape[1])
    return np.asarray(np.linalg.solve(scaled.T @ scaled + penalty, scaled.T @ scores) / scale)


def corpus_scores(texts: Sequence[str], references: Sequence[str]) -> str:
    """Give BLEU and chrF2 of the texts."""
    found = [m.corpus_score(list(texts), [list(references)]).score for m in (BLEU(), CHRF())]
    return "BLEU {:.2f}, chrF2 {:.2f}".format(*found)


def main() -> None:
    """Learn the weights and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every Nth pair")
    args = parser.parse_args()
    pairs = [line.split("\t") for line in lines(args.pairs)][:: args.every]
    sources, references = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = candidates(sources, choose_engine("embedded").open(0))
    book = dictionary()

    terms, answered = [], []
    for source, reference, first in zip(sources, references, found, strict=True):
        lacking = {term.start for term in book.answered(source, reference).unanswered}
        for term in first[0].answers.unanswered:
            if term.renderings:
                terms.append((1.0, *term.features()))
                answered.append(term.start not in lacking)
    weights = logistic(np.array(terms), np.array(answered, dtype=np.float64))
    print(f"{len(terms)} unanswered terms, {np.mean(answered):.2f} answered by the reference")
    print("_LOST   ", tuple(np.round(weights, 3).tolist()))

    chrf, bleu = CHRF(), BLEU(effective_order=True)
    groups = []
    for source, reference, each in zip(sources, references, found, strict=True):
        kept = list({one.text: one for one in reversed(each)}.values())[::-1]
        rows = [
            hypothesis_features(source, one.hypothesis, one.answers, one.lexical) for one in kept
        ]
        scores = [
            0.6 * chrf.sentence_score(one.text, [reference]).score
            + 0.4 * bleu.sentence_score(one.text, [reference]).score
            for one in kept
        ]
        groups.append(Group(np.array(rows), np.array(scores), [one.text for one in kept]))
    print("_WEIGHTS", tuple(np.round(ridge(groups), 2).tolist()))

    chosen = [""] * len(groups)
    for fold in range(FOLDS):
        own = ridge([group for at, group in enumerate(groups) if at % FOLDS != fold])
        for at in range(fold, len(groups), FOLDS):
            chosen[at] = groups[at].texts[int(np.argmax(groups[at].features @ own))]
    print("first ", corpus_scores([group.texts[0] for group in groups], references))
    print("chosen", corpus_scores(chosen, references))
    best = [group.texts[int(group.scores.argmax())] for group in groups]
    print("best  ", corpus_scores(best, references))


if __name__ == "__main__":
    main()
