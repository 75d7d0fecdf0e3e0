"""A part in; hints for the words that its translation leaves unanswered, from the dictionary, out.

The engine is small, and its worst errors are single words that it never learnt. It obeys hints, so
what it does not know is given to it. These hints are of low priority: none for what the glossary
speaks of, and a hypothesis that follows them is only taken if it is worth more (``ranker``).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from pipeline.checks.confusions import ID as CONFUSIONS
from pipeline.checks.names import ID as NAMES
from pipeline.checks.nationalities import ID as NATIONALITIES
from pipeline.language.dictionary import SourceTerm
from pipeline.model import Hint
from pipeline.stages.translate.hedging import hedges
from pipeline.stages.translate.part import Candidate, Part
from pipeline.stages.translate.ranker import lost
from pipeline.stages.translate.suggestions import UNKNOWN, askable, is_named_word
from pipeline.text import fold

# A sentence is decoded again if one of its words is lost so likely.
SUSPECT: Final = 0.3
# A hint wants a rendering that may be trusted so far, and a word that the engine has seldom seen:
# of common ones it knows more renderings than a dictionary. Terms of several words are exempt.
_SAFE, _OFTEN = 0.15, 600
_MOST = 6
# Checks that say which word is lost.
_NAMED: Final = (NAMES, NATIONALITIES, CONFUSIONS)
# Letters that a word which is no English has in common with the French one it stands for.
_ALIKE = 3


class Hints(Enum):
    """Which hints a sentence gets whose words are probably lost.

    First all; then also those for what the hypothesis lost that followed them.
    """

    ALL = auto()
    MORE = auto()


def lexical_hints(part: Part, which: Hints) -> tuple[Hint, ...]:
    """Give hints for the terms that the part's best candidate without such hints leaves unanswered.

    There are none unless one is lost so probably that decoding again is worth it, or it is surer
    than the French. More are given if the best hypothesis with hints loses what is sure: those and
    this.
    """
    if which is Hints.MORE:
        return _more(part)
    plain = part.unaided
    mangled = _mangled(plain)
    hedging = hedges(plain)
    terms = [
        term
        for term in _hintable(part, plain, mangled)
        if not any(term.surface in each.source for each in hedging)
    ]
    if not hedging and not any(lost(term) >= SUSPECT or term in mangled for term in terms):
        return ()
    return tuple(dict.fromkeys((*hedging, *map(_hint, terms))))


def _more(part: Part) -> tuple[Hint, ...]:
    aided = [each for each in part.candidates if each.lexical]
    if not aided:
        return ()
    best = min(aided, key=lambda each: each.rank)
    besides = [
        _hint(term)
        for term in _hintable(part, best, ())
        if term.sure and not any(term.surface in hint.source for hint in best.lexical)
    ]
    return (*best.lexical, *dict.fromkeys(besides)) if besides else ()


def _hint(term: SourceTerm) -> Hint:
    return Hint(term.surface, term.renderings[0].text)


def followed(part: Part) -> tuple[Hint, ...]:
    """Give what stands in a part's best candidate because the dictionary has it.

    That is those of its hints that were followed, and what was said for the suggestions of words
    that the engine has hardly ever seen, or that it was asked for.
    """
    best = part.best
    answered = {answer.term.surface: answer for answer in best.answers.terms if answer.spans}
    suggested = [
        Hint(each.source, best.text[slice(*answer.spans[0])])
        for each in part.request.suggestions
        if (answer := answered.get(each.source))
        and (answer.term.seen < UNKNOWN or len(each.renderings) == 1)
    ]
    return (*(hint for hint in part.lexical if hint.source in answered), *suggested)


def _mangled(plain: Candidate) -> list[SourceTerm]:
    """Give the terms that are surely lost, whatever their rendering.

    Those that a word of the candidate looks like which is no English ("capule"), and names,
    nationalities, days, colours and other words of a closed kind that a check misses.
    """
    begins = {fold(word.lower)[:_ALIKE] for word in plain.strange}
    missed = [each.source_span for each in plain.findings if each.check in _NAMED]
    return [
        term
        for term in plain.answers.unanswered
        if fold(term.surface)[:_ALIKE] in begins
        or any(span and span[0] < term.end and term.start < span[1] for span in missed)
    ]


def _hintable(part: Part, plain: Candidate, mangled: Sequence[SourceTerm]) -> list[SourceTerm]:
    taken = [(match.start, match.end) for match in part.matches]
    lost = set(plain.answers.unanswered)
    terms = [
        term
        for term in askable(part.segment.source, taken)
        if term in lost and may_ask(term, term in mangled)
    ]
    return sorted(terms, key=lambda term: not term.sure)[:_MOST]


def may_ask(term: SourceTerm, mangled: bool = False) -> bool:
    """Tell whether the first rendering of a term may be asked for; ``mangled``: it is surely lost.

    Never that of a common word with a capital, which may be a name (Liège, Menton).
    """
    if not term.renderings or is_named_word(term):
        return False
    if mangled or term.sure:
        return True
    first = term.renderings[0]
    seldom = term.seen <= _OFTEN or " " in term.surface
    return seldom and first.safe >= _SAFE and first.text != term.surface
