"""A text in, its numbers with spans and canonical readings out; one walk from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.language.numbers.forms import (
    ADJACENT,
    COLON_CLOCK,
    EN_CLOCK,
    EN_DOTTED,
    EN_HALF,
    EVENING,
    FR_CLOCK,
    FR_HALF,
    HALF_OF,
    LONGEST,
    MEASURES,
    MONEY_SCALES,
    MULTIPLIERS,
    RANGE,
    ROMAN,
    ROMAN_ORDINAL,
    SHORT_SCALES,
    SLASHED,
    TOKEN,
    Number,
    NumberToken,
    clock_readings,
    key,
    merge,
    readings_of_digits,
    roman_value,
)
from pipeline.language.numbers.units import CURRENCY_BEFORE, unit_at
from pipeline.language.numbers.words import EN_DECADES, Language

_ELISION = (" '", " ’")  # before a year without its century


class Reader:
    """Walks the tokens of one text once, from left to right."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = [
            NumberToken(match.lastgroup or "", *match.span(), match[0], match[0].lower())
            for match in TOKEN.finditer(text)
        ]
        self.evening = bool(EVENING.search(text))
        self.index = 0

    def numbers(self) -> Iterator[Number]:
        """Yield the numbers in order; may be called once."""
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            found = self._word(token) if token.kind == "word" else self._digits(token)
            yield from found

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

    # Digits

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
                pieces=pieces,
            )
            return
        readings = [v + extra for v in values for extra in self._centuries(token)]
        end, scale = self._scale(token)
        half, after = self._half(end)
        scale *= after
        keys = {key((value + half) * scale) for value in readings}
        if half and self.language.french:
            keys |= {key(value * scale + Fraction(scale, 2)) for value in readings}
        if SLASHED.search(self.text, max(0, start - 3), min(len(self.text), token.end + 8)):
            keys |= {f"m{value}" for value in values if value <= 12}
        keys |= {key(value * factor) for value in readings for factor in self._shared(end)}
        if clock := EN_DOTTED.fullmatch(token.text):
            keys |= clock_readings(int(clock[1]), int(clock[2]), "", self.evening)
        if len(token.text) >= 8 and token.kind == "literal" and token.text.isdigit():
            keys.add(f"v{token.text[-8:]}")
        yield Number(
            start=start,
            end=end,
            surface=self.text[start:end],
            readings=frozenset(keys | self._hour(end, values[0])),
            digits=True,
            required=not self._exponent(token),
            unit=self._unit(start, end),
            pieces=pieces if token.kind == "grouped" and scale == 1 else frozenset(),
            foreign=foreign,
        )

    def _shared(self, end: int) -> tuple[int, ...]:
        """The factors of words further on: "10 to 12 million", "four decades"."""
        if ahead := RANGE.match(self.text, end):
            return (self.language.scales.get(ahead[1], 1),)
        following = self._adjacent(self.index)
        return MULTIPLIERS.get(following.lower, ()) if following else ()

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
        self._skip_to(clock.end())
        return Number(
            start=clock.start(),
            end=clock.end(),
            surface=clock[0],
            readings=clock_readings(hours, int(minutes) if minutes else None, half, self.evening),
            digits=True,
            unit="hour" if self.language.french and minutes is None else "",
        )

    def _hour(self, end: int, value: Fraction) -> frozenset[str]:
        """The readings of an hour named in words around it: "trois heures", "8 o'clock"."""
        if value > 24 or value.denominator != 1:
            return frozenset()
        after = self.text[end : end + 10].lower()
        if re.match(r"\s?(?:heures?\b|h\b)", after) and self.language.french:
            return clock_readings(int(value), None, "", self.evening)
        if re.match(r"\s?o['’]clock", after):
            return frozenset([f"a{int(value) * 60 % 720}"])
        if mark := re.match(r"\s([ap])\.?m\b", after):
            return clock_readings(int(value), None, mark[1], False)
        return frozenset()

    def _scale(self, token: NumberToken) -> tuple[int, int]:
        """The multiplier words after a number written with digits, and where they end."""
        end, scale = token.end, 1
        money = CURRENCY_BEFORE.search(self.text, max(0, token.start - 6), token.start)
        while (word := self._adjacent(self.index)) and word.kind == "word":
            factor = self.language.scales.get(word.lower, 0)
            if word.lower in ("cent", "cents", *self.language.ordinals):
                factor = 0
            factor = factor or SHORT_SCALES.get(word.lower, 0)
            if not factor and (money or self.text[word.end : word.end + 1] in ("€", "$", "£")):
                factor = MONEY_SCALES.get(word.lower, 0)
            if not factor:
                break
            end, scale = word.end, scale * factor
            self.index += 1
        return end, scale

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

    def _unit(self, start: int, end: int) -> str:
        return unit_at(self.text, start, end, self.language.french)

    # Words

    def _word(self, token: NumberToken) -> Iterator[Number]:
        lower, language = token.lower, self.language
        if (
            lower in language.small
            or lower in language.scales
            or HALF_OF.match(self.text, token.start)
        ):
            yield from self._spelled(token)
            return
        self.index += 1
        if lower in language.months and not (lower == "sept" and language.french):
            yield self._month(token)
        elif lower in EN_DECADES and not language.french:
            tens = EN_DECADES[lower] * 10
            keys = frozenset(key(tens + base) for base in (0, 1800, 1900))
            yield Number(token.start, token.end, token.text, keys)
        elif token.text[0] in "IVX" and (roman := self._roman_number(token)):
            yield roman
        if lower in language.loose:
            keys = frozenset(map(key, language.loose[lower]))
            yield Number(token.start, token.end, token.text, keys, required=False)

    def _month(self, token: NumberToken) -> Number:
        window = self.text[max(0, token.start - 12) : token.end + 8]
        dated = re.search(
            r"[0-9](?:er|st|nd|rd|th)?(?:\s+of)?\s+$", window[: min(12, token.start)]
        ) or re.match(r"\.?,?\s+[0-9]", self.text[token.end : token.end + 8])
        modal = not self.language.french and token.text.islower()
        return Number(
            *(token.start, token.end, token.text),
            readings=frozenset([f"m{self.language.months[token.lower]}"]),
            required=bool(dated) and not modal,
        )

    def _roman_number(self, token: NumberToken) -> Number | None:
        ordinal = ROMAN_ORDINAL.fullmatch(token.text)
        plain = ROMAN.fullmatch(token.text)
        value = roman_value(ordinal[1] if ordinal else token.text) if ordinal or plain else 0
        if not value:
            return None
        span = (token.start, token.end, token.text)
        required = value > 2 and (ordinal is not None or len(token.text) > 1)
        return Number(*span, frozenset([key(value)]), required=required)

    def _spelled(self, token: NumberToken) -> Iterator[Number]:
        begin, language = self.index, self.language
        if HALF_OF.match(self.text, token.start):
            while self.tokens[self.index].lower not in self.language.scales:
                self.index += 1
                if self.index == len(self.tokens) or self.index > begin + 2:
                    self.index = begin + 1
                    return
            word = self.tokens[self.index]
            value = Fraction(self.language.scales[word.lower], 2)
            self.index += 1
            surface = self.text[token.start : word.end]
            yield Number(token.start, word.end, surface, frozenset([key(value)]))
            return
        value = Fraction(self._run())
        last = self.tokens[self.index - 1]
        words = self.index - begin
        start, end = token.start, last.end
        half, scale = self._half(end)
        before = self.tokens[begin - 1].lower if begin else ""
        keys = {key(value)}
        if half:
            keys |= {key((value + half) * scale)}
            if words > 1:
                keys.add(key(value + Fraction(self.language.scales.get(last.lower, 0), 2)))
        if before == "années" and value < 100:
            keys |= {key(value + 1900), key(value + 1800)}
        keys |= {key(value * factor) for factor in self._shared(end)}
        crowd = words == 1 and last.lower in language.scales and self._vague(last, before)
        # "un" and "one" are articles and pronouns more often than numbers; two may be "both";
        # "un cent" is a coin.
        coin = language.french and words == 2 and last.lower == "cent" and token.lower == "un"
        trivial = (words == 1 and value <= 2) or coin
        yield Number(
            start=start,
            end=end,
            surface=self.text[start:end],
            readings=frozenset(keys | self._hour(end, value)),
            required=not (trivial or crowd),
            unit=self._unit(start, end),
        )

    def _vague(self, word: NumberToken, before: str) -> bool:
        """Whether a bare scale word counts nothing: "des milliers", "thousands", "pour cent"."""
        if self.language.french:
            return word.lower[-1] == "s" or (before == "pour" and word.lower == "cent")
        return before != "a"

    def _run(self) -> int:
        """Read number words from the current token on; return their value."""
        language = self.language
        total, current, ceiling = 0, -1, 10**19
        while self.index < len(self.tokens):
            first = total == 0 and current < 0
            token = self.tokens[self.index] if first else self._adjacent(self.index)
            if token is None:
                break
            word = token.lower
            if word == language.joiner and self._joins(current, total):
                self.index += 1
                continue
            if word in language.small:
                merged = merge(current, language.small[word], language.french, word)
                if merged < 0 or (current < 0 and total and language.small[word] == 0):
                    break
                current = merged
            elif word in language.scales:
                scale = language.scales[word]
                if scale == 100 and current < 100 and current != 0:
                    current = 100 * max(current, 1)
                elif 100 < scale < ceiling and not (current < 0 and total):
                    total += scale * (1 if current < 0 else current)
                    current, ceiling = -1, scale
                else:
                    break
            else:
                break
            self.index += 1
            if word in language.ordinals:
                break
        if self.index < len(self.tokens) and total == 0 and current < 0:
            self.index += 1
        return total + max(current, 0)

    def _joins(self, current: int, total: int) -> bool:
        following = self._adjacent(self.index + 1)
        if following is None or following.lower not in self.language.joined:
            return False
        if self.language.french:
            return current % 100 in (20, 30, 40, 50, 60, 70, 80, 90)
        beyond = self._adjacent(self.index + 2)
        if total > 0 and current < 0:
            return beyond is None or beyond.lower not in self.language.scales
        return current >= 100 and current % 100 == 0
