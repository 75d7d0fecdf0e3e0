"""A text in, the language it is written in out: French, or one that is not to be translated.

By the small words that each language cannot do without. A text of few words, a list of names, a
table of figures is in no language that can be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.language.words import words

_SMALL: Final = {
    "fr": """le la les des du de un une et est que qui dans pour pas sur avec ce cette au aux par
        plus sont il elle nous vous je ne se son sa ses leur mais ou où à été être d l qu n s c
        j m t y me te ma ta mon ton mes tes cela ça rien jamais en on ont fait comme tout très
        sans sous si même entre après avant ces deux""",
    "en": """the of and to in is that for it was with as on be at by this are from have has not he
        she they his her which an or were been their will would but who had its than about into
        out up when more after there can s i you me my we our your what do did don t so if how
        where could just""",
    "de": """der die das und ist nicht ein eine einen zu den mit von für auf dem des im sich auch
        als wird sind bei aus nach wie es er sie wir hat wurde noch oder um am über""",
    "es": """el los las del que y en es una por con para como no más se su al lo pero sus le ya este
        sí porque esta entre cuando muy sin sobre también me hasta hay fue la de un""",
    "it": """il di che è la gli una per con non del della sono nel alla i le anche più come ma si da
        un dei delle dal su ha questo e lo al in""",
    "nl": """het een van en in is dat op te zijn met voor niet aan er om ook als maar door over bij
        naar uit nog de die wordt""",
    "pt": """os as do da que e em não uma para com por mais dos das é no na ao um o a se como foi
        seu sua ou ser""",
}
NAMES: Final = {
    "fr": "French",
    "en": "English",
    "de": "German",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "": "of another script",
}
OTHER_SCRIPT: Final = ""
_FEWEST = 6  # words of a text whose language can be told
_SHARE = 0.15  # of the words, how many small ones another language than French must have
_CLEARLY = 1.4  # how many times as many as French has
_LATIN_END: Final = "\u0250"
# What somebody else says.
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
# Signs that stand for words, and as how many letters each counts.
_SIGNS, _LETTERS_A_SIGN = "\u2e80", 3
_LONGEST_NAME = 30  # letters of another script that may be but a name
_MOST_OF_NAMES = 4  # times as many letters of another script as Latin ones in a French passage
_SETS: Final = {language: frozenset(small.split()) for language, small in _SMALL.items()}


def language_of(text: str) -> str | None:
    """Return the code of a text's language ("fr", "en", …), None where it cannot be told.

    ``OTHER_SCRIPT`` where most letters are no Latin ones, but for a name that stands alone, or
    beside a few words of French (« Тарас Шевченко à Paris »).
    """
    # Letters that are drawn for mathematics are Latin ones.
    text = unicodedata.normalize("NFKC", text)
    if len(said := _QUOTED.sub(" ", text).strip()) > 1 and any(map(str.isalpha, said)):
        text = said
    latin, other = _letters(text)
    found = [word.lower for word in words(text) if word.text.isalpha()]
    if other > latin:
        plain = [word for word in found if word[0] < _LATIN_END]
        if _spaced_words(text) < _FEWEST and _length(text) <= _LONGEST_NAME:
            return None
        if other > _MOST_OF_NAMES * latin or not _SETS["fr"].intersection(plain):
            return OTHER_SCRIPT
        found = plain
    if len(found) < _FEWEST:
        return None
    hits = {language: sum(word in small for word in found) for language, small in _SETS.items()}
    french = hits.pop("fr")
    foremost = max(hits, key=lambda language: hits[language])
    if hits[foremost] > _CLEARLY * french and hits[foremost] >= _SHARE * len(found):
        return foremost
    return "fr" if french >= _SHARE * len(found) else None


def _letters(text: str) -> tuple[int, int]:
    """Count the Latin letters of a text and the others."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(letter < _LATIN_END for letter in letters)
    return latin, len(letters) - latin


def _spaced_words(text: str) -> int:
    """Count the words of a text by their spaces: letters that bear marks are parted otherwise."""
    return sum(any(map(str.isalpha, word)) for word in text.split())


def _length(text: str) -> int:
    """Return the length of a text in letters; a sign of Chinese or Japanese is as long as some."""
    return sum(_LETTERS_A_SIGN if letter >= _SIGNS else letter.isalpha() for letter in text)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A passage that is not French: its place among those asked about, and its language."""

    place: int
    language: str
    text: str


def foreign(passages: Iterable[str]) -> tuple[tuple[Foreign, ...], float]:
    """Return the passages that are not French, and what share of the characters they are.

    Of the characters whose language can be told.
    """
    found, known = [], 0
    for place, passage in enumerate(passages):
        language = language_of(passage)
        known += len(passage) if language is not None else 0
        if language not in (None, "fr"):
            found.append(Foreign(place, str(language), passage))
    share = sum(len(each.text) for each in found) / known if known else 0.0
    return tuple(found), share
