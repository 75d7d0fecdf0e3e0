"""A line of the dictionary in; the entry that it is, out. Terms and renderings are defined here."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

NAME, ACRONYM, PEOPLE, VERBS = "N", "A", "P", ("v", "V")
CAPITALS = (NAME, ACRONYM, PEOPLE)  # kinds that want a capital in French
NOUNS = ("n", "p", "", *CAPITALS)
KINDS = ("n", "v", "a", "d", "p", *CAPITALS)
SURE: Final = 1.0  # how far a rendering may be trusted that was written by hand; nothing learnt is
COPY: Final = 0.5  # how far the copy of an unknown name may be trusted
_OFTEN: Final = 7.0  # a logarithm of occurrences; beyond it the model knows a form anyway
# Before the verb of a phrase: s'en prendre, l'emporter.
BEFORE_VERBS: Final = frozenset(["se", "en", "y", "l"])


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English rendering of a French term, inflected as the French is.

    ``probability``: of it given the French; ``back``: of the French given it. ``kind``: n noun, v
    verb, a adjective, d adverb, N name, P people, A acronym,
    V and p phrases, "" unknown. ``safe``: how far
    it may be trusted as a hint.
    """

    text: str
    probability: float
    back: float
    kind: str
    safe: float


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A content word or a term of several words, where it stands in the French text.

    ``seen`` counts its form in the model's training text, ``seen_in_all`` in all texts the
    dictionary was learnt from. Without ``renderings`` it is unknown.
    """

    start: int
    end: int
    surface: str
    lemma: str
    seen: int
    seen_in_all: int
    renderings: tuple[Rendering, ...]
    opening: bool = False

    @property
    def named(self) -> bool:
        """Whether a common word stands with a capital: it may be a name, as Liège and Menton are.

        ``opening`` says that the capital may be that of a sentence.
        """
        return (
            self.surface.istitle()
            and not self.opening
            and bool(self.renderings)
            and all(each.kind not in CAPITALS for each in self.renderings)
        )

    @property
    def sure(self) -> bool:
        """Whether its rendering was written by hand: what nearly every translator would write."""
        return bool(self.renderings) and self.renderings[0].safe >= SURE

    @property
    def open(self) -> bool:
        """Whether the context chooses among its renderings: none may be asked for."""
        return bool(self.renderings) and not self.renderings[0].safe

    def features(self) -> tuple[float, ...]:
        """Give what tells whether the term is lost that seems unanswered; it must have renderings.

        The logarithm of how often the model has seen it, up to a limit; of its likeliest rendering
        the safety and the probability, the probability of all renderings; whether the term has
        several words, is a verb, is a name.
        """
        first = self.renderings[0]
        return (
            min(math.log(self.seen + 1), _OFTEN),
            first.safe,
            first.probability,
            sum(each.probability for each in self.renderings),
            float(" " in self.surface),
            float(first.kind in VERBS),
            float(first.kind in CAPITALS),
        )


@dataclass(frozen=True, slots=True)
class Headword:
    """A line of the dictionary (see ``tools/dictionary_merge.py``)."""

    form: str
    base: str
    seen: int
    seen_in_all: int
    renderings: tuple[Rendering, ...]

    @property
    def is_open(self) -> bool:
        """Whether the context chooses among the renderings: none may be asked for."""
        return bool(self.renderings) and not self.renderings[0].safe


def parsed(line: str) -> Headword:
    """Read a line of the dictionary."""
    _, form, base, seen, every, text = line.split("\t")
    renderings = []
    for part in text.split("|") if text else ():
        english, kind, share, back, safe = part.split("~")
        renderings.append(
            Rendering(english, int(share) / 100, int(back) / 100, kind, int(safe) / 100)
        )
    return Headword(form, base, int(seen), int(every), tuple(renderings))


_MARKS: Final = 20  # characters before a word, of which the marks do not count


def opens(text: str, start: int) -> bool:
    """Whether a word begins a sentence: nothing before it, or the end of another."""
    before = text[max(0, start - _MARKS) : start].rstrip(" \u00a0\u202f\t«“\"'([—–-")
    return not before or before[-1] in ".!?…:\n»"


def cased(each: Rendering, surface: str, opening: bool) -> Rendering:
    """A rendering with the capital of the French, unless it begins a sentence or a headline."""
    first = surface.split()[0]
    if opening or not first[0].isupper() or (len(first) > 1 and first.isupper()):
        return each
    if each.kind == ACRONYM:  # Smic is the minimum wage
        return each
    return replace(each, text=each.text[0].upper() + each.text[1:])
