"""Lexical facts (French, English, kind, sources, note) in; those to be trusted, weighed, out."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import lines
from pipeline.language.dictionary.keys import LONGEST, plain
from pipeline.language.small_words import FRENCH_FUNCTION
from pipeline.language.words import WORD

TITLES = frozenset(["wikipedia-titles"])
TECHNICAL = frozenset("laws-canada-terms iso-codes esco osm-id-schema franceterme".split())
KINDS = {"noun": "n", "verb": "v", "adj": "a", "adv": "d", "acronym": "A", "verb phrase": "V"}
FEW_TITLES = 3  # Wikipedias in other languages that a pair of titles must be found through
# Pairs in which the English should have come up once, and now and then.
FEW_PAIRS, MANY_PAIRS = 10, 30
_NOTE = re.compile(r"c=(\d+)/(\d+)")
_TITLES = re.compile(r"\bn=(\d+)")
_ZIPF = re.compile(r"z=([\d.]+)")
_MARKED = re.compile(
    r"\b(?:vulgar|offensive|derogatory|pejorative|slang|slur|obsolete|archaic|dated|rare"
    r"|nonstandard|verlan|argot|injur)",
    re.IGNORECASE,
)
_ODD = re.compile(r"[\[\]{}<>=+/\\|~;:!?…_%\"“”«»*@#&]|\.\.|^[-.'’]|-$|\d{3}")
_SLOTS = re.compile(
    r"\b(?:someone|something|somebody|qqn|qqch|quelqu'un|quelque chose|sb|sth)\b", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Words nobody wants to see in print by surprise, in rot13.
_RUDE = frozenset(
    codecs.decode(
        """shpx shpxvat shpxre shpxrq shpxf zbgureshpxre fuvg fuvggl ohyyfuvg phag phagf ovgpu
        ovgpurf onfgneq onfgneqf juber juberf fyhg fyhgf pbpx pbpxfhpxre qvpx qvpxurnq chffl gjng
        jnax jnaxre nffubyr nefrubyr nefr nff ohttre ohttrerq cvff cvffrq penc pencf gheq gheqf
        snttbg snt snttbgf qlxr avttre avttref avttn jbt fcvp xvxr puvax cnxv gvgf gvggl gvggvrf
        obbovrf obbof oybjwbo phz wvmz onyyfnpx sneg snegf fubg-gur-fuvg fpebghz ergneq ergneqf
        genaal fuvgubhfr tbqqnza tbqqnzzvg pyvg qvyqb ubeal chff pbba tbbx qntb jrgonpx pbpxf
        qvpxf chffvrf ubzb fbqbzvgr uneybg fgehzcrg gebyybc cevpx cevpxf obyybpxf xabo gbffre
        neffubyr nanytrfvn-shpx xrvfre fpehobre ohgg ohggubyr fzhg fuvgf nffrf bessbjre""",
        "rot13",
    ).split()
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One English counterpart of a French head, both in everyday spelling.

    ``sources`` counts those that have it, one written for this project for three; ``weight`` says
    how far it is believed beside others of the same head.
    """

    head: str
    english: str
    kind: str
    sources: int
    weight: float


RUDE_FRENCH = frozenset(
    codecs.decode(
        """zreqr zreqvdhr rzzreqre rzzreqrhe chgnva chgr rapuyé raphyé raphyre ovgr pba pbaar
        pbaaneq fnybcr fnybcrevr phy puvre sbhger pbhvyyr pbhvyyrf avdhre oenayre oenayrhe cvffre
        crqé tbhvar gncrggr céqé obhtabhyr aèter artre lbhcva gneybhmr""",
        "rot13",
    ).split()
)


def rude(english: str) -> bool:
    """Whether a rendering holds a word that is never offered."""
    return any(word in _RUDE for word in WORD.findall(english.lower()))


def _clean(text: str) -> str:
    """A head or rendering without brackets, with straight apostrophes and single spaces."""
    return " ".join(_BRACKETS.sub("", text).replace("’", "'").split()).strip(" .,")


