"""A case in, a finding out where words were moved into a quotation, or out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.checks.base import Case, Check, Dimension
from pipeline.language.lexicon import answered, content, lexicon
from pipeline.model import Doubt, Severity

ID = "quotations"
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"")
_MOST = 8  # quotations of a segment
_MOVED = 2  # words that must have been moved, and more than so many the length must differ by


def _run(case: Case) -> Iterator[Doubt]:
    ours = list(_QUOTED.finditer(case.source))
    theirs = list(_QUOTED.finditer(case.target))
    if not ours or not theirs or max(len(ours), len(theirs)) > _MOST:
        return
    if len(ours) != len(theirs):
        if case.target.count('"') % 2 == 0 and (found := _wider(case, ours, theirs)):
            message = "The quotation holds words that the source has outside it."
            yield case.doubt(ID, Severity.LOOK, message, ours[0].span(), found.span())
        return
    for one, other in zip(ours, theirs, strict=True):
        more = len(other[0].split()) - len(one[0].split())
        if more > _MOVED and _moved(case, other, [one], english=True) >= _MOVED:
            message = "The quotation holds words that the source has outside it."
        elif -more > _MOVED and _moved(case, one, [other], english=False) >= _MOVED:
            message = "Words of the quotation stand outside it in the translation."
        else:
            continue
        yield case.doubt(ID, Severity.LOOK, message, one.span(), other.span())


def _wider(
    case: Case, ours: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]]
) -> re.Match[str] | None:
    """Return the first quotation that took in words of the narration, where their numbers differ.

    A translation may part a quotation in two, or leave out the marks of one.
    """
    return next((each for each in theirs if _moved(case, each, ours, english=True) >= _MOVED), None)


def _moved(
    case: Case, own: re.Match[str], others: Sequence[re.Match[str]], *, english: bool
) -> int:
    """Count the words of a quotation that only what is outside the other ones answers."""
    items = lexicon().english if english else lexicon().french
    languages = ("en", "fr") if english else ("fr", "en")
    text = case.source if english else case.target
    quoted = " ".join(other[0] for other in others)
    ends = [0, *(other.end() for other in others)]
    starts = [*(other.start() for other in others), len(text)]
    outside = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    asked = content(own[0], languages[0])
    inside, beyond = (
        answered(asked, content(given, languages[1]), items) for given in (quoted, outside)
    )
    return sum(far and not near for near, far in zip(inside, beyond, strict=True))


CHECK = Check(
    id=ID,
    title="Quotations",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "Both texts have as many quotations, and one of the translation is longer or shorter by "
        f"more than {_MOVED} words, of which at least {_MOVED} are answered only outside the other "
        "one, as the bundled lexicon knows them; or their numbers differ, and a quotation of the "
        f"translation has at least {_MOVED} words that only the narration of the source answers."
    ),
    run=_run,
)
