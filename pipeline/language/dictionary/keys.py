"""A French or English text in; its words, their keys, and which of them carry meaning, out.

The tool that builds the dictionary and the module that reads it share these rules.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.language.french_words import BE, CLITICS, DETERMINERS, HAVE, LINKS, PRONOUNS
from pipeline.language.words import ENGLISH_COMMON, FRENCH_COMMON
from pipeline.text import fold

WORD: Final = re.compile(r"[^\W_]+")
# What may stand between two words of one term: nothing but a space, a hyphen or an apostrophe.
GAP: Final = re.compile(r"[ \u00a0\u202f\u2009]?['’ʼ\-‐‑ \u00a0\u202f\u2009]")
LONGEST: Final = 6  # words of a term

# Verbs that serve other verbs: English says them with auxiliaries, or not at all.
_SERVANTS: Final = """peux peut pouvons pouvez peuvent pouvait pouvaient pourra pourront pourrait
    pourraient pourrions pourriez pourrons puisse puissent pu dois doit devons devez doivent devait
    devaient devra devront devrait devraient devrions devriez devrons dû
    vais vas va allons allez vont
    fais fait faisons faites font faisait faisaient fera feront ferait feraient faire faite
    y voici voilà oui là là-bas ici très trop assez si aussi ainsi alors donc ne ni non rien
    celui celle ceux celles ceci cela lequel laquelle lesquels lesquelles auquel auxquels auxquelles
    duquel desquels desquelles quoi chacun chacune certains certaines autrui soi moi toi mien mienne
    tien sien tel telle tels telles afin parce lorsque puisque quoique jusqu lorsqu puisqu quoiqu
    peuvent pourrais pourras pouvais pouvez puis puissions puissiez pût doive doivent devais
    ferai ferais feras ferons ferez fasse fassent fasses fassions fassiez fît fit firent faisais
    irai iras ira irons irez iront irait irais iraient aille aillent allais allait allaient
    fus fût fussent fûmes serions seriez étions étiez soyez eus eut eût eussent aies ayant
    faut fallait faudra faudrait faille fallu bien également ah eh oh hé
    aujourd hui quelqu presqu etc mme mm or car comment pourquoi combien"""
_ENGLISH_MORE: Final = """cannot let lets else ever never yes oh well upon via per etc mr mrs ms
    shall ought whether though although since against among towards toward within without across
    himself herself itself themselves myself yourself ourselves don doesn didn isn aren wasn weren
    wouldn couldn shouldn hasn haven hadn"""
FRENCH_FUNCTION: Final = (
    FRENCH_COMMON
    | DETERMINERS
    | LINKS
    | CLITICS
    | PRONOUNS
    | HAVE
    | BE
    | frozenset(_SERVANTS.split())
) - frozenset("été cent cents mille deux trois quatre cinq six sept huit neuf dix".split())
ENGLISH_FUNCTION: Final = ENGLISH_COMMON | frozenset(_ENGLISH_MORE.split())


class Place(NamedTuple):
    """A word of a text and where it stands: ``lower`` is composed, without ligatures."""

    text: str
    lower: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text composed, in lower case, without ligatures: œ and æ are two letters."""
    return unicodedata.normalize("NFC", text).lower().replace("œ", "oe").replace("æ", "ae")


def places(text: str) -> list[Place]:
    """The words of a text with their spans in the text as it was given."""
    return [Place(m[0], _plain_word(m[0]), *m.span()) for m in _SPANS.finditer(text)]


# Words of texts that were not composed hold combining accents.
_SPANS: Final = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad])*")


@lru_cache(maxsize=1 << 16)
def _plain_word(word: str) -> str:
    return plain(word.replace("\u00ad", ""))


@lru_cache(maxsize=1 << 16)
def stem(lower: str) -> str:
    """A French word without accents and without the endings of plurals and feminines.

    "décisives" and "décisive" → "decisiv", "chevaux" → "cheval"; only ever compared with itself.
    """
    folded = fold(lower)
    if len(folded) > 4 and folded.endswith("aux") and not folded.endswith("eaux"):
        return folded[:-2] + "l"
    if len(folded) > 2 and folded[-1] in "sx":
        folded = folded[:-1]
    if len(folded) > 3 and folded[-1] == "e":
        folded = folded[:-1]
    return folded


def phrase_key(words: tuple[str, ...]) -> str:
    """The key of a term of several words, equal for singular and plural."""
    return " ".join(map(stem, words))


def is_content(lower: str, french: bool) -> bool:
    """Whether a word, in lower case, carries meaning of its own: letters, not a function word."""
    if len(lower) < 2 or not lower.isalpha():
        return False
    return lower not in (FRENCH_FUNCTION if french else ENGLISH_FUNCTION)
