"""A French word in; the irregular verbs it may be a form of that endings do not tell, out.

Of each verb its simple past (« il ») and its participle are listed, as grammars do (Bescherelle,
"La conjugaison pour tous"); the other persons, the imperfect subjunctive and the agreement follow
from them, and compounds (reconnaître, entrevoir) are conjugated as what they are made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import Final

# Infinitive, third person of the simple past, participle.
_VERBS: Final = """
    être fut été|avoir eut eu|faire fit fait|dire dit dit|pouvoir put pu|aller alla allé
    voir vit vu|savoir sut su|vouloir voulut voulu|venir vint venu|tenir tint tenu
    falloir fallut fallu|devoir dut dû|croire crut cru|prendre prit pris|mettre mit mis
    suivre suivit suivi|vivre vécut vécu|connaître connut connu|paraître parut paru
    naître naquit né|paître put pu|repaître reput repu|mourir mourut mort|partir partit parti
    sortir sortit sorti|sentir sentit senti|mentir mentit menti|servir servit servi
    dormir dormit dormi|courir courut couru|recevoir reçut reçu|apercevoir aperçut aperçu
    décevoir déçut déçu|concevoir conçut conçu|percevoir perçut perçu|lire lut lu|élire élut élu
    écrire écrivit écrit|décrire décrivit décrit|inscrire inscrivit inscrit
    prescrire prescrivit prescrit|proscrire proscrivit proscrit|souscrire souscrivit souscrit
    transcrire transcrivit transcrit|conduire conduisit conduit|duire duisit duit
    construire construisit construit|détruire détruisit détruit|instruire instruisit instruit
    cuire cuisit cuit|luire luisit -|nuire nuisit nui|boire but bu|plaire plut plu|taire tut tu
    rire rit ri|craindre craignit craint|plaindre plaignit plaint|contraindre contraignit contraint
    joindre joignit joint|poindre poignit point|oindre oignit oint|peindre peignit peint
    teindre teignit teint|feindre feignit feint|geindre geignit geint|ceindre ceignit ceint
    atteindre atteignit atteint|éteindre éteignit éteint|étreindre étreignit étreint
    astreindre astreignit astreint|restreindre restreignit restreint|enfreindre enfreignit enfreint
    empreindre empreignit empreint|vaincre vainquit vaincu|croître crût crû
    accroître accrut accru|décroître décrut décru|valoir valut valu|asseoir assit assis
    surseoir sursit sursis|acquérir acquit acquis|conquérir conquit conquis|requérir requit requis
    enquérir enquit enquis|quérir quit quis|ouvrir ouvrit ouvert|offrir offrit offert
    souffrir souffrit souffert|couvrir couvrit couvert|cueillir cueillit cueilli
    assaillir assaillit assailli|tressaillir tressaillit tressailli|bouillir bouillit bouilli
    fuir fuit fui|haïr haït haï|vêtir vêtit vêtu|résoudre résolut résolu|absoudre absolut absous
    dissoudre dissolut dissous|coudre cousit cousu|moudre moulut moulu|conclure conclut conclu
    exclure exclut exclu|inclure inclut inclus|suffire suffit suffi|pleuvoir plut plu
    mouvoir mut mû|émouvoir émut ému|promouvoir promut promu|pourvoir pourvut pourvu
    déchoir déchut déchu|échoir échut échu|battre battit battu|rompre rompit rompu
    perdre perdit perdu|mordre mordit mordu|tordre tordit tordu|rendre rendit rendu
    vendre vendit vendu|tendre tendit tendu|descendre descendit descendu|fendre fendit fendu
    fondre fondit fondu|répondre répondit répondu|répandre répandit répandu
"""
# Verbs whose participle never agrees.
_ALONE: Final = frozenset("falloir nuire plaire pleuvoir pouvoir rire suffire".split())
_LONG: Final = str.maketrans("aiu", "âîû")


class Form(Enum):
    """What a form of an irregular verb is: the simple past and the imperfect subjunctive are one.

    ``MANY`` is the simple past of several persons.
    """

    PAST = auto()
    MANY = auto()
    PARTICIPLE = auto()


def _long(stem: str) -> str:
    """The stem of a simple past with its vowel long, as before -mes, -tes and -t."""
    last = 2 if stem.endswith("n") else 1  # vîn-mes
    return stem[:-last] + stem[-last].translate(_LONG) + stem[len(stem) - last + 1 :]


def _past(past: str) -> Iterator[tuple[str, Form]]:
    stem = past.removesuffix("t")
    if stem.endswith("a"):
        first, many = stem[:-1] + "ai", stem[:-1] + "èrent"
    else:
        first, many = stem + "s", stem + "rent"
    singular = (first, stem + "s", past, stem + "sse", stem + "sses", _long(stem) + "t")
    plural = [_long(stem) + "mes", _long(stem) + "tes", many]
    plural += [stem + end for end in ("ssions", "ssiez", "ssent")]
    yield from ((form, Form.PAST) for form in singular)
    yield from ((form, Form.MANY) for form in plural)


def _participles(infinitive: str, participle: str) -> Iterator[tuple[str, Form]]:
    if participle == "-":
        return
    yield participle, Form.PARTICIPLE
    if infinitive in _ALONE:
        return
    stem = participle.replace("û", "u")  # dû, due
    feminine = stem[:-1] + "te" if stem.endswith("sous") else stem + "e"  # absous, absoute
    for form in (stem.removesuffix("s") + "s", feminine, feminine + "s"):
        yield form, Form.PARTICIPLE


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    return frozenset(entry.split()[0] for entry in _entries())


def _entries() -> list[str]:
    return [each for each in _VERBS.replace("\n", "|").split("|") if each.strip()]


def conjugated(infinitive: str) -> bool:
    """Whether the forms of a verb, or of what it is a compound of, are those listed here."""
    return any(infinitive[at:] in _listed() for at in range(len(infinitive)))


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[tuple[str, Form], ...]]:
    found: defaultdict[str, list[tuple[str, Form]]] = defaultdict(list)
    for entry in _entries():
        infinitive, past, participle = entry.split()
        for form, what in (*_past(past), *_participles(infinitive, participle)):
            found[form].append((infinitive, what))
    return {form: tuple(dict.fromkeys(verbs)) for form, verbs in found.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _table()))


def irregular(word: str) -> Iterator[tuple[str, Form]]:
    """The infinitives that a word in lower case may be an irregular form of, and what it is.

    Compounds may be no verbs (« début » is none of "déboire"): the caller looks.
    """
    # No form listed is longer: a string of any length is looked at in the same time.
    for at in range(max(0, len(word) - _longest()), len(word) - 1):
        for verb, form in _table().get(word[at:], ()):
            yield word[:at] + verb, form
