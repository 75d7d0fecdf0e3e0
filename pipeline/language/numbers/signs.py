"""A text and where a number stands in it, its sign out; two texts, the numbers that lost theirs.

"-" and "+" are written before the number, or said ("moins 5", "minus 5"); "<" is a fall or a loss
that a word right before it tells ("down 5%").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.language.numbers.forms import Number

_MONEY = r"(?:(?:US|CA)?[€$£]\s?)?"
_MARK = re.compile(rf"(?:^|[\s(\[:;,/«“\"~])([-–−+]|−\s){_MONEY}$|[€$£]([-–−+])$")
_SAID_FR = re.compile(r"(?<!\bau )(?<!\bdu )(?<!\bou )(?<!\bde )(?<!\ben )\bmoins\s$", re.I)
_SAID_EN = re.compile(rf"\b(?:minus|negative)\s{_MONEY}$", re.IGNORECASE)
_FALL_EN = re.compile(rf"\b(?:down|off)\s(?:by\s)?{_MONEY}$", re.IGNORECASE)
_RISE_EN = re.compile(rf"\bup\s(?:by\s)?{_MONEY}$", re.IGNORECASE)
# Elsewhere in the sentence, what says that a number is below nothing.
_BELOW_EN = re.compile(
    r"\b(?:deficits?|loss(?:es)?|lost|lose[sd]?|down|off|less|fewer"
    r"|under|drop\w*|decreas\w*|declin\w*|f[ae]ll\w*|reduc\w*|lower\w*|shortfall|overdrawn|debts?"
    r"|contract\w*|shr[aiu]nk\w*|cuts?|discount\w*|slump\w*|plung\w*|slip\w*|debit)\b",
    re.IGNORECASE,
)
_NEGATIVE_EN = re.compile(r"\b(?:minus|negative|below|sub-?zero)\b", re.IGNORECASE)
# Which is above nothing: « moins cinq » is no "less than five".
_LESS_EN = re.compile(r"\b(?:less|fewer|lower) than\s[€$£]?$", re.IGNORECASE)
_LEVEL_EN = re.compile(r"\b(?:to|at)\s[€$£]?$")  # what was fallen to, not by
_BELOW_FR = re.compile(
    r"\b(?:moins|négati\w*|zéro|déficit\w*|pertes?|perd\w*|recul\w*|baiss\w*|chut\w*|diminu\w*"
    r"|réduc\w*|rédui\w*|solde|repl\w*|cèd\w*|céd\w*|ramen\w*|abaiss\w*|plong\w*)\b",
    re.IGNORECASE,
)
_NEAR = 24  # characters before a number that its sign is looked for in


def sign_at(text: str, start: int, french: bool) -> str:
    """Return the sign of the number that starts at ``start``: "-", "+", "<" or ""."""
    before = text[max(0, start - _NEAR) : start]
    if mark := _MARK.search(before):
        return "+" if "+" in mark[0] else "-"
    if french:
        return "-" if _SAID_FR.search(before) else ""
    if _SAID_EN.search(before):
        return "-"
    if _FALL_EN.search(before):
        return "<"
    return "+" if _RISE_EN.search(before) else ""


def turned(
    french: Sequence[Number], english: Sequence[Number], source: str, translation: str
) -> Iterator[tuple[Number, Number]]:
    """Yield the numbers that stand in both texts with another sign, or have lost theirs."""
    if not any(number.sign for number in (*french, *english)):
        return
    by_reading: dict[str, list[Number]] = {}
    for number in english:
        for reading in number.readings:
            by_reading.setdefault(reading, []).append(number)
    for number in french:
        values = [reading for reading in number.readings if reading[0] == "n"]
        answers = [each for value in values for each in by_reading.get(value, ())[:20]]
        if answers and all(_turned(number, each, source, translation) for each in answers):
            yield number, answers[0]


def _turned(number: Number, answer: Number, source: str, translation: str) -> bool:
    if number.sign == "-":
        return answer.sign == "+" or (answer.sign == "" and not _is_below(answer, translation))
    if number.sign == "+":
        return answer.sign in ("-", "<")
    return answer.sign == "-" and answer.digits and _BELOW_FR.search(source) is None


def _is_below(number: Number, text: str) -> bool:
    """Whether the sentence around a number says that it is negative, or one that was lost."""
    if _NEGATIVE_EN.search(text):
        return True
    before = text[: number.start][-_NEAR:]
    if _LESS_EN.search(before):
        return False
    level = number.unit[:1] in ("°", "d") or _LEVEL_EN.search(before)
    return not level and _BELOW_EN.search(text) is not None
