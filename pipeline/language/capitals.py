"""A French text in capitals in, as it would be written in small letters out, accents put back.

A dictionary tells common words from names and acronyms, and says where an accent belongs that the
capitals lack: ``LES ELUS DE MARSEILLE SALUENT L'OTAN`` is « Les élus de Marseille saluent l'OTAN ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations, product
from typing import Final

from pipeline.language.dictionary import dictionary
from pipeline.language.dictionary.entries import ACRONYM, CAPITALS, Headword
from pipeline.language.lemmas import known, may_be_participle
from pipeline.language.small_words import (
    ADVERBS,
    BE,
    BEFORE_NOUNS,
    DETERMINERS,
    HAVE,
    LINKS,
    OTHERS,
    PERSONS,
    PRONOUNS,
)
from pipeline.text import fold

_SMALL_WORDS: Final = (
    DETERMINERS | LINKS | PRONOUNS | HAVE | BE | ADVERBS | frozenset(["à", "en", "près", "très"])
)
_LISTED: Final = _SMALL_WORDS | BEFORE_NOUNS | OTHERS
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# The first letter of a text and of what follows a full stop inside it.
_OPENING: Final = re.compile(r"(?:^|[.!?…]\s)[\s«“\"(—–-]*([^\W\d_])")
_ACCENTED: Final = {"e": "éèê", "a": "âà", "i": "îï", "o": "ô", "u": "ûù", "c": "ç"}
_MOST_ACCENTS: Final = 3
# Places that are also ordinary words.
_PLACES: Final = frozenset("paris rennes cannes landes".split())
_ORDINALS: Final = frozenset("e er ère ere ème eme h km kg".split())
# Words in capitals of so few letters that no dictionary knows are taken for acronyms.
_ACRONYM: Final = 4
# Where words in capitals stand in a text in small letters: up to a colon, in quotes, in a row.
LEAD: Final = re.compile(r"[^:«»\n]{3,60}?(?=\s?:\s)")
QUOTED: Final = re.compile(r"(?<=[«“])[^«»“”]+(?=[»”])")
_UPPER: Final = r"[^\W\d_a-zß-öø-ÿœ]+"
RUN: Final = re.compile(rf"(?<![\w'’-]){_UPPER}(?:[ '’-]{_UPPER}\b)*(?![\w'’-])")


def in_capitals(text: str) -> bool:
    """Tell whether a text is words written in capitals, not mere names or acronyms."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or any(word[-1].islower() and len(word) > 2 for word in _WORD.findall(text)):
        return False
    if sum(map(str.isupper, letters)) < 0.8 * len(letters):
        return False
    return any(is_common(word) for word in _WORD.findall(text) if len(word) > 3)


def is_emphasis(run: re.Match[str]) -> bool:
    """Tell whether a match of ``RUN`` is words of emphasis; a surname behind a name is none."""
    found = _WORD.findall(run[0])
    before = _WORD.findall(run.string[: run.start()])[-1:]
    alone = len(found) < 2 and not (len(run[0]) > 3 and is_small_word(run[0]))
    if alone or not in_capitals(run[0]) or not all(map(is_common, found)):
        return False
    return not (before and before[0][0].isupper() and not is_small_word(before[0]))


@lru_cache(maxsize=1 << 10)
def loud_words(text: str) -> Mapping[str, str]:
    """Give the ordinary words that stand in a text in capitals, and each in small letters.

    ``LIRE AUSSI : la SNCF recrute`` has LIRE and AUSSI; SNCF is an acronym.
    """
    stretches = [text] if in_capitals(text) else []
    lead = LEAD.match(text)
    stretches += [lead[0]] if lead and in_capitals(lead[0]) else []
    stretches += filter(in_capitals, QUOTED.findall(text))
    stretches += [run[0] for run in RUN.finditer(text) if is_emphasis(run)]
    found = {word for stretch in stretches for word in _WORD.findall(stretch) if word.isupper()}
    forms = {word: _form(word, True) or word for word in found}
    return {word: form for word, form in forms.items() if form.islower()}


def is_common(word: str) -> bool:
    """Tell whether a word of any case is an ordinary French word, accents apart; names are none."""
    return (_form(word, not word.islower()) or word.upper()).islower()


