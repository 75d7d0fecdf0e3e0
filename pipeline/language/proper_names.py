"""A French text in, the proper names in it out, and whether an English one renders them.

A name is capitalised words in a row, inside a sentence: a capital that opens one says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pipeline.language.alterations import is_anothers, is_near
from pipeline.language.articles import FRENCH_ARTICLE_BEFORE, FRENCH_ARTICLES
from pipeline.language.lexicon import content, lexicon, stem_of
from pipeline.language.numbers.forms import SHORT_SCALES
from pipeline.language.small_words import FRENCH_ONLY
from pipeline.language.words import Word, words
from pipeline.text import fold

MOST_NAMES: Final = 60
"""As many a text are compared; beyond it edit distances would cost more than they tell."""

_LONGEST: Final = 40  # letters
_USUAL: Final = 2.5  # weight of an absent counterpart above which a name has one English form
_JOINED: Final = re.compile("[ \u00a0\u202f]|[-\u2010\u2011]|\\. ?")
_ARTICLES: Final = tuple(article.capitalize() for article in FRENCH_ARTICLES)
_QUOTES: Final = ("«", "“", '"')
_CLOSING: Final = ("»", "”", '"')
_NUMERAL: Final = re.compile("[IVXL]+(?:e|er|re|es)?")
_ABBREVIATIONS: Final = ("MM", "Mme", "Mlle", "Dr", "Pr", "Me", "Mgr", "St", "Ste")
_BREAK: Final = re.compile(r"[.!?…:«“\"(—–•]")
# What may precede a name and is translated apart from it.
_TITLES: Final = frozenset(
    "mme mmes mlle monsieur madame mademoiselle messieurs mesdames monseigneur docteur professeur "
    "president presidente ministre premier chancelier commissaire pape roi reine prince princesse "
    "empereur duc duchesse comte comtesse vicomte vicomtesse seigneur lord sir lady saint "
    "sainte".split()
)
# Common nouns that open the names of states and institutions: English often has another name, or
# an acronym ("l'Union" and "the EU").
_NOUNS: Final = frozenset(
    "union republique royaume etat etats nation nations federation confederation communaute "
    "parlement assemblee senat congres conseil commission comite cour tribunal ministere "
    "gouvernement secretaire secretariat bureau office agence organisation association institut "
    "banque fonds programme conference convention traite charte constitution pacte accord accords "
    "universite faculte ecole armee eglise internet premier monsieur".split()
)

# Names whose English is another one, and which texts of the lexicon seldom have; folded.
_EXONYMS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(others.split(","))
    for name, others in (
        pair.split(":")
        for pair in (
            "aix:aachen anvers:antwerp argovie:aargau bale:basel birmanie:burma,myanmar "
            "bombay:mumbai mumbai:bombay calcutta:kolkata madras:chennai pekin:beijing "
            "canton:guangzhou nankin:nanjing cantorbery:canterbury cornouailles:cornwall "
            "courtrai:kortrijk douvres:dover egee:aegean escaut:scheldt fribourg:freiburg "
            "galles:wales,welsh gand:ghent grisons:graubunden jourdain:jordan "
            "livourne:leghorn,livorno louvain:leuven malines:mechelen mayence:mainz orcades:orkney "
            "plaisance:piacenza pouilles:apulia,puglia ratisbonne:regensburg soleure:solothurn "
            "souabe:swabia,swabian tage:tagus tamise:thames tessin:ticino treves:trier "
            "zoug:zug ypres:ieper dunkerque:dunkirk flessingue:vlissingen,flushing "
            "haye:hague noel:christmas,carol,carols paques:easter pentecote:whitsun"
        ).split()
    )
}


@dataclass(frozen=True, slots=True)
class ProperName:
    """Capitalised words in a row."""

    parts: tuple[Word, ...]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.parts[0].start, self.parts[-1].end


def proper_names(text: str) -> list[ProperName]:
    """Capitalised words inside the sentence, grouped where only a space or hyphen parts them."""
    found: list[ProperName] = []
    group: list[Word] = []
    previous, before = 0, ""
    starting = True
    for word in words(text):
        gap = text[previous : word.start]
        abbreviated = before in _ABBREVIATIONS or (len(before) == 1 and before.isupper())
        starting = starting or _BREAK.search(gap[1:] if abbreviated else gap) is not None
        proper = word.text[0].isupper() and word.text.isalpha() and not starting
        if group and not (proper and _JOINED.fullmatch(gap)):
            found.append(ProperName(tuple(group)))
            group = []
        if proper:
            group.append(word)
        # An elided article leaves its noun at the start: "L'Iran".
        starting = starting and text[word.end : word.end + 1] in ("'", "’")
        previous, before = word.end, word.text
    if group:
        found.append(ProperName(tuple(group)))
    return found


def proper_words(text: str) -> list[Word]:
    """Return the capitalised words inside the sentences of a text."""
    return [part for name in proper_names(text) for part in name.parts]


def _skeleton(folded: str) -> str:
    """The consonants of a name, with the spellings French and English differ in made equal."""
    for french, english in (
        ("tch", "s"),
        ("sch", "s"),
        ("ch", "s"),
        ("sh", "s"),
        ("dj", "j"),
        ("ou", "w"),
        ("c", "k"),
        ("y", "i"),
        ("z", "s"),
    ):
        folded = folded.replace(french, english)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouwh]", "", folded))


class EnglishNames:
    """The words of a translation, looked up by beginning, by consonants and by the lexicon.

    ``own`` are the words of the French, folded: what answers one of them is not like another.
    """

    def __init__(self, text: str, own: Collection[str] = ()) -> None:
        found = words(text)
        self.whole = {fold(word.text) for word in found}
        self.capitals = {fold(word.text) for word in found if word.text[0].isupper()}
        self._new = self.capitals.difference(own)
        self.starts = {word[:3] for word in self._new if len(word) >= 3}
        self.long_starts = {word[:4] for word in self.whole.difference(own) if len(word) >= 4}
        # Three consonants suffice, so that an adjective answers too ("Maroc", "Moroccan").
        self.skeletons = {_skeleton(word)[:3] for word in self._new if len(word) >= 3}
        self.stems = {entry.stem for entry in content(text, "en")}

    def holds(self, word: Word) -> bool:
        """Whether the translation has a name, accents and letter case aside, or its other name."""
        name = fold(word.text)
        return name in self.whole or not self.whole.isdisjoint(_EXONYMS.get(name, ()))

    def renders(self, word: Word) -> bool:
        """Whether the translation has a word like the given name, or its usual rendering."""
        name = fold(word.text)
        if not self.whole.isdisjoint(_EXONYMS.get(name, ())):
            return True
        if name in self.whole or name[:3] in self.starts or name[:4] in self.long_starts:
            return True
        item = lexicon().french.get(stem_of(name))
        if item is not None and any(
            stem in self.stems or stem[:4] in self.long_starts for stem in item.counterparts
        ):
            return True
        skeleton = _skeleton(name)[:3]
        if len(skeleton) >= 2 and skeleton in self.skeletons:
            return True
        if len(name) < 5 or len(self.capitals) > MOST_NAMES or len(name) > _LONGEST:
            return False
        return any(is_near(name, other) and not is_anothers(name, other) for other in self._new)


def is_spelt(word: Word) -> bool:
    """Whether a capitalised word may be a name whose letters count: no title, no common noun."""
    name = fold(word.text)
    return (
        word.text[1:].islower()
        and name not in _TITLES
        and name not in _NOUNS
        and word.lower not in FRENCH_ONLY
        and (lexicon().is_name(name) or word.lower not in lexicon().shared)
    )


def is_name(word: Word) -> bool:
    """Whether a capitalised word is a name that English renders in one way, or keeps."""
    name = fold(word.text)
    if (
        len(word.text) < 3
        or _NUMERAL.fullmatch(word.text)
        or not word.text[1:].islower()
        or name in _TITLES
        or name in SHORT_SCALES
        or name in _NOUNS
        or word.lower in FRENCH_ONLY
    ):
        return False
    table = lexicon()
    item = table.french.get(stem_of(name))
    if not table.is_name(name):
        # A noun that both languages write alike opens many a name: "la Mission", "Forum".
        return item is not None and word.lower in table.shared and item.absent >= _USUAL
    return item is None or stem_of(name) in item.counterparts or item.absent >= _USUAL


def is_title(text: str, name: ProperName) -> bool:
    """Whether a name opens with a capital article, as the title of a work does ("La Vipère").

    An article that opens the sentence has its capital from there, and says nothing.
    """
    first = name.parts[0]
    opening = first.text in _ARTICLES
    article = None if opening else FRENCH_ARTICLE_BEFORE.search(text, 0, first.start)
    if not opening and not (article and article[0].istitle()):
        return False
    start = article.start() if article else first.start
    before = text[:start].rstrip()
    if before[-1:] in _QUOTES:
        return text[name.span[1] :].lstrip()[:1] in _CLOSING
    return bool(before) and not _BREAK.fullmatch(before[-1])
