"""A hypothesis and the words it answers in; one figure out, by which hypotheses are compared.

A weighted sum of how probable the engine finds the hypothesis, how much of the French it leaves
unanswered, how much of its English nothing in the French accounts for, and how long it is. The
weights were learnt by ``tools/ranker.py`` on held-out sentence pairs with references: a ridge
regression of the score against the reference (chrF2 and BLEU), hypotheses of one sentence compared
with each other alone. The units do not matter: only differences within a sentence do.
"""

from __future__ import annotations

import math
from typing import Final

from pipeline.language.dictionary import Answers, SourceTerm
from pipeline.model import Hypothesis

# Of the terms that a hypothesis leaves unanswered, how many does a reference answer? A logistic
# regression over: one, the logarithm of how often the model has seen the term, and of its likeliest
# rendering the safety and the probability, the probability of all renderings; whether the term has
# several words, is a verb, is a name.
_LOST: Final = (-1.116, -0.167, -0.426, 0.114, 2.388, 0.204, -0.416, 0.149)
_OFTEN: Final = 7.0

# What each costs or brings: log-probability a token; terms likely lost, and terms unanswered, a
# term; English words that stand alone, a word; the logarithm of the length over the French one's.
_WEIGHTS: Final = (50.12, -16.95, 4.85, 31.47, 9.57)


def lost(term: SourceTerm) -> float:
    """Give how likely an unanswered term is to be really lost, from 0 to 1.

    A term without a rendering tells nothing: 0.
    """
    if not term.renderings:
        return 0.0
    return 1 / (1 + math.exp(-_product(_LOST, term_features(term))))


def worth(source: str, hypothesis: Hypothesis, answers: Answers) -> float:
    """Give how good a hypothesis is among others for the same source; more is better."""
    return _product(_WEIGHTS, hypothesis_features(source, hypothesis, answers))


def term_features(term: SourceTerm) -> tuple[float, ...]:
    """Give what ``_LOST`` weighs of a term that has renderings."""
    first = term.renderings[0]
    return (
        1.0,
        min(math.log(term.seen + 1), _OFTEN),
        first.safe,
        first.probability,
        sum(each.probability for each in term.renderings),
        float(" " in term.surface),
        float(first.kind in ("v", "V")),
        float(first.kind in ("N", "A", "P")),
    )


def hypothesis_features(source: str, hypothesis: Hypothesis, answers: Answers) -> tuple[float, ...]:
    """Give what ``_WEIGHTS`` weighs of a hypothesis."""
    text, terms = hypothesis.text, max(len(answers.terms), 1)
    unanswered = [term for term in answers.unanswered if term.renderings]
    return (
        hypothesis.score,
        sum(map(lost, unanswered)) / terms,
        len(unanswered) / terms,
        len(answers.unaccounted) / max(len(text.split()), 1),
        math.log((len(text) + 1) / (len(source) + 1)),
    )


def _product(weights: tuple[float, ...], values: tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
