"""Names and acronyms of a French text and its English in; those that changed by letters, out.

A name that English spells its own way (Moscou, Poutine, OTAN) is not changed: dictionary, lexicon
and the habits of transliteration know it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache, partial

from pipeline.language.capitals import loud_words
from pipeline.language.data import data_lines
from pipeline.language.dictionary import dictionary
from pipeline.language.lexicon import lexicon, stem_of
from pipeline.language.words import Word, words
from pipeline.text import fold

Span = tuple[int, int]

_SHORTEST = 4  # letters of a name that is compared by letters
_BEGINNING = 4  # letters of a word of a rendering, whatever its ending
_MOST = 40  # acronyms, or capitalised words of the English that a name is compared with
_LONGEST = 40  # letters
# The endings that classical names have in French and in English: Scythie, Capoue, Péloponnèse.
_CLASSICAL = (("ie", "ia"), ("oue", "ua"), ("e", "us"), ("e", "um"))
# What English adds to a name: a plural, an inhabitant.
_ENDINGS = ("s", "n", "an", "ian", "ans", "ians", "ese", "i", "is", "ish", "ite", "ites", "ns", "h")
# Spellings in which French and English differ, and nothing is heard.
_SOUNDS = (
    ("off", "ov"), ("ien", "ian"),
    ("tch", "c"), ("sch", "c"), ("ch", "c"), ("sh", "c"), ("kh", "k"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("c", "k"), ("dj", "j"), ("ou", "u"),
    ("oo", "u"), ("w", "u"), ("v", "u"), ("ei", "i"), ("aj", "a"), ("ai", "a"), ("ay", "a"),
    ("ey", "e"), ("ij", "i"), ("y", "i"), ("j", "i"), ("z", "s"), ("gu", "g"), ("h", ""),
)  # fmt: skip
_SLIPS = (("ck", "k"), ("cq", "q"), ("ph", "f"), ("gu", "g"), ("h", ""), ("z", "s"))
# How surely an acronym has its renderings, and those that are surely of others where they are new.
_SURE = 0.6
_ANOTHERS = frozenset(
    "AI BBC CIA ECB EU FAO FBI FIFA GDP HIV IAEA ICC ICJ ILO IMF IOC IPCC NASA NATO NGO OECD OPEC "
    "OSCE UEFA UN UNESCO UNHCR UNICEF VAT WFP WHO WTO".split()
)
# The acronyms of two letters that are asked for, and the words that English may have for them.
PAIRS = {"UE": ("European Union",), "IA": ("artificial intelligence",)}
_ACRONYM = re.compile(
    r"(?<![\w&.’'/-])(?:[lLdD]['’])?([A-Z]{3,6}|" + "|".join(PAIRS) + r")(?![\w&]|[.’'/-]\w)"
)
_CAPITALS = re.compile(r"(?<![\w&.’'/-])(?:[lLdD]['’])?([A-Z]{2,6})(?![\w&]|[.’'/-]\w)")
# Numerals and amounts (MEUR) are no acronyms: English writes them otherwise.
_NUMERIC = re.compile("[IVXLCDM]+|(?:K|M|MD)(?:EUR|USD|GBP|CHF)|EUR|USD|GBP|CHF")
_SCRIPTS = re.compile(
    r"[\u0370-\u052f\u0530-\u08ff\u0900-\u10ff\u1f00-\u1fff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,}"
)


@dataclass(frozen=True, slots=True)
class Alteration:
    """A name or acronym of the French, and what became of it: another one, or nothing."""

    source: Span
    target: Span | None


def is_near(one: str, other: str, most: int = 2) -> bool:
    """Whether two words are at most ``most`` edits apart (Levenshtein, cut off early)."""
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, mate in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != mate))
        if min(row) > most:
            return False
    return row[-1] <= most


def altered(
    name: Word, given: Sequence[Word], own: Collection[str], after: Word | None = None
) -> Word | None:
    """Return the word of ``given`` that a name became by a letter or two, if there is one.

    ``given``: capitalised words of the English; ``own``: the words of the French, folded;
    ``after``: the word of ``given`` that the French has right before the name, a first name.
    """
    folded = fold(name.text)
    foreign = _SCRIPTS.match(name.text)
    if foreign or not _SHORTEST <= len(folded) <= _LONGEST or len(given) > _MOST:
        return None
    known = _renderings(name.text)
    item = lexicon().french.get(stem_of(folded))
    meant = item.counterparts - {stem_of(folded)} if item else frozenset[str]()
    shared = dictionary().english_word(name.text)
    found = None
    for word in given:
        other = fold(word.text)
        if other in known or (other not in own and stem_of(other) in meant):
            return None
        if (
            other not in own
            and other.removeprefix(folded) not in _ENDINGS
            and not any(each.removeprefix(other) in (*_ENDINGS, "ia") for each in known)
            and is_near(folded, other, 1 if len(folded) < 6 else 2)
            and (
                _sound(folded) != _sound(other)
                or (_spelling(folded) == _spelling(other) and not dictionary().english_word(other))
            )
            and (
                shared
                or not dictionary().english_word(word.text)
                or is_anothers(folded, other)
                # "Mathilde Pano": after a first name it is a name, if a word too.
                or (
                    after is not None
                    and word.start == after.end + 1
                    and _spelling(folded) != _spelling(other)
                )
            )
        ):
            found = found or word
    return found


def is_classical(name: str, other: str) -> bool:
    """Whether a name is the other one with the ending of Latin or Greek: Scythie, Scythia.

    One that the dictionary renders by itself keeps its own: Julie.
    """
    own, given = fold(name), fold(other)
    return own not in _renderings(name) and any(
        own.endswith(french) and given == own.removesuffix(french) + english
        for french, english in _CLASSICAL
    )


def is_anothers(name: str, other: str) -> bool:
    """Whether an English name renders other French ones than this: Venice, beside « Vienne »."""
    item = lexicon().english.get(stem_of(other))
    return (
        item is not None
        and lexicon().is_name(other)
        and bool(item.counterparts)
        and not any(is_near(name, stem, 1) for stem in item.counterparts)
    )


def respelt(name: str, given: Sequence[Word]) -> Word | None:
    """Return the word that a name with capitals inside became by a letter or two: STMicro."""
    if any(word.text.lower() == name.lower() for word in given) or len(given) > 10 * _MOST:
        return None
    near = (word for word in given if len(name) <= _LONGEST and is_near(name, word.text))
    return next(near, None)


def _sound(folded: str) -> str:
    for spelling, sound in _SOUNDS:
        folded = folded.replace(spelling, sound)
    folded = re.sub(r"([^lnrt])\1+", r"\1", folded)
    return folded.rstrip("es") or folded


def _spelling(folded: str) -> str:
    """A name without what is easily doubled or dropped: two that differ so are one, misspelt.

    Transliteration changes more (Poutine, Putin), or gives a form that is known (Mohammed).
    """
    for spelling, plain in _SLIPS:
        folded = folded.replace(spelling, plain)
    # Before a vowel it is a habit: Ostiaks, Ostyaks.
    folded = re.sub("y(?![aeou])", "i", folded)
    return re.sub(r"(.)\1+", r"\1", folded).rstrip("es")


def _renderings(word: str) -> frozenset[str]:
    """The words by which the dictionary renders a word, folded."""
    entry = dictionary().headword(word)
    return frozenset(
        fold(part) for each in (entry.renderings if entry else ()) for part in each.text.split()
    )


@lru_cache(maxsize=1)
def phrases() -> dict[str, tuple[str, ...]]:
    """Acronyms and the phrases that English has for them, read on first use."""
    lines = (line.removeprefix("!").partition(": ") for line in data_lines("acronyms.txt"))
    return {name: tuple(given.split(", ")) for name, _, given in lines} | PAIRS


@lru_cache(maxsize=1)
def never_kept() -> frozenset[str]:
    """The acronyms that English has other words for, read on first use."""
    lines = (line for line in data_lines("acronyms.txt") if line.startswith("!"))
    return frozenset([line[1:].partition(": ")[0] for line in lines]) | PAIRS.keys()


def _said(target: str, phrase: str) -> re.Match[str] | None:
    """Find a phrase in the English, in any case and with any ending."""
    return re.search(rf"\b{re.escape(phrase)}", target, re.IGNORECASE)


def spelt_out(source: str, target: str) -> list[tuple[Span, Span]]:
    """Return where acronyms of the French stand, and the words that say them at length."""
    found = []
    words_ = words(target)
    initials = "".join(fold(word.text)[:1] for word in words_)
    for match in _CAPITALS.finditer(source):
        letters = match[1]
        entry = dictionary().headword(letters)
        known = [each.text for each in entry.renderings if " " in each.text] if entry else []
        long = [each for each in phrases().get(letters, ()) if " " in each]
        for phrase in (*long, *known):
            if said := _said(target, phrase):
                found.append((match.span(1), said.span()))
                break
        else:
            for each in (letters, *_english(letters)):
                if len(each) > 2 and (run := _initials(each).search(initials)):
                    span = words_[run.start()].start, words_[run.end() - 1].end
                    found.append((match.span(1), span))
                    break
    return found


def acronyms(source: str, target: str) -> Iterator[Alteration]:
    """Yield the acronyms of the French that the English lacks, changes or spells in no other way.

    A text in capitals has none; of a list of acronyms the first are looked for, and nothing where
    as long a one stands in the English.
    """
    capitals = [word for word in words(source) if word.text.isupper() and len(word.text) > 2]
    if 2 * len(capitals) > len(words(source)):
        return
    found = words(target)
    held = {fold(word.text) for word in found}
    # An acronym spells out none.
    initials = "".join("-" if _is_capital(word) else fold(word.text)[:1] for word in found)
    own = {word.text for word in words(source)}
    new = [word for word in found if _is_capital(word)]
    asked = [match for match in _ACRONYM.finditer(source) if match[1] not in loud_words(source)]
    own = own.union(*(_renderings(match[1]) for match in asked))
    new = [word for word in new if own.isdisjoint((word.text, fold(word.text)))]
    new = [word for word in new if not _NUMERIC.fullmatch(word.text)]
    if len(new) > _MOST:
        return
    for match in asked[:_MOST]:
        letters = match[1]
        if not held.isdisjoint((fold(letters), f"{fold(letters)}s")) or _NUMERIC.fullmatch(letters):
            continue
        if any(map(partial(_said, target), phrases().get(letters, ()))):
            continue
        if _is_spelt_out(letters, initials) or _is_rendered(letters, held, initials):
            continue
        usual = [letters, *_english(letters)]
        changed = next(
            (
                word
                for word in new
                if any(_is_changed(each, word.text) for each in usual)
                and not _is_spelt_out(word.text, initials)
            ),
            None,
        )
        if changed is not None:
            yield Alteration(match.span(1), (changed.start, changed.end))
        elif other := _another(letters, new):
            yield Alteration(match.span(1), (other.start, other.end))
        elif not new:
            yield Alteration(match.span(1), None)


def _another(letters: str, new: Sequence[Word]) -> Word | None:
    """Return one of the new acronyms that is surely another one's: UN became EU."""
    if not _english(letters):
        return None
    return next((word for word in new if word.text in _ANOTHERS), None)


