"""The cases of a document in, findings out where a word is spelt as in the other country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks.base import Case, Check, Cover, Dimension, Span, nothing
from pipeline.language.spelling import spellings
from pipeline.model import Doubt, EntryKind, Severity

ID = "spelling"
_NAMES = {"gb": "British", "us": "American"}


def run_document(cases: Sequence[Case]) -> Iterator[Doubt]:
    """Yield the findings of a whole document: the words of the country with fewer of them."""
    found = [(case, each) for case in cases for each in _words(case)]
    counts = Counter(country for _, (_, country) in found)
    if len(counts) < 2:
        return
    usual = "gb" if counts["gb"] >= counts["us"] else "us"
    example = next(case.target[slice(*span)] for case, (span, country) in found if country == usual)
    for case, (span, country) in found:
        if country != usual:
            message = (
                f"“{case.target[slice(*span)]}” is {_NAMES[country]} spelling; "
                f"the text mostly has {_NAMES[usual]}, as in “{example}”."
            )
            yield case.doubt(ID, Severity.POLISH, message, target_span=span)


def _words(case: Case) -> Iterator[tuple[Span, str]]:
    covered = Cover(len(case.target), case.rendered_spans(*EntryKind))
    for start, end, country in spellings(case.target):
        if not covered.touches(start, end):
            yield (start, end), country


CHECK = Check(
    id=ID,
    title="Spelling",
    dimension=Dimension.LOCALE,
    severity=Severity.POLISH,
    formula=(
        "The text has words of a list that are spelt as in Britain and others as in America "
        "(colour, “center”). Those of the country with fewer of them are reported; where both have "
        "as many, the American ones."
    ),
    run=nothing,
    run_document=run_document,
    notes=(
        "Looks at the whole document, after translation. Words in -ize count for neither country, "
        "and renderings of the glossary are what it asks for. The editions are printed in the "
        "spelling of one country whatever the stored text has: `publish.english`."
    ),
)
