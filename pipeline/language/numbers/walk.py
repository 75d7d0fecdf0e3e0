"""A text in, a walk over its tokens out: what reading digits and reading words share."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from pipeline.language.numbers.dates import dates
from pipeline.language.numbers.forms import (
    ADJACENT,
    BARE,
    EN_AT,
    EN_HALF,
    EVENING,
    FACTOR,
    FR_HALF,
    FR_RANGE_CLOCK,
    LEAST_UNSAID,
    MONEY_SCALES,
    MULTIPLIERS,
    RANGE,
    SHORT_SCALES,
    TIMES,
    TOKEN,
    Number,
    NumberToken,
    clock_readings,
)
from pipeline.language.numbers.measures import measures
from pipeline.language.numbers.quarters import quarters
from pipeline.language.numbers.rounds import rounds
from pipeline.language.numbers.shares import outs, shares
from pipeline.language.numbers.signs import sign_at
from pipeline.language.numbers.spoken import spoken
from pipeline.language.numbers.units import unit_at
from pipeline.language.numbers.words import Language


def _wholes(text: str, language: Language) -> dict[int, Number]:
    """The numbers of a text that are read as a whole, by where they start: the longest of each."""
    french = language.french
    found = chain(
        *(each(text, french) for each in (dates, measures, shares, rounds)),
        *(each(text, language.small, french) for each in (quarters, spoken)),
    )
    return {number.start: number for number in sorted(found, key=lambda each: each.end)}


class Walk:
    """The tokens of one text, and where a reader stands in them."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = [
            NumberToken(match.lastgroup or "", *match.span(), match[0], match[0].lower())
            for match in TOKEN.finditer(text)
        ]
        self.evening = bool(EVENING.search(text))
        self.wholes = _wholes(text, language)
        self.outs = outs(text, language.small)
        # « 6 millions, qui s'ajoutent aux 11 déjà votés »
        said = {language.scales.get(token.lower, 0) for token in self.tokens}
        self.scales_said = tuple(sorted(scale for scale in said if scale >= LEAST_UNSAID))
        self.index = 0

    def _adjacent(self, index: int) -> NumberToken | None:
        """The token at ``index`` if only a space or hyphen parts it from the one before."""
        if not 0 < index < len(self.tokens):
            return None
        token = self.tokens[index]
        gap = self.text[self.tokens[index - 1].end : token.start]
        return token if ADJACENT.fullmatch(gap) else None

    def _skip_to(self, offset: int) -> None:
        while self.index < len(self.tokens) and self.tokens[self.index].start < offset:
            self.index += 1

    def _shared(self, end: int) -> tuple[int, ...]:
        """The factors of words further on: "10 to 12 million", "four decades"."""
        if ahead := RANGE.match(self.text, end):
            short = (ahead[2] or "").lower()
            return (
                self.language.scales.get(ahead[1] or "", 1)
                * SHORT_SCALES.get(short, MONEY_SCALES.get(short, 1)),
            )
        following = self._adjacent(self.index)
        if following is not None and following.lower in MULTIPLIERS:
            return MULTIPLIERS[following.lower]
        return self.scales_said if self.language.french and BARE.match(self.text, end) else ()

    def _half(self, end: int) -> tuple[Fraction, int]:
        """What "et demi" or "and a half million" adds to a number, and the scale after it."""
        if self.language.french:
            return Fraction(1, 2) if FR_HALF.match(self.text, end) else Fraction(0), 1
        match = EN_HALF.match(self.text, end)
        if not match:
            return Fraction(0), 1
        if match[1]:
            self._skip_to(match.end())
        return Fraction(1, 2), self.language.scales.get((match[1] or "").lower(), 1)

    def _hour(self, start: int, end: int, value: Fraction) -> frozenset[str]:
        """The readings of an hour named in words around it: "trois heures", "until eight"."""
        if value > 24 or value.denominator > 2:
            return frozenset()
        hour, minutes = divmod(int(value * 60), 60)
        after = self.text[end : end + 10].lower()
        if re.match(r"\s?(?:heures?\b|h\b)", after) and self.language.french:
            return clock_readings(hour, minutes or None, "", self.evening)
        if self.language.french and FR_RANGE_CLOCK.match(self.text, end):
            return clock_readings(hour, minutes or None, "", self.evening)
        if re.match(r"\s?o['’]clock", after):
            return frozenset([f"a{hour * 60 % 720}"])
        if mark := re.match(r"\s([ap])\.?m\b", after):
            return clock_readings(hour, None, mark[1], False)
        hinted = 0 < value <= 12 and not self.language.french
        if hinted and EN_AT.search(self.text, max(0, start - 8), start):
            return frozenset([f"a{hour * 60 % 720}"])
        return frozenset()

    def _portion(self, start: int, end: int, value: Fraction, unit: str) -> set[str]:
        """The readings that answer a share: "one in two" a half, "three times less" a third."""
        if unit or value.denominator > 1:
            return set()
        times = TIMES.match(self.text, end) or FACTOR.search(self.text, max(0, start - 12), start)
        return {f"p{value}", *([f"w{value}"] if times else ())}

    def _unit(self, start: int, end: int) -> str:
        if self.text[max(start, end - 3) : end].lower() == "eur":
            return "€"
        return unit_at(self.text, start, end, self.language.french)

    def _signed(self, number: Number) -> Number:
        sign = sign_at(self.text, number.start, self.language.french) if number.digits else ""
        return replace(number, sign=sign) if sign else number
