"""An entry of the dictionary and the French words it is met in, in; a term with renderings, out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import Final

from pipeline.language.dictionary.english_forms import plural, verb_forms
from pipeline.language.dictionary.keys import Place, places
from pipeline.language.lemmas import english_base, is_infinitive, lemma
from pipeline.language.small_words import BE, NEVER_INFLECTED, PRONOUNS

NAME, ACRONYM, PEOPLE, VERBS = "N", "A", "P", ("v", "V")
CAPITALS = (NAME, ACRONYM, PEOPLE)  # kinds that want a capital in French
NOUNS = ("n", "p", "", *CAPITALS)
KINDS = ("n", "v", "a", "d", "p", *CAPITALS)
SURE: Final = 1.0  # how far a rendering may be trusted that was written by hand; nothing learnt is
COPY: Final = 0.5  # how far the copy of an unknown name may be trusted
_POOLED: Final = 5.0  # occurrences of a form that its dictionary form counts for
_OFTEN: Final = 7.0  # a logarithm of occurrences; beyond it the model knows a form anyway
_PARTICIPLE: Final = ("é", "és", "ée", "ées")
BEFORE_VERBS: Final = frozenset(["se", "en", "y"])  # before the verb of a phrase: s'en prendre
# Auxiliaries of what English tells in its simple past.
_JUST_PAST: Final = frozenset(["a", "ont", "ai", "avons", "avez", "est", "sont"])
# What stands before a noun in the plural that is spelt as in the singular: « les obus ».
_PLURAL: Final = frozenset(
    """les des ces mes tes ses nos vos leurs aux plusieurs quelques certains certaines deux trois
    quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent cents mille""".split()
)
_NO_SINGULAR: Final = frozenset(["alentours", "confins", "dépens", "environs", "gens", "secours"])
_NEXT_FORM: Final = 0.6  # how much less likely the next form of an English verb is


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English rendering of a French term, inflected as the French is.

    ``probability``: of it given the French; ``back``: of the French given it. ``kind``: n noun, v
    verb, a adjective, d adverb, N name, P people, A acronym,
    V and p phrases, "" unknown. ``safe``: how far
    it may be trusted as a hint.
    """

    text: str
    probability: float
    back: float
    kind: str
    safe: float


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A content word or a term of several words, where it stands in the French text.

    ``seen`` counts its form in the model's training text, ``seen_in_all`` in all texts the
    dictionary was learnt from. Without ``renderings`` it is unknown.
    """

    start: int
    end: int
    surface: str
    lemma: str
    seen: int
    seen_in_all: int
    renderings: tuple[Rendering, ...]
    opening: bool = False

    @property
    def named(self) -> bool:
        """Whether a common word stands with a capital: it may be a name, as Liège and Menton are.

        ``opening`` says that the capital may be that of a sentence.
        """
        return (
            self.surface.istitle()
            and not self.opening
            and bool(self.renderings)
            and all(each.kind not in CAPITALS for each in self.renderings)
        )

    @property
    def sure(self) -> bool:
        """Whether its rendering was written by hand: what nearly every translator would write."""
        return bool(self.renderings) and self.renderings[0].safe >= SURE

    @property
    def open(self) -> bool:
        """Whether the context chooses among its renderings: none may be asked for."""
        return bool(self.renderings) and not self.renderings[0].safe

    def features(self) -> tuple[float, ...]:
        """Give what tells whether the term is lost that seems unanswered; it must have renderings.

        The logarithm of how often the model has seen it, up to a limit; of its likeliest rendering
        the safety and the probability, the probability of all renderings; whether the term has
        several words, is a verb, is a name.
        """
        first = self.renderings[0]
        return (
            min(math.log(self.seen + 1), _OFTEN),
            first.safe,
            first.probability,
            sum(each.probability for each in self.renderings),
            float(" " in self.surface),
            float(first.kind in VERBS),
            float(first.kind in CAPITALS),
        )


@dataclass(frozen=True, slots=True)
class Headword:
    """A line of the dictionary (see ``tools/dictionary_merge.py``)."""

    form: str
    base: str
    seen: int
    seen_in_all: int
    renderings: tuple[Rendering, ...]

    @property
    def is_open(self) -> bool:
        """Whether the context chooses among the renderings: none may be asked for."""
        return bool(self.renderings) and not self.renderings[0].safe


def parsed(line: str) -> Headword:
    """Read a line of the dictionary."""
    _, form, base, seen, every, text = line.split("\t")
    renderings = []
    for part in text.split("|") if text else ():
        english, kind, share, back, safe = part.split("~")
        renderings.append(
            Rendering(english, int(share) / 100, int(back) / 100, kind, int(safe) / 100)
        )
    return Headword(form, base, int(seen), int(every), tuple(renderings))


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
    seen = own.seen_in_all if own else 0
    found = {each.text.lower(): each for each in own.renderings} if own else {}
    if parent and parent is not own:
        form = own.form if own else place.lower
        found = _pooled(found, seen, parent, form, capital, before)
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
    renderings.sort(key=lambda each: -each.probability)
    known = own.seen if own else 0
    return SourceTerm(
        place.start, place.end, place.text, base, known, seen, tuple(renderings), opening
    )


def _pooled(
    own: dict[str, Rendering], seen: int, parent: Headword, form: str, capital: bool, before: str
) -> dict[str, Rendering]:
    """The renderings of a form and, inflected as it is, those of its dictionary form."""
    found = {
        text: replace(each, probability=each.probability * seen / (seen + _POOLED))
        for text, each in own.items()
    }
    for each in filter(partial(_passes_on, form, parent.form), parent.renderings):
        for rank, text in enumerate(_inflected(each, form, parent.form, capital, before)):
            share = each.probability * _POOLED / (seen + _POOLED) * _NEXT_FORM**rank
            safe = each.safe * _NEXT_FORM**rank
            known = found.get(text.lower())
            if known:
                share += known.probability
                safe, kind = max(known.safe, safe), known.kind or each.kind
                found[text.lower()] = replace(known, probability=share, safe=safe, kind=kind)
            else:
                safe *= _POOLED / (seen + _POOLED) if own else 1.0
                found[text.lower()] = replace(each, text=text, probability=share, safe=safe)
    return found


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


def opens(text: str, start: int) -> bool:
    """Whether a word begins a sentence: nothing before it, or the end of another."""
    before = text[:start].rstrip(" \u00a0\u202f\t«“\"'([—–-")
    return not before or before[-1] in ".!?…:\n»"


def fits(entry: Headword, span: str) -> bool:
    """Whether a term of several words may be meant: names and acronyms want their capitals."""
    if not entry.renderings or _differs(entry, span):
        return False
    if all(each.kind == NAME for each in entry.renderings):
        return sum(map(str.isupper, span)) >= min(2, sum(map(str.isupper, entry.form)))
    return True


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
    return any(
        word.endswith(_PARTICIPLE) != own.endswith(_PARTICIPLE)
        or (not verbs and {word, own} == {"au", "aux"})
        for word, own in pairs
    )


def phrase_term(
    entry: Headword, words: Sequence[Place], verb: int, before: str, span: str, opening: bool
) -> SourceTerm:
    """A term of several words, its renderings in the number and person of the French.

    ``verb`` is which word of a verb phrase is inflected; the word ``before`` the term may be its
    auxiliary. A passive is rendered without its "be", as its participle is in French.
    """
    head = places(entry.form)
    infinitive = next(word.lower for word in head if word.lower not in BEFORE_VERBS)
    if infinitive == "être" and all(each.text.startswith("be ") for each in entry.renderings):
        bare = tuple(replace(each, text=each.text.removeprefix("be ")) for each in entry.renderings)
        words, span = words[1:], span[words[1].start - words[0].start :]
        return _phrase(replace(entry, renderings=bare), words, span, opening, None)
    form = words[verb].lower
    auxiliary = words[verb - 1].lower if verb > 1 else before
    told = auxiliary in _JUST_PAST and form != infinitive
    pronoun = _pronoun(words[verb - 1].lower if verb else before)
    forms = partial(verb_forms, french=form, infinitive=infinitive, told=told, pronoun=pronoun)
    return _phrase(entry, words, span, opening, forms if form != infinitive else None)


def _pronoun(before: str) -> str:
    return before if before in PRONOUNS else ""


def _phrase(
    entry: Headword,
    words: Sequence[Place],
    span: str,
    opening: bool,
    inflect: Callable[[str], tuple[str, ...]] | None,
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
        for rank, form in enumerate(forms):
            made = replace(each, text=form, probability=each.probability * _NEXT_FORM**rank)
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


def _inflected(
    each: Rendering, form: str, base: str, capital: bool, before: str
) -> tuple[str, ...]:
    """A rendering of a dictionary form, as one of its forms wants it."""
    if form == base:
        return (each.text,)
    if each.kind in VERBS or (not each.kind and is_infinitive(base)):
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


def cased(each: Rendering, surface: str, opening: bool) -> Rendering:
    """A rendering with the capital of the French, unless it begins a sentence or a headline."""
    first = surface.split()[0]
    if opening or not first[0].isupper() or (len(first) > 1 and first.isupper()):
        return each
    if each.kind == ACRONYM:  # Smic is the minimum wage
        return each
    return replace(each, text=each.text[0].upper() + each.text[1:])
