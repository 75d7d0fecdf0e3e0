"""An entry of the dictionary and the French word it is met in, in; a term with renderings, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from pipeline.language.dictionary.context import WITHOUT
from pipeline.language.dictionary.english_forms import (
    gerund_phrase,
    lemmas,
    plural,
    verb_forms,
)
from pipeline.language.dictionary.entries import (
    CAPITALS,
    COPY,
    NAME,
    NOUNS,
    SURE,
    VERBS,
    Headword,
    Rendering,
    SourceTerm,
    cased,
)
from pipeline.language.dictionary.keys import Place
from pipeline.language.lemmas import english_base, is_infinitive, lemma
from pipeline.language.small_words import PRONOUNS

_POOLED: Final = 200.0  # occurrences of a form that its dictionary form counts for
PARTICIPLE: Final = ("é", "és", "ée", "ées")
# Auxiliaries of what English tells in its simple past.
JUST_PAST: Final = frozenset(["a", "ont", "ai", "avons", "avez", "est", "sont"])
# What stands before a noun in the plural that is spelt as in the singular: « les obus ».
_PLURAL: Final = frozenset(
    """les des ces mes tes ses nos vos leurs aux plusieurs quelques certains certaines deux trois
    quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent cents mille""".split()
)
_NO_SINGULAR: Final = frozenset(["alentours", "confins", "dépens", "environs", "gens", "secours"])


def word_term(
    place: Place,
    base: str,
    own: Headword | None,
    parent: Headword | None,
    opening: bool,
    before: str = "",
) -> SourceTerm:
    """What is known of one word, from its own entry and that of its dictionary form.

    The form's own counts go first; its dictionary form counts for a few occurrences more. The word
    ``before`` it may be its auxiliary.
    """
    capital = place.text[0].isupper()
    if parent and parent is not own and not capital:
        parent = _without_names(parent)
    seen = own.seen_in_all if own else 0
    found = {each.text.lower(): each for each in own.renderings} if own else {}
    if parent and parent is not own:
        form = own.form if own else place.lower
        found = _pooled(found, seen, parent, form, capital, before)
    elif own and before == WITHOUT and is_infinitive(base):
        told = {_inflected(each, base, base, capital, before)[0]: each for each in own.renderings}
        found = {text.lower(): replace(each, text=text) for text, each in told.items()}
    if are_many(place.lower, before) and (own is None or own.form == base):
        found = _in_plural(found.values())
    fitting = [each for each in found.values() if capital or each.kind not in CAPITALS]
    if not fitting:  # an adjective (hongroise), an acronym that has become a word (sida)
        fitting = [each for each in found.values() if each.kind != NAME]
    renderings = [cased(each, place.text, opening) for each in fitting]
    if not renderings and capital:
        renderings = [Rendering(place.text, COPY, COPY, NAME, COPY)]
    if (own and own.is_open) or (parent and parent.is_open):
        renderings = [replace(each, safe=0.0) for each in renderings]
    renderings.sort(key=lambda each: (each.safe < SURE, -each.probability))
    known = own.seen if own else 0
    return SourceTerm(
        place.start, place.end, place.text, base, known, seen, tuple(renderings), opening
    )


def name_term(place: Place, opening: bool) -> SourceTerm:
    """A name that stays as it is, although it is spelt as a word."""
    own = Rendering(place.text, COPY, COPY, NAME, COPY)
    return SourceTerm(place.start, place.end, place.text, place.lower, 0, 0, (own,), opening)


def without_verbs(term: SourceTerm) -> SourceTerm:
    """A term without what renders it as a verb, where it is none: « la relève »."""
    verb = is_infinitive(term.lemma) and term.surface.lower() != term.lemma
    kept = tuple(
        each for each in term.renderings if each.kind not in VERBS and not (verb and not each.kind)
    )
    return replace(term, renderings=kept)


def without_nouns(entry: Headword) -> Headword:
    """An entry without what renders it as a noun, where it is an adjective besides."""
    adjectives = tuple(each for each in entry.renderings if each.kind != "n")
    return replace(entry, renderings=adjectives) if adjectives else entry


def _without_names(entry: Headword) -> Headword:
    """An entry without what a word in small letters is not: « kényan » is no person."""
    common = tuple(each for each in entry.renderings if each.kind not in CAPITALS)
    return replace(entry, renderings=common) if common else entry


def _pooled(
    own: dict[str, Rendering], seen: int, parent: Headword, form: str, capital: bool, before: str
) -> dict[str, Rendering]:
    """The renderings of a form and, inflected as it is, those of its dictionary form.

    Of the forms of one English word the one is given that the pairs have most; of a verb, that
    which suits the French form best.
    """
    left = {
        text: replace(each, probability=each.probability * seen / (seen + _POOLED))
        for text, each in own.items()
    }
    by_lemma: dict[tuple[str, ...], list[str]] = {}
    for text in own:
        by_lemma.setdefault(lemmas(text), []).append(text)
    found: dict[str, Rendering] = {}
    for each in filter(partial(_passes_on, form, parent.form), parent.renderings):
        forms = _inflected(each, form, parent.form, capital, before)
        alike = [left.pop(text) for text in by_lemma.pop(lemmas(each.text), ())]
        told = {known.text: known.probability for known in alike}
        fixed = _as_verb_of(each, parent.form) or each.kind in CAPITALS
        text = max(forms[:1] if fixed else (*told, *forms), key=lambda text: told.get(text, 0.0))
        share = each.probability * _POOLED / (seen + _POOLED) + sum(told.values())
        if alike:
            safe = max(each.safe, *(known.safe for known in alike))
        else:
            safe = each.safe * (_POOLED / (seen + _POOLED) if own else 1.0)
        found.setdefault(text.lower(), replace(each, text=text, probability=share, safe=safe))
    return {**left, **found}


def are_many(form: str, before: str) -> bool:
    """Whether a noun is in the plural though that shows before it alone.

    Those in -es (obsèques) have no singular: what renders them is as many as they are.
    """
    if (
        form in _NO_SINGULAR
        or not form.endswith(("s", "x", "z"))
        or (form.endswith("es") and "-" not in form)
    ):
        return False
    number = before in _PLURAL or (before.isdecimal() and (int(before) > 1 or before == "000"))
    return number and lemma(form) != form[:-1]


def _in_plural(found: Collection[Rendering]) -> dict[str, Rendering]:
    """Renderings with the nouns among them in the plural, where English has one."""
    many: dict[str, Rendering] = {}
    texts = {each.text for each in found}
    for each in found:
        noun = each.kind == "n" and each.text[0].islower()
        made = plural(each.text)
        # « Les taux » are "rates", which are known too, and no "rate".
        made = made if noun or made in texts else each.text
        new = set(made.split()) - set(each.text.split())
        if not all(map(english_base, new)) or english_base(each.text) not in ("", each.text):
            made = each.text
        known = many.get(made.lower())
        share = each.probability + (known.probability if known else 0)
        many[made.lower()] = replace(known or each, text=made, probability=share)
    return many


def _passes_on(form: str, base: str, each: Rendering) -> bool:
    """Whether a form has what its dictionary form is rendered by: « pouvait » is no power."""
    no_noun = is_infinitive(base) and form not in (base, base + "s")
    return not (no_noun and each.kind in NOUNS and each.kind)


def as_infinitive(before: str) -> Callable[[str], tuple[str, ...]] | None:
    """What an infinitive makes of a verb behind this word: « sans rompre », breaking."""
    return (lambda text: (gerund_phrase(text), text)) if before == WITHOUT else None


def pronoun_of(before: str) -> str:
    """Give the word before a verb if it is a pronoun, "" otherwise."""
    return before if before in PRONOUNS else ""


def _as_verb_of(each: Rendering, base: str) -> bool:
    return each.kind in VERBS or (not each.kind and is_infinitive(base))


def _inflected(
    each: Rendering, form: str, base: str, capital: bool, before: str
) -> tuple[str, ...]:
    """A rendering of a dictionary form, as one of its forms wants it."""
    as_verb = _as_verb_of(each, base)
    if form == base:
        inflect = as_infinitive(before) if as_verb and is_infinitive(base) else None
        return in_english(inflect(each.text), each.text) if inflect else (each.text,)
    if as_verb:
        told, pronoun = before in JUST_PAST, pronoun_of(before)
        return in_english(verb_forms(each.text, form, base, told, pronoun), each.text)
    many = form[-1] in "sx" and (base[-1] not in "sx" or form == base + "es")
    if many and (each.kind in NOUNS or (capital and each.text[0].isupper())):
        return (plural_in_english(each.text),)
    return (each.text,)


def plural_in_english(text: str) -> str:
    """A rendering in the plural, unless that is no English: « hachées » is no "minceds"."""
    made = plural(text)
    last, own = (re.split(r"[ -]", each)[-1] for each in (made, text))
    return made if english_base(last) or not english_base(own) else text


def in_english(forms: Sequence[str], verb: str) -> tuple[str, ...]:
    """Those of the forms made of a verb that are English: no "sooned", soon being none."""
    base = verb.split()[0]
    kept = [
        form
        for form in forms
        if form.split()[0] == base or english_base(form.split()[0]) or not english_base(base)
    ]
    return tuple(kept) or (verb,)
