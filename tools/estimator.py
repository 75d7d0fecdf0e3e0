"""Translations whose errors a person marked in; ``pipeline/stages/score/estimator.json`` out.

    python -m tools.estimator models/estimator/marked.jsonl [--score] [--out FILE]

A line has ``source``, ``target``, ``errors`` (each with ``severity`` and ``target_span``) and
``words`` and ``entropies``, what the embedded engine says of the English words. ``--score``
asks the engine for these and writes them into the file: after every change of the model. Then three
regressions are learnt, one upon the other; what one learns from, it gets from others that had not
seen the sentence. Prints what is found when each fifth of the sentences is judged by what the
others teach, and from which probability on a tenth of the error-free sentences would be flagged,
the default of the check "confidence". Deterministic; a minute or so, and another to ask the engine.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.checks import Case, CheckProfile, judge, measure
from pipeline.engines import choose_engine
from pipeline.model import Finding, Segment, Translation
from pipeline.stages.score.estimator import Logistic
from pipeline.stages.score.features import (
    Evidence,
    sentence_features,
    word_features,
)
from pipeline.stages.translate.suggestions import as_asked

OUT = Path(__file__).parent.parent / "pipeline" / "stages" / "score" / "estimator.json"
SERIOUS = frozenset({"critical", "major"})
FOLDS, SEED = 5, 7
# What a squared weight costs, features scaled to a deviation of one.
TERM_PENALTY, WORD_PENALTY, SENTENCE_PENALTY = 10.0, 30.0, 30.0
# A missing term is shown from this probability on: two in three of those are lost.
SHOWN_TERM = 0.8
# Of error-free sentences, the share that may be flagged.
FLAGGED = 0.12

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its evidence: which words are wrong, whether an error is serious, or none."""

    evidence: Evidence
    wrong: list[float]
    serious: bool
    clean: bool


def read(path: Path) -> list[Example]:
    """Read marked translations."""
    found = []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        told = tuple(row["words"]), tuple(row["entropies"])
        pair = row["source"], row["target"]
        evidence = Evidence(*pair, *told, found_in(*pair))
        grave = [each for each in row["errors"] if each["severity"] in SERIOUS]
        spans = [each["target_span"] for each in grave if each["target_span"]]
        wrong = [
            float(any(start < word.end and word.start < end for start, end in spans))
            for word in evidence.words
        ]
        found.append(Example(evidence, wrong, bool(grave), not row["errors"]))
    return found


def found_in(source: str, target: str) -> tuple[Finding, ...]:
    """Give what the checks find in a pair."""
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    case = Case(segment, Translation(segment.id, target, 0.0, True, ""))
    return judge(measure(case).doubts, CheckProfile())


