"""Where a job stands, as every face shows it; quick to load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import EnregardError

if TYPE_CHECKING:
    from pipeline.jobs.revisions import Carried
    from pipeline.service.published import Scorecard


@dataclass(frozen=True, slots=True)
class JobStatus:
    """Where a job stands; ``unfinished`` is the first stage not done, "" in a finished job.

    ``problem`` says what is wrong with a damaged job, of which nothing else is known.

    ``files`` are the paths of the newest edition's files by name; ``card`` is its scorecard, None
    without an edition. ``read`` counts the segments that a person has read as they stand,
    ``signed_off`` those of them that were signed off. ``carried`` is what ``revision`` kept of the
    one before. ``decided`` says that something was decided since the edition was begun, ``behind``
    that it lacks that; the latter is told only where it was asked for.
    """

    name: str
    folder: Path
    source_name: str = ""
    unfinished: str = ""
    segments: int = 0
    translated: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    card: Scorecard | None = None
    problem: EnregardError | None = None
    read: int = 0
    signed_off: int = 0
    revision: int = 1
    carried: Carried | None = None
    archived: bool = False
    decided: bool = False
    behind: bool = False

    @property
    def state(self) -> str:
        """One word: published, unfinished or damaged."""
        return "damaged" if self.problem else "unfinished" if self.unfinished else "published"
