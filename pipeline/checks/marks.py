"""A case in, a finding out where a mark of the text was put on English words by place alone."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.language.alignment import project, verbatim
from pipeline.model import TARGET_LANGUAGE, Doubt, InlineKind, InlineMark, Severity

ID = "marks"
_NAMES = {
    InlineKind.EMPHASIS: "emphasis",
    InlineKind.STRONG: "strong words",
    InlineKind.LINK: "link",
    InlineKind.SMALL_CAPS: "small capitals",
    InlineKind.CODE: "code",
}


def _run(case: Case) -> Iterator[Doubt]:
    for mark in case.marks:
        words = case.source[mark.start : mark.end]
        if mark.kind is InlineKind.LANGUAGE:
            yield from _translated(case, mark)
        around = case.source[: mark.start] + case.source[mark.end :]
        if mark.kind not in _NAMES or not any(map(str.isalnum, words)):
            continue
        if case.source == case.target or not any(map(str.isalnum, around)):
            continue
        placed = project(case.source, case.target, mark.start, mark.end)
        if not placed.sure:
            found = case.target[placed.start : placed.end]
            message = f"The place of the {_NAMES[mark.kind]} on “{words}” was guessed: “{found}”."
            span = (placed.start, placed.end)
            yield case.doubt(ID, Severity.POLISH, message, (mark.start, mark.end), span)


def _translated(case: Case, mark: InlineMark) -> Iterator[Doubt]:
    """Tell of words in another language that are no longer in it."""
    if mark.value.split("-")[0] == TARGET_LANGUAGE:
        return
    if verbatim(case.source, case.target, mark.start, mark.end) < 0:
        words = case.source[mark.start : mark.end]
        message = f"“{words}” is marked as another language ({mark.value}), but was translated."
        yield case.doubt(ID, Severity.POLISH, message, (mark.start, mark.end))


CHECK = Check(
    id=ID,
    title="Marks",
    dimension=Dimension.FLUENCY,
    severity=Severity.POLISH,
    formula=(
        "Of the words that the text marks (emphasis, strong, small capitals, code, a link) none is "
        "linked to a word of the translation, so that the mark was put by place. Or words that "
        "the text marks as another language do not stand in the translation as they are."
    ),
    run=_run,
    of_delivery=True,
)
