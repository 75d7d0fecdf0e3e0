"""Where a French word stands and the translations of those sentences in; how it is rendered, out.

A sentence has the rendering that the word gets when it is translated alone, if that stands in its
translation (in the plural too); of the sentences left, the run of English words is taken that goes
best with them: by Dice's coefficient between the sentences that have the French and those that have
the run (Smadja, McKeown and Hatzivassiloglou 1996).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.glossary.candidates import TermCandidate
from pipeline.glossary.verify import verify
from pipeline.language.articles import without_article
from pipeline.language.small_words import ENGLISH_COMMON
from pipeline.language.tokens import tokenize
from pipeline.model import Entry, EntryKind, Match, OccurrenceStatus

_LONGEST: Final = 5
_LEAST_DICE: Final = 0.6
_SMALL: Final = ENGLISH_COMMON | {"against", "said", "says"}


@dataclass(frozen=True)
class Translations:
    """Translations by the number of their sentence."""

    texts: Mapping[int, str]

    @cached_property
    def runs(self) -> dict[int, dict[str, str]]:
        """The runs of one to five words in each, by key, that no small word begins or ends."""
        return {number: _runs(text) for number, text in self.texts.items()}

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many translations each run stands."""
        return Counter(key for runs in self.runs.values() for key in runs)


def renderings(
    candidate: TermCandidate, alone: str, translations: Translations
) -> tuple[tuple[str, int], ...]:
    """How often each rendering of a candidate stands in the translations, the most frequent first.

    ``alone`` is the translation of the candidate by itself, "" if there is none.
    """
    left = {number for number in candidate.sentences if number in translations.texts}
    found: Counter[str] = Counter()

    def take(text: str) -> bool:
        having = {n for n in left if _stands(text, candidate, translations.texts[n])}
        found[text] += len(having)
        left.difference_update(having)
        return bool(having)

    take(plain(alone, candidate.kind))
    if candidate.kind is EntryKind.NAME:
        take(candidate.source)
    while (text := _associated(left, candidate.kind, translations)) and take(text):
        pass
    return tuple((text, count) for text, count in found.most_common() if count)


def plain(alone: str, kind: EntryKind) -> str:
    """A word's translation by itself as an entry writes it: no full stop, article or capital."""
    text = " ".join(alone.split()).rstrip(".!?… ")
    text = without_article(text)
    first = text.partition(" ")[0]
    if kind is EntryKind.TERM and not first.isupper():
        text = text[:1].lower() + text[1:]
    return text


def _stands(text: str, candidate: TermCandidate, translation: str) -> bool:
    if not any(letter.isalnum() for letter in text):
        return False
    entry = Entry("", candidate.source, text, candidate.kind)
    match = Match(entry, 0, len(candidate.source), candidate.source)
    return verify("", [match], translation)[0].status is OccurrenceStatus.PRESENT


def _associated(left: set[int], kind: EntryKind, translations: Translations) -> str:
    """The run that goes best with the sentences left, as written most often; "" if none does."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number in left:
        for key, text in translations.runs[number].items():
            written[key][text] += 1
    best = max(
        (
            (2 * texts.total() / (len(left) + translations.counts[key]), len(key), key)
            for key, texts in written.items()
            if texts.total() > 1 and (kind is not EntryKind.NAME or max(texts)[0].isupper())
        ),
        default=(0.0, 0, ""),
    )
    if best[0] < _LEAST_DICE:
        return ""
    return min(written[best[2]], key=lambda text: (-written[best[2]][text], len(text), text))


def _runs(text: str) -> dict[str, str]:
    """The runs of words in a text, by a key in which singular and plural are equal."""
    tokens = tokenize(text)
    runs: dict[str, str] = {}
    for start, first in enumerate(tokens):
        if not first.is_word or first.key in _SMALL:
            continue
        words: list[str] = []
        for token in tokens[start:]:
            if token.is_word:
                words.append(token.key.removesuffix("s"))
                if token.key not in _SMALL:
                    runs.setdefault(" ".join(words), text[first.start : token.end])
            if len(words) == _LONGEST or not (token.is_word or token.key in " -'"):
                break
    return runs
