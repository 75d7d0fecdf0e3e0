"""A file of translations with marked errors in; its sentences and their errors out.

A line is a segment as JSON: ``source``, ``target`` and ``errors``, each with a ``severity``
(critical, major or minor), a ``category``, a ``source_span`` and a ``target_span``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import lines

SERIOUS = frozenset({"critical", "major"})


@dataclass(frozen=True, slots=True)
class Error:
    """A marked error: how grave, of which kind, and its places in the French and the English."""

    severity: str
    category: str
    source_span: tuple[int, int] | None
    target_span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, a translation, and the errors marked in that."""

    source: str
    target: str
    errors: tuple[Error, ...]

    @property
    def worst(self) -> str:
        """The severity of the gravest error, "clean" without one."""
        found = {each.severity for each in self.errors}
        return next((each for each in ("critical", "major", "minor") if each in found), "clean")

    @property
    def serious(self) -> bool:
        """Whether an error is critical or major."""
        return self.worst in SERIOUS

    def wrong(self, severities: frozenset[str]) -> list[bool]:
        """Say of each word whether it lies in an error of these severities."""
        spans = [e.target_span for e in self.errors if e.target_span and e.severity in severities]
        return touched(self.target, spans)


def touched(text: str, spans: Iterable[tuple[int, int]]) -> list[bool]:
    """Say of each word of a text whether one of the spans has a part of it."""
    places = list(spans)
    return [
        any(start < word.end() and word.start() < end for start, end in places)
        for word in re.finditer(r"\S+", text)
    ]


def read(path: Path) -> list[Marked]:
    """Read a file of marked translations."""
    return [
        Marked(
            row["source"],
            row["target"],
            tuple(
                Error(
                    error["severity"],
                    error.get("category", ""),
                    _span(error.get("source_span")),
                    _span(error["target_span"]),
                )
                for error in row["errors"]
            ),
        )
        for row in map(json.loads, lines(path))
    ]


def _span(place: Sequence[int] | None) -> tuple[int, int] | None:
    return (place[0], place[1]) if place and place[0] < place[1] else None
