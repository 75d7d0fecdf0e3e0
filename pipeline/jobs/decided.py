"""What people decided on a job and who they are, as rows of its database; only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.decisions import Decided, Decision, Kind, key_of, restore, value_of, write
from pipeline.errors import UsageError
from pipeline.jobs.database import Database
from pipeline.jobs.rows import damaged, fit, made, sound
from pipeline.jsonfile import load_json

_REVIEWER = "reviewer"
_TOGETHER = "together: "
_SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class DecidedAt:
    """A decision that counts: when it was made (ISO 8601), by whom, and what it came in with."""

    decision: Decision
    at: str
    author: str
    origin: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it was stored: its number, when, by whom, and what it came in with."""

    id: int
    at: str
    author: str
    origin: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Approved:
    """A sentence whose English a person wrote or read in a job: who, when, and which of these."""

    source: str
    target: str
    at: str
    author: str
    origin: str


class DecidedRows(Database):
    """The decisions in a job's database, and the name of who reviews it."""

    def decide(self, at: str, decision: Decision, author: str = "", origin: str = "") -> None:
        """Append a person's decision; a later one about the same thing counts instead of it.

        ``author`` is who made it, ``origin`` what it came in with where that is not the review.
        """
        self._run(
            "INSERT INTO decisions (at, kind, key, value, author, origin) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            at,
            decision.kind,
            key_of(decision),
            json.dumps(value_of(decision), ensure_ascii=False, sort_keys=True),
            author,
            origin,
        )

    def decisions(self) -> tuple[Decision, ...]:
        """Give every decision ever made on this job, oldest first; those of other kinds apart."""
        return tuple(row.decision for row in self.decision_rows())

    @sound
    def decision_rows(self) -> tuple[DecisionRow, ...]:
        """Give every decision ever made as it was stored, oldest first, but of unknown kinds."""
        rows = self._all(
            "SELECT id, at, author, origin, kind, key, value FROM decisions ORDER BY id"
        )
        try:
            return tuple(
                DecisionRow(
                    fit(row["id"], int),
                    fit(row["at"], str),
                    fit(row["author"], str),
                    fit(row["origin"], str),
                    restore(row["kind"], load_json(row["key"]), load_json(row["value"])),
                )
                for row in rows
                if row["kind"] in list(Kind)
            )
        except UsageError:
            raise damaged(self.path) from None

    @sound
    def decided_at(self) -> tuple[DecidedAt, ...]:
        """Give the decisions that count, oldest first, with when and by whom each was made."""
        counting = {(each.kind, each.key): each for each in Decided.of(self.decisions()).all}
        rows = self._all(
            "SELECT max(id) AS id, at, author, origin, kind, key FROM decisions "
            "GROUP BY kind, key ORDER BY id"
        )
        return tuple(
            made(DecidedAt, row, decision=counting[found])
            for row in rows
            if (found := (row["kind"], _key(row["key"]))) in counting
        )

    @sound
    def written(self, source: str) -> tuple[tuple[str, str, str | None], ...]:
        """Give when, by whom and what was written for a French sentence, oldest first."""
        rows = self._all(
            "SELECT at, author, value FROM decisions WHERE kind = ? AND key = ? ORDER BY id",
            Kind.TRANSLATION,
            key_of(write(source, None)),
        )
        return tuple(
            (fit(row["at"], str), fit(row["author"], str), load_json(row["value"])["text"])
            for row in rows
        )

    def decide_together(
        self, at: str, decisions: Iterable[Decision], author: str, origin: str
    ) -> None:
        """Append decisions that ``last_together`` gives back, until others come in like this."""
        before = self.last_decision()
        for decision in decisions:
            self.decide(at, decision, author, origin)
        self._run("REPLACE INTO facts VALUES (?, ?)", _TOGETHER + origin, before)

    @sound
    def last_together(self, origin: str) -> list[tuple[Decision, Decision | None]]:
        """Give what came in together last with an origin and still counts.

        Each comes with the decision about the same thing that it took the place of, if any.
        """
        fact = self._one("SELECT value FROM facts WHERE name = ?", _TOGETHER + origin)
        if fact is None:
            return []
        rows = self._all("SELECT id, kind, key, origin FROM decisions ORDER BY id")
        known = [row for row in rows if row["kind"] in list(Kind)]
        newest: dict[object, tuple[bool, Decision, Decision | None]] = {}
        for row, decision in zip(known, self.decisions(), strict=True):
            about = (row["kind"], row["key"])
            before = newest[about][1] if about in newest else None
            meant = row["origin"] == origin and row["id"] > int(fact["value"])
            newest[about] = (meant, decision, before)
        return [(new, before) for meant, new, before in newest.values() if meant]

    @sound
    def last_decision(self) -> int:
        """Give the number of the decision that was made last, 0 before any was."""
        row = self._one("SELECT coalesce(max(id), 0) AS id FROM decisions")
        return int(fit(row["id"], int)) if row else 0

    def show_decisions(self, last: int) -> None:
        """Record that the edition was made with the decisions up to the one of this number."""
        self._run("REPLACE INTO facts VALUES (?, ?)", _SHOWN, last)

    def is_decided_since(self) -> bool:
        """Tell whether there are decisions that nobody knew when the edition was begun."""
        # An edition of before this was recorded may lack any of them.
        newer = (
            "SELECT 1 FROM decisions WHERE id > coalesce("
            "(SELECT CAST(value AS INTEGER) FROM facts WHERE name = ?), 0) LIMIT 1"
        )
        return self._one(newer, _SHOWN) is not None

    @property
    @sound
    def reviewer(self) -> str:
        """The name of who reviews the job, "" before anyone said so."""
        row = self._one("SELECT value FROM facts WHERE name = ?", _REVIEWER)
        return str(fit(row["value"], str)) if row else ""

    def name_reviewer(self, name: str) -> None:
        """Record who reviews the job from now on."""
        self._run("REPLACE INTO facts VALUES (?, ?)", _REVIEWER, name)


def _key(text: str) -> tuple[Any, ...]:
    return tuple(load_json(text))
