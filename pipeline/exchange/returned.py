"""What a bilingual file that somebody edited says of a sentence, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import SentenceState


@dataclass(frozen=True, slots=True)
class Returned:
    """A pair of texts as a file has it: ``segment_id`` is "" where the file does not say.

    ``notes`` are people's comments, ``author`` is who changed it last where the file tells, and
    ``state`` how far the file says that a person is with it.
    """

    segment_id: str
    source: str
    target: str
    notes: tuple[str, ...] = ()
    author: str = ""
    state: SentenceState = SentenceState.OPEN
