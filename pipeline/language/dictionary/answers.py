"""Terms of a French text and an English text in; where the English answers them, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.language.dictionary.english_forms import english_lemma, spelt_as_nouns
from pipeline.language.dictionary.entries import SourceTerm
from pipeline.language.dictionary.keys import is_content, places
from pipeline.language.dictionary.owners import POSSESSIVES
from pipeline.text import fold

_OBJECTS: Final = frozenset("me you him her it us them".split())
_ALIKE: Final = 5  # letters that cognates begin with alike


@dataclass(frozen=True, slots=True)
class Answer:
    """A term and the spans of the English that answer it: none where it is unanswered."""

    term: SourceTerm
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The terms of a French text with their answers, and the English words no term accounts for."""

    terms: tuple[Answer, ...]
    unaccounted: tuple[tuple[int, int], ...]

    @property
    def unanswered(self) -> tuple[SourceTerm, ...]:
        """The terms without an answer."""
        return tuple(answer.term for answer in self.terms if not answer.spans)


class Target:
    """The words of an English text, to be looked for by their dictionary forms."""

    def __init__(self, text: str) -> None:
        self.words = places(text)
        self.keys = [*keys(text)]
        self.used: set[int] = set()

    def find(self, rendering: str) -> list[tuple[int, int]]:
        """Where a rendering stands, in any inflection, or parted by an object: "take us along".

        A form may be a noun's to the lexicon ("cutting", "means") and a verb's in the text.
        """
        wanted = [*keys(rendering)]
        if not wanted:
            return []
        spans = []
        own = (wanted[0], *spelt_as_nouns(wanted[0]))
        for at, key in enumerate(self.keys):
            if key not in own and self.words[at].lower not in own:
                continue
            rest = at + 1
            if len(wanted) > 1 and rest < len(self.words) and self.words[rest].lower in _OBJECTS:
                rest += self.keys[rest] != wanted[1]
            end = rest + len(wanted) - 1
            if self.keys[rest:end] == wanted[1:]:
                self.used.update(range(at, end))
                spans.append((self.words[at].start, self.words[end - 1].end))
        return spans

    def alike(self, folded: str) -> list[tuple[int, int]]:
        """Words that begin as a French word does that nothing is known of."""
        if len(folded) < _ALIKE:
            return []
        spans = []
        for at, word in enumerate(self.words):
            if fold(word.lower)[:_ALIKE] == folded[:_ALIKE]:
                self.used.add(at)
                spans.append((word.start, word.end))
        return spans

    def unused(self) -> tuple[tuple[int, int], ...]:
        """The content words that were not found."""
        return tuple(
            (word.start, word.end)
            for at, word in enumerate(self.words)
            if at not in self.used and is_content(word.lower, False)
        )


def keys(text: str) -> tuple[str, ...]:
    """What the words of an English text are compared by."""
    return tuple(_key(word.lower) for word in places(text))


def _key(lower: str) -> str:
    # "Kept her word" answers what "kept his word" does.
    return "their" if lower in POSSESSIVES else english_lemma(lower)
