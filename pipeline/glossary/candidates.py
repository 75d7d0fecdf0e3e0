"""French sentences in; the names and multi-word terms that they repeat, most telling first, out.

A candidate is a run of content words with at most small words between them (« Conseil de
sécurité », « forces armées nord-coréennes »), or one word with a capital inside a sentence. Without
a parser, function words, verbs and adverbs part runs. Candidates are ranked by their C-value
(Frantzi, Ananiadou and Mima 2000), which takes from a candidate what it only owes to longer ones
that contain it, with the factor 1 + log2 of the words, as there are candidates of one word
(Barrón-Cedeño and others 2009).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.glossary.entries import entry_id
from pipeline.glossary.match import Matcher
from pipeline.glossary.units import CONNECTORS, Unit, phrases, units_of
from pipeline.language.small_words import DETERMINERS, LINKS
from pipeline.model import Entry, EntryKind
from pipeline.text import fold

_ACRONYM: Final = 8  # letters
_EXPANSION: Final = 200  # characters before an acronym in which its expansion is looked for


Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermCandidate:
    """An entry to propose, without a target, and the sentences in which it would be found."""

    source: str
    kind: EntryKind
    sentences: tuple[int, ...]
    expansion: str = ""

    @property
    def count(self) -> int:
        """How often it would be found."""
        return len(self.sentences)


@dataclass(slots=True)
class _Seen:
    """How often a run of words was seen, in which spellings, and how often with a capital.

    ``whole`` counts the places where each of its content words has one.
    """

    count: int = 0
    capitals: int = 0
    whole: int = 0
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def is_name(self) -> bool:
        """Whether it is surely a name: « Corée du Nord », not « Corée du Nord à la suite »."""
        return self.whole == self.count


def candidates(
    sentences: Sequence[str],
    known_entries: Iterable[Entry],
    least: int,
    most: int,
    least_names: int = 1,
) -> list[TermCandidate]:
    """Give at most ``most`` candidates found at least ``least`` times, the most telling first.

    Names that stand less often follow them, if they stand ``least_names`` times.
    What the known entries find already is left out. The counts are those of the matcher with all
    candidates together, the longest winning.
    """
    seen: dict[Key, _Seen] = defaultdict(_Seen)
    for sentence in sentences:
        for units in phrases(sentence):
            _note(seen, sentence, units)
    expansions = _expansions(sentences)
    frequent = {
        key: one
        for key, one in seen.items()
        if one.count >= least or (one.is_name and one.count >= least_names)
    }
    values = _c_values(frequent)
    own = list(known_entries)
    old = Matcher(own)
    ranked = sorted(
        frequent, key=lambda key: (seen[key].count < least, -values[key], -len(key), key)
    )
    proposed: list[Entry] = []
    rare: set[str] = set()
    for key in ranked:
        entry = _entry(frequent[key])
        covered = sum(match.end - match.start for match in old.matches(entry.source))
        is_rare = frequent[key].count < least
        # A name that only stands in what an acronym stands for is its variant.
        spelt_out = is_rare and any(entry.source in words for words in expansions.values())
        if values[key] > 0 and covered < len(entry.source) and not spelt_out:
            proposed.append(entry)
            rare |= {entry.id} if is_rare else set()
        if len(proposed) == 2 * most:
            break
    places: defaultdict[str, list[int]] = defaultdict(list)
    matcher = Matcher([*proposed, *own])
    for number, sentence in enumerate(sentences):
        for match in matcher.matches(sentence):
            places[match.entry.id].append(number)
    found = [
        TermCandidate(
            entry.source, entry.kind, tuple(places[entry.id]), expansions.get(entry.source, "")
        )
        for entry in proposed
        if len(places[entry.id]) >= (least_names if entry.id in rare else least)
    ]
    return found[:most]


def _note(seen: dict[Key, _Seen], sentence: str, units: Sequence[Unit]) -> None:
    one = seen[tuple(unit.key for unit in units if unit.is_content)]
    first = units[0]
    text = sentence[first.start : units[-1].end]
    if first.opens and not first.is_capital:
        text = text[0].lower() + text[1:]
    one.count += 1
    one.capitals += first.is_capital
    one.whole += all(unit.is_capital for unit in units if unit.is_content)
    one.spellings[text] += 1


def _c_values(seen: dict[Key, _Seen]) -> dict[Key, float]:
    longer: defaultdict[Key, list[int]] = defaultdict(list)
    for key, one in seen.items():
        parts = {
            key[start:end]
            for start in range(len(key))
            for end in range(start + 1, len(key) + 1)
            if end - start < len(key)
        }
        for part in parts & seen.keys():
            longer[part].append(one.count)
    return {
        key: (1 + math.log2(len(key)))
        * (one.count - (sum(longer[key]) / len(longer[key]) if key in longer else 0))
        for key, one in seen.items()
    }


def _entry(seen: _Seen) -> Entry:
    """The entry of a candidate, in its usual spelling; among equals the shortest, the singular."""
    source = min(seen.spellings, key=lambda text: (-seen.spellings[text], len(text), text))
    kind = EntryKind.NAME if 2 * seen.capitals > seen.count else EntryKind.TERM
    source = " ".join(source.split())
    return Entry(entry_id(kind, source, ""), source, "", kind)


def _expansions(sentences: Sequence[str]) -> dict[str, str]:
    """Acronyms that a text introduces in brackets behind the words that they stand for."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for before, unit in pairwise(list(units_of(sentence))):
            gap = sentence[before.end : unit.start]
            if unit.text.isupper() and 1 < len(unit.text) <= _ACRONYM and gap.split() == ["("]:
                near = sentence[max(0, before.end - _EXPANSION) : before.end]
                words = _stands_for(near, unit.text)
                if words:
                    found.setdefault(unit.text, words)
    return found


def _stands_for(text: str, acronym: str) -> str:
    """The last words of a text whose initials spell an acronym, small words left out or not."""
    units = list(units_of(text))
    for start in range(len(units) - 1, max(-1, len(units) - 3 * len(acronym)), -1):
        words = [unit.text for unit in units[start:]]
        content = [word for word in words if word.lower() not in CONNECTORS | LINKS | DETERMINERS]
        parts = [part for word in content for part in word.split("-")]
        if fold("".join(part[0] for part in parts)) == fold(acronym) and words[0] == content[0]:
            return text[units[start].start : units[-1].end]
    return ""
