"""A sentence, its translation and the engine's figures in; what speaks for an error in it, out.

The figures are the mean log-probabilities of the words' tokens, words being what white space parts.
The dictionary says which terms of the French have no answer in the English, and which words of the
English answer none. What is measured here is weighed by ``estimator``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.checks.coverage import stretches
from pipeline.checks.length import deviation_of
from pipeline.language.dictionary import Answers, SourceTerm, dictionary
from pipeline.language.dictionary.english_forms import english_lemma
from pipeline.language.dictionary.keys import is_content
from pipeline.language.lexicon import unanswered
from pipeline.language.numbers.forms import SHORT_SCALES
from pipeline.model import Finding, Severity

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W_]+")
# A known English word is one piece or so of an engine's; of others a piece has so many letters.
_PIECE: Final = 3.5
# Beyond these, improbability says no more: of a word, of the one beside it, of a token.
_MOST, _MOST_BESIDE, _MOST_TOKEN = 15.0, 10.0, 8.0
_MOST_ENTROPY: Final = 4.0
_MOST_LOST: Final = 4.0
# A term that the model has seen a number of times of this logarithm is as usual as any.
_OFTEN: Final = 10.0
_MOST_UNKNOWN: Final = 4
_MOST_FINDINGS: Final = 3
# Beyond these a stretch without an answer, and an unusual length, say no more.
_HEAVIEST, _FARTHEST = 20.0, 4.0
# What a rendering counts that the dictionary does not give for its term.
_UNKNOWN: Final = 0.02


@dataclass(frozen=True, slots=True)
class TargetWord:
    """A word of the English, its mean log-probability and entropy, and what it is by dictionary.

    ``doubt``: how improbable the engine found it as a whole. A ``stray`` one is a content word that
    answers nothing of the French; ``term`` is what another answers.
    """

    start: int
    end: int
    core: str
    mean: float
    entropy: float
    doubt: float
    is_content: bool
    is_english: bool
    is_copied: bool
    stray: bool
    term: SourceTerm | None


@dataclass(frozen=True)
class Evidence:
    """A sentence, its translation, and the mean log-probability and entropy of each of its words.

    Where an engine tells no entropies, improbability takes their place. ``found`` is what the
    checks find in the pair.
    """

    source: str
    target: str
    means: tuple[float, ...]
    entropies: tuple[float, ...] = ()
    found: tuple[Finding, ...] = ()

    @cached_property
    def answers(self) -> Answers:
        """What the English answers of the French."""
        return dictionary().answered(self.source, self.target)

    @cached_property
    def missing(self) -> tuple[SourceTerm, ...]:
        """The terms of the French that have renderings, of which none stands in the English.

        Short scales (Md€) are the business of the numbers check, which knows what they become.
        """
        return tuple(
            term
            for term in self.answers.unanswered
            if term.renderings and term.surface.lower() not in SHORT_SCALES
        )

    @cached_property
    def words(self) -> tuple[TargetWord, ...]:
        """The words of the English that the engine was asked about."""
        spans = [match.span() for match in re.finditer(r"\S+", self.target)]
        told = len(self.entropies) == len(self.means)
        entropies = self.entropies if told else tuple(-mean for mean in self.means)
        return tuple(
            self._word(start, end, mean, entropy)
            for (start, end), mean, entropy in zip(spans, self.means, entropies, strict=False)
        )

    @property
    def findings(self) -> tuple[int, int]:
        """How many things of form the checks find, and how many graver ones."""
        forms = sum(each.severity is Severity.POLISH for each in self.found)
        return min(forms, _MOST_FINDINGS), min(len(self.found) - forms, _MOST_FINDINGS)

    @cached_property
    def _french(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.source))

    def _word(self, start: int, end: int, mean: float, entropy: float) -> TargetWord:
        core = self.target[start:end].strip(".,;:!?()[]\"'«»“”")
        letters = _LETTERS.findall(core)
        english = all(map(dictionary().english_word, letters))
        content = any(is_content(each.lower(), french=False) for each in letters)
        pieces = 1.0 if english and core.islower() else max(1.0, len(core) / _PIECE)
        terms = (
            answer.term
            for answer in self.answers.terms
            for first, last in answer.spans
            if first < end and start < last
        )
        return TargetWord(
            start,
            end,
            core,
            mean,
            min(entropy, _MOST_ENTROPY),
            doubt=-mean * pieces,
            is_content=content,
            is_english=english,
            is_copied=bool(letters) and self._french.issuperset(letters),
            stray=content and any(a < end and start < b for a, b in self.answers.unaccounted),
            term=next(terms, None),
        )


def word_features(evidence: Evidence, lost: Sequence[float]) -> list[tuple[float, ...]]:
    """Give for each word of the English what says whether it is wrong.

    ``lost`` says how likely each of the missing terms is to be lost.
    """
    words = evidence.words
    unsure = -sum(word.mean for word in words) / max(len(words), 1)
    missing = min(sum(lost), _MOST_LOST)
    return [
        (
            *_of_word(word),
            min(words[number - 1].doubt, _MOST_BESIDE) if number else 0.0,
            min(words[number + 1].doubt, _MOST_BESIDE) if number + 1 < len(words) else 0.0,
            unsure,
            missing,
            word.stray * missing,
            float(number == 0),
            float(number > 0 and word.core[:1].isupper()),
            number / len(words),
        )
        for number, word in enumerate(words)
    ]


def _of_word(word: TargetWord) -> tuple[float, ...]:
    doubt = min(word.doubt, _MOST)
    strange, digit = not word.is_english, any(map(str.isdigit, word.core))
    return (
        doubt,
        math.sqrt(doubt),
        min(-word.mean, _MOST_TOKEN),
        word.entropy,
        float(word.is_content),
        float(word.stray),
        word.stray * doubt,
        word.is_content * doubt,
        float(strange and not word.is_copied),
        float(strange and word.is_copied),
        float(word.is_copied and word.is_content),
        float(digit),
        digit * doubt,
        word.core[:1].isupper() * doubt,
        math.log(len(word.core) + 1),
        *_of_answer(word),
    )


def _of_answer(word: TargetWord) -> tuple[float, float, float]:
    """Say whether a word answers a term, how usual it is for that, and how often that was seen."""
    if word.term is None:
        return 0.0, 0.0, 0.0
    form = english_lemma(word.core.lower())
    usual = max(
        (
            each.probability
            for each in word.term.renderings
            if english_lemma(each.text.split()[-1].lower()) == form
        ),
        default=_UNKNOWN,
    )
    return 1.0, math.log(usual + _UNKNOWN), math.log(word.term.seen + 1)


def sentence_features(
    evidence: Evidence, wrong: Sequence[float], lost: Sequence[float]
) -> tuple[float, ...]:
    """Give what says whether a sentence has a serious error.

    ``wrong`` says how likely each word of the English is to be wrong, ``lost`` each missing term.
    """
    doubts = sorted((word.doubt for word in evidence.words), reverse=True)
    terms, findings = evidence.answers.terms, evidence.findings
    french, english = stretches(evidence.source, evidence.target)
    length = deviation_of(evidence.source, evidence.target) or 0.0
    return (
        math.log(-sum(math.log(1 - min(each, 0.98)) for each in wrong) + 0.02),
        sum(doubts[:3]),
        sum(doubts),
        sum(lost),
        max(lost, default=0.0),
        unanswered(evidence.source, evidence.target) or 0.0,
        sum(sorted(wrong)[-3:]),
        math.log(max(len(evidence.words), 1)),
        sum(_OFTEN - math.log(each.term.seen + 1) for each in terms) / max(len(terms), 1),
        min(sum(not each.renderings for each in evidence.answers.unanswered), _MOST_UNKNOWN),
        min(french[0], _HEAVIEST) if french else 0.0,
        min(english[0], _HEAVIEST) if english else 0.0,
        max(-_FARTHEST, min(_FARTHEST, length)),
        *findings,
    )
