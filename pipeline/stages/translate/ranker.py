"""A hypothesis and the words it answers in; one figure out, by which hypotheses are compared.

A weighted sum of how probable the engine finds the hypothesis, how much of the French it probably
loses, how long it is, and how many hints it follows. The weights were learnt by ``tools/ranker.py``
on held-out sentence pairs with references: a ridge regression of the score against the reference
(chrF2 and BLEU), hypotheses of one sentence compared with each other alone. The units do not
matter: only differences within a sentence do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from pipeline.language.dictionary import Answers, SourceTerm
from pipeline.model import Hint, Hypothesis

# Of the terms that a hypothesis leaves unanswered, how many does a reference answer? A logistic
# regression over one and ``SourceTerm.features``.
_LOST: Final = (-1.443, -0.175, 0.226, 0.114, 2.3, 0.324, -0.322, 0.09)

# What each costs or brings: log-probability a token; terms likely lost, a term; the logarithm of
# the length over the French one's; hints that were followed, a term: they make a hypothesis more
# probable than it deserves.
_WEIGHTS: Final = (49.97, -15.52, 12.19, -16.55)
# What a word costs that is no English, a term. Set by hand: a reference scores "capule" for capsule
# higher than another word, a reader does not. On the held-out pairs it costs 0.05 chrF2 and takes
# away a third of the words that are made up and half of those left in French.
_STRANGE: Final = -30.0
# What it costs to leave a term unanswered whose rendering is sure, a term. Set by hand too: what is
# said otherwise than word by word a reference seldom rewards, a reader always. A single word is
# said in more ways: half of it.
_SURE: Final = -40.0
_SINGLE: Final = 0.5


def lost(term: SourceTerm) -> float:
    """Give how likely an unanswered term is to be really lost, from 0 to 1.

    A term without a rendering tells nothing: 0.
    """
    if not term.renderings:
        return 0.0
    return 1 / (1 + math.exp(-_product(_LOST, (1.0, *term.features()))))


def worth(
    source: str, hypothesis: Hypothesis, answers: Answers, hints: Sequence[Hint], strange: int
) -> float:
    """Give how good a hypothesis is among others for the same source; more is better.

    ``hints`` are those of the dictionary's that the engine was given for it; so many of its words
    are ``strange``, that is no English.
    """
    features = hypothesis_features(source, hypothesis, answers, hints)
    terms = max(len(answers.terms), 1)
    unsaid = sum(
        1.0 if " " in term.surface else _SINGLE for term in answers.unanswered if term.sure
    )
    sure = {answer.term.surface for answer in answers.terms if answer.term.sure}
    hints = [hint for hint in hints if hint.source not in sure]
    return _product((*_WEIGHTS, _STRANGE, _SURE), (*features, strange / terms, unsaid / terms))


def hypothesis_features(
    source: str, hypothesis: Hypothesis, answers: Answers, hints: Sequence[Hint]
) -> tuple[float, ...]:
    """Give what ``_WEIGHTS`` weighs of a hypothesis."""
    text, terms = hypothesis.text, max(len(answers.terms), 1)
    followed = sum(hint.target.lower() in text.lower() for hint in hints)
    return (
        hypothesis.score,
        sum(map(lost, answers.unanswered)) / terms,
        math.log((len(text) + 1) / (len(source) + 1)),
        followed / terms,
    )


def _product(weights: tuple[float, ...], values: tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
