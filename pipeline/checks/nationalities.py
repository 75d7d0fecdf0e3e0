"""A case in, a finding out where a country or nationality became another one, or was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.base import Case, Check, Dimension, Span
from pipeline.language.data import data_lines
from pipeline.language.dictionary import dictionary
from pipeline.language.words import blanked
from pipeline.model import Doubt, Severity

ID = "nationalities"
# Parts of a compound stand for themselves ("franco-allemand"), but for these names in two.
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_PAIR = re.compile(r"(?:États|Etats|United|Royaume|Grande|Pays|Tel|Viet|anglo)[ -][^\W\d_]+", re.I)

# A language: what is spoken of it, its name alone does not tell.
_SPOKEN = re.compile(r"(?:\b(?:en|le|du|au|de)|[ld]['’])\s*$", re.I)

# Said of a manner or a thing, not of the nation: « filer à l'anglaise », « en ombre chinoise ».
_SAYINGS = re.compile(
    r"\bfil\w+ à l['’]anglaise\b|\b(?:ombres? chinoise|casse-têtes? chinois|téléphones? arabe"
    r"|têtes? de Turc|crèmes? anglaise|assiettes? anglaise|points? de Hongrie|gris du Gabon"
    r"|quart d['’]heure américain|vases? de Chine|bleus? de Prusse)s?\b",
    re.IGNORECASE,
)

_MONEY_FR = re.compile(
    r"(?:\b(?:francs?|dollars?|livres?|couronnes?|roubles?|yens?|yuans?|roupies?|pesos?)|[$£])\s$",
    re.IGNORECASE,
)
_MONEY_EN = re.compile(
    r"(?:US|C|CA|A|AU|NZ|HK)\$|[$£¥]\s?[0-9]"
    r"|\b(?:CHF|USD|CAD|AUD|NZD|HKD|GBP|JPY|CNY|RUB|INR|SEK|NOK|DKK|MXN)\b"
)

_Nations = dict[str, int]
"""Word → the nation it tells of, by number."""


@lru_cache(maxsize=1)
def _nations() -> tuple[_Nations, _Nations]:
    """Read the French and the English words for nations, on first use."""
    french: _Nations = {}
    english: _Nations = {}
    for number, line in enumerate(data_lines("nations.txt")):
        ours, theirs = line.split(" | ")
        for word in ours.split():
            french.update(dict.fromkeys(_inflected(word), number))
        for word in theirs.split():
            english.update(dict.fromkeys((word, word.removesuffix("s")), number))
    return french, english


def _inflected(word: str) -> list[str]:
    """Give the forms of a French word: of an adjective ("grec+") all, with and without capital."""
    if not word.endswith("+"):
        return [word]
    stem = word.removesuffix("+")
    feminine = f"{stem}ne" if stem.endswith(("ien", "éen")) else stem.removesuffix("e") + "e"
    forms = [stem, f"{stem}s", feminine, f"{feminine}s"]
    return [*forms, *(form.capitalize() for form in forms)]


def _told(text: str, nations: _Nations) -> dict[int, Span]:
    """Give the nations that a text speaks of, each with the first place where it does."""
    found: dict[int, Span] = {}
    for match in _WORD.finditer(text):
        whole = _PAIR.match(text, match.start()) or match
        number = nations.get(whole[0].replace(" ", "-"))
        if number is not None:
            found.setdefault(number, whole.span())
    return found


def _run(case: Case) -> Iterator[Doubt]:
    french, english = _nations()
    source = _told(blanked(case.source, _SAYINGS), french)
    target = _told(case.target, english)
    lost = [span for nation, span in source.items() if nation not in target]
    new = [span for nation, span in target.items() if nation not in source]
    if lost and new:
        (start, end), (first, last) = lost[0], new[0]
        message = f"“{case.source[start:end]}” may have become “{case.target[first:last]}”."
        yield case.doubt(ID, Severity.LOOK, message, source_span=lost[0], target_span=new[0])
        return
    small = case.target.lower()
    for nation, span in source.items():
        word = case.source[slice(*span)]
        # Kept as it is in a title, or told by the code of a currency: « Pays basque », CHF.
        if word.lower() in small or _is_of_money(case.source, span, case.target):
            continue
        if nation not in target and _is_said_of_something(case.source, span, nation):
            message = f"“{word}” is missing in the translation."
            yield case.doubt(ID, Severity.LOOK, message, source_span=span)
            return


def _is_of_money(text: str, span: Span, target: str) -> bool:
    """Whether a word tells whose money it is, and the translation has a sign or code of such."""
    return _MONEY_FR.search(text[: span[0]]) is not None and _MONEY_EN.search(target) is not None


def _is_said_of_something(text: str, span: Span, nation: int) -> bool:
    """Whether a word is an adjective of a nation that its translation must tell.

    No language ("traduit de l'anglais"), and not in a term that English says without the nation
    ("montagnes russes", a roller coaster).
    """
    start = span[0]
    if not text[start].islower() or _SPOKEN.search(text[:start]):
        return False
    english = _nations()[1]
    return all(
        any(nation in _told(each.text, english) for each in term.renderings)
        for term in dictionary().phrases_over(text, span)
    )


CHECK = Check(
    id=ID,
    title="Nationalities",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "A country or nationality of the French text is not in the translation, and one that the "
        "French has not is; or an adjective of a nation is said of something in French alone."
    ),
    run=_run,
    notes=(
        "Knows some ninety nations, with their adjectives and capitals. England, Scotland and "
        "Wales count as British, the Soviet Union as Russian. A country that is only missing is "
        "the business of the names check. Languages (« en anglais ») and terms that English says "
        "without a nation (« montagnes russes ») count for nothing."
    ),
)
