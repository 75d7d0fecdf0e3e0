"""A reference pair in, the pair with one planted error out: the kinds of error, by name.

A damage returns None where it does not apply. Where a pair lacks what is to be damaged (a web
address, a bracket, a glossary entry), the damage adds it to both sides first; ``Planted.clean`` is
the translation before the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pipeline.language.months import MONTHS
from pipeline.model import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Planted:
    """A source, its sound translation, the damaged one, and the glossary that applies."""

    source: str
    clean: str
    damaged: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """A reference pair to damage, and another one to take foreign words from."""

    source: str
    target: str
    other_source: str
    other_target: str

    def planted(self, damaged: str | None) -> Planted | None:
        """The plain case: source and translation as they are."""
        if damaged is None or damaged == self.target:
            return None
        return Planted(self.source, self.target, damaged)


Damage = Callable[[Material, Random], Planted | None]

_NUMBER = re.compile(r"(?<![\w.,])[0-9]+(?:[.,][0-9]+)*(?![\w.,]*[0-9])")
_NEGATED = re.compile(r"\bcannot\b|(?<=o)n['’]t\b|(?<=[a-z])n['’]t\b| not\b| never\b")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|has|have|had)\b(?! (?:not|never|no)\b)"
)
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ]{3,}\b")
_UNITS = (
    ("kilometres", "miles"),
    ("kilometers", "miles"),
    ("km", "miles"),
    ("metres", "feet"),
    ("meters", "feet"),
    ("miles", "kilometres"),
    ("feet", "metres"),
    ("kilograms", "tonnes"),
    ("kg", "g"),
    ("mg", "g"),
    ("tonnes", "kilograms"),
    ("hours", "days"),
    ("minutes", "hours"),
    ("days", "weeks"),
    ("weeks", "months"),
    ("months", "years"),
    ("years", "months"),
    ("percent", "per thousand"),
    ("per cent", "degrees"),
    ("%", " degrees"),
)
_MONEY = (
    ("€", "$"),
    ("£", "€"),
    ("$", "£"),
    ("euros", "dollars"),
    ("euro", "dollar"),
    ("dollars", "euros"),
    ("pounds", "euros"),
)
_OPPOSITES = (
    "increase:decrease increased:decreased increases:decreases more:less higher:lower high:low "
    "before:after first:last north:south northern:southern east:west eastern:western "
    "open:closed opened:closed won:lost win:lose accepted:rejected large:small old:new "
    "men:women man:woman father:mother brother:sister son:daughter hot:cold best:worst "
    "better:worse begin:end began:ended always:never all:none early:late public:private "
    "positive:negative strong:weak easy:difficult legal:illegal success:failure "
    "rise:fall rose:fell inside:outside above:below left:right long:short rich:poor"
)
_SWAPS = dict(pair.split(":") for pair in _OPPOSITES.split())
_SWAPS |= {right: left for left, right in _SWAPS.items() if left not in ("all", "always")}


def digit_changed(pair: Material, rng: Random) -> Planted | None:
    """Change one digit."""
    places = [match.start() for match in re.finditer("[0-9]", pair.target)]
    if not places:
        return None
    at = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != pair.target[at]])
    return pair.planted(pair.target[:at] + digit + pair.target[at + 1 :])


def number_dropped(pair: Material, rng: Random) -> Planted | None:
    """Drop one number written with digits."""
    numbers = list(_NUMBER.finditer(pair.target))
    if not numbers:
        return None
    match = rng.choice(numbers)
    return pair.planted(_tidy(pair.target[: match.start()] + pair.target[match.end() :]))


def numbers_swapped(pair: Material, rng: Random) -> Planted | None:
    """Let two different numbers change places."""
    numbers = list(_NUMBER.finditer(pair.target))
    pairs = [(a, b) for a in numbers for b in numbers if a.start() < b.start() and a[0] != b[0]]
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    text = pair.target
    return pair.planted(
        text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]
    )


def magnitude_changed(pair: Material, rng: Random) -> Planted | None:
    """Turn a million into a billion, a thousand into a million and the reverse."""
    swap = {"million": "billion", "billion": "million", "thousand": "million"}
    places = list(re.finditer(r"\b(?:million|billion|thousand)\b", pair.target))
    if not places:
        return None
    place = rng.choice(places)
    return pair.planted(pair.target[: place.start()] + swap[place[0]] + pair.target[place.end() :])


def wrong_unit(pair: Material, _: Random) -> Planted | None:
    """Put another unit after a number."""
    for unit, other in _UNITS:
        pattern = rf"(?<=[0-9])(\s?|-){re.escape(unit)}(?![a-z])"
        changed = re.sub(pattern, rf"\g<1>{other}", pair.target, count=1)
        if changed != pair.target:
            return pair.planted(changed)
    return None


def wrong_currency(pair: Material, _: Random) -> Planted | None:
    """Put another currency beside an amount."""
    for unit, other in _MONEY:
        if unit.isalpha():
            pattern = rf"(?<=[0-9] ){unit}\b|(?<=llion ){unit}\b|(?<=thousand ){unit}\b"
        else:
            pattern = rf"{re.escape(unit)}(?=\s?[0-9])|(?<=[0-9]){re.escape(unit)}"
        changed = re.sub(pattern, other, pair.target, count=1)
        if changed != pair.target:
            return pair.planted(changed)
    return None


def month_changed(pair: Material, rng: Random) -> Planted | None:
    """Put another month into a date."""
    dated = r"\b(?:" + "|".join(MONTHS["en"]) + r")\b"
    places = list(re.finditer(rf"(?<=[0-9] ){dated}|{dated}(?= [0-9])", pair.target))
    if not places:
        return None
    place = rng.choice(places)
    month = rng.choice([month for month in MONTHS["en"] if month != place[0]])
    return pair.planted(pair.target[: place.start()] + month + pair.target[place.end() :])


def name_dropped(pair: Material, rng: Random) -> Planted | None:
    """Replace a proper name that both sides share by a pronoun."""
    name = _shared_name(pair, rng)
    return pair.planted(re.sub(rf"\b{name}\b", "it", pair.target)) if name else None


def name_replaced(pair: Material, rng: Random) -> Planted | None:
    """Replace a proper name that both sides share by another one."""
    name = _shared_name(pair, rng)
    others = [n for n in _NAME.findall(pair.other_target) if n not in pair.target]
    other = rng.choice(others or ["Wetherby", "Okonkwo", "Lindqvist", "Marchetti"])
    return pair.planted(re.sub(rf"\b{name}\b", other, pair.target)) if name else None


def protected_name_dropped(pair: Material, rng: Random) -> Planted | None:
    """Replace a name that the glossary protects by a pronoun."""
    return _protect(name_dropped(pair, rng), pair)


def protected_name_misspelt(pair: Material, rng: Random) -> Planted | None:
    """Leave a letter out of a name that the glossary protects."""
    name = _shared_name(pair, rng)
    if name is None:
        return None
    at = rng.randrange(1, 4)
    misspelt = name[:at] + name[at + 1 :]
    return _protect(pair.planted(re.sub(rf"\b{name}\b", misspelt, pair.target)), pair)


def negation_removed(pair: Material, rng: Random) -> Planted | None:
    """Take a "not", "n't" or "never" out of a sentence whose source is negated."""
    if not re.search(r"\b(?:ne |n['’])", pair.source, re.IGNORECASE):
        return None
    places = list(_NEGATED.finditer(pair.target))
    if not places:
        return None
    place = rng.choice(places)
    plain = "can" if place[0] == "cannot" else ""
    return pair.planted(pair.target[: place.start()] + plain + pair.target[place.end() :])


def negation_added(pair: Material, rng: Random) -> Planted | None:
    """Put a "not" after an auxiliary."""
    places = list(_AUXILIARY.finditer(pair.target))
    if not places:
        return None
    end = rng.choice(places).end()
    return pair.planted(f"{pair.target[:end]} not{pair.target[end:]}")


def opposite(pair: Material, rng: Random) -> Planted | None:
    """Put the opposite of a word in its place."""
    places = [m for m in re.finditer(r"\b[a-z]+\b", pair.target) if m[0] in _SWAPS]
    if not places:
        return None
    place = rng.choice(places)
    return pair.planted(
        pair.target[: place.start()] + _SWAPS[place[0]] + pair.target[place.end() :]
    )


def clause_dropped(pair: Material, rng: Random) -> Planted | None:
    """Leave out a clause of five words or more between commas, or from a comma to the end."""
    clauses = [m for m in re.finditer(r",[^,.;:!?]+(?=[,.;:!?])", pair.target) if _long(m[0])]
    if not clauses:
        return None
    clause = rng.choice(clauses)
    return pair.planted(pair.target[: clause.start()] + pair.target[clause.end() :])


def middle_dropped(pair: Material, _: Random) -> Planted | None:
    """Leave out the middle half of the words."""
    words = pair.target.split()
    quarter = len(words) // 4
    if len(words) < 12:
        return None
    return pair.planted(" ".join(words[:quarter] + words[-quarter:]))


def cut_off(pair: Material, rng: Random) -> Planted | None:
    """Stop after half to five sixths of the words."""
    words = pair.target.split()
    if len(words) < 6:
        return None
    return pair.planted(" ".join(words[: int(len(words) * rng.uniform(0.5, 0.84))]))


def end_dropped(pair: Material, _: Random) -> Planted | None:
    """Stop after two thirds of the words, with a full stop."""
    words = pair.target.split()
    if len(words) < 9:
        return None
    return pair.planted(" ".join(words[: len(words) * 2 // 3]).rstrip(",;:.") + ".")


def emptied(pair: Material, _: Random) -> Planted | None:
    """Deliver nothing."""
    return pair.planted("")


def clause_added(pair: Material, rng: Random) -> Planted | None:
    """Add six to ten words that belong to another sentence."""
    foreign, words = pair.other_target.rstrip(".!?").split(), pair.target.rstrip(".!?").split()
    if len(foreign) < 10 or len(words) < 4:
        return None
    size = rng.randint(6, 10)
    at = rng.randrange(len(foreign) - size + 1)
    return pair.planted(" ".join([*words, *foreign[at : at + size]]) + ".")


def phrase_repeated(pair: Material, rng: Random) -> Planted | None:
    """Say three to six words twice running."""
    words = pair.target.split()
    size = rng.randint(3, 6)
    if len(words) < size + 4:
        return None
    at = rng.randrange(len(words) - size)
    return pair.planted(" ".join(words[: at + size] + words[at:]))


def looped(pair: Material, rng: Random) -> Planted | None:
    """Say one to three words four to eight times running."""
    words = pair.target.split()
    size = rng.randint(1, 3)
    if len(words) < size + 3:
        return None
    at = rng.randrange(len(words) - size)
    again = words[at : at + size] * rng.randint(3, 7)
    return pair.planted(" ".join(words[: at + size] + again + words[at + size :]))


def left_in_french(pair: Material, _: Random) -> Planted | None:
    """Deliver the source."""
    return pair.planted(pair.source) if len(pair.source.split()) >= 4 else None


def half_in_french(pair: Material, _: Random) -> Planted | None:
    """Deliver the second half in French."""
    french, english = pair.source.split(), pair.target.split()
    if len(french) < 10:
        return None
    return pair.planted(" ".join(english[: len(english) // 2] + french[len(french) // 2 :]))


def phrase_in_french(pair: Material, rng: Random) -> Planted | None:
    """Deliver four to six words in French."""
    french, english = pair.source.split(), pair.target.split()
    size = rng.randint(4, 6)
    if len(french) < 12 or len(english) < 12:
        return None
    at = rng.randrange(len(french) - size)
    place = at * len(english) // len(french)
    copied = french[at : at + size]
    return pair.planted(" ".join(english[:place] + copied + english[place + size - 1 :]))


def word_in_french(pair: Material, rng: Random) -> Planted | None:
    """Deliver one lower-case word of six letters or more in French."""
    english = pair.target.split()
    known = set(re.findall(r"\w+", pair.target.lower()))
    french = pair.source.split()
    choices = [
        at
        for at, word in enumerate(french)
        if re.fullmatch(r"[a-zà-ÿ]{6,}", word) and word not in known
    ]
    if not choices or len(english) < 5:
        return None
    at = rng.choice(choices)
    place = at * len(english) // len(french)
    return pair.planted(" ".join([*english[:place], french[at], *english[place + 1 :]]))


def bracket_broken(pair: Material, _: Random) -> Planted | None:
    """Lose a closing bracket."""
    source, target = pair.source, pair.target
    if ")" not in target or ")" not in source:
        source, target = f"{source} (voir plus loin)", f"{target} (see below)"
    at = target.rindex(")")
    return Planted(source, target, target[:at] + target[at + 1 :])


def quote_broken(pair: Material, _: Random) -> Planted | None:
    """Lose a closing quotation mark."""
    source, target = pair.source, pair.target
    if not re.search('[”"]', target):
        source, target = f"« {source} »", f"“{target}”"
    at = max(target.rfind("”"), target.rfind('"'))
    return Planted(source, target, target[:at] + target[at + 1 :])


def address_altered(pair: Material, rng: Random) -> Planted | None:
    """Lose a letter of a web or e-mail address."""
    address = rng.choice(
        ["https://www.example.org/notes/annexe-b", "www.example.org", "presse@example.org"]
    )
    source = f"{pair.source} Voir {address}."
    target = f"{pair.target} See {address}."
    return Planted(source, target, target.replace("example", "exmple"))


def _shared_name(pair: Material, rng: Random) -> str | None:
    shared = [
        name
        for name in _NAME.findall(pair.source)
        if re.search(rf"(?<=[a-z,] ){name}\b", pair.target)
    ]
    return rng.choice(shared) if shared else None


def _protect(planted: Planted | None, pair: Material) -> Planted | None:
    """Put the name that the damage struck into a glossary."""
    if planted is None:
        return None
    lost = set(re.findall(r"\w+", planted.clean)) - set(re.findall(r"\w+", planted.damaged))
    names = sorted(lost & set(_NAME.findall(pair.source)))
    entries = tuple(Entry(name, name, name, EntryKind.NAME) for name in names)
    return Planted(planted.source, planted.clean, planted.damaged, entries) if names else None


def _tidy(text: str) -> str:
    return re.sub("  +", " ", text).strip()


def _long(clause: str) -> bool:
    return len(clause.split()) >= 5


# The kinds whose errors an editor must never meet in print.
GRAVE: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        digit_changed,
        number_dropped,
        protected_name_dropped,
        protected_name_misspelt,
        phrase_repeated,
        looped,
        left_in_french,
        emptied,
        cut_off,
    )
}
DAMAGES: dict[str, Damage] = GRAVE | {
    damage.__name__: damage
    for damage in (
        numbers_swapped,
        magnitude_changed,
        wrong_unit,
        wrong_currency,
        month_changed,
        name_dropped,
        name_replaced,
        negation_removed,
        negation_added,
        opposite,
        clause_dropped,
        middle_dropped,
        end_dropped,
        clause_added,
        half_in_french,
        phrase_in_french,
        word_in_french,
        bracket_broken,
        quote_broken,
        address_altered,
    )
}
