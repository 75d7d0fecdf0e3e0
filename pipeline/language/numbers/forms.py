"""A written form in, its canonical readings out: the patterns and rules for single numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

LONGEST = 30  # digits; longer runs are codes, and int() on them would be slow

# Every repetition is delimited, so matching stays linear.
SPACE = "[ \u00a0\u202f\u2009]"
VULGAR = "½¼¾⅓⅔"
TOKEN = re.compile(
    rf"(?P<grouped>(?<![0-9])[0-9]{{1,3}}(?:(?:{SPACE}[0-9]{{3}})+|(?:['’][0-9]{{3}})+)"
    r"(?![0-9])(?:[.,][0-9]+)?)"
    r"|(?P<phone>\+[0-9]{1,3}(?:[ \u00a0\u202f.-][0-9]{1,4}){3,}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,4}(?:[ \u00a0\u202f.-][0-9]{2,4}){3,}(?![0-9]))"
    r"|(?P<literal>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+)"
)
ADJACENT = re.compile(rf"(?:{SPACE}|[-\u2010\u2011])?")
MAP_SCALE = rf"(?!1:[0-9]{{1,3}}(?:,|{SPACE})000)"  # 1:25,000, no time of the day
FR_CLOCK = re.compile(
    rf"{MAP_SCALE}([01]?[0-9]|2[0-4])(?:{SPACE}?(?:h|heures?){SPACE}?([0-5][0-9])?|:([0-5][0-9]))(?![\w:])",
    re.IGNORECASE,
)
EN_CLOCK = re.compile(
    rf"([01]?[0-9]|2[0-4])(?:[:.h]([0-5][0-9]))?(?:{SPACE}?([ap])\.?{SPACE}?m\b\.?)",
    re.IGNORECASE,
)
EN_DOTTED = re.compile(r"([01]?[0-9]|2[0-3])\.([0-5][0-9])")
COLON_CLOCK = re.compile(rf"{MAP_SCALE}([01]?[0-9]|2[0-4])(?::|\s?h\s?)([0-5][0-9])(?![\w:])")
RANGE_CLOCK = re.compile(
    r"\s?(?:-|–|to|and)\s?(?:1[0-2]|[1-9])(?:[:.][0-5][0-9])?\s?[ap]\.?m\b", re.IGNORECASE
)
# « De 14 à 18 heures »: the first is an hour too.
FR_RANGE_CLOCK = re.compile(
    rf"{SPACE}?(?:à|et|ou|[-–]){SPACE}?(?:[01]?[0-9]|2[0-4]|[^\W\d_]{{2,9}}(?:-[^\W\d_]{{2,6}})?)"
    rf"{SPACE}?(?:h|heures?)\b",
    re.IGNORECASE,
)
EVENING = re.compile(r"\b(?:soir|soirée|après-midi|nuit)\b", re.IGNORECASE)
# "A year and a half", but "between a third and a half".
EN_HALF = re.compile(
    r"(?:\s(?!third|quarter|fourth|fifth|sixth|tenth)[^\W\d_]{1,20})?(?:\s+and\s+|-and-)(?:a|one)[\s-]half\b"
    r"(?:\s+(thousand|million|billion))?",
    re.IGNORECASE,
)
FR_HALF = re.compile(
    r"(?:\s[^\W\d_]{1,20})?\s+et\s+demie?\b",
    re.IGNORECASE,
)
HALF_HOUR = re.compile(r"\s+et\s+demie?\b", re.IGNORECASE)
HALF_OF = re.compile(
    r"(?:half(?:\s+an?\s+|[-\s])|demi[-\s])(?=(thousand|million|billion|millier|milliard)\b)",
    re.IGNORECASE,
)
SHORT_SCALES = {"keur": 1000, "meur": 10**6, "mdeur": 10**9, "mdseur": 10**9}
SHORT_SCALES |= {"md": 10**9, "mds": 10**9, "mrd": 10**9, "bn": 10**9, "mio": 10**6, "mn": 10**6}
MONEY_SCALES = {"m": 10**6, "k": 1000, "b": 10**9}
RANGE = re.compile(
    r"\s?(?:à|ou|et|to|or|and|[-–])\s?(?:[0-9.,]+|[^\W\d_]+)\s(?:(?:cents?|hundred)\s)?"
    r"(?:(millions?|milliards?|billions?|thousand|mille|hundred|cents?)\b"
    r"|(kEUR|KEUR|MEUR|MdEUR|k(?=€)|M(?=€)|Mds?(?=\s?€|\s(?:d['’]|€))))"
)
# After a number that counts nothing by itself, so that a scale said before may be meant again.
BARE = re.compile(
    r"(?=\s?(?:[;:)]|[.,](?![0-9])|$))"
    r"|\s(?:déjà|en\s[0-9]|l['’](?:an|année)|un an|prévue?s|votée?s)\b"
)
LEAST_UNSAID = 10**6
MULTIPLIERS = {"decades": (10,), "décennies": (10,), "dozen": (12, 10), "douzaines": (12, 10)}
MEASURES = ("m", "km", "cm", "mm", "dm")
ROMAN_ORDINAL = re.compile(r"([IVX][IVXL]*)(?:e|es|er|re|ère|ème|èmes|è|ᵉ|ᵉʳ|th|st|nd|rd)")
ORDINAL_END = re.compile(r"(?:ers?|[eè]res?|nde?|e|es|[eè]mes?|st|nd|rd|th)\b")
ROMAN = re.compile(r"[IVX][IVXL]*")
FR_COMPOUND = re.compile("-[a-zà-ÿ]{3,}")
# Before an hour that English gives without saying so: "until two".
EN_AT = re.compile(r"\b(?:at|until|till|by|from|past|before|after|around|about)\s$", re.IGNORECASE)
# Of a law, whose paragraphs follow a point.
ARTICLE = re.compile(r"\b(?:articles?|art\.|sections?)\s$", re.IGNORECASE)
TIMES = re.compile(r"\s(?:times|fois)\b")
FACTOR = re.compile(r"\bfactor of\s$")
# After « M » or « k », what makes millions or thousands of it.
MONEY = re.compile(
    r"[€$£]|\s?(?:CHF|EUR|USD|GBP)\b|\s(?:d['’](?:euros|€)|de\s(?:dollars|francs|livres|yens))\b"
)
SLASHED = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}(?:\1[0-9]{2,4})?(?![0-9])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text: ``surface == text[start:end]``.

    ``readings``: its canonical keys (see the module's docstring). ``digits``: written with digits.
    ``required``: the other language must show it (False: it may only answer for a number there).
    ``unit``: the canonical unit beside it ("%", "€", "km"), or "". ``parts``: sets of readings each
    of which says the same with numbers apart, for dates, durations, telephone numbers and codes;
    ``sealed``: another number so divided must be the same as a whole. ``foreign``: written with
    the other language's separators. ``sign``: "-" or "+", "<" where a word says that it is a fall.
    ``firm``: no turn of phrase swallows it, small as its value is. ``ordinal``: it says which one,
    not how many; readings ``o1``, ``o2``, … are those that answer it.
    """

    start: int
    end: int
    surface: str
    readings: frozenset[str]
    digits: bool = False
    required: bool = True
    unit: str = ""
    parts: tuple[frozenset[str], ...] = ()
    sealed: bool = False
    foreign: bool = False
    sign: str = ""
    firm: bool = False
    ordinal: bool = False

    @property
    def pieces(self) -> frozenset[str]:
        """The readings of all its parts."""
        return frozenset(chain.from_iterable(self.parts))


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A digit group, telephone number or word of the text, by ``kind``."""

    kind: str
    start: int
    end: int
    text: str
    lower: str


def key(number: Fraction | int) -> str:
    """Return the reading of a plain value."""
    return f"n{number}"


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral up to 89, or 0 where the letters do not form one."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    if len(numeral) > 8:
        return 0
    for letter, following in zip(numeral, f"{numeral[1:]}I", strict=True):
        total += values[letter] if values[letter] >= values[following] else -values[letter]
    # Writing the value back refuses "IIX", "VV" and the like.
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")[total // 10 % 9]
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[total % 10]
    return total if tens + units == numeral else 0


def readings_of_digits(text: str, french: bool) -> tuple[list[Fraction], bool]:
    """Return the values a written number may stand for, and whether its separators are foreign."""
    own, other = (",", ".") if french else (".", ",")
    if sum(map(len, re.findall("[0-9]+", text))) > LONGEST:
        return [], False
    bare = re.sub(f"{SPACE}|['’]", "", text)
    if re.fullmatch(rf"[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+(?:\{own}[0-9]+)?", bare):
        values = [Fraction(bare.replace(other, "").replace(own, "."))]
        if french and bare.startswith("0"):
            values = [Fraction(bare)] if bare.count(other) == 1 and own not in bare else []
        return values, False
    if re.fullmatch(rf"[0-9]+(?:\{own}[0-9]+)?", bare):
        return [Fraction(bare.replace(own, "."))], False
    if re.fullmatch(rf"[0-9]+\{other}[0-9]+", bare):
        return [Fraction(bare.replace(other, "."))], not french
    if re.fullmatch(rf"[0-9]{{1,3}}(?:\{own}[0-9]{{3}})+(?:\{other}[0-9]+)?", bare):
        return [Fraction(bare.replace(own, "").replace(other, "."))], not french
    return [], False


def counted(number: Fraction | int) -> frozenset[str]:
    """Return the readings of a count, which also answers a word that says how many: trimestre."""
    return frozenset([key(number), f"c{number}"])


def clock_readings(hours: int, minutes: int | None, half: str, evening: bool) -> frozenset[str]:
    """Return the readings of a time of day; ``half`` is "a", "p" or "" where the text is silent."""
    if half:
        return frozenset([f"t{(hours % 12 + 12 * (half == 'p')) * 60 + (minutes or 0)}"])
    moment = hours % 24 * 60 + (minutes or 0)
    readings = {f"t{moment}", f"a{moment % 720}", key(hours + Fraction(minutes or 0, 60))}
    if evening and hours < 12:
        readings.add(f"t{moment + 720}")
    return frozenset(readings)


def merge(current: int, value: int, french: bool, word: str) -> int:
    """Add a word below 100 to what was read ("soixante" + "dix"), or -1 where it starts anew."""
    if current < 0:
        return value
    slot = current % 100
    if french and slot == 4 and word in ("vingt", "vingts", "vingtième"):
        return current + 76
    if slot == 0:
        return current + value if current >= 100 else -1
    if value < 10 and slot % 10 == 0 and value > 0:
        teen = french and slot == 10 and value >= 7
        return current + value if slot >= 20 or teen else -1
    if french and slot in (60, 80) and 10 <= value <= 16:
        return current + value
    return -1
