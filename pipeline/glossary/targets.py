"""A match in; its target in the form that its place in the French asks for, out.

A noun goes into the plural, and a verb into the person and the tense: « les traités » are
"treaties", « a été abrogée » is "repealed".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.language.dictionary.english_forms import (
    english_lemma,
    gerund,
    pasts,
    third_person,
    verb_forms,
)
from pipeline.language.forms import english_plural_phrase, french_forms
from pipeline.language.lemmas import english_base, is_infinitive, known
from pipeline.language.tokens import tokenize
from pipeline.model import Entry, EntryKind, Match
from pipeline.text import fold

_TO: Final = "to "
# What a participle stands behind at the end of a text, with at most an adverb between.
_PARTICIPLE_BEHIND: Final = re.compile(
    r"(?:\b(?:be|been|being|is|are|was|were|has|have|had|having|get|got)|['’](?:s|ve|re|d))"
    r"\s+(?:(?:\w+ly|not|also|now|never|just|yet|soon|since|already|often|been|being)\s+)*$",
    re.IGNORECASE,
)
_BEING: Final = ("is", "are", "was", "were", "am")


def target_of(match: Match) -> str:
    """Give the rendering that a match asks for: a term in the form it has in the text."""
    entry = match.entry
    if entry.kind is EntryKind.KEEP:
        return match.surface
    if entry.kind is not EntryKind.TERM or match.surface.isupper():
        return entry.target
    # An acronym in brackets behind its expansion says nothing of the number.
    surface = _words(match.surface.partition(" (")[0])
    for source in (entry.source, *entry.variants):
        words = _words(source)
        if len(words) != len(surface):
            continue
        for word, shown in zip(words, surface, strict=True):
            forms = french_forms(word)
            if is_verb(entry) and is_infinitive(word.lower()):
                return verb_forms(bare(entry.target), shown.lower(), word.lower())[0]
            plural, singular = set(map(fold, forms.plural)), set(map(fold, forms.singular))
            if fold(shown) in plural - singular:
                return english_plural_phrase(entry.target, noun=shown[0].isupper())
    return bare(entry.target) if is_verb(entry) else entry.target


def is_verb(entry: Entry) -> bool:
    """Whether an entry is one for a verb, whose target is inflected as verbs are.

    Not where the infinitive is a noun besides: « le pouvoir », "power".
    """
    return entry.kind is EntryKind.TERM and _is_verb(entry.source, entry.target)


@lru_cache(maxsize=1 << 12)
def _is_verb(source: str, target: str) -> bool:
    words = [word.lower() for word in _words(source)]
    while words[1:] and words[0] in ("se", "s"):
        words = words[1:]
    first = bare(target).partition(" ")[0]
    return (
        bool(words)
        and is_infinitive(words[0])
        and (len(words) > 1 or not known(words[0] + "s"))
        and first.islower()
        and first.isalpha()
        and english_base(first) in ("", first)
    )


def bare(target: str) -> str:
    """Give a verb as it is inflected: "implement" for "to implement"."""
    return target.removeprefix(_TO)


@lru_cache(maxsize=1 << 12)
def spoken(verb: str) -> tuple[str, ...]:
    """Give the forms of an English verb, itself first."""
    base = english_lemma(verb)
    forms = (verb, base, third_person(base), *pasts(base), gerund(base))
    return tuple(dict.fromkeys((*forms, *(_BEING if base == "be" else ()))))


def in_form_of(match: Match, old: str, before: str) -> str:
    """Give the target of a verb in the form of the English verb in whose place it is put.

    Where that does not tell, in the one that the French asks for; ``before`` is the English before.
    """
    verb, space, rest = bare(match.entry.target).partition(" ")
    shown = old.partition(" ")[0].lower()
    base = _base(shown)
    past, *participle = pasts(base)
    forms = (*participle, past)
    if shown in forms and (_PARTICIPLE_BEHIND.search(before) or shown not in (past, base)):
        form = pasts(verb)[-1]
    elif shown == base:
        form = verb
    elif shown == gerund(base):
        form = gerund(verb)
    elif shown == third_person(base):
        form = third_person(verb)
    elif shown == past:
        form = pasts(verb)[0]
    else:
        return target_of(match)
    return form + space + rest


def _base(shown: str) -> str:
    """The base of an English verb, of its form in -ing too where that is a noun (ending)."""
    stem = shown.removesuffix("ing")
    found = (stem, stem + "e", stem[:-1]) if stem != shown else ()
    fitting = (verb for verb in found if english_base(verb) == verb and gerund(verb) == shown)
    return next(fitting, english_lemma(shown))


def _words(text: str) -> list[str]:
    return [token.text for token in tokenize(text) if token.is_word]
