"""A text in, its round numbers out: « une vingtaine », « des centaines », "tens of thousands".

A plural without a number says only the power of ten: reading ``q2`` for hundreds, ``q4`` for tens
of thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.numbers.forms import Number, key

# Words, their value, what else one of them may be meant by, and the power of ten of their plural.
FRENCH_ROUNDS = {
    "huitaine": (8, (7,), 1),
    "dizaine": (10, (12,), 1),
    "douzaine": (12, (10,), 1),
    "quinzaine": (15, (), 1),
    "vingtaine": (20, (), 1),
    "trentaine": (30, (), 1),
    "quarantaine": (40, (), 1),
    "cinquantaine": (50, (), 1),
    "soixantaine": (60, (), 1),
    "centaine": (100, (), 2),
    "millier": (1000, (), 3),
    "million": (10**6, (), 6),
    "milliard": (10**9, (), 9),
}
_ENGLISH = {"tens": 1, "dozens": 1, "scores": 1, "hundreds": 2, "thousands": 3, "millions": 6}
_ENGLISH |= {"billions": 9, "trillions": 12, "dozen": 1}
_SCALES = {"milliers": 3, "mille": 3, "millions": 6, "milliards": 9, "thousands": 3, "billions": 9}

_IN_FRENCH = re.compile(
    r"\b(une?|la|cette|d['’]une?|l['’]une)?\s?(?<![^\W_])"
    r"(?:(?:bon(?:ne)?|petite?|gros(?:se)?)\s)?(demi-)?"
    rf"({'|'.join(FRENCH_ROUNDS)})(s)?\b(?:\s(?:de|d['’])\s?(milliers|mille|millions|milliards)\b)?"
    r"(\s(?:de(?!\s(?:jours|vie)\b)|d['’]))?",
    re.IGNORECASE,
)
_IN_ENGLISH = re.compile(
    rf"\b({'|'.join(word for word in _ENGLISH if word != 'dozen')}|(?<=several )dozen"
    r"|(?<=few )dozen|(?<=some )dozen|(?<=many )dozen)(?:\sof\s(thousands|millions|billions))?\b"
    r"|\b(half(?:[\s-]an?)?[\s-]dozen)\b",
    re.IGNORECASE,
)
# Words that without what they count are as often an age or a span of time.
_LOOSE = frozenset(["quinzaine", "quarantaine", "cinquantaine", "trentaine"])
_DAYS = {"quinzaine": (14, 2)}  # two weeks
_COUNTED = re.compile(
    r"(?:[0-9]|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|two|three|four|five|six|seven"
    r"|eight|nine|ten))\s$",
    re.IGNORECASE,
)


def rounds(text: str, french: bool) -> Iterator[Number]:
    """Yield the round numbers of a text, but for those that another number multiplies."""
    for match in (_IN_FRENCH if french else _IN_ENGLISH).finditer(text):
        start = match.start(3) if french else match.start()
        if _COUNTED.search(text, max(0, start - 8), start):
            continue
        number = _french(match) if french else _english(match)
        if number is not None:
            yield number


def _french(match: re.Match[str]) -> Number | None:
    article, half, word, plural, scale, counting = match.groups()
    value, others, power = FRENCH_ROUNDS[word.lower()]
    if value >= 10**6 and not plural:
        return None  # an exact one: « un million »
    more = _SCALES[scale.lower()] if scale else 0
    start, end = match.start(2) if half else match.start(3), match.end(5 if scale else 3)
    if plural:
        keys = {f"q{power + more}"}
    else:
        keys = {key(each * 10**more) for each in (value, *others)}
        if half:
            keys = {key(value // 2 * 10**more)}
        elif not counting:
            keys |= set(map(key, _DAYS.get(word.lower(), ())))
    # « la quarantaine » is an age or an isolation as often as a count.
    counts = bool(plural or half or scale or (article and article.lower()[-2:] in ("ne", "un")))
    required = counts and bool(counting or plural or word.lower() not in _LOOSE)
    return Number(
        start, end, match.string[start:end], frozenset(keys), required=required, firm=bool(half)
    )


def _english(match: re.Match[str]) -> Number:
    if match[3]:
        return Number(*match.span(), match[0], frozenset([key(6)]), firm=True)
    word = match[1].lower()
    power = _ENGLISH[word] + (_SCALES[match[2].lower()] if match[2] else 0)
    required = word != "scores" or match.string[match.end() :].startswith(" of")
    return Number(*match.span(), match[0], frozenset([f"q{power}"]), required=required)
