"""A case in, findings out for final marks that differ and quotes or brackets left open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.model import Doubt, Severity

ID = "punctuation"
_CLOSERS = " \t\n\u00a0\u202f»”\"’')]}*_"
_CLASSES = {".": "a full stop", "…": "an ellipsis", "?": "a question mark"}
_CLASSES |= {"!": "an exclamation mark", ":": "a colon", ";": "a semicolon"}
_PAIRS = (("(", ")", "parenthesis"), ("[", "]", "bracket"), ("“", "”", "quotation mark"))
# A straight single quotation mark, which no letter stands on both sides of, as of an apostrophe.
_SINGLE = re.compile(r"(?<!\w)'|'(?!\w)")
_QUOTES = '«»“”„"'
_LIST_MARK = re.compile(r"(?:^|[\s;:,])(?:[0-9]{1,3}|[A-Za-z]|[ivx]{1,4})\)")


def _final_mark(text: str) -> str:
    bare = text[-60:].rstrip(_CLOSERS)
    mark = bare[-1:]
    if bare.endswith("..."):
        mark = "…"
    return mark if mark in _CLASSES else ""


def _unbalanced(text: str, opening: str, closing: str) -> bool:
    """Whether the marks do not pair, with and without those after list marks: "a)", "30 m)"."""
    bare = _LIST_MARK.sub(" ", text) if opening == "(" else text
    return all(each.count(opening) != each.count(closing) for each in (text, bare))


def _open_quotes(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("«") != text.count("»")


def _has(text: str, marks: str) -> bool:
    return any(mark in text for mark in marks)


def _run(case: Case) -> Iterator[Doubt]:
    source, target = case.source, case.target
    if not target.strip():
        return
    end = (max(0, len(target) - 1), len(target))
    before, after = _final_mark(source), _final_mark(target)
    if before != after:
        expected, found = (_CLASSES.get(mark, "no final mark") for mark in (before, after))
        message = f"The source ends with {expected}, the translation with {found}."
        yield case.doubt(ID, Severity.POLISH, message, target_span=end)
    source_open = _open_quotes(source) or source.count("“") != source.count("”")
    for opening, closing, name in _PAIRS:
        same = source_open if opening == "“" else _unbalanced(source, opening, closing)
        if _unbalanced(target, opening, closing) and not same:
            message = f"A {name} is opened or closed alone."
            # A quotation of several paragraphs may be closed in a later one; no bracket may.
            severity = Severity.POLISH if opening == "“" else Severity.LOOK
            yield case.doubt(ID, severity, message)
    if target.count('"') % 2 == 1 and not source_open:
        yield case.doubt(ID, Severity.POLISH, "A quotation mark is opened or closed alone.")
    for marks, name in ((_QUOTES, "Quotation marks"), ("([", "Brackets")):
        if _has(source, marks) and not (_has(target, marks + "‘") or _SINGLE.search(target)):
            message = f"{name} of the source are missing."
            yield case.doubt(ID, Severity.POLISH, message)
    if guillemet := re.search("[«»]", target):
        message = "French guillemets stand in the English."
        yield case.doubt(ID, Severity.POLISH, message, target_span=guillemet.span())


CHECK = Check(
    id=ID,
    title="Punctuation",
    dimension=Dimension.LOCALE,
    severity=Severity.POLISH,
    formula=(
        "The final mark is of another class (full stop, ellipsis, question, exclamation, colon, "
        "semicolon, none); or brackets or quotation marks do not pair although those of the source "
        "do, or are missing altogether; or guillemets stand in the English."
    ),
    run=_run,
    notes="Asks for a look where a bracket is opened or closed alone.",
)
