"""A case in, findings out where a day, season, relative, colour … became another of its kind.

A day of the week or a month is told too where it is only missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.base import Case, Check, Dimension, Span
from pipeline.language.data import data_lines
from pipeline.language.dictionary import dictionary
from pipeline.language.dictionary.entries import opens
from pipeline.model import Doubt, Severity

ID = "confusions"
_WORD = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)*")
# Kinds that no translation leaves out; what has a number before it is a date, and the numbers'.
_ALWAYS_TOLD = ("day", "month")
_DATED = re.compile(r"(?:\d(?:er)?|1ᵉʳ|premier)[ \u00a0\u202f-]$")
_YEAR = re.compile(r"[ \u00a0\u202f]\d{4}\b")
_LONGEST_DATE = 9
# « Dans la nuit de lundi à mardi » is on Monday night, or early on Tuesday.
_NIGHT = re.compile(r"\b[Nn]uit d[eu] ([^\W\d]+)(?: \d+(?:er)?)? (?:à|au) ([^\W\d]+)")
# English for a part of the week, or for all of it.
_WEEK = re.compile(r"\b(?:week(?:day|end|night)s?|every day|daily|seven days)\b", re.IGNORECASE)
# A day of the Church's or the people's year has its own name.
_FEAST = re.compile(r" (?:de l['’]Ascension|de Pâques|de Pentecôte|gras|saint|des Rameaux)\b")
# Before a French word, what belongs to it in the table: l'été, plein est.
_JOINED = re.compile(r"(?:\b([ldLD])['’]|\b([Cc]et|[Cc]haque|[Ee]n|[Pp]lein)\s)$")


@dataclass(frozen=True, slots=True)
class _Kinds:
    """French and English words → the lines that have them; line → kind.

    ``begun``: beginnings of English words; ``general``: those that render one
    of a kind, and are none themselves; ``phrases``: those of several words, which the table joins
    by "_".
    """

    french: dict[str, set[int]]
    english: dict[str, set[int]]
    begun: dict[str, set[int]]
    classes: list[str]
    general: set[tuple[str, str]]
    phrases: re.Pattern[str]

    def of_english(self, word: str) -> set[int]:
        """The lines that an English word belongs to."""
        found = self.english.get(word) or self.english.get(_small(word), set())
        begun = [lines for start, lines in self.begun.items() if word.lower().startswith(start)]
        return found.union(*begun)


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    """Read the table, on first use."""
    lines = list(data_lines("kinds.txt"))
    joined = [word.replace("_", " ") for line in lines for word in line.split() if "_" in word]
    phrases = re.compile(rf"\b(?:{'|'.join(joined)})\b", re.IGNORECASE)
    kinds = _Kinds({}, {}, {}, [], set(), phrases)
    for number, line in enumerate(lines):
        name, words = line.split(": ")
        ours, theirs = words.split(" | ")
        kinds.classes.append(name)
        for word in ours.split():
            for form in _inflected(word):
                kinds.french.setdefault(form, set()).add(number)
        for word in theirs.split():
            if word[0] == "~":
                word = word[1:]
                kinds.general.add((name, word))
            table = kinds.begun if word.endswith("*") else kinds.english
            table.setdefault(word.removesuffix("*"), set()).add(number)
    return kinds


def _inflected(word: str) -> list[str]:
    """Give the forms of a French word: with "+" its feminine and plurals too."""
    if not word.endswith("+"):
        return [word]
    stem = word.removesuffix("+")
    double = "ne" if stem.endswith("ien") else "le" if stem.endswith("el") else ""
    feminine = stem + double if double else stem.removesuffix("e") + "e"
    plural = stem.removesuffix("al") + "aux" if stem.endswith("al") else f"{stem}s"
    return [stem, plural, feminine, f"{feminine}s"]


def _small(word: str) -> str:
    """A word without the capital that opens a sentence or a title."""
    return word[:1].lower() + word[1:]


def _run(case: Case) -> Iterator[Doubt]:
    kinds = _kinds()
    asked = list(_french(case.source, kinds))
    if not asked:
        return
    given = [
        (match.span(), lines)
        for match in _WORD.finditer(
            kinds.phrases.sub(lambda found: found[0].lower().replace(" ", "_"), case.target)
        )
        for word in (
            match[0],
            match[0].removeprefix("mid-").removeprefix("Mid-"),
            re.sub("s(?=-in-law$)", "", match[0]),
            *match[0].split("-")[:-1],
        )
        if (lines := kinds.of_english(word))
    ]
    meant = {line for _, lines in asked for line in lines}
    told = {line for _, lines in given for line in lines}
    for span, lines in asked:
        for name in sorted({kinds.classes[line] for line in lines}):
            # « nord-ouest » is of the kind of west, and of that of the corners.
            own = {line for line in lines if kinds.classes[line] == name}
            if not own.isdisjoint(told):
                continue
            for other, every in given:
                theirs = {line for line in every if kinds.classes[line] == name}
                one, two = case.source[slice(*span)], case.target[slice(*other)]
                general = not kinds.general.isdisjoint(((name, two), (name, _small(two))))
                if theirs and not general and theirs.isdisjoint(meant):
                    message = f"“{one}” may have become “{two}”."
                    yield case.doubt(ID, Severity.LOOK, message, span, other)
                    return
    yield from _missing(case, kinds, asked, told)


def _missing(
    case: Case, kinds: _Kinds, asked: Sequence[tuple[Span, set[int]]], told: set[int]
) -> Iterator[Doubt]:
    """Yield a doubt for the first day or month that the translation does not tell."""
    if _WEEK.search(case.target):
        return
    either = {span for match in _NIGHT.finditer(case.source) for span in _told(match, asked, told)}
    small = case.target.lower()
    for span, lines in asked:
        word = case.source[slice(*span)]
        if (
            all(kinds.classes[line] in _ALWAYS_TOLD for line in lines)
            and lines.isdisjoint(told)
            and span not in either
            and (word.islower() or opens(case.source, span[0]))
            and not _DATED.search(case.source[max(0, span[0] - _LONGEST_DATE) : span[0]])
            and not _YEAR.match(case.source, span[1])
            and not _FEAST.match(case.source, span[1])
            and word.lower() not in small
            and not _is_of_a_phrase(case.source, span, lines, kinds)
        ):
            message = f"“{word}” is missing in the translation."
            yield case.doubt(ID, Severity.LOOK, message, span)
            return


def _told(
    night: re.Match[str], asked: Sequence[tuple[Span, set[int]]], told: set[int]
) -> list[Span]:
    """The days of a night, where the translation tells one of them."""
    both = [(span, lines) for span, lines in asked if span in (night.span(1), night.span(2))]
    return [span for span, _ in both] if any(lines & told for _, lines in both) else []


def _is_of_a_phrase(text: str, span: Span, lines: set[int], kinds: _Kinds) -> bool:
    """Whether a word stands in a term that English says without it: « peintre du dimanche »."""
    return not all(
        any(
            kinds.of_english(word) & lines for each in term.renderings for word in each.text.split()
        )
        for term in dictionary().phrases_over(text, span)
    )


def _french(text: str, kinds: _Kinds) -> Iterator[tuple[Span, set[int]]]:
    """Yield the words of a French text that the table has, with the lines that have them."""
    for match in _WORD.finditer(text):
        joined = _JOINED.search(text[max(0, match.start() - 8) : match.start()])
        forms = [match[0], _small(match[0]), match[0].removeprefix("mi-")]
        if joined:
            mark = f"{joined[1].lower()}'" if joined[1] else f"{joined[2].lower()}-"
            forms.insert(0, mark + _small(match[0]))
        for form in forms:
            if lines := kinds.french.get(form):
                yield match.span(), lines
                break


CHECK = Check(
    id=ID,
    title="Confusions",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "A word of a closed kind (day, month, season, part of the day, point of the compass, "
        "relative, colour, party, faith, continent, ocean, rank, ministry) has none of its "
        "renderings in the translation, and another word of its kind stands there that renders "
        "nothing in the source; or a day of the week or a month has none there."
    ),
    run=_run,
    notes=(
        "A list of some hundred words. One that is only missing is left to the other checks, but "
        "for days and months: of the night of Monday to Tuesday one is enough, a date's month is "
        "the business of the numbers, and “weekend” may tell Saturday and Sunday."
    ),
)
