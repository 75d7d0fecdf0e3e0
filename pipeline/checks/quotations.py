"""A case in, a finding out where words were moved into a quotation, or out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    if len(ours) != len(theirs) or len(ours) > _MOST:
        return
    for one, other in zip(ours, theirs, strict=True):
        more = len(other[0].split()) - len(one[0].split())
        if more > _MOVED and _moved(case, other, one, english=True) >= _MOVED:
            message = "The quotation holds words that the source has outside it."
        elif -more > _MOVED and _moved(case, one, other, english=False) >= _MOVED:
            message = "Words of the quotation stand outside it in the translation."
        else:
            continue
        yield case.doubt(ID, Severity.LOOK, message, one.span(), other.span())


def _moved(case: Case, own: re.Match[str], other: re.Match[str], *, english: bool) -> int:
    """Count the words of a quotation that only what is outside the other one answers."""
    items = lexicon().english if english else lexicon().french
    languages = ("en", "fr") if english else ("fr", "en")
    text = case.source if english else case.target
    outside = f"{text[: other.start()]} {text[other.end() :]}"
    asked = content(own[0], languages[0])
    inside, beyond = (
        answered(asked, content(given, languages[1]), items) for given in (other[0], outside)
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
        "one, as the bundled lexicon knows them."
    ),
    run=_run,
)