def _kind(label: str, head: str, english: str) -> str:
    if label.startswith("name"):
        return "N" if head[0].isupper() else "n"
    if label == "phrase":
        return "p" if " " in head else ""
    if label == "noun" and head[0].isupper() and english[0].isupper() and not head.isupper():
        return "P"  # a Dane: written with a capital, unlike what is Danish
    return KINDS.get(label, "")


def _unfit(head: str, english: str) -> bool:
    """Whether either side is no plain term: empty, odd, too long, rude, or a function word."""
    words = WORD.findall(plain(head))
    if not words or not english or _ODD.search(head) or _ODD.search(english) or rude(english):
        return True
    if len(words) > LONGEST or len(english.split()) > LONGEST + 1:
        return True
    if not RUDE_FRENCH.isdisjoint(words):
        return True
    function = words[0] in FRENCH_FUNCTION and words[0] != "été"
    return len(words) == 1 and (function or len(head) < 2)


def _doubtful(head: str, english: str, evidence: Evidence) -> bool:
    """Whether the corpora or the sources speak against a fact."""
    sources, share, pairs = evidence.sources, evidence.share, evidence.pairs
    alike = head.lower() == english.lower()
    if sources <= TITLES:
        least = FEW_TITLES * (1 if " " in head else 2)
        named = head[0].isupper() and alike
        return evidence.titles < least or named or (pairs > 0 and share < 0.3)
    if sources <= TECHNICAL and pairs >= 3 and share < 0.2:
        return True
    if sources == {"laws-canada-terms"}:
        return evidence.titles < 2 and pairs < 3
    if sources == {"iso-codes"} and alike:
        return True
    if "hand" in sources:
        return False
    never = pairs >= FEW_PAIRS and share == 0 and len(sources) == 1
    return never or (pairs >= MANY_PAIRS and share < 0.02 and len(sources) < 3)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a line says for its fact; ``share`` of ``pairs`` with the French have the English."""

    sources: frozenset[str]
    hits: int
    pairs: int
    titles: int

    @property
    def share(self) -> float:
        """The share of pairs, 0 where none was looked at."""
        return self.hits / self.pairs if self.pairs else 0.0

    @property
    def weight(self) -> float:
        """How far the fact is believed beside others of the same word."""
        weight = {1: 0.6, 2: 1.5, 3: 2.5}.get(len(self.sources), 3.5)
        if "hand" in self.sources:
            weight *= 3
        if self.pairs:
            weight *= 0.15 + 3 * (self.hits + 0.5) / (self.pairs + 2)
        return weight


def _evidence(names: str, note: str) -> Evidence:
    pairs, titles = _NOTE.search(note), _TITLES.search(note)
    return Evidence(
        frozenset(names.split("+")),
        int(pairs[1]) if pairs else 0,
        int(pairs[2]) if pairs else 0,
        int(titles[1]) if titles else 0,
    )


def _believed(row: list[str]) -> Fact | None:
    """The fact of a line, or None where it is not to be trusted."""
    head, english, label, names, note = (*row, "")[:5]
    if _MARKED.search(note) or _SLOTS.search(head) or _SLOTS.search(english):
        return None
    head, english = _clean(head), _clean(english)
    if label.startswith("verb"):
        english = re.sub(r"^to ", "", english, flags=re.IGNORECASE)
        head = re.sub(r"^(?:se |s')", "", head)
    if head[:1].islower() or not label.startswith("name"):
        head = re.sub(r"^(?:l'|(?:le|la|les|un|une|des|du) )", "", head, flags=re.IGNORECASE)
        english = english.removeprefix("the ")
    evidence = _evidence(names, note)
    if _unfit(head, english) or _doubtful(head, english, evidence):
        return None
    known = len(evidence.sources) + 2 * ("hand" in evidence.sources)
    return Fact(head, english, _kind(label, head, english), known, evidence.weight)


def read(path: Path) -> dict[str, list[Fact]]:
    """Read the facts that may be trusted, by head, the most believed first."""
    return grouped(line.split("\t") for line in lines(path))


def grouped(rows: Iterable[list[str]]) -> dict[str, list[Fact]]:
    """The believed facts of some lines by French head; the earlier of equals comes first."""
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        fact = _believed(row)
        if fact is not None:
            facts[fact.head].append(fact)
    return {head: sorted(each, key=lambda fact: -fact.weight) for head, each in facts.items()}
