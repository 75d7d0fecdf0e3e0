"""A job's store in; what its last run left, on which decisions are laid, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.errors import UsageError
from pipeline.glossary import Matcher
from pipeline.jobs.plan import Plan
from pipeline.jobs.store import Store
from pipeline.model import Entry, Finding, Occurrence, Rank, Translated, Translation


@dataclass(frozen=True)
class Base:
    """What the last run left of a job; it does not change until the next one.

    ``seen`` keeps what looking at an edited sentence gave, as long as that run's results last, and
    ``said`` what the engine had said of it.
    """

    key: tuple[object, ...]
    plan: Plan
    text: Translated
    findings: tuple[Finding, ...]
    ranks: Mapping[str, tuple[int, Rank]]
    engine: str
    translations: Mapping[str, Translation]
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    matchers: dict[tuple[Entry, ...], Matcher] = field(default_factory=dict)
    seen: dict[tuple[object, ...], tuple[tuple[Occurrence, ...], tuple[Finding, ...]]] = field(
        default_factory=dict
    )
    said: dict[tuple[str, tuple[Entry, ...]], str | None] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every sentence is translated."""
        return bool(self.text.segments) and len(self.translations) == len(self.text.segments)


def read_base(store: Store, key: tuple[object, ...]) -> Base:
    """Read what the last run left; ``key`` is the store's mark. Raises JobError before any."""
    snapshot = store.snapshot()
    if snapshot is None:
        raise UsageError("the job was never started", "run its text again")
    plan = Plan.restore(snapshot)
    text = store.translated()
    scores = store.scores()
    occurrences: dict[str, list[Occurrence]] = {}
    for each in text.occurrences:
        occurrences.setdefault(each.segment_id, []).append(each)
    return Base(
        key,
        plan,
        text,
        scores.findings,
        {rank.segment_id: (place, rank) for place, rank in enumerate(scores.ranks, 1)},
        plan.engine().card().fingerprint,
        {each.segment_id: each for each in text.translations},
        {name: tuple(found) for name, found in occurrences.items()},
    )