def score(path: Path) -> None:
    """Write into a file of marked translations what the engine says of their words."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    engine = choose_engine("embedded").open(0)
    told = engine.score([(as_asked(row["source"]), row["target"]) for row in rows])
    for row, said in zip(rows, told, strict=True):
        row["words"] = [round(word, 3) for word in said.words]
        row["entropies"] = [round(word, 3) for word in said.entropies]
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def logistic(
    features: Sequence[Sequence[float]], labels: Sequence[float], penalty: float
) -> Logistic:
    """Fit a logistic regression by Newton's method, with a penalty on scaled weights."""
    rows, wanted = np.array(features, float), np.array(labels, float)
    middle, scale = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.column_stack([(rows - middle) / scale, np.ones(len(rows))])
    costs = np.diag([penalty] * rows.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        curve = scaled.T @ (scaled * (chance * (1 - chance))[:, None]) + costs
        weights += np.linalg.solve(curve, scaled.T @ (wanted - chance) - costs @ weights)
    plain = weights[:-1] / scale
    bias = weights[-1] - plain @ middle
    return Logistic(tuple(round(float(each), 6) for each in plain), round(float(bias), 6))


Learn = Callable[[Sequence[int]], Callable[[int], list[float]]]


def crossed(count: int, folds: NDArray[np.int64], learn: Learn) -> list[list[float]]:
    """Give for each example what is said by a model that learnt from the other folds."""
    said: list[list[float]] = [[] for _ in range(count)]
    for fold in sorted(set(folds.tolist())):
        judge = learn([number for number in range(count) if folds[number] != fold])
        for number in np.flatnonzero(folds == fold):
            said[number] = judge(int(number))
    return said


@dataclass(frozen=True, slots=True)
class Learnt:
    """The three regressions, and how likely each word was wrong by those that had not seen it."""

    terms: Logistic
    words: Logistic
    sentences: Logistic
    wrong: list[list[float]]

    def probability(self, example: Example) -> float:
        """Give the probability of a serious error in a sentence."""
        lost = [self.terms.probability(t.features()) for t in example.evidence.missing]
        wrong = [self.words.probability(f) for f in word_features(example.evidence, lost)]
        return self.sentences.probability(sentence_features(example.evidence, wrong, lost))


def learn(examples: Sequence[Example]) -> Learnt:
    """Learn the three regressions from examples."""
    folds = np.random.default_rng(SEED).permutation(len(examples)) % FOLDS

    def learn_terms(numbers: Sequence[int]) -> Logistic:
        pairs = [(t, examples[n].serious) for n in numbers for t in examples[n].evidence.missing]
        features = [term.features() for term, _ in pairs]
        return logistic(features, [float(serious) for _, serious in pairs], TERM_PENALTY)

    def judge_terms(numbers: Sequence[int]) -> Callable[[int], list[float]]:
        terms = learn_terms(numbers)
        return lambda n: [terms.probability(t.features()) for t in examples[n].evidence.missing]

    lost = crossed(len(examples), folds, judge_terms)
    rows = [word_features(each.evidence, said) for each, said in zip(examples, lost, strict=True)]

    def learn_words(numbers: Sequence[int]) -> Logistic:
        features = [row for n in numbers for row in rows[n]]
        return logistic(features, [w for n in numbers for w in examples[n].wrong], WORD_PENALTY)

    def judge_words(numbers: Sequence[int]) -> Callable[[int], list[float]]:
        words = learn_words(numbers)
        return lambda n: [words.probability(row) for row in rows[n]]

    wrong = crossed(len(examples), folds, judge_words)
    features = [
        sentence_features(each.evidence, *said)
        for each, *said in zip(examples, wrong, lost, strict=True)
    ]
    everything = range(len(examples))
    sentences = logistic(features, [float(each.serious) for each in examples], SENTENCE_PENALTY)
    return Learnt(learn_terms(everything), learn_words(everything), sentences, wrong)


def shown(said: Floats, right: Floats) -> float:
    """Give the probability from which on marking words agrees best with the person's marks (F1)."""
    order = np.argsort(-said, kind="stable")
    found = np.cumsum(right[order])
    f1 = 2 * found / (np.arange(1, len(found) + 1) + right.sum())
    return round(float(said[order][int(np.argmax(f1))]), 3)


def area(said: Floats, serious: NDArray[np.bool_]) -> float:
    """Give how often a serious sentence is above another."""
    above = said[serious][:, None] - said[~serious][None]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def main() -> None:
    """Learn, print what is found by what had not been seen, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("marked", type=Path)
    parser.add_argument("--score", action="store_true", help="ask the engine first")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if options.score:
        score(options.marked)
    examples = read(options.marked)
    folds = np.random.default_rng(SEED + 1).permutation(len(examples)) % FOLDS

    def judge(numbers: Sequence[int]) -> Callable[[int], list[float]]:
        found = learn([examples[number] for number in numbers])
        return lambda number: [found.probability(examples[number])]

    said = np.array(crossed(len(examples), folds, judge))[:, 0]
    serious = np.array([each.serious for each in examples])
    clean = np.array([each.clean for each in examples])
    least = round(float(np.quantile(said[clean], 1 - FLAGGED)), 3)
    print(f"{len(examples)} sentences, {serious.mean():.1%} serious, {clean.mean():.1%} error-free")
    print(f"area under the curve {area(said, serious):.3f}")
    print(f"flag from {least}: {np.mean(said[serious] > least):.1%} of the serious ones")
    for low in np.arange(0, 1, 0.2):
        part = (said >= low) & (said < low + 0.2)
        print(f"{low:.1f}: {part.sum()}, said {said[part].mean():.2f}, {serious[part].mean():.2f}")
    learnt = learn(examples)
    words = np.array([each for row in learnt.wrong for each in row])
    marks = np.array([each for example in examples for each in example.wrong])
    record = {
        name: {"weights": model.weights, "bias": model.bias}
        for name, model in (
            ("terms", learnt.terms),
            ("words", learnt.words),
            ("sentences", learnt.sentences),
        )
    } | {"shown_word": shown(words, marks), "shown_term": SHOWN_TERM}
    print({name: value for name, value in record.items() if name.startswith("shown")})
    options.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
