"""A text and the place of a number in it, the canonical unit beside the number out."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.language.numbers.forms import SPACE

PERCENT = re.compile(
    rf"{SPACE}?(?:%|p{SPACE}?\.{SPACE}?(?:100|c(?:ent)?\b))|{SPACE}pour{SPACE}cent\b"
    rf"|{SPACE}per{SPACE}?cent(?:age)?\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"(?:{SPACE}|-)?(?:percentage{SPACE}|per{SPACE}?cent(?:age)?{SPACE}|basis{SPACE})?"
    rf"(?:points?|pts?|pp|bps?)\b",
    re.IGNORECASE,
)
CURRENCY_BEFORE = re.compile(rf"(?:(US|CA|C|A|HK|NZ)?([$€£¥])|(EUR|USD|GBP|ECU)){SPACE}?$")
_CURRENCY_AFTER = re.compile(
    rf"{SPACE}?(?:(?:k|M|Mds?|Mrd|bn|m){SPACE}?)?(?:de{SPACE}|d['’])?"
    rf"(?:([€$£¥])|(?:US|CA)?[-\s]?([^\W\d_]+)(?:{SPACE}(sterling)\b)?)"
)
_RAISED = {
    "²": "²",
    "2": "²",
    "³": "³",
    "3": "³",
    "square": "²",
    "sq": "²",
    "cubic": "³",
    "carré": "²",
    "cube": "³",
}
_PER_HOUR = re.compile(
    rf"(?:{SPACE}|-)?(?:per|an|par|à{SPACE}l['’]|/)(?:{SPACE}|-)?(?:hour|heure|h)\b|(?<=kilomètres)-heure"
)
_SPEEDS = {"km": "km/h", "mile": "mph"}
_BETWEEN = (
    "nautical|metric|last|next|past|first"
    "|derniers?|dernières?|prochains?|prochaines?|premiers?|premières?|longues?|longs"
)
_MEASURE_AFTER = re.compile(
    rf"(?:{SPACE}|-)?(?:de{SPACE}|d['’]|(?:{_BETWEEN}){SPACE})?(?:(square|sq|cubic)(?:{SPACE}|-))?"
    rf"(km/h|mph|[°º]{SPACE}?[CF]?\b|[°º‰]|[^\W\d_²³]+)"
    rf"(?:{SPACE}([CF]|Celsius|Fahrenheit)\b|{SPACE}?([²³]|carré|cube)|([23])(?!\w))?"
)


def _table(text: str) -> dict[str, str]:
    """Read "unit: form form …" lines into form → unit; a plural "s" or "es" need not be written."""
    forms: dict[str, str] = {}
    for line in text.strip().splitlines():
        unit, names = line.split(":")
        for name in names.split():
            forms |= dict.fromkeys((name, f"{name}s"), unit.strip())
    return forms


_CURRENCIES = _table("""
    €: euro eur ecu écu
    $: dollar usd
    £: sterling gbp
    ¥: yen jpy
    franc: franc chf
    rouble: rouble ruble
    rupee: roupie rupee
    crown: couronne krona krone kronor kroner
    peso: peso
    yuan: yuan renminbi
    won: won
    dinar: dinar
    dirham: dirham
    riyal: riyal rial
    rand: rand
    zloty: zloty
    real: réal reais
    pound: livre pound
    cent: centime
""")
_MEASURES = _table("""
    km: km kilomètre kilometre kilometer
    m: m mètre metre meter
    cm: cm centimètre centimetre centimeter
    mm: mm millimètre millimetre millimeter
    mile: mille mile mi
    foot: pied foot feet ft
    inch: pouce inch inche
    yard: yard
    kg: kg kilo kilogramme kilogram
    g: g gramme gram
    mg: mg milligramme milligram
    tonne: tonne ton
    quintal: quintal quintaux
    ounce: once ounce oz
    pound: lb
    l: litre liter
    ml: ml millilitre milliliter cl centilitre
    gallon: gallon
    ha: ha hectare
    acre: acre
    degree: degré degree
    km/h: km/h
    mph: mph
    knot: nœud knot
    kW: kw kilowatt
    MW: mw mégawatt megawatt
    GW: gw gigawatt
    Hz: hz hertz
    MB: mo mégaoctet mb megabyte
    GB: go gigaoctet gb gigabyte
    second: seconde sec
    minute: minute min
    hour: heure hour hr
    day: jour journée day
    week: semaine week
    month: mois month
    year: an année year yr
    decade: décennie decade
    century: siècle century centurie
    ‰: ‰
