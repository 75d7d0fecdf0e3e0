"""A task in; every translation that a wide search of the engine finds for it, best first, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.engines import Engine
from pipeline.model import Finding
from pipeline.stages.translate.asking import Asking
from pipeline.stages.translate.part import Candidate, Part
from pipeline.stages.translate.search import Search, decode
from pipeline.stages.translate.stage import Task, parts_of

WIDTH = 8


@dataclass(frozen=True, slots=True)
class Alternative:
    """A translation that the engine found, and what the checks hold against it or its parts."""

    text: str
    findings: tuple[Finding, ...]


def alternatives(task: Task, engine: Engine, search: Search) -> list[Alternative]:
    """Give the different translations there are, those with the least fault first.

    A sentence that is translated in parts has as many as its part with the fewest.
    """
    if task.copied:
        return []
    asking = Asking(engine)
    wide = replace(search, beam_size=max(WIDTH, search.beam_size), thorough=True)
    columns = [_ranked(part) for part in decode(parts_of(task, asking, wide), asking, wide)]
    return [_joined(row) for row in zip(*columns, strict=False)]


def _ranked(part: Part) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for each in sorted(part.candidates, key=lambda each: each.rank):
        found.setdefault(each.text.casefold(), each)
    return list(found.values())


def _joined(candidates: Sequence[Candidate]) -> Alternative:
    return Alternative(
        " ".join(each.text for each in candidates),
        tuple(finding for each in candidates for finding in each.findings),
    )
