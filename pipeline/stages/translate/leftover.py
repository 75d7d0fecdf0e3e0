"""Parts whose best texts have words that are no English in; with the dictionary's for them, out.

The last resort for a word that neither the engine nor a hint has brought into English, and the only
one with an engine that takes no hints: a French word that was left, one that was made up in its
likeness ("lunaary" for lunaire), one that a space is missing in ("calledveins"), or a name that has
another form in English (Bucarest). What is put in
is the sure rendering of one word, in its place; a text is only taken if no check finds more fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.checks.made_up import is_like
from pipeline.language.articles import with_article
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.entries import NAME, PEOPLE, VERBS
from pipeline.language.dictionary.keys import Place, places
from pipeline.language.small_words import ENGLISH_FUNCTION
from pipeline.model import Hint
from pipeline.stages.translate.part import Part
from pipeline.text import fold

# How likely and how safe a rendering must be, and of a known kind: others are rare senses.
_LIKELY: Final = 0.3
_SAFE: Final = 0.3
# How likely a rendering must be for a word that was left in French.
_MOSTLY: Final = 0.6
# How likely and how safe the English form of a name must be. A surname may be spelt as a place or a
# river is: what stands beside another name is left as it is ("Louis Jourdain").
_NAME: Final = 0.88
_SAFE_NAME: Final = 0.84
_BESIDE: Final = re.compile(
    r"(?<![.!?] )(?!(?:In|At|The|From|For|To|And|But|Of|On|By|As|With)\b)\b[A-Z]\w*\.? \||\| [A-Z]"
)
# Letters that a word which was made up has in common with the French one it stands for.
_ALIKE: Final = 4
_ALIKE_ENGLISH: Final = 2  # and with the English of that
# What the first of two words is that a space is missing between: a small one, or one that ends so.
# Others make compounds ("schoolwork").
_QUALIFIES: Final = ("ed", "ing", "ly", "al", "ant", "ent", "an", "ous", "ive", "ful", "ic", "ble")


@dataclass(frozen=True, slots=True)
class _Repair:
    """What to put in the place of a word, and the hint that it amounts to."""

    start: int
    end: int
    text: str
    hint: Hint


def rendered(parts: Sequence[Part]) -> list[Part]:
    """Put English for what is none in the parts' best texts."""
    return [_rendered(part) for part in parts]


def _rendered(part: Part) -> Part:
    for repair in list(_repairs(part))[::-1]:
        text = part.best.text
        target = repair.text.upper() if text.isupper() else repair.text
        before = with_article(text[: repair.start], target, text.isupper())
        hypothesis = replace(
            part.best.hypothesis, text=before + target + text[repair.end :], likelihood=None
        )
        found = part.candidate(hypothesis, part.best.lexical)
        if found.fault <= part.best.fault:
            hints = tuple(dict.fromkeys((*part.lexical, repair.hint)))
            part = replace(part.choosing(found, None, part.outcomes), lexical=hints)
    return part


def _repairs(part: Part) -> Iterator[_Repair]:
    """Give what to do about the words of the best text that are no English, in their order."""
    strange = part.best.strange
    terms = dictionary().terms(part.segment.source)
    names = {each.surface: each for each in terms if _is_known_name(each)}
    if not strange and not names:
        return
    # What the glossary wants is its matter.
    taken = [(each.target_start or 0, each.target_end or 0) for each in part.best.occurrences]
    for word in places(part.best.text):
        if any(start < word.end and word.start < end for start, end in taken):
            continue
        if word.text in names and not _BESIDE.search(_around(part.best.text, word)):
            hint = Hint(word.text, names[word.text].renderings[0].text)
            yield _Repair(word.start, word.end, hint.target, hint)
        if word not in strange:
            continue
        likest = list(_likest(part, word, terms))
        if parted := _parted(word, terms):
            yield parted
        elif likest and _is_sure(likest[0], word):
            hint = Hint(likest[0].surface, likest[0].renderings[0].text)
            text = hint.target[0].upper() + hint.target[1:] if word.text.istitle() else hint.target
            if text.lower() != word.lower:
                yield _Repair(word.start, word.end, text, hint)


def _likest(part: Part, word: Place, terms: Sequence[SourceTerm]) -> Iterator[SourceTerm]:
    """Give the terms that a word is a copy of, then those that it may have been made from."""
    folded = fold(word.lower)
    # "BREF" is a name, not short.
    acronym = word.text.isupper() and not part.best.text.isupper()
    for term in terms:
        english = [each.text for each in term.renderings[:1]]
        if fold(term.surface) == folded and (not acronym or all(map(str.isupper, english))):
            yield term
    for term in part.best.answers.unanswered:
        small = (word.text + term.surface).islower() or word.start == term.start == 0
        english = [fold(each.text)[:_ALIKE_ENGLISH] for each in term.renderings[:1]]
        alike = fold(term.surface)[:_ALIKE] == folded[:_ALIKE]
        # "Tourbwind" is a whirlwind: half of it is « tourbillon », and somebody wrote that down.
        written = term.sure and is_like(folded, fold(term.surface)) and not _is_verb(term)
        if small and (written or (alike and english == [folded[:_ALIKE_ENGLISH]])):
            yield term


def _is_verb(term: SourceTerm) -> bool:
    return any(each.kind in VERBS for each in term.renderings)


def _around(text: str, word: Place) -> str:
    """Give the words beside one, with a mark in its place."""
    return f"{text[max(word.start - 30, 0) : word.start]}|{text[word.end : word.end + 3]}"


def _is_known_name(term: SourceTerm) -> bool:
    """Whether a name has another form in English, as cities and rulers do."""
    if not term.renderings or not term.surface[0].isupper() or term.surface.isupper():
        return False
    first = term.renderings[0]
    english = first.text == term.surface or dictionary().english_word(term.surface)
    likely = first.probability >= _NAME and first.safe >= _SAFE_NAME
    return first.kind in (NAME, PEOPLE) and likely and not english


def _is_sure(term: SourceTerm, word: Place) -> bool:
    """Whether a term may stand for a word: of what the context chooses, where it was copied."""
    if not term.renderings or " " in term.surface:
        return False
    first = term.renderings[0]
    likely = first.probability >= _LIKELY and first.safe >= _SAFE
    mostly = first.probability >= _MOSTLY and fold(term.surface) == fold(word.lower)
    return bool(first.kind) and (term.sure or likely or mostly)


def _parted(word: Place, terms: Sequence[SourceTerm]) -> _Repair | None:
    """Part a word that ends in a rendering of the French and begins with an English word.

    A single letter is the beginning of another: "Dhurried".
    """
    for term in terms:
        for each in term.renderings:
            first = word.text.removesuffix(each.text)
            if len(first) == 1 and first.lower() != "a":
                text = each.text.capitalize() if first.isupper() else each.text
                return _Repair(word.start, word.end, text, Hint(term.surface, each.text))
            small = first.lower() in ENGLISH_FUNCTION
            if first == word.text or not (small or first.endswith(_QUALIFIES)):
                continue
            if small or dictionary().english_word(first):
                hint = Hint(term.surface, each.text)
                return _Repair(word.start, word.end, f"{first} {each.text}", hint)
    return None
