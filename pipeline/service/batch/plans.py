"""What a whole batch and what one document asks for in; the plan of its run out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.jobs.plan import Plan
from pipeline.service.batch.manifest import BatchItem
from pipeline.service.plans import make_plan
from pipeline.service.texts import read_reference
from pipeline.text import fingerprint

# Lists ask for a few kinds of plans, as a rule for one.
_MOST_KEPT = 16
_TITLE = "front.title"


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """What is asked for every document of a batch, as for ``make_plan``.

    ``fresh`` takes nothing over from the last run of a document's job; ``force`` has texts
    translated that are not all French.
    """

    config: Path | None = None
    glossaries: tuple[str, ...] = ()
    flags: Mapping[str, object] = field(default_factory=dict)
    fresh: bool = False
    force: bool = False


class Plans:
    """The plans of a batch's documents: settings and glossaries are loaded once a kind."""

    def __init__(self, order: BatchOrder) -> None:
        """Load the plan of a document that asks for nothing; raises what is wrong with it."""
        self._order = order
        self._kept: dict[str, tuple[Plan, str]] = {}
        self.usual, _ = self.of(BatchItem(Path()))

    def of(self, item: BatchItem) -> tuple[Plan, str]:
        """Give a document's plan, and a hash of all that it asks for."""
        plan, said = self._kind(item.glossaries, item.settings)
        reference = None
        if item.reference is not None:
            reference = read_reference(item.reference, plan.settings.read)
        if item.title:
            front = plan.settings.front.model_copy(update={"title": item.title})
            settings = plan.settings.model_copy(update={"front": front})
            plan = replace(plan, settings=settings, given={**plan.given, _TITLE: item.title})
        if reference is not None:
            plan = replace(plan, reference=reference)
        return plan, fingerprint(said, item.title, reference)

    def _kind(self, glossaries: Sequence[str], settings: Mapping[str, object]) -> tuple[Plan, str]:
        order = self._order
        key = json.dumps([glossaries, settings], sort_keys=True, default=str)
        if key not in self._kept:
            flags = {**order.flags, **settings}
            plan = make_plan(order.config, [*order.glossaries, *glossaries], None, flags)
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            said = plan.dump() | {"engine": plan.engine().card().fingerprint}
            self._kept[key] = plan, fingerprint(said, order.fresh)
        return self._kept[key]
