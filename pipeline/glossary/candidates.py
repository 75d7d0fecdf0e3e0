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
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.glossary.entries import entry_id
from pipeline.glossary.match import Matcher
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
from pipeline.model import Entry, EntryKind
from pipeline.text import fold

_CONNECTORS: Final = frozenset("de du des d la l à au aux en".split())
_PART: Final = ADVERBS | BE | CLITICS | DETERMINERS | HAVE | LINKS | PRONOUNS | OTHERS
# Articles that names begin with or have inside: La Haye, Marine Le Pen.
_OF_NAMES: Final = frozenset({"La", "Le", "Les"})
# What the dictionary does not list, and no name.
_NO_NAMES: Final = frozenset({"non", "oui", "quant"})
_OF_PLACE: Final = frozenset("à au aux en".split())
_MOST_WORDS: Final = 9
_MOST_CONTENT: Final = 6
_ACRONYM: Final = 8  # letters
_EXPANSION: Final = 200  # characters before an acronym in which its expansion is looked for

# « le XXIe siècle »
_CENTURY: Final = re.compile(r"[IVXLC]+(?:e|er|re|ème)")

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
        if unit.is_content or (run and unit.text.lower() in _CONNECTORS):
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
        content = [word for word in words if word.lower() not in _CONNECTORS | LINKS | DETERMINERS]
        parts = [part for word in content for part in word.split("-")]
        if fold("".join(part[0] for part in parts)) == fold(acronym) and words[0] == content[0]:
            return text[units[start].start : units[-1].end]
    return ""
