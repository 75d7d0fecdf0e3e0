"""A French text and an English one in; which content words of each the other accounts for, out.

The lexicon is a small table of French and English word stems, learnt from openly licensed parallel
texts by ``tools/lexicon.py``. For each stem it holds the stems that translate it and two weights:
the natural log-likelihood ratio of "left out" to "translated" once no counterpart is seen
(``absent``, positive), and once one is (``present``, negative). Weights of neighbouring words add
up: a stretch with a high sum was probably left out, or added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.data import data_lines
from pipeline.language.small_words import ENGLISH_COMMON, FRENCH_COMMON
from pipeline.language.words import Word, words
from pipeline.text import fold

STEM = 6  # letters
_COGNATE = 4  # letters that cognates begin with alike
_TENTHS = 10
NAME_SHARE = 0.9  # of its occurrences, written with a capital: the stem of a name
# Stems the table does not hold are judged together, capitalised words apart from others.
OTHER_NAME, OTHER_WORD = "*Name", "*word"


@dataclass(frozen=True, slots=True)
class Item:
    """What the lexicon knows of a stem: its counterparts, and its weights (see the module).

    ``capitals``: the share of its occurrences that are written with a capital.
    """

    counterparts: frozenset[str]
    absent: float
    present: float
    capitals: float


@dataclass(frozen=True, slots=True)
class Content:
    """A content word of a text: the word, its folded form and its stem."""

    word: Word
    folded: str
    stem: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems of both languages; French names, folded; words both languages write alike."""

    french: Mapping[str, Item]
    english: Mapping[str, Item]
    names: frozenset[str]
    shared: frozenset[str]

    def is_name(self, folded: str) -> bool:
        """Whether a French word is a name, as far as the lexicon knows: it is always a capital."""
        item = self.french.get(stem_of(folded))
        return item is None or item.capitals >= NAME_SHARE or folded in self.names


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the bundled lexicon, read on first use."""
    return parse(data_lines("lexicon.tsv"))


def parse(lines: Iterable[str]) -> Lexicon:
    """Read lines of "language, stem, absent, present, capitals, counterparts"; "#" is a comment.

    The numbers are whole tenths. A line "names" or "both" lists words (see ``Lexicon``).
    """
    sides: dict[str, dict[str, Item]] = {"fr": {}, "en": {}}
    lists: dict[str, frozenset[str]] = {"names": frozenset(), "both": frozenset()}
    for line in lines:
        first, _, rest = line.partition("\t")
        if first in lists:
            lists[first] = frozenset(rest.split())
        elif line and not line.startswith("#"):
            stem, *tenths, counterparts = rest.split("\t")
            absent, present, capitals = (int(number) / _TENTHS for number in tenths)
            sides[first][stem] = Item(frozenset(counterparts.split()), absent, present, capitals)
    return Lexicon(sides["fr"], sides["en"], lists["names"], lists["both"])


def stem_of(folded: str) -> str:
    """Return the stem of a folded word: its first letters, without a plural's "s"."""
    if len(folded) > 3 and folded[-1] == "s" and folded[-2] != "s":
        folded = folded[:-1]
    return folded[:STEM]


@lru_cache(maxsize=512)
def content(text: str, language: str) -> tuple[Content, ...]:
    """Return the content words of a "fr" or "en" text.

    Function words, digits and words of one or two letters are left out.
    """
    common = FRENCH_COMMON if language == "fr" else ENGLISH_COMMON
    return tuple(
        Content(word, folded, stem_of(folded))
        for word in words(text)
        if len(word.text) > 2
        and word.text.isalpha()
        and word.lower not in common
        and (folded := fold(word.text)) not in common
    )


def answered(
    asked: Sequence[Content], given: Sequence[Content], items: Mapping[str, Item]
) -> list[bool]:
    """Say for each word asked about whether the other side has a counterpart.

    ``items`` belongs to the language of ``asked``. A counterpart is a stem that the lexicon names,
    the stem itself, or a word that begins alike.
    """
    stems = {entry.stem for entry in given}
    starts = {entry.folded[:_COGNATE] for entry in given if len(entry.folded) > _COGNATE}
    return [
        entry.stem in stems
        or (len(entry.folded) > _COGNATE and entry.folded[:_COGNATE] in starts)
        or ((item := items.get(entry.stem)) is not None and not item.counterparts.isdisjoint(stems))
        for entry in asked
    ]


def weight(entry: Content, present: bool, items: Mapping[str, Item]) -> float:
    """Return the evidence that a word was left out, given whether a counterpart was seen."""
    item = items.get(entry.stem)
    if item is None:
        item = items.get(OTHER_NAME if entry.word.text[0].isupper() else OTHER_WORD)
    if item is None:
        return 0.0
    return item.present if present else item.absent


def unanswered(source: str, target: str) -> float | None:
    """Return the mean evidence, a content word of a text, that the other one lacks it.

    That of the French or of the English, whichever is more: what was left out, or added. A natural
    log-likelihood ratio, negative where most words have a counterpart; None where neither text has
    a content word.
    """
    french, english = content(source, "fr"), content(target, "en")
    table = lexicon()
    return max(
        (
            sum(weight(*each, items) for each in zip(own, answered(own, other, items), strict=True))
            / len(own)
            for own, other, items in (
                (french, english, table.french),
                (english, french, table.english),
            )
            if own
        ),
        default=None,
    )
