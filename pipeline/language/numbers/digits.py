"""A number that begins with digits in, its readings out: with what follows it, and its sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.language.numbers.forms import (
    ARTICLE,
    COLON_CLOCK,
    EN_CLOCK,
    EN_DOTTED,
    FR_CLOCK,
    HALF_HOUR,
    LONGEST,
    MEASURES,
    MONEY,
    MONEY_SCALES,
    ORDINAL_END,
    RANGE_CLOCK,
    SHORT_SCALES,
    SLASHED,
    Number,
    NumberToken,
    clock_readings,
    key,
    readings_of_digits,
)
from pipeline.language.numbers.measures import mixed
from pipeline.language.numbers.signs import sign_at
from pipeline.language.numbers.units import CURRENCY_BEFORE, duration, spans
from pipeline.language.numbers.walk import Walk

_ELISION = (" '", " ’")  # before a year without its century


class DigitReader(Walk):
    """Reads the numbers of a text that are written with digits."""

    def _digits(self, token: NumberToken) -> Iterator[Number]:
        start = token.start
        clock = None
        if start == 0 or self.text[start - 1] not in "0123456789.,:/-":
            pattern = FR_CLOCK if self.language.french else EN_CLOCK
            clock = pattern.match(self.text, start) or COLON_CLOCK.match(self.text, start)
        if clock and clock.end() > token.start + len(clock[1]):
            yield self._time(clock)
            return
        self.index += 1
        pieces = frozenset(key(int(run[-LONGEST:])) for run in re.findall("[0-9]+", token.text))
        values, foreign = readings_of_digits(token.text, self.language.french)
        if token.kind == "phone" or not values:
            code = re.sub("[^0-9]", "", token.text)
            yield Number(
                *(start, token.end, token.text, frozenset([f"v{code[-8:]}"])),
                digits=True,
                parts=(pieces,),
                sealed=token.kind == "phone",
            )
            return
        part = mixed(self.text, start)
        if part is not None:
            values = [part[0]]
            self._skip_to(part[1])
        readings = [v + extra for v in values for extra in self._centuries(token)]
        end, scale = self._scale(token.start, part[1] if part else token.end)
        half, after = self._half(end)
        scale *= after
        keys = {key((value + half) * scale) for value in readings}
        keys |= {f"{kind}{value + half}" for value in readings for kind in "co" if scale == 1}
        if half and self.language.french:
            keys |= {key(value * scale + Fraction(scale, 2)) for value in readings}
        if SLASHED.search(self.text, max(0, start - 3), min(len(self.text), token.end + 8)):
            keys |= {f"m{value}" for value in values if value <= 12}
        keys |= {key(value * factor) for value in readings for factor in self._shared(end)}
        unit = self._unit(start, end)
        if not unit and (clock := EN_DOTTED.fullmatch(token.text)):
            keys |= clock_readings(int(clock[1]), int(clock[2]), "", self.evening)
        if not self.language.french and RANGE_CLOCK.match(self.text, end) and values[0] <= 12:
            keys |= clock_readings(int(values[0]), None, "", True)
        if start in self.outs:
            keys.add(self.outs[start])
        if not self.language.french and self.text[end : end + 1] == "s" and values[0] % 100 == 0:
            century = values[0] / 100 + 1
            keys |= {key(century), f"o{century}", f"c{century}"}
        keys |= spans(values[0] * scale + half, unit)
        keys |= self._portion(start, end, values[0] * scale + half, unit)
        if len(token.text) >= 8 and token.kind == "literal" and token.text.isdigit():
            keys.add(f"v{token.text[-8:]}")
        yield Number(
            start=start,
            end=end,
            surface=self.text[start:end],
            readings=frozenset(keys | self._hour(start, end, values[0])),
            digits=True,
            required=not self._exponent(token),
            unit=unit,
            parts=(pieces,) if scale == 1 and self._is_divided(token) else (),
            foreign=foreign,
            sign=sign_at(self.text, start, self.language.french),
            ordinal=ORDINAL_END.match(self.text, token.end) is not None,
        )

    def _is_divided(self, token: NumberToken) -> bool:
        """Whether its groups may be numbers by themselves: thousands, Article 49.3."""
        article = ARTICLE.search(self.text, max(0, token.start - 10), token.start)
        return token.kind == "grouped" or article is not None

    def _exponent(self, token: NumberToken) -> bool:
        before = self.tokens[self.index - 2] if self.index > 1 else None
        return (
            token.text in ("2", "3")
            and before is not None
            and before.end == token.start
            and before.lower in MEASURES
        )

    def _centuries(self, token: NumberToken) -> list[int]:
        """What to add to a shortened year: "années 90", "'90s", "'18", "1914-18", "1943–6"."""
        index = self.index - 1
        if len(token.text) > 2:
            return [0]
        before = self.tokens[index - 1] if index else None
        decade = before is not None and before.lower in ("années", "an", "ans")
        decade = decade or self.text[token.end : token.end + 1] == "s"
        if len(token.text) == 2 and (
            decade or self.text[token.start - 2 : token.start] in _ELISION
        ):
            return [0, 1900, 2000, 1800]
        year = before and len(before.text) == 4 and before.text.isdigit()
        if year and before and self.text[before.end : token.start] in ("-", "–", "/", "\u2011"):
            cut = 10 ** len(token.text)
            return [0, int(before.text) // cut * cut]
        return [0]

    def _time(self, clock: re.Match[str]) -> Number:
        hours = int(clock[1])
        groups = clock.groups()
        english = clock.re is EN_CLOCK
        minutes = groups[1] if english else next((g for g in groups[1:] if g), None)
        half = (groups[2] or "").lower() if english else ""
        end = clock.end()
        if self.language.french and minutes is None and (more := HALF_HOUR.match(self.text, end)):
            minutes, end = "30", more.end()
        self._skip_to(end)
        readings = clock_readings(hours, int(minutes) if minutes else None, half, self.evening)
        if not half:
            length = duration(hours * 3600 + int(minutes or 0) * 60)
            readings |= {length, *({f"c{hours}"} if minutes is None else ())}
        if not half and minutes and clock.re is COLON_CLOCK:
            readings |= {duration(hours * 60 + int(minutes))}
        parts = frozenset([key(hours), key(int(minutes))]) if minutes and not half else None
        return Number(
            start=clock.start(),
            end=end,
            surface=self.text[clock.start() : end],
            readings=readings,
            digits=True,
            unit="hour" if self.language.french and minutes is None else "",
            parts=(parts,) if parts else (),
            sealed=True,
        )

    def _scale(self, start: int, end: int) -> tuple[int, int]:
        """The multiplier words after a number written with digits, and where they end."""
        scale = 1
        money = CURRENCY_BEFORE.search(self.text, max(0, start - 6), start)
        while (word := self._adjacent(self.index)) and word.kind == "word":
            factor = self.language.scales.get(word.lower, 0)
            if word.lower in ("cent", "cents", *self.language.ordinals):
                factor = 0
            factor = factor or SHORT_SCALES.get(word.lower, 0)
            if not factor and (money or MONEY.match(self.text, word.end)):
                factor = MONEY_SCALES.get(word.lower, 0)
            if not factor or (
                word.lower == "hundred" and self.text[word.end : word.end + 1] == "-"
            ):
                break  # "24,000 hundred-year-old trees"
            end, scale = word.end, scale * factor
            self.index += 1
        return end, scale
