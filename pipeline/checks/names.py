"""A case in, a finding out where a proper name of the source has no counterpart in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.base import Case, Check, Cover, Dimension, Span
from pipeline.language.alterations import acronyms, altered, is_near
from pipeline.language.articles import (
    FRENCH_ARTICLE_BEFORE,
    FRENCH_ARTICLE_OR_CONTRACTION_BEFORE,
    FRENCH_ARTICLES,
)
from pipeline.language.dictionary import dictionary
from pipeline.language.lexicon import content, lexicon, stem_of
from pipeline.language.numbers.forms import SHORT_SCALES
from pipeline.language.small_words import FRENCH_ONLY
from pipeline.language.words import Word, words
from pipeline.model import Doubt, Severity
from pipeline.text import fold

ID = "names"
_MOST = 60  # names a segment; beyond it edit distances would cost more than they tell
_LONGEST = 40  # letters
_USUAL = 2.5  # weight of an absent counterpart above which a name has one English form
_JOINED = re.compile("[ \u00a0\u202f]|[-\u2010\u2011]|\\. ?")
_ARTICLES = tuple(article.capitalize() for article in FRENCH_ARTICLES)
_QUOTES, _CLOSING = ("«", "“", '"'), ("»", "”", '"')
_NUMERAL = re.compile("[IVXL]+(?:e|er|re|es)?")
_ABBREVIATIONS = ("MM", "Mme", "Mlle", "Dr", "Pr", "Me", "Mgr", "St", "Ste")
_BREAK = re.compile(r"[.!?…:«“\"(—–•]")
# What may precede a name and is translated apart from it.
_TITLES = frozenset(
    "mme mmes mlle monsieur madame mademoiselle messieurs mesdames monseigneur docteur professeur "
    "president presidente ministre premier chancelier commissaire pape roi reine prince princesse "
    "empereur duc duchesse comte comtesse vicomte vicomtesse seigneur lord sir lady saint "
    "sainte".split()
)
# Common nouns that open the names of states and institutions: English often has another name, or
# an acronym ("l'Union" and "the EU").
_NOUNS = frozenset(
    "union republique royaume etat etats nation nations federation confederation communaute "
    "parlement assemblee senat congres conseil commission comite cour tribunal ministere "
    "gouvernement secretaire secretariat bureau office agence organisation association institut "
    "banque fonds programme conference convention traite charte constitution pacte accord accords "
    "universite faculte ecole armee eglise internet premier monsieur".split()
)

# Names whose English is another one, and which texts of the lexicon seldom have; folded.
_EXONYMS: dict[str, tuple[str, ...]] = {
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
class _Name:
    """Capitalised words in a row."""

    parts: tuple[Word, ...]

    @property
    def span(self) -> Span:
        return self.parts[0].start, self.parts[-1].end


def _names(text: str) -> list[_Name]:
    """Capitalised words inside the sentence, grouped where only a space or hyphen parts them."""
    found: list[_Name] = []
    group: list[Word] = []
    previous, before = 0, ""
    starting = True
    for word in words(text):
        gap = text[previous : word.start]
        abbreviated = before in _ABBREVIATIONS or (len(before) == 1 and before.isupper())
        starting = starting or _BREAK.search(gap[1:] if abbreviated else gap) is not None
        proper = word.text[0].isupper() and word.text.isalpha() and not starting
        if group and not (proper and _JOINED.fullmatch(gap)):
            found.append(_Name(tuple(group)))
            group = []
        if proper:
            group.append(word)
        # An elided article leaves its noun at the start: "L'Iran".
        starting = starting and text[word.end : word.end + 1] in ("'", "’")
        previous, before = word.end, word.text
    if group:
        found.append(_Name(tuple(group)))
    return found


def proper_words(text: str) -> list[Word]:
    """Return the capitalised words inside the sentences of a text."""
    return [part for name in _names(text) for part in name.parts]


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


class _English:
    """The words of a translation, looked up by beginning, by consonants and by the lexicon."""

    def __init__(self, text: str) -> None:
        found = words(text)
        self.whole = {fold(word.text) for word in found}
        self.capitals = {fold(word.text) for word in found if word.text[0].isupper()}
        self.starts = {word[:3] for word in self.capitals if len(word) >= 3}
        self.long_starts = {word[:4] for word in self.whole if len(word) >= 4}
        # Three consonants suffice, so that an adjective answers too ("Maroc", "Moroccan").
        self.skeletons = {_skeleton(word)[:3] for word in self.capitals if len(word) >= 3}
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
        if len(name) < 5 or len(self.capitals) > _MOST or len(name) > _LONGEST:
            return False
        return any(is_near(name, other) for other in self.capitals)


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


def _run(case: Case) -> Iterator[Doubt]:
    covered = Cover(len(case.source), [(o.start, o.end) for o in case.occurrences])
    names = [name for name in _names(case.source)[:_MOST] if not covered.touches(*name.span)]
    if not case.target.strip():
        return
    yield from _acronyms(case, covered)
    if not names:
        return
    english = _English(case.target)
    capitals = [w for w in words(case.target) if w.text[0].isupper() and w.text[1:].islower()]
    own = {fold(word.text) for word in words(case.source)}
    for part in (part for name in names for part in name.parts if is_spelt(part)):
        if english.holds(part) or not (other := altered(part, capitals, own)):
            continue
        if not _is_in_phrase(case, part):
            message = f"The name “{part.text}” became “{other.text}”."
            spans = (part.start, part.end), (other.start, other.end)
            yield case.doubt(ID, Severity.LOOK, message, *spans)
    slight = None
    for name in names:
        lost = [part for part in name.parts if is_name(part) and not english.renders(part)]
        # With an article before it, an unknown name is one of a river, a people, a work: English
        # may well have another ("le Tessin", the Ticino).
        start = name.span[0]
        if FRENCH_ARTICLE_OR_CONTRACTION_BEFORE.search(case.source[max(0, start - 5) : start]):
            lost = [part for part in lost if stem_of(fold(part.text)) in lexicon().french]
        if not lost:
            continue
        last = lost[-1]
        if name.parts[-1] is not last:
            slight = slight or (last, "was left out of a longer name")
        elif _is_title(case.source, name) or not lexicon().is_name(fold(last.text)):
            slight = slight or (last, "may have been rendered otherwise")
        elif any(p.text[0] in acronym for acronym in _new_acronyms(case) for p in name.parts):
            slight = slight or (last, "was perhaps abbreviated")
        else:
            yield _doubt(case, Severity.LOOK, last, "does not appear in the translation")
            return
    if slight:
        yield _doubt(case, Severity.POLISH, *slight)


def _is_in_phrase(case: Case, name: Word) -> bool:
    """Whether a name belongs to a longer one that is rendered as a whole: Caroline du Nord."""
    answers = dictionary().answered(case.source, case.target)
    return any(
        answer.spans and answer.term.start <= name.start and name.end < answer.term.end
        for answer in answers.terms
    )


def _acronyms(case: Case, covered: Cover) -> Iterator[Doubt]:
    for found in acronyms(case.source, case.target):
        if covered.touches(*found.source):
            continue
        acronym = case.source[slice(*found.source)]
        if found.target:
            message = f"“{acronym}” became “{case.target[slice(*found.target)]}”."
            yield case.doubt(ID, Severity.LOOK, message, found.source, found.target)
        else:
            start, end = found.source
            # Given after its name, it may well be left out.
            explained = case.source[start - 1 : start] == "(" and case.source[end : end + 1] == ")"
            severity = Severity.POLISH if explained else Severity.LOOK
            message = f"“{acronym}” does not appear in the translation."
            yield case.doubt(ID, severity, message, found.source)


def _is_title(text: str, name: _Name) -> bool:
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


def _new_acronyms(case: Case) -> list[str]:
    """The acronyms of the translation that the source has not ("NSW")."""
    own = {word.text for word in words(case.source)}
    return [
        word.text
        for word in words(case.target)
        if word.text.isupper() and 2 <= len(word.text) <= 5 and word.text not in own
    ]


def _doubt(case: Case, severity: Severity, word: Word, what: str) -> Doubt:
    message = f"The name “{word.text}” {what}."
    return case.doubt(ID, severity, message, source_span=(word.start, word.end))


CHECK = Check(
    id=ID,
    title="Names",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "A capitalised name inside the French sentence has no similar word in the translation "
        "(same first three letters, at most two edits, or the same first three consonants), and "
        "none that the bundled lexicon knows to render it; or stands there with a letter or two "
        "changed, which neither lexicon and dictionary nor the habits of transliteration account "
        "for; or an acronym of three to six capitals is lost or changed, and neither a rendering "
        "that the dictionary knows nor words with its initials stand there."
    ),
    run=_run,
    notes=(
        "Asks for a look where the last word of a name is missing. It is a matter of form where "
        "another one is, as in a name given without its first name; where the name opens with a "
        "capital article, as titles do (“La Vipère”), or is a noun too; and where the translation "
        "has an acronym of its own with one of its initials (“NSW”), and an acronym "
        "in brackets that is left out. Left alone are acronyms where the translation has another "
        "one that is not alike, capitalised common nouns and unknown names with an article (“le "
        "Tessin”). What the glossary covers is the business of the terms check."
    ),
)
