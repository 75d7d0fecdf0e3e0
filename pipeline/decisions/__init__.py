"""What people decided about a job: kinds of decision, what counts of them, how they are kept."""

from pipeline.decisions.decided import NOTHING_DECIDED, Decided, ordinals
from pipeline.decisions.kinds import (
    Decision,
    Kind,
    change,
    dismiss,
    judge,
    mark,
    named,
    remark,
    sentence_of,
    taken_back,
    write,
)
from pipeline.decisions.rows import dump, key_of, parse, restore, value_of

__all__ = [
    "NOTHING_DECIDED",
    "Decided",
    "Decision",
    "Kind",
    "change",
    "dismiss",
    "dump",
    "judge",
    "key_of",
    "mark",
    "named",
    "ordinals",
    "parse",
    "remark",
    "restore",
    "sentence_of",
    "taken_back",
    "value_of",
    "write",
]
