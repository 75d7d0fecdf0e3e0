"""A set phrase of the dictionary and the French words it is met in, in; a term, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, takewhile
from typing import Final

from pipeline.language.dictionary.english_forms import pasts, verb_forms
from pipeline.language.dictionary.entries import (
    BEFORE_VERBS,
    CAPITALS,
    NAME,
    VERBS,
    Headword,
    Rendering,
    SourceTerm,
    cased,
)
from pipeline.language.dictionary.keys import Place, places
from pipeline.language.dictionary.owners import owned, owners
from pipeline.language.dictionary.tenses import PLAIN_SUBJECTS
from pipeline.language.dictionary.wording import (
    JUST_PAST,
    PARTICIPLE,
    are_many,
    as_infinitive,
    in_english,
    plural_in_english,
    pronoun_of,
)
from pipeline.language.lemmas import english_base, is_infinitive
from pipeline.language.small_words import BE, NEVER_INFLECTED

# Small words whose keys are those of others: « la suite a déplu » is no « suite à ».
_NEVER_ALIKE: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in """ce/ces me/mes te/tes a/à ou/où la/là du/dû des/dès de/dès sur/sûr si/six mi/mis
    faut/faute point/pointe moins/moine moins/moines fond/fonds prie/prière retrait/retraite
    transporte/transport carrier/carrière marins/marines aucun/aucuns""".split()
)
_NEXT_FORM: Final = 0.6  # how much less likely the next form of an English verb is


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
    if not _NEVER_ALIKE.isdisjoint(map(frozenset, pairs)):
        return True
    if _is_a_being(entry) and not span.lower().startswith("être"):
        return True
    return any(
        word.endswith(PARTICIPLE) != own.endswith(PARTICIPLE)
        or (not verbs and {word, own} == {"au", "aux"})
        # « Le fait » is not « les faits ».
        or (not verbs and own == "les" and word in ("le", "la", "l"))
        for word, own in pairs
    )


def _is_a_being(entry: Headword) -> bool:
    """Whether « être » is a noun in a term: « un être vivant », not « qui est vivant »."""
    return entry.form.startswith("être ") and all(each.kind == "n" for each in entry.renderings)


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
    if _is_a_being(entry):
        return _phrase(entry, words, span, opening, whose)
    if infinitive == "être" and all(each.text.startswith("be ") for each in entry.renderings):
        bare = tuple(replace(each, text=each.text.removeprefix("be ")) for each in entry.renderings)
        words, span = words[1:], span[words[1].start - words[0].start :]
        return _phrase(replace(entry, renderings=bare), words, span, opening, whose)
    if infinitive == "être" or is_infinitive(infinitive):
        as_verbs = tuple(_as_verb(each, infinitive == "être") for each in entry.renderings)
        entry = replace(entry, renderings=as_verbs)
    form = words[verb].lower
    auxiliary = words[verb - 1].lower if verb > 1 else before[0]
    told = auxiliary in JUST_PAST and form != infinitive
    pronoun = _subject([*(word.lower for word in words[:verb][::-1]), *before[not verb :]])
    forms = partial(verb_forms, french=form, infinitive=infinitive, told=told, pronoun=pronoun)
    inflect = forms if form != infinitive else as_infinitive(before[0])
    many = are_many(words[0].lower, before[1]) if before[1:] else False
    return _phrase(entry, words, span, opening, whose, inflect, many)


def _has_plural(text: str) -> bool:
    """Whether an English phrase has a plural: "months' suspended sentence"."""
    return any(
        word.lower.endswith("s") and english_base(word.lower) == word.lower[:-1]
        for word in places(text)
    )


def _subject(before: Sequence[str]) -> str:
    """The pronoun before a verb, the last word first: the subject behind others (« on se »), or "".

    English has its verb in another form behind « on » (we, they), « je » and « tu ».
    """
    pronouns = [*takewhile(pronoun_of, before), ""]
    return next((each for each in pronouns if each in PLAIN_SUBJECTS), pronouns[0])


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


def _phrase(
    entry: Headword,
    words: Sequence[Place],
    span: str,
    opening: bool,
    whose: Sequence[str],
    inflect: Callable[[str], tuple[str, ...]] | None = None,
    many: bool = False,
) -> SourceTerm:
    head = takewhile(lambda own: own.lower not in NEVER_INFLECTED, places(entry.form))
    # « Le camp des réfugiés » is one camp.
    many = many or any(
        word.lower != own.lower and word.lower[-1] in "sx" and own.lower[-1] not in "sx"
        for word, own in zip(words, head, strict=False)
    )
    capital = any(map(str.isupper, span))
    found: dict[str, Rendering] = {}
    for each in entry.renderings:
        if each.kind in VERBS and inflect:
            forms = in_english(inflect(each.text), each.text)
        elif many and each.kind in ("n", "N", "") and not _has_plural(each.text):
            forms = (plural_in_english(each.text),)
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
