"""A case in, findings out for what is copied and changed: addresses, accounts, files, "A320"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Cover, Dimension, Span
from pipeline.language.addresses import addresses
from pipeline.language.alterations import foreign_words
from pipeline.language.literals import literal_spans
from pipeline.model import Doubt, Severity

ID = "references"
# Capitals joined to digits; Roman numerals and ordinals are the business of the numbers check.
_CODE = re.compile(r"(?<![\w/.-])[A-Z]{1,6}[-\u2011]?[0-9]{1,6}[A-Z]{0,2}(?![\w/.-]*[\w/])")
_TELEPHONE = re.compile(r"[\d+ .\u00a0\u202f]+")
# Of a year or of a school, which English calls otherwise.
_OTHERWISE = re.compile("[TS][1-4]|C[EM][12]")
_CURRENCY = re.compile(r"(?:US|CA|AU|HK|NZ|EUR|USD|GBP)[0-9]")


def _addresses(text: str) -> dict[str, Span]:
    return {text[slice(*span)].casefold().rstrip("/"): span for span in addresses(text)}


def _codes(text: str) -> dict[str, Span]:
    return {
        re.sub("[-\u2011]", "", match[0]): match.span()
        for match in _CODE.finditer(text)
        if not _CURRENCY.match(match[0]) and not _OTHERWISE.fullmatch(match[0])
    }


def _literals(text: str) -> dict[str, Span]:
    """What is copied letter for letter and is no address: accounts, hashtags, files and paths.

    Telephone numbers are the business of the numbers check.
    """
    apart = Cover(len(text), addresses(text))
    found = [span for span in literal_spans(text) if not apart.touches(*span)]
    return {text[slice(*span)]: span for span in found if not _TELEPHONE.fullmatch(text, *span)}


def _run(case: Case) -> Iterator[Doubt]:
    if not case.target.strip():
        return
    source, target = _addresses(case.source), _addresses(case.target)
    for address, span in source.items():
        if address not in target:
            message = f"The address “{case.source[slice(*span)][:80]}” is lost or changed."
            yield case.doubt(ID, Severity.BLOCK, message, source_span=span)
    for address, span in target.items():
        if address not in source:
            message = f"The address “{case.target[slice(*span)][:80]}” is not in the source."
            yield case.doubt(ID, Severity.BLOCK, message, target_span=span)
    literals = _literals(case.source)
    for literal, span in literals.items():
        if re.search(rf"(?<!\w){re.escape(literal)}(?!\w)", case.target) is None:
            message = f"“{literal[:80]}” is lost or changed."
            yield case.doubt(ID, Severity.LOOK, message, source_span=span)
    for literal, span in _literals(case.target).items():
        if literal[0] in "@#\\" and literal not in literals:
            message = f"“{literal[:80]}” is not in the source."
            yield case.doubt(ID, Severity.LOOK, message, target_span=span)
    given = {match[0] for match in foreign_words(case.target)}
    for match in foreign_words(case.source):
        if match[0] not in given:
            message = f"“{match[0][:80]}” is lost or changed."
            yield case.doubt(ID, Severity.LOOK, message, source_span=match.span())
    bare = re.sub("[-\u2011 \u00a0\u202f]", "", case.target)
    for code, span in _codes(case.source).items():
        if code not in bare:
            message = f"“{case.source[slice(*span)]}” is lost or changed."
            yield case.doubt(ID, Severity.LOOK, message, source_span=span)


CHECK = Check(
    id=ID,
    title="Addresses and codes",
    dimension=Dimension.ACCURACY,
    severity=Severity.BLOCK,
    formula=(
        "Every web and e-mail address of the source stands in the translation letter for letter, "
        "and the reverse; so do accounts (@nom), hashtags, file names, paths and words in other "
        "letters than Latin ones; every code of capitals and digits (A320, COVID-19) stands there "
        "too."
    ),
    run=_run,
    notes=(
        "Letter case, a final slash and the hyphen of a code do not count. An address blocks; "
        "everything else asks for a look."
    ),
)