""")
CURRENCIES = frozenset(_CURRENCIES.values()) - {"cent", "pound"}
# "second" counts in English and is an ordinal in both languages; "go" is a verb there.
_MEASURES_EN = {**_MEASURES, "seconds": "second", "go": "", "once": ""}

# Of measures that texts convert into each other: dimension, and size in a common unit.
_SIZES = {
    "km": ("length", 1000.0),
    "m": ("length", 1.0),
    "cm": ("length", 0.01),
    "mm": ("length", 0.001),
    "mile": ("length", 1609.344),
    "foot": ("length", 0.3048),
    "inch": ("length", 0.0254),
    "yard": ("length", 0.9144),
    "kg": ("mass", 1.0),
    "g": ("mass", 0.001),
    "quintal": ("mass", 100.0),
    "tonne": ("mass", 1000.0),
    "ounce": ("mass", 0.02835),
    "pound": ("mass", 0.4536),
    "l": ("volume", 1.0),
    "gallon": ("volume", 3.785),
    "ha": ("area", 1.0),
    "acre": ("area", 0.4047),
    "km/h": ("speed", 1.0),
    "mph": ("speed", 1.609),
    "knot": ("speed", 1.852),
}
_SIZES |= {
    f"{unit}{mark}": (dimension, size**power * of)
    for mark, power, dimension, of in (("²", 2, "area", 0.0001), ("³", 3, "volume", 1000.0))
    for unit, (kind, size) in list(_SIZES.items())
    if kind == "length"
}
_SCALES = ("C", "F")  # of temperature
# How many seconds, or months, a unit of time has.
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
TIMES = frozenset(["second", "minute", "hour"])
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_ROUNDING = 0.02  # how far a converted measure may be from the exact one


def unit_at(text: str, start: int, end: int, french: bool) -> str:
    """Return the canonical unit beside ``text[start:end]``, or "" where none is known.

    A unit is "%", a currency ("€", "$", "£", "¥", "franc", …) or a measure ("km", "hour", …).
    """
    if _POINTS.match(text, end):
        return "point"
    if PERCENT.match(text, end):
        return "%"
    if before := CURRENCY_BEFORE.search(text, max(0, start - 6), start):
        return before[2] or _CURRENCIES[before[3].lower()]
    if after := _CURRENCY_AFTER.match(text, end):
        name = (after[3] or after[1] or after[2] or "").lower()
        if after[1] or name in _CURRENCIES:
            return _CURRENCIES.get(name, name)
    if after := _MEASURE_AFTER.match(text, end):
        name = after[2].lower()
        if name[0] in "°º" or name.startswith("degr") or name in ("celsius", "fahrenheit"):
            scale = (after[3] or name.lstrip("°ºdegrés \u00a0\u202f\u2009")[:1])[:1].upper()
            return f"°{scale}" if scale in _SCALES else "degree"
        if after[0].lower() == "-second":
            return "second"  # "a 90-second silence", but "the 2 second"
        return _raised((_MEASURES if french else _MEASURES_EN).get(name, ""), after)
    return ""


def _raised(unit: str, found: re.Match[str]) -> str:
    """Return a measure as an area, a volume or a speed where the words around it say so."""
    power = _RAISED.get(found[1] or found[4] or found[5] or "", "")
    if unit in _SPEEDS and _PER_HOUR.match(found.string, found.end()):
        return _SPEEDS[unit]
    return unit + power if unit in _SIZES and _SIZES[unit][0] == "length" else unit


def converts(value: float, unit: str, other_value: float, other_unit: str) -> bool:
    """Whether one measure is the other in another unit, give or take a rounding."""
    if unit[:1] in "°d" and other_unit[:1] in "°d":
        return _same_heat(value, unit, other_value, other_unit) or _same_heat(
            other_value, other_unit, value, unit
        )
    if unit == other_unit or unit not in _SIZES or other_unit not in _SIZES:
        return False
    (dimension, size), (other_dimension, other_size) = _SIZES[unit], _SIZES[other_unit]
    if dimension != other_dimension or not value or not other_value:
        return False
    return abs(value * size / (other_value * other_size) - 1) < _ROUNDING


def differ(one: str, other: str) -> bool:
    """Whether two known units cannot be the same: "pound" may be money or a weight."""
    return one != other and {one, other} not in ({"£", "pound"}, {"degree", "°C"})


def duration(seconds: Fraction | int) -> str:
    """Return the reading of a span of time."""
    return f"s{seconds}"


def spans(value: Fraction, unit: str) -> frozenset[str]:
    """Return the readings of a number of seconds to weeks, months or years, or of a percentage."""
    if unit in _SECONDS:
        return frozenset([duration(value * _SECONDS[unit])])
    if unit in _MONTHS:
        return frozenset([f"k{value * _MONTHS[unit]}"])
    return frozenset([f"f{value / 100}", *_SHARES.get(value, ())] if unit == "%" else ())


# Percentages that are said as a fraction that they are not quite.
_SHARES = {Fraction(33): ("f1/3",), Fraction(66): ("f2/3",), Fraction(67): ("f2/3",)}


# An oven's degrees are rounded: 180 °C is 350 °F.
_HOT, _DIAL = 120, 10


def _same_heat(celsius: float, unit: str, fahrenheit: float, other: str) -> bool:
    """Whether degrees Celsius, or a difference of them, are degrees Fahrenheit."""
    if unit == "°F" or other == "°C":
        return False
    rounded = _DIAL if celsius >= _HOT else 1
    return (
        abs(celsius * 1.8 + 32 - fahrenheit) <= rounded
        or abs(celsius * 1.8 - fahrenheit) < _ROUNDING
    )
