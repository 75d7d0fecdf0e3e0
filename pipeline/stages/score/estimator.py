"""A sentence, its translation and the engine's figures in; how probable a serious error is, out.

Three logistic regressions, one upon the other: how likely a French term is to be lost whose
renderings the dictionary does not find, how likely a word of the English is to be wrong, how likely
the sentence is to have an error that is critical or major. ``tools/estimator.py`` learns them from
translations of the embedded engine in which a person marked the errors; ``estimator.json`` holds
what was learnt, and docs/quality.md says how far it can be trusted.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.english_forms import english_lemma
from pipeline.model import Estimate, Finding, Loss
from pipeline.stages.score.features import (
    Evidence,
    sentence_features,
    word_features,
)

Each = TypeVar("Each")

# The engine in whose translations the errors were marked; figures of others mean something else.
ENGINE: Final = "embedded"
# Nothing is certain that so few marks have taught.
SUREST: Final = 0.99
# Words are shown as suspicious, the most suspicious first, at most so many.
_MOST_WORDS, _MOST_LOST = 6, 4
# How many of a lost term's renderings are named.
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: a weight a feature, and what is added."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """Give the probability for some features."""
        total = sum(w * x for w, x in zip(self.weights, features, strict=True)) + self.bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Estimator:
    """The three regressions, and from which probability on a word or a term is shown."""

    terms: Logistic
    words: Logistic
    sentences: Logistic
    shown_word: float
    shown_term: float

    def lost(self, evidence: Evidence) -> list[float]:
        """Give how likely each missing term is to be lost."""
        return [self.terms.probability(each.features()) for each in evidence.missing]

    def estimate(
        self,
        source: str,
        target: str,
        means: Sequence[float],
        entropies: Sequence[float] = (),
        found: Iterable[Finding] = (),
    ) -> Estimate:
        """Estimate a translation by its words' mean log-probabilities and their entropies.

        ``found`` is what the checks find in it by itself.
        """
        evidence = Evidence(source, target, tuple(means), tuple(entropies), tuple(found))
        lost = self.lost(evidence)
        wrong = [self.words.probability(each) for each in word_features(evidence, lost)]
        probability = self.sentences.probability(sentence_features(evidence, wrong, lost))
        words = _highest(zip(wrong, evidence.words, strict=True), self.shown_word, _MOST_WORDS)
        terms = _highest(zip(lost, evidence.missing, strict=True), self.shown_term, _MOST_LOST)
        return Estimate(
            round(min(max(probability, 1 - SUREST), SUREST), 4),
            tuple((word.start, word.end) for word in words),
            tuple(Loss(term.start, term.end, term.surface, _named(term)) for term in terms),
        )


def _highest(found: Iterable[tuple[float, Each]], least: float, most: int) -> list[Each]:
    likely = sorted((pair for pair in found if pair[0] >= least), key=lambda pair: -pair[0])
    return [each for _, each in likely[:most]]


def _named(term: SourceTerm) -> tuple[str, ...]:
    """Give a term's likeliest renderings, one of each word."""
    english = [each.text for each in term.renderings]
    known = [text for text in english if all(map(dictionary().english_word, text.split()))]
    words = {english_lemma(text.lower()): text for text in reversed(known)}
    return tuple(text for text in known if words[english_lemma(text.lower())] == text)[:_NAMED] or (
        english[0],
    )


@lru_cache(maxsize=1)
def estimator() -> Estimator:
    """Give the estimator that ships with the program, read on first use."""
    text = files("pipeline.stages.score").joinpath("estimator.json").read_text(encoding="utf-8")
    return parse(json.loads(text))


def parse(learnt: Mapping[str, Any]) -> Estimator:
    """Give an estimator from what its file holds."""
    terms, words, sentences = (
        Logistic(tuple(learnt[name]["weights"]), learnt[name]["bias"])
        for name in ("terms", "words", "sentences")
    )
    return Estimator(terms, words, sentences, learnt["shown_word"], learnt["shown_term"])
