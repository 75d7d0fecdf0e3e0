"""A French text and its English in, out where the one goes up and the other down.

Rises and falls (« a baissé de 3 % », "rose by 3%"), the bounds of a number (« pas moins de 300 »,
"fewer than 300") and the parts of a month or year (« fin mars », "early March").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.months import MONTHS
from pipeline.language.numbers import extract, partners

Span = tuple[int, int]


def _any(stems: str) -> re.Pattern[str]:
    """Match any of the words; "*" stands for any ending."""
    forms = "|".join(stem.replace("*", r"\w*") for stem in stems.split())
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


# What a figure does, in French; and all that says the like in English, so that only a translation
# that has nothing of it, and something of the opposite, is doubted.
_UP_FR = _any(
    "augment* hauss* progress(?:e|é|er|ent|ait|aient|ions?) grimp* bondi bondit bondissent flamb* "
    "accroît accroiss* accrue?s?"
)
_DOWN_FR = _any(
    "baiss* reculs? recule recul(?:é|er|ent|ait|aient) diminu* chut* repli replis fléchi* "
    "dégringol* décroît décroiss* décrue?s?"
)
_UP_EN = _any(
    "ris* rose increas* grow* grew climb* jump* soar* surg* gain* higher up upwards upward upturn "
    "more advanc* rais* boost* expand* expans* improv* progress* hik* add* rocket* leap* leapt "
    "greater extra upswing double* triple* swell* swollen further strengthen* highest above"
)
_DOWN_EN = _any(
    "fall* fell decreas* declin* drop* reduc* lower* plung* slump* shrink* shrank shrunk tumbl* "
    "slid* slip* dip* cut* down downwards downward downturn less fewer lost los* collaps* weak* "
    "recession recede* retreat* pull* back crash* eas* subsid* dwindl* shed* sink* sank sunk ebb* "
    "slow* diminish* halv* short* worse* setback* behind below narrow* soften* plummet* cheap* "
    "contract* off backward* descen* low"
)
_PLAIN_UP_EN = _any(
    "rise rises rose risen increas* grew grow grows climbs? climbed soar* surged jumped"
)
_PLAIN_DOWN_EN = _any(
    "fall falls fell fallen decreas* declin* dropped drops reduc* plung* plummet* tumbl* shrank"
)
# What turns a direction round in either language.
_TURNING_FR = _any("ne n pas moins moindre* ralenti* frein* limit* contre* enray* stopp* sans fin")
_TURNING_EN = _any("not no never without nor stop* halt* avoid* prevent* slow* curb* \\w+n['’]t")

# Before a number, what says that it is the least or the most.
_OF = r"(?:\s(?:de|des|du)(?:\s(?:la|les|leurs?|ses))?|\sd['’])"
_THE = r"(?:\s(?:la|les|le|leurs?|ses))?"
_LEAST_FR = re.compile(
    rf"\b(?:(?P<set>(?:pas|non) moins){_OF}|plus{_OF}|au moins{_THE}|au minimum{_THE})\s?$",
    re.IGNORECASE,
)
_MOST_FR = re.compile(
    rf"\b(?:(?P<set>(?:pas|non) plus){_OF}|(?<!au )moins{_OF}|au plus{_THE}|au maximum{_THE})\s?$",
    re.IGNORECASE,
)
_MONEY = r"(?:\s|-)(?:(?:US|CA)?[€$£]\s?)?$"
_LEAST_EN = re.compile(
    rf"\b(?:(?P<set>no(?:t)? (?:fewer|less) than)|(?:more|greater|higher|older|longer) than|over"
    rf"|above|at least|upwards of|in excess of){_MONEY}",
    re.IGNORECASE,
)
_MOST_EN = re.compile(
    rf"\b(?:(?P<set>no(?:t)? more than)|(?:less|fewer|lower|younger|shorter) than|under|below"
    rf"|at (?:the )?most){_MONEY}",
    re.IGNORECASE,
)
_NEAR = 30  # characters before a number that its bound stands in
_DENIED_FR = re.compile(r"\b(?:ne|jamais|sans|pas)\b|\bn['’]", re.IGNORECASE)
_DENIED_EN = re.compile(r"\b(?:not?|never|without|nor|cannot)\b|n['’]t\b", re.IGNORECASE)

_FRENCH_MONTHS, _ENGLISH_MONTHS = ("|".join(MONTHS[language]) for language in ("fr", "en"))
_PART_FR = re.compile(
    rf"\b(?:(?P<start>début)|(?P<end>fin))\s(?:{_FRENCH_MONTHS}|(?:19|20)[0-9]{{2}})\b",
    re.IGNORECASE,
)
_AT_START = r"\bearly\s|\b(?:beginning|start)\sof\s"
_AT_END = r"\blate\s|\bend\sof\s"
_PART_EN = re.compile(
    rf"(?:(?P<start>{_AT_START})|(?P<end>{_AT_END}))(?:{_ENGLISH_MONTHS}|(?:19|20)[0-9]{{2}})\b",
    re.IGNORECASE,
)


def turned_round(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """Yield the places of the French, each with that of the English that says the opposite."""
    yield from _figures(source, target)
    yield from _bounds(source, target)
    yield from _parts(source, target)


def _figures(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """What rises or falls, where the French says the one alone and the English the other alone."""
    if _TURNING_FR.search(source) or _TURNING_EN.search(target):
        return
    up, down = _UP_FR.search(source), _DOWN_FR.search(source)
    if bool(up) == bool(down):
        return
    told, turned = (_UP_EN, _PLAIN_DOWN_EN) if up else (_DOWN_EN, _PLAIN_UP_EN)
    ours, theirs = up or down, turned.search(target)
    if ours and theirs and not told.search(target):
        yield ours.span(), theirs.span()


def _bounds(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """The numbers that the one has at least and the other at most."""
    for one, other in partners(extract(source, "fr"), extract(target, "en")):
        least, most = (_before(source, one.start, each) for each in (_LEAST_FR, _MOST_FR))
        under, over = (_before(target, other.start, each) for each in (_MOST_EN, _LEAST_EN))
        ours, theirs = (least, under) if least else (most, over)
        if not ours or not theirs:
            continue
        if _is_denied(ours, _DENIED_FR) or _is_denied(theirs, _DENIED_EN):
            continue
        yield _said(ours), _said(theirs)


def _said(bound: re.Match[str]) -> Span:
    """The place of a bound, without the space and the sign of money after it."""
    return bound.start(), bound.start() + len(bound[0].rstrip(" \u00a0\u202f$€£-"))


def _before(text: str, place: int, bound: re.Pattern[str]) -> re.Match[str] | None:
    return bound.search(text, max(0, place - _NEAR), place)


def _is_denied(bound: re.Match[str], denial: re.Pattern[str]) -> bool:
    """Whether a denial before a bound turns it round, as in « ne compte pas moins de »."""
    before = bound.string[max(0, bound.start() - _NEAR) : bound.start()]
    return not bound["set"] and denial.search(before) is not None


def _parts(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """The beginning of a month or year that became its end, or the reverse."""
    ours, theirs = list(_PART_FR.finditer(source)), list(_PART_EN.finditer(target))
    if len(ours) == len(theirs) == 1 and ours[0].lastgroup != theirs[0].lastgroup:
        yield ours[0].span(), theirs[0].span()
