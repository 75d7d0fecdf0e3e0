"""A text in, the times and durations out that are told by quarters and halves of an hour.

« huit heures moins le quart », "a quarter to eight", « midi et demi », "two and a quarter hours".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
_CLOCK = re.compile(
    r"\b(?:a\s)?(quarter|half|twenty-five|twenty|ten|five)\s(?:minutes\s)?(past|after|to|before)\s"
    r"([^\W_]{1,9})\b(?!\s(?!o['’]clock|[ap]\.?m)[^\W_])",
    re.IGNORECASE,
)
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
        return
    for match in _CLOCK.finditer(text):
        hours = _hours(match[3], counts)
        if hours is not None and (match[1].lower() != "half" or match[3].lower() in _NAMED):
            minutes = _MINUTES[match[1].lower()]
            before = match[2].lower() in ("to", "before")
            yield _told(match, hours, -minutes if before else minutes, span=False)
    for match in _SPAN.finditer(text):
        hours = _hours(match[1], counts)
        if hours is not None:
            yield _told(match, hours, 15, span=True)


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
