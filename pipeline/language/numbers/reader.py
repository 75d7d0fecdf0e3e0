"""A text in, its numbers with spans and canonical readings out; one walk from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.language.numbers.digits import DigitReader
from pipeline.language.numbers.forms import (
    EN_HALF,
    FR_COMPOUND,
    HALF_OF,
    ROMAN,
    ROMAN_ORDINAL,
    Number,
    NumberToken,
    counted,
    key,
    merge,
    roman_value,
)
from pipeline.language.numbers.signs import sign_at
from pipeline.language.numbers.units import spans
from pipeline.language.numbers.words import EN_DECADES

# Before a scale word, what makes it exact: "a hundred", not "several hundred".
_EXACTLY = ("a", "one", "un", "the", "le")
# Words that hold a number but name no rank: "trimestre" is answered by three, not by "third".
# He is first of nothing that is counted.
_MINISTER = re.compile(r"premi(?:er|ère)s?\sministres?\b", re.IGNORECASE)
_PERIODS = frozenset(
    "trimestre trimestres trimestriel trimestrielle semestre semestres quarter quarters quarterly "
    "semaine semaines week weeks weekly hebdomadaire".split()
)
# « Le 8 sept. »
_SEPTEMBER = re.compile(r"(?:[0-9]|1er)\ssept$", re.IGNORECASE)
# A ruler or pope, before the numeral: "Francis II".
_AFTER_NAME = re.compile(r"(?<!\w)[A-ZÀ-Ý][a-zà-ÿ]+ $")


def _kinds(word: str) -> str:
    return "c" if word in _PERIODS else "nco"


class Reader(DigitReader):
    """Walks the tokens of one text once, from left to right."""

    def numbers(self) -> Iterator[Number]:
        """Yield the numbers in order; may be called once."""
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if whole := self.wholes.get(token.start):
                self._skip_to(whole.end)
                yield whole if whole.sign else self._signed(whole)
                continue
            found = self._word(token) if token.kind == "word" else self._digits(token)
            yield from found

    def _word(self, token: NumberToken) -> Iterator[Number]:
        lower, language = token.lower, self.language
        if lower == "sept" and _SEPTEMBER.search(self.text, 0, token.end):
            self.index += 1
            yield self._month(token)
            return
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
        following = self._adjacent(self.index)
        scaled = following is not None and following.lower in language.scales
        article = lower in ("a", "an") and not language.french and not scaled
        if article and EN_HALF.match(self.text, token.end):
            yield self._and_half(token)
        elif lower in language.loose and not _MINISTER.match(self.text, token.start):
            values = language.loose[lower]
            told = {f"{kind}{value}" for value in values for kind in _kinds(lower)}
            told |= {f"p{value}" for value in values}
            ordinal = lower in language.ranks
            span = (token.start, token.end, token.text)
            yield Number(*span, frozenset(told), required=False, ordinal=ordinal)

    def _and_half(self, article: NumberToken) -> Number:
        """An hour and a half."""
        unit = self._unit(article.start, article.end)
        half, scale = self._half(article.end)
        value = (1 + half) * scale
        span = (article.start, article.end, article.text)
        return Number(*span, frozenset([key(value)]) | spans(value, unit), unit=unit)

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
        keys = counted(value) | {f"o{value}"}
        ranks = ordinal is not None or _AFTER_NAME.search(self.text, 0, token.start) is not None
        return Number(*span, keys, required=required, ordinal=ranks)

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
        ordinal = last.lower in language.ordinals
        keys = {key((value + half) * scale), f"{'o' if ordinal else 'c'}{value + half}"}
        if last.text == "second" and words > 1 and self.text[last.start - 1] == "-":
            # "A forty-second call"
            keys |= {key(value - 2)} | spans(value - 2, "second")
        if half and last.lower in language.scales:
            keys = {key(value + Fraction(language.scales[last.lower], 2))}
        after = EN_HALF.match(self.text, end) if half and not language.french else None
        unit = self._unit(start, end) or (self._unit(start, after.end()) if after else "")
        keys |= spans(value + half, unit) | self._portion(start, end, value + half, unit)
        if value >= 100 and token.lower in language.scales and before not in _EXACTLY:
            keys.add(f"q{len(str(value)) - 1}")
        if before == "past" and begin > 1 and self.tokens[begin - 2].lower == "half":
            keys.add(f"a{(int(value) * 60 + 30) % 720}")
        if before == "années" and value < 100:
            keys |= {key(value + 1900), key(value + 1800)}
        keys |= {key(value * factor) for factor in self._shared(end)}
        keys |= {self.outs[start]} if start in self.outs else set()
        crowd = words == 1 and last.lower in language.scales and self._vague(last, before)
        # "un" and "one" are articles and pronouns more often than numbers; two may be "both";
        # "un cent" is a coin.
        coin = language.french and words == 2 and last.lower == "cent" and token.lower == "un"
        trivial = (words == 1 and value <= 2 and not half) or coin
        # « Un mille-pattes », « un deux-roues ».
        compound = language.french and FR_COMPOUND.match(self.text, end) is not None
        yield Number(
            start=start,
            end=end,
            surface=self.text[start:end],
            readings=frozenset(keys | self._hour(start, end, value + half)),
            required=not (trivial or crowd or compound),
            unit=unit,
            sign=sign_at(self.text, start, language.french),
            ordinal=ordinal,
            firm=bool(half),
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
            if word == "seconds" and current >= 0:
                break  # the unit: "twenty seconds"
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
                elif current < 0 and 0 < total < scale:
                    # « deux mille milliards », "a thousand billion"
                    total *= scale
                    ceiling = scale
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
        if beyond is not None and beyond.lower == "hundred":
            return False  # "between one hundred and four hundred"
        if total > 0 and current < 0:
            return beyond is None or beyond.lower not in self.language.scales
        return current >= 100 and current % 100 == 0
