"""The blocks of a French text in; the domains that each speaks of, and what words mean there, out.

A word of several senses mostly has that of the domain it is used in: in court « client » is a
client and « instruction » an investigation, whatever they are elsewhere (Magnini et al., "The role
of domain information in word sense disambiguation", 2002). ``data/domains.tsv`` has for each
domain the words that tell it (cues, in the form that ``lemma`` gives), ``data/senses.tsv`` what
words mean there: "domain TAB French TAB English|other English", the likeliest first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.language.data import data_lines
from pipeline.language.dictionary import dictionary
from pipeline.language.lemmas import lemma
from pipeline.language.words import WORD

# Blocks before and behind one that tell what it is about, besides those that open the text.
_NEAR: Final = 4
_OPENING: Final = 2
# A cue in the block itself counts for so many in others.
_OWN: Final = 2
# What a domain's different cues must come to, and which share of the strongest domain's.
_ENOUGH: Final = 5
_BESIDE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sense:
    """What a French term, in its dictionary form, means in a domain: English dictionary forms."""

    domain: str
    term: str
    english: tuple[str, ...]


class Domains:
    """The domains of a text's blocks."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self._blocks = blocks
        self._cues = lru_cache(maxsize=None)(self._read)

    def _read(self, number: int) -> frozenset[str]:
        return frozenset(map(lemma, WORD.findall(self._blocks[number]))) & _domains_of_cues().keys()

    def around(self, number: int) -> tuple[str, ...]:
        """Give the domains of a block, the strongest first: few texts have one in each sentence."""
        near = range(max(number - _NEAR, 0), min(number + _NEAR + 1, len(self._blocks)))
        others = {*near, *range(min(_OPENING, len(self._blocks)))} - {number}
        told = Counter[str]()
        own = self._cues(number)
        for cue in own.union(*map(self._cues, others)):
            for domain in _domains_of_cues()[cue]:
                told[domain] += _OWN if cue in own else 1
        most = max(told.values(), default=0)
        strong = [name for name in told if told[name] >= max(_ENOUGH, _BESIDE * most)]
        return tuple(sorted(strong, key=lambda name: (-told[name], name)))


def senses(source: str, domains: Sequence[str]) -> tuple[Sense, ...]:
    """Give what the terms of a sentence mean in its domains, by the strongest that has each."""
    known = [(name, meanings()[name]) for name in domains if name in meanings()]
    found: dict[str, Sense] = {}
    for term in dictionary().terms(source) if known else ():
        name, table = next((each for each in known if term.lemma in each[1]), ("", {}))
        if name and not term.named:
            found[term.lemma] = Sense(name, term.lemma, table[term.lemma])
    return tuple(found.values())


@lru_cache(maxsize=1)
def _domains_of_cues() -> Mapping[str, tuple[str, ...]]:
    """Read which domains each cue tells, on first use."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in data_lines("domains.tsv"):
        name, cues = line.split("\t")
        for cue in cues.split("|"):
            found[cue] += (name,)
    return dict(found)


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Read what terms mean in each domain, on first use: domain → French → English."""
    found: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for line in data_lines("senses.tsv"):
        name, french, english = line.split("\t")
        found[name][french] = tuple(english.split("|"))
    return found
