"""A text in, the times and durations out that are told by quarters and halves of an hour.

« huit heures moins le quart », "a quarter to eight", « midi et demi », "two and a quarter hours".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.language.numbers.forms import Number, clock_readings, key
from pipeline.language.numbers.units import duration

_NAMED = {"midi": 12, "minuit": 0, "noon": 12, "midday": 12, "midnight": 0, "an": 1, "a": 1}
_MINUTES = {
    "quart": 15, "demi": 30, "demie": 30, "vingt-cinq": 25, "vingt": 20, "dix": 10, "cinq": 5,
    "quarter": 15, "half": 30, "twenty-five": 25, "twenty": 20, "ten": 10, "five": 5,
}  # fmt: skip
_FRENCH = re.compile(
    r"\b(?:(midi|minuit)|([^\W_]{1,9})\s?(?:heures?|h))\s(?:(et)\s(?:(?:le|un)\s)?(quart|demie?)"
    r"|(moins)\s(?:le\s|un\s)?(quart|vingt-cinq|vingt|dix|cinq))\b(?!\s(?:de\s|d['’]))",
    re.IGNORECASE,
)
# Not "rose in the second quarter to 3 million".
_CLOCK = re.compile(
    r"(?<!first\s)(?<!second\s)(?<!third\s)(?<!fourth\s)(?<!last\s)\b(?:a\s)?(quarter|half|twenty-five|twenty|ten|five)\s(?:minutes\s)?(past|after|to|before)\s"
    r"([^\W_]{1,9})\b(?![.,:][0-9])(?!\s(?!o['’]clock|[ap]\.?m)[^\W_])",
    re.IGNORECASE,
)
_SHARP = re.compile(
    r"\b(?:a\s)?(quarter|half)\s(past|after|to|before)\s([^\W_]{1,9})"
    r"(?=\s(?:precisely|exactly|sharp|on|in|this|yesterday|today|tomorrow|when|every|local)\b)",
    re.IGNORECASE,
)
_AT_NAMED = re.compile(
    r"\b(?:a\s)?(quarter|half|twenty-five|twenty|ten|five)\s(?:minutes\s)?(past|after|to|before)\s"
    r"(noon|midday|midnight)\b",
    re.IGNORECASE,
)
# Hours and minutes in words: « deux heures trente », "an hour and 35 minutes".
_HOURS = {
    "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt et une": 21, "vingt-et-une": 21,
    "vingt-deux": 22, "vingt-trois": 23, "une": 1, "an": 1,
}  # fmt: skip
_SPOKEN_FR = re.compile(
    rf"(?<![\w-])({'|'.join(_HOURS)}|[^\W\d_]{{2,8}})\sheures?\s(?:et\s)?"
    r"(?:([1-5]?[0-9])\sminutes?|((?:vingt|trente|quarante|cinquante)(?:-cinq)?|quinze|dix|cinq)"
    r"(?:\sminutes?)?)\b(?!\s(?:mille|cents?|millions?|pour)\b|-)",
    re.IGNORECASE,
)
_SPOKEN_EN = re.compile(
    r"(?<![\w.,-])(an?|[^\W_]{1,8})(?:\s|-)(?:hours?|hrs?)\s(?:and\s)?"
    r"(?:([1-5]?[0-9])|((?:twenty|thirty|forty|fifty)(?:[\s-]five)?|fifteen|ten|five))"
    r"(?:\s|-)(?:minutes?|mins?)\b(?!,?\s(?:and\s)?[^\W_]{1,8}\ssec)",
    re.IGNORECASE,
)
# « midi trente », but not « à midi dix personnes ».
_NAMED_FR = re.compile(
    r"\b(midi|minuit)\s(?:et\s)?()((?:vingt|trente|quarante|cinquante)(?:-cinq)?|quinze|dix|cinq)\b"
    r"(?=\s(?:à|au|aux|dans|sur|en|par|pour|et|du|lorsque|quand|ce|cette|heure)\b|\s?(?:[^\w\s]|$))",
    re.IGNORECASE,
)
_TENS = {
    "trente": 30, "quarante": 40, "cinquante": 50, "quinze": 15, "thirty": 30, "forty": 40,
    "fifty": 50, "fifteen": 15,
}  # fmt: skip
_SPAN = re.compile(
    r"\b([^\W_]{1,9})\s(?:hours?\sand\sa\squarter\b|and\sa\squarter\shours?\b)", re.IGNORECASE
)


def quarters(text: str, counts: Mapping[str, int], french: bool) -> Iterator[Number]:
    """Yield what a text tells so; ``counts`` are the number words of its language."""
    if french:
        for match in _FRENCH.finditer(text):
            hours = _hours(match[1] or match[2], counts)
            # « trois heures et demie » is read with its number.
            if hours is not None and (match[1] or match[4] in (None, "quart")):
                minutes = _MINUTES[(match[4] or match[6]).lower()]
                yield _told(match, hours, -minutes if match[5] else minutes, span=not match[5])
        yield from _spoken(_SPOKEN_FR.finditer(text), counts)
        yield from _spoken(_NAMED_FR.finditer(text), counts)
        return
    yield from _spoken(_SPOKEN_EN.finditer(text), counts)
    for match in (*_CLOCK.finditer(text), *_SHARP.finditer(text), *_AT_NAMED.finditer(text)):
        hours = _hours(match[3], counts)
        if hours is not None and (match[1].lower() != "half" or match[3].lower() in _NAMED):
            minutes = _MINUTES[match[1].lower()]
            before = match[2].lower() in ("to", "before")
            yield _told(match, hours, -minutes if before else minutes, span=False)
    for match in _SPAN.finditer(text):
        hours = _hours(match[1], counts)
        if hours is not None:
            yield _told(match, hours, 15, span=True)


def _spoken(found: Iterable[re.Match[str]], counts: Mapping[str, int]) -> Iterator[Number]:
    """Yield the hours and minutes that are told one after the other."""
    for match in found:
        hours = _HOURS.get(match[1].lower(), _hours(match[1], counts))
        if hours is not None:
            minutes = int(match[2]) if match[2] else _minutes(match[3].lower())
            yield _told(match, hours, minutes, span=True)


def _minutes(word: str) -> int:
    tens, _, more = word.replace(" ", "-").partition("-")
    return (_TENS | _MINUTES)[tens] + (5 if more else 0)


def _hours(word: str, counts: Mapping[str, int]) -> int | None:
    lower = word.lower()
    hours = int(word) if word.isdecimal() else _NAMED.get(lower, counts.get(lower))
    return hours if hours is not None and hours <= 24 else None


def _told(match: re.Match[str], hours: int, minutes: int, *, span: bool) -> Number:
    hours, minutes = divmod(hours * 60 + minutes, 60)
    hours %= 24
    readings = {r for r in clock_readings(hours, minutes, "", False) if r[0] in "at"}
    return Number(
        *(*match.span(), match[0]),
        readings=frozenset(readings | ({duration(hours * 3600 + minutes * 60)} if span else set())),
        parts=(frozenset([key(hours), key(minutes)]),),
        unit="hour",
        sealed=True,
        firm=True,
    )
