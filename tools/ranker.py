"""Parallel texts and the embedded model in; the figures of ``stages/translate/ranker.py`` out.

    python -m tools.ranker CORPUS_FOLDER [--pairs 1400]

Translates held-out pairs (of those that the dictionary was not learnt from), gives what a first
translation leaves unanswered as hints, and learns two things from the references. A logistic
regression: how likely an unanswered term is to be answered by the reference. A ridge regression:
which of a sentence's hypotheses comes nearest to the reference, by chrF2 (three fifths) and BLEU.
Prints the weights, and what choosing by them brings when each fifth of the pairs is judged by
weights of the others. Deterministic; takes some ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from benchmarks.corpus import lines
from pipeline.engines import Engine, choose_engine
from pipeline.language.dictionary import dictionary
from pipeline.model import Request, Segment
from pipeline.stages.translate.lexical import Hints, lexical_hints
from pipeline.stages.translate.part import Candidate, Part
from pipeline.stages.translate.ranker import hypothesis_features

# Of each source: the pairs that tools/dictionary.py leaves for measuring.
HELD_OUT = 1000
FILES = ("fr-en.tsv.xz", "fr-en-2.tsv.xz")
# What an editor's texts are like, and what the model was not trained on.
SHARES = {"mt_geneval": 24, "un_docs": 9, "europarl": 14, "tatoeba": 11, "laws": 7, "theses": 19}
BOOKS = 16
SEED, FOLDS, RIDGE = 5, 5, 1e-3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """The hypotheses of a sentence: their features, a row each, scores against a reference."""

    features: Floats
    scores: Floats
    texts: list[str]


def held_out(folder: Path, count: int) -> list[tuple[str, str]]:
    """Draw held-out pairs of 5 to 45 French words, by the shares of their sources."""
    pools: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for file in FILES:
        seen: Counter[str] = Counter()
        for line in lines(folder / file):
            name, french, english = line.split("\t")
            seen[name] += 1
            if seen[name] <= HELD_OUT and 5 <= len(french.split()) <= 45:
                kind = "books" if name.startswith("books") else name.removesuffix("_canada_2")
                pools[kind.removesuffix("_fr_2")].append((french, english))
    draw = random.Random(SEED)
    shares = SHARES | {"books": BOOKS}
    return [
        pair
        for kind, share in sorted(shares.items())
        for pair in draw.sample(pools[kind], min(count * share // 100, len(pools[kind])))
    ]


def candidates(sources: Sequence[str], engine: Engine) -> list[list[Candidate]]:
    """Give each source's first hypotheses and, where words are unanswered, those with hints."""
    firsts = engine.translate([Request(text) for text in sources], 2)
    parts = []
    for source, first in zip(sources, firsts, strict=True):
        segment = Segment("b0000.s01", 0, 0, len(source), source)
        part = Part(segment, Request(source), (), ())
        part = part.with_candidates([part.candidate(each) for each in first])
        parts.append(part)
    asked = [
        (number, hints)
        for which in Hints
        for number, part in enumerate(parts)
        if (hints := lexical_hints(part, which))
    ]
    requests = [replace(parts[number].request, hints=hints) for number, hints in asked]
    found = [list(part.candidates) for part in parts]
    for (number, hints), given in zip(asked, engine.translate(requests, 2), strict=True):
        found[number] += [parts[number].candidate(each, hints) for each in given]
    return found


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
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=1400)
    args = parser.parse_args()
    pairs = held_out(args.folder, args.pairs)
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
