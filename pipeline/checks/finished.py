"""A case in, a finding out where the translation is empty, stops in the middle or lacks a noun."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.model import Doubt, Severity

ID = "finished"
# A sentence that ends on one of these words was cut, whatever stands in the source.
_DANGLING = re.compile(
    r"(?:^|[\s(])(?:a|an|the|of|and|or|to|with|from|by|for|as|that|which|its|their|his|her|is|was)"
    r"[\s,]*$",
    re.IGNORECASE,
)
_SOURCE_ENDS = re.compile(r"[.!?…][\s»”\"’')\]]*$")
_TARGET_OPEN = re.compile(r"[^\W_][\s,;]*$|,[\s]*$")
# "Its of yesteryear colours": no noun follows where one must. A capital is a letter: "hepatitis A".
_NO_NOUN = re.compile(
    r"(?<![\w’'.-])(?:a|an|the|its|their|our|my|your|The|Its|Their)[ \u00a0]"
    r"(?:of|from|with|and|or|is|are|was|were|has|had)(?![\w’'-])"
)


def _run(case: Case) -> Iterator[Doubt]:
    target = case.target
    end = (max(0, len(target) - 1), len(target))
    if not target.strip():
        yield case.doubt(ID, Severity.BLOCK, "The translation is empty.")
    elif not case.translation.finished:
        message = "The engine stopped before the end of the sentence."
        yield case.doubt(ID, Severity.BLOCK, message, target_span=end)
    elif _is_cut(case):
        message = "The translation breaks off: it ends without the final mark of the source."
        yield case.doubt(ID, Severity.BLOCK, message, target_span=end)
    elif found := _NO_NOUN.search(target):
        message = f"A noun is missing: “{found[0]}”."
        yield case.doubt(ID, Severity.LOOK, message, target_span=found.span(), step=1)


def _is_cut(case: Case) -> bool:
    target_tail = case.target[-40:]
    if not _SOURCE_ENDS.search(case.source[-40:]) or not _TARGET_OPEN.search(target_tail):
        return False
    shorter = len(case.target) < len(case.source) * 0.8
    return shorter or _DANGLING.search(target_tail) is not None


CHECK = Check(
    id=ID,
    title="Finished",
    dimension=Dimension.ACCURACY,
    severity=Severity.BLOCK,
    formula=(
        "The translation is blank; or the engine did not end the sentence itself; or the source "
        "ends with a final mark and the translation ends with a letter, digit or comma and is "
        "shorter than 0.8 times the source or ends on a word like “of” or “the”."
    ),
    run=_run,
    notes="An article or a possessive before “of”, “from”, “is” and the like asks for a look.",
)
