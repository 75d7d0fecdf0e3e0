"""The pure parts of a job's stages in, what they give out: worked here, or wherever a labour is.

A run keeps what is stored; what is worked out in between depends on nothing but what it is given,
so that another process or machine can do it and the result is the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.checks import CheckProfile
from pipeline.config import PublishSettings
from pipeline.decisions import Decided
from pipeline.engines import Offer, opened
from pipeline.engines.decoding import worker_count
from pipeline.model import (
    Doubt,
    EditionContent,
    EngineCard,
    Entry,
    Measured,
    Scores,
    Translated,
    Translation,
)
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.stage import EditionFiles
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task

Promise = Callable[[], list[Translation]]
# The PDF library changes what all of a process shares.
_PRINTING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Judging:
    """What the score stage needs; ``known`` is what the checks hold, where that is known."""

    text: Translated
    card: EngineCard
    entries: tuple[Entry, ...]
    measured: Mapping[str, Measured]
    known: tuple[Doubt, ...] | None
    profile: CheckProfile
    decided: Decided
    reference: str | None


class Labour(Protocol):
    """Does what is asked, as it would be done here; ``ahead`` chunks may be under way at once."""

    @property
    def hands(self) -> int:
        """How many threads and processes work."""

    @property
    def ahead(self) -> int:
        """How many chunks may be asked for before the first is taken."""

    def translate(
        self, offer: Offer, threads: int, tasks: Sequence[Task], search: Search
    ) -> Promise:
        """Begin to translate a chunk; give what waits for its translations."""

    def score(self, judging: Judging) -> tuple[tuple[Doubt, ...], Scores]:
        """Give what the checks hold against a text, and its scores."""

    def publish(self, content: EditionContent, settings: PublishSettings) -> EditionFiles:
        """Make the files of an edition."""


class Here:
    """Does the work in this process, when it is asked for."""

    ahead = 1

    @property
    def hands(self) -> int:
        """How many threads an engine has."""
        return worker_count(0)

    def translate(
        self, offer: Offer, threads: int, tasks: Sequence[Task], search: Search
    ) -> Promise:
        """Translate a chunk with an engine that is opened once."""
        made = translate.translate(tasks, opened(offer, threads), search)
        return lambda: made

    def score(self, judging: Judging) -> tuple[tuple[Doubt, ...], Scores]:
        """Check a text, unless what the checks hold is known, and score it."""
        return judge(judging)

    def publish(self, content: EditionContent, settings: PublishSettings) -> EditionFiles:
        """Make the files of an edition, one at a time."""
        with _PRINTING:
            return publish.publish(content, settings)


HERE: Labour = Here()


def judge(asked: Judging) -> tuple[tuple[Doubt, ...], Scores]:
    """Check a text, unless what the checks hold is known, and score it."""
    return score.checked_and_scored(
        asked.text,
        asked.card,
        asked.entries,
        asked.measured,
        asked.known,
        asked.profile,
        asked.decided,
        asked.reference,
    )
