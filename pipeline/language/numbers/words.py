"""Number words in, values out: the French and English vocabulary, as plain tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.language.months import MONTHS


@dataclass(frozen=True, slots=True)
class Language:
    """The number words of one language, lower case."""

    small: Mapping[str, int]
    ordinals: frozenset[str]
    scales: Mapping[str, int]
    loose: Mapping[str, tuple[int, ...]]
    months: Mapping[str, int]
    joiner: str
    joined: frozenset[str]
    ranks: frozenset[str]  # of the loose words, those that say which one
    french: bool


def _numbered(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    return {word: start + step * index for index, word in enumerate(words.split())}


def _loose(table: str) -> dict[str, tuple[int, ...]]:
    """Read "word,word:value,value …" into word → values."""
    found: dict[str, tuple[int, ...]] = {}
    for item in table.split():
        words, values = item.split(":")
        for word in words.split(","):
            found[word] = tuple(int(value) for value in values.split(","))
    return found


_FR_CARDINALS = (
    _numbered("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze")
    | _numbered("quinze seize", 15)
    | _numbered("vingt trente quarante cinquante soixante septante huitante nonante", 20, 10)
    | {"octante": 80}
)
_FR_ORDINALS = {
    {"cinq": "cinqu", "neuf": "neuv"}.get(word, word.removesuffix("e")) + "ième": value
    for word, value in _FR_CARDINALS.items()
    if word != "zéro"
}
_FR_ORDINALS |= {word + "s": value for word, value in _FR_ORDINALS.items()}
_FRENCH = Language(
    small=_FR_CARDINALS | _FR_ORDINALS | {"une": 1, "vingts": 20},
    ordinals=frozenset(_FR_ORDINALS) | {"centième", "millième", "millionième"},
    scales={"cent": 100, "cents": 100, "centième": 100, "mille": 1000, "millième": 1000}
    | {"million": 10**6, "millions": 10**6, "millionième": 10**6}
    | {"milliard": 10**9, "milliards": 10**9}
    | {"billion": 10**12, "billions": 10**12, "trillion": 10**18, "trillions": 10**18},
    loose=_loose(
        "premier,première,premiers,premières,seul,seule,unique:1 second,seconde,double,paire:2 "
        "biennal,biennale:2 "
        "tiers,triple,trio,triplette,triplettes,tripler,trimestre,trimestriel,trimestrielle,tripartite,trilatéral,"
        "trilatérale,trimestres,triennal,triennale:3 "
        "quart,quarts,quadruple,quadrupler,quadriennal,quadriennale:4 quinquennal,quinquennale,"
        "quinquennat:5 semestre,semestres,semestriel,semestrielle:6 hebdomadaire,semaine:7 "
        "dizaine,dizaines,décennie,décennies,décennal,décennale,décimal,dixièmes:10,12 "
        "douzaine,douzaines:12,10 quinzaine:15,14,2 quarantaine:40 semaines:7,14 "
        "centaine,centaines,siècle,siècles,centenaire,centenaires,centennal,centennale,"
        "pourcent,centième:100 "
        "millier,milliers,millénaire,mil:1000 midi:12 minuit:12,0 aucun,aucune,nul,nulle:0 "
        "demi,demie:30"
    )
    | {word.rstrip("s") + "ment": (value,) for word, value in _FR_ORDINALS.items()}
    | {word: (value,) for word, value in _numbered("vingtaine trentaine", 20, 10).items()}
    | {"cinquantaine": (50,), "soixantaine": (60,), "cinquantenaires": (50,)}
    | {"cinquantenaire": (50,), "bicentenaire": (200,), "tricentenaire": (300,)}
    | {
        f"{word}naire{plural}": (value,)
        for word, value in _numbered(
            "trente quadragé quinquagé sexagé septuagé octogé nonagé", 30, 10
        ).items()
        for plural in ("", "s")
    },
    months=_numbered(" ".join(MONTHS["fr"]), 1)
    | {"janv": 1, "févr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12},
    joiner="et",
    joined=frozenset(["un", "une", "onze", "unième", "unièmes", "onzième"]),
    ranks=frozenset(["premier", "première", "premiers", "premières", "second", "seconde"]),
    french=True,
)

_EN_CARDINALS = (
    _numbered("zero one two three four five six seven eight nine ten eleven twelve thirteen")
    | _numbered("fourteen fifteen sixteen seventeen eighteen nineteen", 14)
    | _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
)
_EN_IRREGULAR = {"two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_EN_IRREGULAR |= {"nine": "ninth", "twelve": "twelfth", "one": "first"}
_EN_ORDINALS = {
    _EN_IRREGULAR.get(word, re.sub("y$", "ie", word) + "th"): value
    for word, value in _EN_CARDINALS.items()
    if value
}
_EN_ORDINALS |= {word + "s": value for word, value in _EN_ORDINALS.items() if value > 1}
EN_DECADES = _numbered("twenties thirties forties fifties sixties seventies eighties nineties", 2)
_ENGLISH = Language(
    small=_EN_CARDINALS | _EN_ORDINALS,
    ordinals=frozenset(_EN_ORDINALS) | {"hundredth", "thousandth", "millionth"},
    scales={"hundred": 100, "hundredth": 100, "thousand": 1000, "thousandth": 1000}
    | {"million": 10**6, "millionth": 10**6, "billion": 10**9, "trillion": 10**12},
    loose=_loose(
        "a,an,single,once,sole,only:1 both,pair,couple,twice,double,either,two:2 "
        "thrice,triple,trio,triad,tripled,threefold,trilateral,tripartite,quarterly:3 "
        "quarter,quarters:4,3,15 fourfold,quadruple,quadrupled:4 fivefold:5 "
        "new:9 week,weekly:7,8 weeks,fortnight:15,14,8 fortnightly:15 semester,biannual:6 "
        "dozen,dozens:12,10 score,scores:20 decade,decades:10 century,centuries,hundreds:100 "
        "centenary,centennial:100 bicentenary,bicentennial:200 "
        "thousands,millennium:1000 millions:1000000 billions:1000000000 percent:100 "
        "noon:12 midday:12 midnight:12,0,24 no,none,nil,nought:0 half:30"
    )
    | {f"{word}ly": (value,) for word, value in _EN_ORDINALS.items() if value > 1}
    | {f"{word}s": (value,) for word, value in _EN_CARDINALS.items() if 2 < value < 13},
    months=_numbered(" ".join(MONTHS["en"]).lower(), 1)
    | _numbered("jan feb mar apr may jun jul aug sep oct nov dec", 1)
    | {"sept": 9},
    joiner="and",
    joined=frozenset(_EN_CARDINALS) | frozenset(_EN_ORDINALS) | {"hundred"},
    ranks=frozenset(),
    french=False,
)
LANGUAGES = {"fr": _FRENCH, "en": _ENGLISH}