def _is_capital(word: Word) -> bool:
    return word.text.isupper() and len(word.text) > 1


def _english(letters: str) -> list[str]:
    """The acronyms that English has for a French one, where the dictionary is sure of them."""
    entry = dictionary().headword(letters)
    usual = [each for each in entry.renderings if each.text.isupper()] if entry else []
    sure = sum(each.probability for each in usual) >= _SURE
    return [each.text for each in usual] if sure else []


def _is_rendered(letters: str, held: Set[str], initials: str) -> bool:
    """Whether a rendering that the dictionary knows stands there, or the words it is short for."""
    entry = dictionary().headword(letters)
    starts = {word[:size] for word in held for size in (_BEGINNING - 1, _BEGINNING)}
    return any(
        all(
            not held.isdisjoint((fold(part), f"{fold(part)}s"))
            if part.isupper()
            else fold(part)[: _BEGINNING if len(part) > _BEGINNING else _BEGINNING - 1] in starts
            for part in re.findall(r"\w+", each.text)
        )
        or (each.text.isalpha() and _is_spelt_out(each.text.rstrip("s"), initials))
        for each in (entry.renderings if entry else ())
    )


def _is_spelt_out(letters: str, initials: str) -> bool:
    """Whether words begin with these letters in a row, but for a small word between two."""
    return len(letters) > 2 and _initials(letters).search(initials) is not None


def _initials(letters: str) -> re.Pattern[str]:
    return re.compile(".{0,1}".join(map(re.escape, fold(letters))))


def _is_changed(letters: str, other: str) -> bool:
    """Whether one acronym is the other with letters moved, lost or added by mistake."""
    # Turned round it may be the English one: OTAN, NATO.
    turned = letters == other[::-1] and letters not in _english(letters)
    moved = sorted(letters) == sorted(other) and not turned
    return moved or is_near(letters, other, 1 if len(letters) < 5 else 2)


def foreign_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text in other letters than Latin ones."""
    yield from _SCRIPTS.finditer(text)
