"""A word of the English in; whether it is made of others, and of which, out."""

from __future__ import annotations

from pipeline.language.dictionary import dictionary
from pipeline.language.words import words
from pipeline.text import fold

# Of two words that are joined one is as a rule a small one: "sendingmore", "beforethe".
_SMALL = frozenset(
    "more most less with from that this these those they them their there were been have has had "
    "the and but for not its his our your which who when where than then before into onto would "
    "could should will can about after also only other some such because between during".split()
)
_MODEL = 4  # letters that a made-up word has in common with the French one, and half of its own

_LONGEST = 60
_ENDINGS = tuple("ship ships hood ly ness less ing ed er ers able like ish al ity".split())
_BEGINNINGS = (
    "un re pre non over under anti inter multi sub super co de dis mis out post semi micro macro "
    "hyper bio geo neo poly photo electro psycho socio trans ultra counter fore auto self mid eco"
).split()


def is_english(word: str) -> bool:
    """Whether English has a word, or it is made of one that English has."""
    return dictionary().english_word(word) or _is_derived(word)


def _is_derived(word: str) -> bool:
    """Whether a word is made of an English one with a beginning or an ending."""
    known = dictionary().english_word
    if any(word.startswith(each) and known(word[len(each) :]) for each in _BEGINNINGS):
        return True
    stems = [word.removesuffix(each) for each in _ENDINGS if word.endswith(each)]
    return any(len(each) > 2 and (known(each) or known(f"{each}e")) for each in stems)


def model_of(word: str, source: str) -> str | None:
    """Return the French word that a word that English has not was made after: tardé, "tarded".

    Its renderings are other words: "delayed". One that is like them ("endolithic") may be rare,
    unless it has the accent of the French.
    """
    own = fold(word)
    for other in words(source):
        if not other.text.islower() or not is_like(own, fold(other.text)):
            continue
        entry = dictionary().entry(other.text)
        known = [part for each in entry.renderings for part in each.text.split()] if entry else []
        if own != word or (known and not any(is_like(own, fold(part)) for part in known)):
            return other.text
    return None


def is_like(word: str, other: str) -> bool:
    """Whether a word begins as another, by some letters and half of its own."""
    shared = next((i for i in range(len(word)) if word[i] != other[i : i + 1]), len(word))
    return shared >= max(_MODEL, len(word) // 2)


def parts_of(word: str) -> tuple[str, str] | None:
    """Return the two English words that one is made of, if it is: "sendingmore"."""
    known = dictionary().english_word
    # No two words are as long; and each cut costs as much as the word is long.
    cuts = range(3, min(len(word), _LONGEST) - 2)
    pairs = ((word[:cut], word[cut:]) for cut in cuts)
    return next((p for p in pairs if not _SMALL.isdisjoint(p) and all(map(known, p))), None)
