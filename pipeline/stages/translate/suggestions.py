"""A French text in; what the dictionary suggests for its rarer words, for the engine, out.

A small engine has seen most words of the language too seldom to know them. With its first question
it is told what they may mean; it was trained to choose by the context, or to take none. What
nearly every translator would say for a word that the engine has hardly ever seen is asked for, and
so is what a word means in the domain of the text, which the sentence alone may not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.glossary import hints
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.english_forms import lemmas
from pipeline.language.dictionary.entries import NAME
from pipeline.language.domains import Sense
from pipeline.language.numbers import extract
from pipeline.model import Match, Request, Suggestion

# Terms that the dictionary's texts have more often than this are left to the engine.
_SELDOM: Final = 300
# So many terms of a sentence are told at most, the rarest; and so many renderings of each, or of
# one whose rendering the context chooses.
_TERMS: Final = 6
_RENDERINGS, _OPEN_RENDERINGS = 2, 5
# The engine knows nothing better for a word that it has seen fewer times.
UNKNOWN: Final = 10
# Parts of a compound or of a name are no words (Jean-Moulin, médico-psychologique); verbs with a
# pronoun behind them are.
_COMPOUND: Final = re.compile(r"(?<=\w-)")
_COMPOUND_GOES_ON: Final = re.compile(
    r"-(?!(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|ci|là|moi|toi|les?|la|en|y)\b)\w"
)


def suggestions(
    source: str, matches: Sequence[Match], senses: Sequence[Sense] = ()
) -> tuple[Suggestion, ...]:
    """Suggest renderings for the rarest terms of a text, in the order of the text.

    What the glossary speaks of is its matter. Those that have one of the ``senses`` come before
    rarer ones.
    """
    taken = [(match.start, match.end) for match in matches]
    meant = {each.term: each.english for each in senses}
    told, rare = [], []
    for term in askable(source, taken):
        if is_named_word(term) or _may_stay(term):
            continue
        if texts := _in_sense(term, meant.get(term.lemma, ())):
            told.append((term, Suggestion(term.surface, tuple(texts))))
        elif term.seen_in_all < _SELDOM:
            rare.append((term, suggestion(term)))
    rare.sort(key=lambda each: each[0].seen_in_all)
    chosen = sorted((told + rare)[:_TERMS], key=lambda each: each[0].start)
    return tuple(each for _, each in chosen)


def as_asked(source: str, matches: Sequence[Match] = (), senses: Sequence[Sense] = ()) -> Request:
    """Give what an engine that takes hints is asked for a text with these entries and senses."""
    return Request(source, hints(matches), suggestions=suggestions(source, matches, senses))


def _in_sense(term: SourceTerm, english: Sequence[str]) -> list[str]:
    """Give the renderings of a term that are meant, as they stand here, in the order given."""
    forms = [lemmas(text.lower()) for text in english]
    known = {lemmas(each.text.lower()): each.text for each in term.renderings[::-1]}
    return [known[form] for form in forms if form in known]


def suggestion(term: SourceTerm) -> Suggestion:
    """Give the likeliest renderings of a term that has some, none in two forms.

    One alone where it is sure and the rule.
    """
    by_lemma: dict[tuple[str, ...], str] = {}
    for each in term.renderings:
        by_lemma.setdefault(lemmas(each.text.lower()), each.text)
    texts = [*by_lemma.values()]
    if _is_rule(term) and term.seen < UNKNOWN:
        return Suggestion(term.surface, (texts[0],))
    told = texts[: _RENDERINGS if _is_rule(term) else _OPEN_RENDERINGS]
    return Suggestion(term.surface, tuple(told) if len(told) > 1 else (*told, ""))


def _is_rule(term: SourceTerm) -> bool:
    """Tell whether the rendering written for a term is what translators choose as a rule."""
    return term.sure and 2 * term.renderings[0].probability >= sum(
        each.probability for each in term.renderings
    )


def askable(source: str, taken: Sequence[tuple[int, int]]) -> Iterator[SourceTerm]:
    """Yield the known terms of a text that stand alone and outside of the spans that are taken.

    Numbers are often written in figures; of those in words only what is sure is given.
    """
    numbers = [(number.start, number.end) for number in extract(source, "fr")]
    for term in dictionary().terms(source):
        spans = taken if term.sure else [*taken, *numbers]
        if (
            term.renderings
            and not _COMPOUND.match(source, term.start)
            and not _COMPOUND_GOES_ON.match(source, term.end)
            and not any(start < term.end and term.start < end for start, end in spans)
        ):
            yield term


def _may_stay(term: SourceTerm) -> bool:
    """Tell whether a term is a name that may be a person's (Anatole): those stay as they are."""
    return term.renderings[0].kind == NAME and not term.sure


def is_named_word(term: SourceTerm) -> bool:
    """Tell whether a term is a common word with a capital, which may be a name (Liège, Menton)."""
    return term.named and " " not in term.surface
