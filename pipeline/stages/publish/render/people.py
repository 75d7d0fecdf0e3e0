"""What a document says of who wrote it and when in; the line below its title, on each side, out.

A day is set as each language does, in whatever usual form it is given; what is no day, such as
« hiver 2031 », stands as it is. The names in a byline are nobody's to translate; the small words
between them are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.language.months import MONTHS
from pipeline.language.typography import printable, typeset
from pipeline.model import Document
from pipeline.stages.publish.render.view import Pair

# Author and day stand on lines of their own where one is too long for both.
_BYLINE_CHARACTERS = 40
_WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
_WORDS = re.compile(
    r"(?:le )?(?:(?P<weekday>[^\W\d]+),? )?(?:(?P<day>\d{1,2})(?:er)? )?(?P<month>[^\W\d]{3,})\.?"
    r" (?P<year>\d{4})"
)
# An ISO day, with or without the time.
_STANDARD = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[t ]\d.*)?")
_SMALL_WORDS = (
    (re.compile(r"^Propos recueillis par\b"), "Interview by"),
    (re.compile(r"^(?:Texte|Article|Reportage) (?:de|par)\b"), "By"),
    (re.compile(r"^Par\b"), "By"),
    (re.compile(r"\bpar(?= )"), "by"),
    (re.compile(r"(?<=[ \u00a0])(?:et|&)(?= )"), "and"),
    (re.compile(r"(?<=[ \u00a0(])avec (?:l['’])?"), "with "),
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day, or a month where ``day`` is 0; ``weekday`` counts from 0 where it is said."""

    year: int
    month: int
    day: int
    weekday: int | None


def people(document: Document, english: str) -> tuple[Pair, ...]:
    """Return author and day in both languages, in lines; ``english`` is that of the edition."""
    author = " ".join(document.author.split())
    lines = Pair(
        _joined(author, _written(document.date, "fr"), "fr"),
        _joined(_in_english(author), _written(document.date, english), "en"),
    )
    return (lines,) if lines.source else ()


def _joined(author: str, day: str, language: str) -> str:
    names = "".join(typeset(printable(author), language))
    apart = "\n" if len(names) + len(day) > _BYLINE_CHARACTERS else " · "
    return apart.join(each for each in (names, day) if each)


def _in_english(author: str) -> str:
    for french, word in _SMALL_WORDS:
        author = french.sub(word, author)
    return author


def _written(text: str, english: str) -> str:
    """Return a day as it is written in French ("fr"), American ("us") or any other English."""
    language = "fr" if english == "fr" else "en"
    found = _day(text)
    if found is None:
        return "".join(typeset(printable(" ".join(text.split())), language))
    month = MONTHS[language][found.month - 1]
    weekday = "" if found.weekday is None else _WEEKDAYS[language][found.weekday]
    if not found.day:
        return f"{month} {found.year}"
    if english == "us":
        comma = f"{weekday}, " if weekday else ""
        return f"{comma}{month}\u00a0{found.day}, {found.year}"
    number = "1er" if language == "fr" and found.day == 1 else str(found.day)
    return f"{weekday} {number}\u00a0{month} {found.year}".lstrip()


def _day(text: str) -> _Day | None:
    """Read a day: 2031-10-16, 16/10/2031, « jeudi 16 octobre 2031 », « oct. 2031 »."""
    words = " ".join(text.split()).casefold()
    forms = (form.fullmatch(words) for form in (_STANDARD, _NUMBERS, _WORDS))
    found = next((match.groupdict() for match in forms if match), None)
    if found is None:
        return None
    number = found["month"]
    month = int(number) - 1 if number.isdecimal() else _place(number, MONTHS)
    named = found.get("weekday")
    weekday = _place(named, _WEEKDAYS) if named else None
    if month is None or (named and weekday is None):
        return None
    try:
        day = date(int(found["year"]), month + 1, int(found["day"] or 1))
    except ValueError:
        return None
    return _Day(day.year, day.month, day.day if found["day"] else 0, weekday)


def _place(begin: str, names: Mapping[str, Sequence[str]]) -> int | None:
    """Return the place, from 0, of the one name of a language that begins so."""
    for each in names.values():
        found = [place for place, name in enumerate(each) if name.casefold().startswith(begin)]
        if len(found) == 1:
            return found[0]
    return None