def is_small_word(word: str) -> bool:
    """Tell whether a word is one of the small words of French: articles, links, pronouns."""
    return word.lower() in _SMALL_WORDS


def in_small_letters(text: str) -> str:
    """Write a text in capitals in small letters; names keep one capital, acronyms all.

    A text none of whose capitals has an accent is taken to lack them all.
    """
    bare = text.isascii() or not any(fold(letter) != letter.lower() for letter in text)
    pieces, end, before = [], 0, ""
    found = list(_WORD.finditer(text))
    for number, word in enumerate(found):
        after = found[number + 1][0].lower() if number + 1 < len(found) else ""
        small = _small(text, word, bare)
        if small == "a":
            small = _a(before, after)
        elif bare and small.islower():
            small = _participle(small, before)
        pieces += [text[end : word.start()], small]
        end, before = word.end(), small
    lowered = "".join((*pieces, text[end:]))
    return _OPENING.sub(lambda match: match[0][:-1] + match[1].upper(), lowered)


def _small(text: str, found: re.Match[str], bare: bool) -> str:
    word, lower = found[0], found[0].lower()
    if text[found.end() : found.end() + 1].isdigit() or text[: found.start()][-1:].isdigit():
        return lower if lower in _ORDINALS else word
    if len(word) == 1 or lower in _LISTED:
        return lower
    if lower in ("saint", "sainte") and text[found.end() : found.end() + 1] == "-":
        return lower.capitalize()
    form = _form(word, bare)
    if form is None:
        compound = text[: found.start()].endswith("-")
        return word if _looks_like_acronym(word) and not compound else lower.capitalize()
    return form


def _looks_like_acronym(word: str) -> bool:
    if len(word) <= _ACRONYM:
        return True
    return _ROMAN.fullmatch(word) is not None or not re.search("[AEIOUYÀ-Ü]", word)


@lru_cache(maxsize=1 << 12)
def _form(word: str, bare: bool) -> str | None:
    """The form that a word in capitals stands for, with its accents; names and acronyms in theirs.

    ``bare``: whether the word may lack accents that its dictionary form has.
    """
    lower = word.lower()
    if lower in _LISTED:
        return lower
    entry = None if bare else dictionary().headword(lower)
    if entry is None and not bare and known(lower):
        return lower
    entry = entry or dictionary().headword(word.upper())
    if entry is not None and (entry.seen_in_all or known(entry.form)):
        return _as_named(entry)
    return next(filter(known, _with_accents(lower)), None)


def _as_named(entry: Headword) -> str:
    kinds = {rendering.kind for rendering in entry.renderings}
    if ACRONYM in kinds or any(each.text == entry.form.upper() for each in entry.renderings):
        return entry.form.upper()
    is_name = entry.form in _PLACES or (kinds and kinds <= set(CAPITALS))
    return entry.form.capitalize() if is_name else entry.form


def _with_accents(lower: str) -> Iterator[str]:
    """Give the ways to put accents on a word, those with the fewest first."""
    lower = lower.replace("oe", "œ") if known(lower.replace("oe", "œ")) else lower
    yield lower
    places = [place for place, letter in enumerate(lower) if letter in _ACCENTED]
    most = _MOST_ACCENTS if len(places) < 10 else 1
    for count in range(1, most + 1):
        for chosen in combinations(places, count):
            for accents in product(*(_ACCENTED[lower[place]] for place in chosen)):
                letters = list(lower)
                for place, letter in zip(chosen, accents, strict=True):
                    letters[place] = letter
                yield "".join(letters)


def _a(before: str, after: str) -> str:
    """Say whether an A is « a » or « à »; few put accents on a capital A who put them on others."""
    has = before in PRONOUNS or before in ("ne", "n", "l") or after in ("ete", "été", "eu", "pas")
    follows = after and may_be_participle(_form(after.upper(), True) or after)
    return "a" if has or follows else "à"


def _participle(small: str, before: str) -> str:
    """Give a participle its accent where the word before it says that it is one."""
    participle = re.sub(r"e(e?s?)$", r"é\1", small)
    if participle != small and may_be_participle(participle):
        person = participle.removesuffix("s").removesuffix("e") in PERSONS
        if before in HAVE or before in BE or (person and before in DETERMINERS):
            return participle
    return small
