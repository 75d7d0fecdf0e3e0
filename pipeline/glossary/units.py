"""A French sentence in; its words, and the runs of them that may be names or terms, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.language.lemmas import is_adverb, is_infinitive, known, lemma, may_be_participle
from pipeline.language.small_words import (
    ADVERBS,
    BE,
    BEFORE_NOUNS,
    CLITICS,
    DETERMINERS,
    HAVE,
    LINKS,
    OTHERS,
    PRONOUNS,
)
from pipeline.language.tokens import Token, tokenize

CONNECTORS: Final = frozenset("de du des d la l à au aux en".split())
_PART: Final = ADVERBS | BE | CLITICS | DETERMINERS | HAVE | LINKS | PRONOUNS | OTHERS
# Articles that names begin with or have inside: La Haye, Marine Le Pen.
_OF_NAMES: Final = frozenset({"La", "Le", "Les"})
# What the dictionary does not list, and no name.
_NO_NAMES: Final = frozenset({"non", "oui", "quant"})
_OF_PLACE: Final = frozenset("à au aux en".split())
_MOST_WORDS: Final = 9
_MOST_CONTENT: Final = 6

# « le XXIe siècle »
_CENTURY: Final = re.compile(r"[IVXLC]+(?:e|er|re|ème)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or several with hyphens, as it stands in a sentence.

    ``opens``: its capital may be the sentence's; ``leads``: a word with a capital follows.
    """

    text: str
    start: int
    end: int
    opens: bool
    leads: bool

    @property
    def key(self) -> str:
        """What it is compared by: its lemma, an acronym as it stands."""
        return self.text if self.text.isupper() else lemma(self.text)

    @property
    def is_content(self) -> bool:
        """Whether a name or a term may have it."""
        lower = self.text.lower()
        if self.is_article_of_name:
            return True
        parts = lower.split("-")
        # « Vingt-deux » and « est-ce » are no more than their parts.
        small = lower in _PART or all(part in _PART for part in parts)
        if small or not self.text[0].isalpha() or len(self.text) < 2 or self._is_ordinal:
            return False
        if self.is_capital:
            return True
        if parts[-1] in CLITICS | PRONOUNS or is_adverb(lower):
            return False
        return may_be_participle(lower) or not _is_verb(lower)

    @property
    def is_article_of_name(self) -> bool:
        """Whether it is an article with the capital of a name that follows: La Haye."""
        return self.text in _OF_NAMES and self.leads and not self.opens

    @property
    def _is_ordinal(self) -> bool:
        return bool(_CENTURY.fullmatch(self.text))

    @property
    def is_capital(self) -> bool:
        """Whether it is written with a capital that is not the sentence's."""
        if not self.text[0].isupper():
            return False
        if not self.opens or self.text.isupper():
            return True
        return self._is_first_name or not _is_common(self.text)

    @property
    def _is_first_name(self) -> bool:
        """Whether it opens a sentence with a name that goes on, as in « Marine Le Pen »."""
        lower = self.text.lower()
        is_small = lower in _PART | _NO_NAMES or lemma(lower) in BEFORE_NOUNS or is_adverb(lower)
        return self.leads and "-" not in lower and not is_small and not _is_verb(lower)


def _is_common(word: str) -> bool:
    """Whether a word that opens a sentence is none that would have a capital elsewhere."""
    lower = word.lower()
    if known(lower) or lower in _NO_NAMES or is_adverb(lower):
        return True
    first, *others = word.split("-")
    return bool(others) and all(
        part.islower() and (known(part) or part in _PART) for part in (first.lower(), *others)
    )


def _is_verb(word: str) -> bool:
    return is_infinitive(lemma(word))


def phrases(sentence: str) -> Iterator[Sequence[Unit]]:
    """Give the parts of a sentence that may be names or terms of several words."""
    for run in _runs(sentence):
        yield from _phrases(run)


def _runs(sentence: str) -> Iterator[list[Unit]]:
    """The longest runs of content words and connectors."""
    run: list[Unit] = []
    before: Unit | None = None
    for unit in units_of(sentence):
        gap = sentence[before.end : unit.start] if before else ""
        joined = gap.strip(" \u00a0\u202f'’") == ""
        if run and not joined:
            yield run
            run = []
        if unit.is_content or (run and unit.text.lower() in CONNECTORS):
            run.append(unit)
        elif run:
            yield run
            run = []
        before = unit
    if run:
        yield run


def units_of(sentence: str) -> Iterator[Unit]:
    """The words of a sentence, those with hyphens between as one."""
    tokens = tokenize(sentence)
    opens, index = True, 0
    while index < len(tokens):
        first = index
        if not tokens[index].is_word:
            opens = opens or tokens[index].key in '«“"(:—–•…'
            index += 1
            continue
        while _hyphen_follows(tokens, index):
            index += 2
        start, end = tokens[first].start, tokens[index].end
        text = sentence[start:end]
        yield Unit(text, start, end, opens, _name_follows(tokens, index))
        # An elided article leaves its noun at the start: "L'Iran".
        opens = opens and sentence[end : end + 1] in ("'", "’")
        index += 1


def _name_follows(tokens: Sequence[Token], index: int) -> bool:
    following = [token.text for token in tokens[index + 1 : index + 3]]
    if len(following) < 2 or not following[0].isspace():
        return False
    return following[1][0].isupper() and not following[1].isupper()


def _hyphen_follows(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1 : index + 3]
    return len(following) == 2 and following[0].key == "-" and following[1].is_word


def _phrases(run: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """The parts of a run that may be names or terms."""
    for start, first in enumerate(run):
        if not first.is_content:
            continue
        for end in range(start + 1, min(len(run), start + _MOST_WORDS) + 1):
            part = run[start:end]
            last = part[-1]
            if last.is_content and not last.is_article_of_name and _may_be_term(part):
                yield part


def _may_be_term(units: Sequence[Unit]) -> bool:
    content = [unit for unit in units if unit.is_content]
    if len(content) > _MOST_CONTENT:
        return False
    first = units[0]
    if len(units) == 1 and lemma(first.text) != first.text.lower():
        return False  # « les États »
    if not first.is_capital and (
        len(content) == 1
        or lemma(first.text) in BEFORE_NOUNS
        or first.text.lower() in BEFORE_NOUNS
        or _is_verb(first.text.lower())
    ):
        return False
    capitals = [unit for unit in content if unit.is_capital]
    if not first.is_capital:
        # « président de la Russie » says nothing that its parts do not; « droit de l'Homme » does.
        return not capitals or known(capitals[0].text.lower())
    # « Moscou à Pyongyang »: small words of place join two names, not the words of one.
    loose = any(unit.text.lower() in _OF_PLACE for unit in units)
    return not (loose and len(capitals) == len(content) > 1)
