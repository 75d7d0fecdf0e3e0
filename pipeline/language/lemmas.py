"""A French word in; its dictionary form, and the verbs it may be a form of, out.

The dictionary is simplemma's. It holds one lemma a form and no parts of speech, so what a verb may
be is found by spelling an infinitive and looking whether the dictionary has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.language.conjugation import Form, irregular

# Ending of a past participle → endings of the infinitives it may come from.
_PARTICIPLES: Final = (
    ("ert", ("rir",)),  # ouvert
    ("mis", ("mettre",)),
    ("pris", ("prendre",)),
    ("quis", ("quérir",)),
    ("çu", ("cevoir",)),
    ("uit", ("uire",)),  # produit
    ("int", ("indre",)),  # éteint
    ("it", ("ire",)),  # écrit
    ("ait", ("aire",)),  # fait
    ("é", ("er",)),
    ("i", ("ir", "re")),  # parti, suivi
    ("u", ("re", "ir", "oir", "ire", "aître", "ure")),  # rendu, tenu, voulu, élu, connu, conclu
)
# Ending of a form of the present → endings of the infinitives.
_PRESENTS: Final = (
    ("e", ("er", "ir")),  # mesure, offre
    ("ent", ("er", "entir")),  # résident, dément
    ("uit", ("uire",)),
    ("at", ("attre",)),  # débat
    ("et", ("ettre",)),  # permet
    ("ert", ("ervir",)),  # dessert
    ("ort", ("ortir", "ormir")),  # ressort
    ("art", ("artir",)),
    ("it", ("ivre", "ire")),  # vit, dit
    ("ient", ("enir",)),  # tient
    ("int", ("indre",)),  # craint
)
# « Nous tenons », of tenir, where « les tenons » is of tenon; -ions is a noun's as often.
_OURS: Final = (("eons", ("er",)), ("çons", ("cer",)), ("ons", ("er", "ir", "re", "oir")))
# Forms that the lexicon says are of a rare verb (rentraire), by what they are of.
_MISREAD: Final = dict.fromkeys(["rentrais", "rentrait", "rentraient"], "rentrer")
# And of a present participle.
_GERUNDS: Final = (
    ("çant", ("cer",)),
    ("geant", ("ger",)),
    ("issant", ("ir",)),
    ("ant", ("er", "re", "ir")),
)


@lru_cache(maxsize=1 << 13)
def lemma(word: str) -> str:
    """The dictionary form of a French word, in lower case; the word itself where it has none."""
    import simplemma

    lower = word.lower()
    if base := _MISREAD.get(lower):
        return base
    return simplemma.lemmatize(lower, lang="fr").lower() if known(lower) else lower


@lru_cache(maxsize=1 << 13)
def known(word: str) -> bool:
    """Whether the dictionary has this form, given in lower case; it has no empty one."""
    import simplemma

    return bool(word) and simplemma.is_known(word, lang="fr")


def english_base(word: str) -> str:
    """The dictionary form of an English word, in lower case; "" where the dictionary has none.

    Names and nationalities are listed with their capitals.
    """
    import simplemma

    for form in filter(None, (word.lower(), word.title())):
        if simplemma.is_known(form, lang="en"):
            return simplemma.lemmatize(form, lang="en").lower()
    return ""


@lru_cache(maxsize=1 << 12)
def is_infinitive(word: str) -> bool:
    """Whether a word, in lower case, is a verb as the dictionary lists it.

    Nouns in -er, -re and -ir (quartier, mesure, tir) are told by the forms of a verb that they do
    not have.
    """
    if not word.endswith(("er", "ir", "ïr", "re")) or not known(word) or lemma(word) != word:
        return False
    stem = word[:-2]
    if word.endswith("er"):
        return any(lemma(stem + end) == word for end in ("ent", "ait", "ant", "eait"))
    if word.endswith("re"):
        if lemma(word[:-1] + "a") == word:
            return True  # vaincra, peindra
        # rendent, disent, écrivent, prennent, connaissent, faisaient
        cut = ((stem, "ent sent vent saient"), (stem[:-1], "nent"), (stem[:-2], "issent gnent"))
        return any(lemma(part + end) == word for part, ends in cut for end in ends.split())
    if lemma(word + "s") != word:
        return True
    # partait, voyait, finissait, recevait
    forms = [stem + end for end in ("ait", "yait", "issait")]
    forms += [stem.removesuffix("o") + end for end in ("ait", "eyait")]
    return any(lemma(form) == word for form in forms)


@lru_cache(maxsize=1 << 12)
def is_adverb(word: str) -> bool:
    """Whether a word in lower case is an adverb made of an adjective: rapidement, récemment.

    Nouns (gouvernement) are told by the plural that adverbs do not have.
    """
    if known(word + "s"):
        return False
    for ending, adjective in (("emment", "ent"), ("amment", "ant"), ("ment", "")):
        stem = word.removesuffix(ending) + adjective
        if word.endswith(ending) and known(stem) and not is_infinitive(lemma(stem)):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def may_be_participle(word: str) -> bool:
    """Whether a French word may be a past participle, of any gender and number: traité, parties."""
    lower = word.lower()
    irregular_one = any(
        form is Form.PARTICIPLE and (verb == "être" or is_infinitive(verb))
        for verb, form in irregular(lower)
    )
    return irregular_one or any(next(_origins(stem, _PARTICIPLES), None) for stem in _stems(word))


@lru_cache(maxsize=1 << 12)
def may_be_present(word: str) -> bool:
    """Whether a French word may be a verb in the third person of the present: mesure, président."""
    return any(next(_origins(form, _PRESENTS), None) for form in _accents(word))


@lru_cache(maxsize=1 << 12)
def may_be_gerund(word: str) -> bool:
    """Whether a French word may be a present participle: exploitant, dirigeant, remplaçant."""
    return next(_origins(word.lower(), _GERUNDS), None) is not None


@lru_cache(maxsize=1 << 12)
def infinitives(word: str) -> tuple[str, ...]:
    """The verbs that a French word may be a form of, the likeliest first: creusé, from creuser."""
    base = lemma(word)
    found = [base] if is_infinitive(base) else []
    others = [(verb, form) for verb, form in irregular(word.lower()) if is_infinitive(verb)]
    found += [verb for verb, form in others if form is Form.PARTICIPLE]
    for forms, endings in ((_stems(word), _PARTICIPLES), (_accents(word), _PRESENTS)):
        found += [verb for form in forms for verb in _origins(form, endings)]
    found += [verb for verb, _ in others]
    if not word.endswith("ions"):
        found += _origins(word.lower(), _OURS)
    return tuple(dict.fromkeys(found))


def _stems(word: str) -> tuple[str, ...]:
    """A word and what it may be the feminine or plural of."""
    lower = word.lower()
    return tuple(dict.fromkeys([lower, *(lower.removesuffix(end) for end in ("s", "e", "es"))]))


def _accents(word: str) -> tuple[str, ...]:
    """A word, and as its infinitive may be spelt: siège, from siéger; élève, from élever."""
    lower = word.lower()
    return tuple(dict.fromkeys([lower, lower.replace("è", "é"), lower.replace("è", "e")]))


def _origins(form: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    for ending, verbs in endings:
        if form.endswith(ending):
            yield from filter(is_infinitive, (form.removesuffix(ending) + verb for verb in verbs))
