"""An entry of the dictionary and the French words it is met in, in; a term with renderings, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, takewhile
from typing import Final

from pipeline.language.dictionary.context import WITHOUT
from pipeline.language.dictionary.english_forms import (
    gerund_phrase,
    lemmas,
    pasts,
    plural,
    verb_forms,
)
from pipeline.language.dictionary.entries import (
    BEFORE_VERBS,
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
from pipeline.language.dictionary.keys import Place, places
from pipeline.language.dictionary.owners import owned, owners
from pipeline.language.lemmas import english_base, is_infinitive, lemma
from pipeline.language.small_words import BE, NEVER_INFLECTED, PRONOUNS

_POOLED: Final = 200.0  # occurrences of a form that its dictionary form counts for
PARTICIPLE: Final = ("é", "és", "ée", "ées")
# Small words whose keys are those of others.
_NEVER_ALIKE: Final = ({"ce", "ces"}, {"me", "mes"}, {"te", "tes"})
# Auxiliaries of what English tells in its simple past.
_JUST_PAST: Final = frozenset(["a", "ont", "ai", "avons", "avez", "est", "sont"])
# What stands before a noun in the plural that is spelt as in the singular: « les obus ».
_PLURAL: Final = frozenset(
    """les des ces mes tes ses nos vos leurs aux plusieurs quelques certains certaines deux trois
    quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent cents mille""".split()
)
_NO_SINGULAR: Final = frozenset(["alentours", "confins", "dépens", "environs", "gens", "secours"])
_NEXT_FORM: Final = 0.6  # how much less likely the next form of an English verb is


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
    if _are_many(place.lower, before) and (own is None or own.form == base):
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


def _are_many(form: str, before: str) -> bool:
    """Whether a noun is in the plural though that shows before it alone.

    Those in -es (obsèques) have no singular: what renders them is as many as they are.
    """
    if (
        form in _NO_SINGULAR
        or not form.endswith(("s", "x", "z"))
        or (form.endswith("es") and "-" not in form)
    ):
        return False
    number = before in _PLURAL or (before.isdecimal() and int(before) > 1)
    return number and lemma(form) != form[:-1]


def _in_plural(found: Iterable[Rendering]) -> dict[str, Rendering]:
    """Renderings with the nouns among them in the plural, where English has one."""
    many: dict[str, Rendering] = {}
    for each in found:
        made = plural(each.text) if each.kind == "n" and each.text[0].islower() else each.text
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


def fits(entry: Headword, span: str) -> bool:
    """Whether a term of several words may be meant: names and acronyms want their capitals."""
    if not entry.renderings or _differs(entry, span):
        return False
    if all(each.kind == NAME for each in entry.renderings):
        return sum(map(str.isupper, span)) >= min(2, sum(map(str.isupper, entry.form)))
    return True


def is_verb_phrase(entry: Headword) -> bool:
    """Whether a term of several words is a verb with what belongs to it."""
    return is_infinitive(entry.form.split()[0]) and entry.renderings[0].kind in VERBS


def _differs(entry: Headword, span: str) -> bool:
    """Whether a term is met with other words that share its key.

    A participle in -é is nothing else (« coupé du monde », « Coupe du monde »; « étaient prises »,
    « être prisé »), and where there is no verb one is not many (« au port », « aux portes »).
    """
    verbs = any(each.kind in VERBS for each in entry.renderings)
    # The last words stand by each other where a verb of several goes before (« s'est soldé »).
    pairs = [
        (word.lower, own.lower)
        for word, own in zip(places(span)[::-1], places(entry.form)[::-1], strict=False)
        if not (verbs and own.lower in BE)
        if not is_infinitive(own.lower) and not word.text.isupper()
    ]
    # « Les carrières » are not « de carrière ».
    if pairs and {*pairs[-1]} == {"de", "des"} and not verbs:
        return True
    if any({word, own} in _NEVER_ALIKE for word, own in pairs):
        return True
    return any(
        word.endswith(PARTICIPLE) != own.endswith(PARTICIPLE)
        or (not verbs and {word, own} == {"au", "aux"})
        for word, own in pairs
    )


def phrase_term(
    entry: Headword,
    words: Sequence[Place],
    verb: int,
    before: Sequence[str],
    span: str,
    opening: bool,
    after: Sequence[str] = (),
) -> SourceTerm:
    """A term of several words, its renderings in the number and person of the French.

    ``verb`` is which word of a verb phrase is inflected; ``before`` are what may be its auxiliary,
    and the words before the term, the last first; ``after`` are those behind one that opens a
    sentence. A passive is rendered without its "be", as its
    participle is in French.
    """
    head = places(entry.form)
    while words[verb].lower in BEFORE_VERBS | {"s"} and verb + 1 < len(words):
        verb += 1
    whose = owners(entry, [word.lower for word in words], before[1:], verb, after)
    infinitive = next(word.lower for word in head if word.lower not in BEFORE_VERBS)
    if infinitive == "être" and all(each.text.startswith("be ") for each in entry.renderings):
        bare = tuple(replace(each, text=each.text.removeprefix("be ")) for each in entry.renderings)
        words, span = words[1:], span[words[1].start - words[0].start :]
        return _phrase(replace(entry, renderings=bare), words, span, opening, whose)
    if infinitive == "être" or is_infinitive(infinitive):
        as_verbs = tuple(_as_verb(each, infinitive == "être") for each in entry.renderings)
        entry = replace(entry, renderings=as_verbs)
    form = words[verb].lower
    auxiliary = words[verb - 1].lower if verb > 1 else before[0]
    told = auxiliary in _JUST_PAST and form != infinitive
    pronoun = _pronoun(words[verb - 1].lower if verb else before[0])
    forms = partial(verb_forms, french=form, infinitive=infinitive, told=told, pronoun=pronoun)
    inflect = forms if form != infinitive else _as_infinitive(before[0])
    return _phrase(entry, words, span, opening, whose, inflect)


def _as_infinitive(before: str) -> Callable[[str], tuple[str, ...]] | None:
    """What an infinitive makes of a verb behind this word: « sans rompre », breaking."""
    return (lambda text: (gerund_phrase(text), text)) if before == WITHOUT else None


def _as_verb(each: Rendering, being: bool) -> Rendering:
    """A rendering of a phrase that begins with a verb, as a verb: "be aware" for "aware".

    ``being`` says that the verb is « être ».
    """
    if each.kind in ("n", *CAPITALS):
        return each
    first = each.text.split()[0]
    if first == "be" or (each.text.isascii() and english_base(pasts(first)[0]) == first):
        return replace(each, kind="V") if each.kind in ("d", "p") else each
    return replace(each, text=f"be {each.text}", kind="V") if being else each


def _pronoun(before: str) -> str:
    return before if before in PRONOUNS else ""


def _phrase(
    entry: Headword,
    words: Sequence[Place],
    span: str,
    opening: bool,
    whose: Sequence[str],
    inflect: Callable[[str], tuple[str, ...]] | None = None,
) -> SourceTerm:
    head = takewhile(lambda own: own.lower not in NEVER_INFLECTED, places(entry.form))
    # « Le camp des réfugiés » is one camp.
    many = any(
        word.lower != own.lower and word.lower[-1] in "sx" and own.lower[-1] not in "sx"
        for word, own in zip(words, head, strict=False)
    )
    capital = any(map(str.isupper, span))
    found: dict[str, Rendering] = {}
    for each in entry.renderings:
        if each.kind in VERBS and inflect:
            forms = _english(inflect(each.text), each.text)
        elif many and each.kind in ("n", "N", ""):
            forms = (_plural(each.text),)
        else:
            forms = (each.text,)
        by_owner = [owned(form, whose) for form in forms]
        # The context chooses whose it is.
        safe = 0.0 if any(len(variants) > 1 for variants in by_owner) else each.safe
        for rank, form in enumerate(chain.from_iterable(by_owner)):
            share = each.probability * _NEXT_FORM**rank
            made = replace(each, text=form, probability=share, safe=safe)
            # "Prime Minister" is the name, "prime minister" the noun.
            if form.lower() not in found or (each.kind == NAME) == capital:
                found[form.lower()] = cased(made, span, opening)
    return SourceTerm(
        words[0].start,
        words[-1].end,
        span,
        entry.form,
        entry.seen,
        entry.seen_in_all,
        tuple(found.values()),
        opening,
    )


def _as_verb_of(each: Rendering, base: str) -> bool:
    return each.kind in VERBS or (not each.kind and is_infinitive(base))


def _inflected(
    each: Rendering, form: str, base: str, capital: bool, before: str
) -> tuple[str, ...]:
    """A rendering of a dictionary form, as one of its forms wants it."""
    as_verb = _as_verb_of(each, base)
    if form == base:
        inflect = _as_infinitive(before) if as_verb and is_infinitive(base) else None
        return _english(inflect(each.text), each.text) if inflect else (each.text,)
    if as_verb:
        told, pronoun = before in _JUST_PAST, _pronoun(before)
        return _english(verb_forms(each.text, form, base, told, pronoun), each.text)
    many = form[-1] in "sx" and (base[-1] not in "sx" or form == base + "es")
    if many and (each.kind in NOUNS or (capital and each.text[0].isupper())):
        return (_plural(each.text),)
    return (each.text,)


def _plural(text: str) -> str:
    """A rendering in the plural, unless that is no English: « hachées » is no "minceds"."""
    made = plural(text)
    last, own = (re.split(r"[ -]", each)[-1] for each in (made, text))
    return made if english_base(last) or not english_base(own) else text


def _english(forms: Sequence[str], verb: str) -> tuple[str, ...]:
    """Those of the forms made of a verb that are English: no "sooned", soon being none."""
    base = verb.split()[0]
    kept = [
        form
        for form in forms
        if form.split()[0] == base or english_base(form.split()[0]) or not english_base(base)
    ]
    return tuple(kept) or (verb,)
