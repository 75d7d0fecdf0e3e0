"""A word in; its regular inflected forms out, French and English.

Rules of spelling, which know new words and names too. They also make forms that do not exist, which
is harmless, because a form only counts where a text contains it. What would hurt is a form that is
another word (« appel » → « appelle »): feminines are therefore made for the endings of adjectives
and of persons alone, and not where the dictionary has a verb or an exception is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.language.lemmas import is_infinitive, lemma
from pipeline.language.small_words import NEVER_INFLECTED

# Masculine ending → feminine endings; the first that fits wins.
_FEMININES: Final = (
    ("teur", ("trice", "teuse", "teure")),
    ("deur", ("deuse", "deure", "deresse")),
    ("eur", ("euse", "eure")),
    ("ien", ("ienne",)),
    ("éen", ("éenne",)),
    ("eux", ("euse",)),
    ("if", ("ive",)),
    ("el", ("elle",)),
    ("er", ("ère",)),
    ("ment", ()),
    *((end, (end + "e",)) for end in ("al", "ais", "ois", "ain", "ant", "ent", "and", "at", "é")),
)
_IRREGULAR_FEMININES: Final = {
    "bas": ("basse",),
    "beau": ("bel", "belle"),
    "blanc": ("blanche",),
    "bon": ("bonne",),
    "bref": ("brève",),
    "cadet": ("cadette",),
    "chaud": ("chaude",),
    "chef": ("cheffe",),
    "cher": ("chère",),
    "complet": ("complète",),
    "concret": ("concrète",),
    "consul": ("consule",),
    "courtisan": ("courtisane",),
    "discret": ("discrète",),
    "doux": ("douce",),
    "espagnol": ("espagnole",),
    "faux": ("fausse",),
    "favori": ("favorite",),
    "fou": ("fol", "folle"),
    "fécond": ("féconde",),
    "frais": ("fraîche",),
    "franc": ("franche",),
    "gourmand": ("gourmande",),
    "gras": ("grasse",),
    "grec": ("grecque",),
    "gros": ("grosse",),
    "haut": ("haute",),
    "inquiet": ("inquiète",),
    "jaloux": ("jalouse",),
    "jumeau": ("jumelle",),
    "kosovar": ("kosovare",),
    "laïc": ("laïque",),
    "las": ("lasse",),
    "long": ("longue",),
    "marchand": ("marchande",),
    "mou": ("mol", "molle"),
    "muet": ("muette",),
    "métis": ("métisse",),
    "net": ("nette",),
    "neuf": ("neuve",),
    "nouveau": ("nouvel", "nouvelle"),
    "nu": ("nue",),
    "né": ("née",),
    "ouïghour": ("ouïghoure",),
    "pachtoun": ("pachtoune",),
    "patient": ("patiente",),
    "patron": ("patronne",),
    "peul": ("peule",),
    "public": ("publique",),
    "roux": ("rousse",),
    "sec": ("sèche",),
    "secret": ("secrète",),
    "sourd": ("sourde",),
    "substitut": ("substitute",),
    "tiers": ("tierce",),
    "turc": ("turque",),
    "veuf": ("veuve",),
    "vieux": ("vieil", "vieille"),
    "voisin": ("voisine",),
    "élu": ("élue",),
    "épais": ("épaisse",),
}
# Nouns whose "feminine" is another noun, or an adjective's (une puissance montante), and verbs that
# have none (prier, une prière). Where it is a verb (mandat, il mandate), the lemma tells.
_NO_FEMININE: Final = frozenset(
    """armé cafetier capital carrier charnier chevalier courant croissant curé fourrier glacier
    gland grain gravier lisier manier mitrailleur montant moteur parti point portier poudrier prier
    pâté sablier tournant train volant""".split()
)
_BEFORE_VOWELS: Final = {"bel": "beau", "nouvel": "nouveau", "vieil": "vieux"}
_SHORTEST_WITH_FEMININE: Final = 5
_IRREGULAR_PLURALS: Final = {
    "ciel": "cieux",
    "madame": "mesdames",
    "monsieur": "messieurs",
    "oeil": "yeux",
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a French word, by number; an invariable word has the same in both."""

    singular: frozenset[str]
    plural: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Both numbers together."""
        return self.singular | self.plural


def inflects(word: str) -> bool:
    """Whether a French word may have other forms."""
    plain = word.isalpha() and len(word) > 1 and not word.isupper()
    return plain and word.lower() not in NEVER_INFLECTED


@lru_cache(maxsize=1 << 15)
def french_forms(word: str) -> Forms:
    """Singular and plural, masculine and feminine, of a French word given in the singular.

    Function words, words with digits, single letters and words in capitals do not inflect.
    A capital first letter is kept.
    """
    if not inflects(word):
        return Forms(frozenset([word]), frozenset([word]))
    before_vowel = _BEFORE_VOWELS.get(word.lower())
    if before_vowel:
        return french_forms(word[0] + before_vowel[1:])
    singular = {word, *_feminines(word)}
    return Forms(frozenset(singular), frozenset(p for s in singular for p in _french_plurals(s)))


def has_feminine(word: str) -> bool:
    """Whether what looks like the feminine of a French word is a form of it."""
    return word.lower() not in _NO_FEMININE


def shown_forms(text: str) -> str:
    """The forms that the rules of spelling make of each word of a term, for people to read."""
    return re.sub(r"[^\W\d_]+", lambda found: "/".join(_own_first(found[0])), text)


def _own_first(word: str) -> list[str]:
    return [word, *sorted(french_forms(word).all - {word})]


def _feminines(word: str) -> tuple[str, ...]:
    lower = word.lower()
    if lower in _IRREGULAR_FEMININES:
        return tuple(word[0] + form[1:] for form in _IRREGULAR_FEMININES[lower])
    if len(word) < _SHORTEST_WITH_FEMININE or not has_feminine(word):
        return ()
    for ending, feminine in _FEMININES:
        if word.endswith(ending):
            forms = (word.removesuffix(ending) + new for new in feminine)
            return tuple(form for form in forms if not is_infinitive(lemma(form)))
    return ()


def _french_plurals(word: str) -> tuple[str, ...]:
    irregular = _IRREGULAR_PLURALS.get(word.lower())
    if irregular:
        return (word[0] + irregular[1:],)
    if word.endswith(("s", "x", "z")):
        return (word,)
    if word.endswith("al"):
        return (word.removesuffix("l") + "ux", word + "s")
    if word.endswith("ail"):
        return (word + "s", word.removesuffix("il") + "ux")
    if word.endswith(("au", "eu", "ou")):
        return (word + "x", word + "s")
    if word.endswith(("ch", "sh")):
        return (word + "s", word + "es")  # sandwiches
    return (word + "s",)


# The ends of words, the first that fits counts: "woman" before "man".
_ENGLISH_IRREGULAR: Final = {
    "alumnus": ("alumni",),
    "appendix": ("appendices", "appendixes"),
    "axis": ("axes",),
    "bacillus": ("bacilli",),
    "bacterium": ("bacteria",),
    "cactus": ("cacti", "cactuses"),
    "calf": ("calves",),
    "chassis": ("chassis",),
    "chateau": ("chateaux", "chateaus"),
    "child": ("children",),
    "corpus": ("corpora", "corpuses"),
    "criterion": ("criteria",),
    "curriculum": ("curricula", "curriculums"),
    "dwarf": ("dwarfs", "dwarves"),
    "foot": ("feet",),
    "fungus": ("fungi",),
    "genus": ("genera",),
    "datum": ("data",),
    "goose": ("geese",),
    "half": ("halves",),
    "hoof": ("hooves", "hoofs"),
    "index": ("indexes", "indices"),
    "knife": ("knives",),
    "larva": ("larvae",),
    "leaf": ("leaves",),
    "life": ("lives",),
    "loaf": ("loaves",),
    "louse": ("lice",),
    "matrix": ("matrices",),
    "medium": ("media", "mediums"),
    "memorandum": ("memoranda", "memorandums"),
    "mouse": ("mice",),
    "nucleus": ("nuclei",),
    "person": ("people", "persons"),
    "phenomenon": ("phenomena",),
    "quiz": ("quizzes",),
    "radius": ("radii",),
    "scarf": ("scarves", "scarfs"),
    "self": ("selves",),
    "sheaf": ("sheaves",),
    "shelf": ("shelves",),
    "stimulus": ("stimuli",),
    "stratum": ("strata",),
    "tableau": ("tableaux",),
    "terminus": ("termini", "terminuses"),
    "thief": ("thieves",),
    "tooth": ("teeth",),
    "vertex": ("vertices",),
    "wharf": ("wharves", "wharfs"),
    "wife": ("wives",),
    "wolf": ("wolves",),
    "woman": ("women",),
    "man": ("men",),
}
# As they are, and not as the ends of words: a fox, a bookshelf.
_ENGLISH_ALONE: Final[dict[str, tuple[str, ...]]] = {
    "debris": (),
    "elf": ("elves",),
    "media": (),
    "nightlife": (),
    "ox": ("oxen",),
    "passerby": ("passersby",),
    "wildlife": (),
}
# One that ends like these is no compound of them: a blouse, a human, a talisman.
_REGULAR: Final = tuple("blouse german human mongoose norman ottoman roman shaman talisman".split())
_ENGLISH_INVARIABLE: Final = frozenset(
    """access advice agriculture aircraft ammunition applause asbestos asparagus baggage barley
    bedding beef bloodshed breastfeeding broccoli bureaucracy camping cannabis cash cattle
    celery chaos childcare cholera cinematography clothing cocaine commuting cooking corn
    courage crockery cutlery dancing debris deer deforestation drizzle dung ecology electricity
    equipment evidence feedback firewood fish fishing foliage forestry freight fun furniture
    gambling garbage gardening garlic gasoline graffiti gravel gunfire hail handwriting
    happiness harassment harm hay heroin hiking homework hospitality housework housing
    hovercraft humidity hunting hygiene information intelligence ivory jewellery jewelry
    kindness knowledge krill laughter leisure lightning livestock logistics luck luggage lumber
    machinery maize malaria malnutrition manure merchandise mining mud music mutton nonsense
    nursing offspring overcrowding parenting parsley personnel petrol plankton plumbing plywood
    poaching police pollution pork poultry poverty prey progress propaganda quicksand recycling
    research rice rubble rye safety saffron sailing salmon scaffolding seafood seaweed sewage
    sheep shelling shipping shopping shrapnel signage skiing slang sleet smog soya spacecraft
    spam spinach staff stationery sunlight sunshine swimming swiss thunder tinnitus tourism
    traffic trafficking transportation trout unemployment unrest vandalism veal vegetation
    venison violence warfare wealth weaponry welfare wheat wildlife woodwork workmanship
    wreckage yoga""".split()
)
# Singulars that end in a single s, as plurals do, those in -ch that only take an s, and those in -o
# that rather take -es.
_SINGULAR_IN_S: Final = frozenset(
    "alias atlas bias canvas christmas gas lens pancreas rhinoceros summons texas".split()
)
_ONLY_S: Final = re.compile(r"(?:^(?:epoch|stomach)|(?:mon|patri|matri)arch)$")
_IN_OES: Final = frozenset(
    """buffalo cargo echo embargo go hero mango mosquito negro potato tomato tornado torpedo
    veto volcano""".split()
)
_SHORTEST_LATIN: Final = 7  # letters: stadia, but no alba
_HEAD_ENDS: Final = frozenset(
    "against at by d de des du for from in of on to under with without".split()
)
_BEFORE_NOUNS: Final = _HEAD_ENDS - {"d", "de", "des", "du"} | {"behind", "off", "out"}
# Titles whose noun comes first although no preposition follows: attorneys general.
_FIRST_NOUNS: Final = frozenset(
    {"attorney", "consul", "director", "governor", "inspector", "secretary"}
)
_DEMONYM_ENDINGS: Final = ("an", "ch", "ese", "i", "ish", "sh")
_ADJECTIVE_ENDINGS: Final = tuple("atic ical ish itary lateral omic onal ous".split())
# Nouns that end as adjectives do.
_NO_ADJECTIVES: Final = frozenset(
    """blemish comic dignitary dish fanatic fetish finish flourish garnish lunatic parish polish
    radish relish skirmish varnish wish""".split()
)


def english_plurals(word: str) -> tuple[str, ...]:
    """The regular plurals of an English noun, the usual one first; () if it seems to be one."""
    lower = word.lower()
    if lower in _ENGLISH_INVARIABLE or not word.isalpha():
        return ()
    if lower in _ENGLISH_ALONE:
        return tuple(word[0] + plural[1:] for plural in _ENGLISH_ALONE[lower])
    if re.search(r"(?<!che)(?<!dioc)ese$|fish$|itis$|(?<!^)ware$|wear$", lower):
        return ()
    for singular, plurals in _ENGLISH_IRREGULAR.items():
        if lower.endswith(singular) and not lower.endswith(_REGULAR):
            if lower in ("spokesperson", "chairperson"):
                plurals = (*plurals[1:], plurals[0])
            return tuple(word[: len(word) - len(singular)] + plural for plural in plurals)
    if lower.endswith("sis"):
        return (word[:-2] + "es",)
    if lower.endswith("eau"):
        return (word + "s", word + "x")
    if lower.endswith("um") and len(word) >= _SHORTEST_LATIN:
        return (word + "s", word[:-2] + "a")
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return (word + "es",) if lower in _SINGULAR_IN_S else ()
    if re.search(r"[^aeiou]o$", lower):
        return (word + "es", word + "s") if lower in _IN_OES else (word + "s", word + "es")
    if _ONLY_S.search(lower):
        return (word + "s",)
    if re.search(r"(?:s|x|z|ch|sh)$", lower):
        return (word + "es",)
    if re.search(r"[^aeiou]y$", lower):
        return (word[:-1] + "ies",)
    return (word + "s",)


def english_plural_phrase(target: str, noun: bool) -> str:
    """A target in the plural: its head noun inflected, or unchanged where that would be wrong.

    ``noun`` says that the French word was written as a noun: demonyms ("North Korean") are only
    put in the plural then, because the adjective has none.
    """
    parts = re.split(r"([ \-'’])", target)
    words = parts[::2]
    if words[1:] and words[0].lower() in _BEFORE_NOUNS:
        return target  # "in camera"
    head = next((i for i, word in enumerate(words) if i and word.lower() in _HEAD_ENDS), 0) - 1
    if head < 0:
        head = len(words) - 1
        if head and words[-1].lower() == "general" and words[-2].lower() in _FIRST_NOUNS:
            head -= 1
    word = words[head]
    demonym = word[:1].isupper() and word.endswith(_DEMONYM_ENDINGS)
    adjective = word.endswith(_ADJECTIVE_ENDINGS) and word not in _NO_ADJECTIVES
    if (demonym and not noun) or adjective or word.isupper():
        return target
    plurals = english_plurals(word)
    if plurals:
        parts[2 * head] = plurals[0]
    return "".join(parts)
