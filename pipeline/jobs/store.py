"""The data of pipeline.model in, one SQLite file a job out, and back; what is committed is whole.

A stage is done when its fingerprint is in ``stage_runs``, committed in the same transaction as its
rows. The translations are the job's memory, keyed by what they were made from, so that nothing is
translated twice. People's decisions are only ever added to, and no stage drops them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.decisions import Decided
from pipeline.decisions.kinds import StateDecision, TranslationDecision
from pipeline.errors import JobError
from pipeline.jobs.decided import Approved
from pipeline.jobs.revisions import Carried
from pipeline.jobs.rows import fit, made, sound
from pipeline.jobs.score_rows import ScoreRows
from pipeline.jsonfile import load_json
from pipeline.model import Milestone, Origin, Reviewed, SentenceState, Severity, Stage

_FINGERPRINT = re.compile("[0-9a-f]{1,64}")
# The tables that hold what a stage gave; publishing leaves files instead.
_ROWS: Mapping[Stage, tuple[str, ...]] = {
    Stage.READ: ("document", "notices", "blocks"),
    Stage.SEGMENT: ("segments",),
    Stage.TRANSLATE: ("translations", "occurrences"),
    Stage.SCORE: ("findings", "ranks", "metrics", "reference_scores"),
    Stage.PUBLISH: (),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a job stands: the first stage that is not finished, the fingerprint of its edition.

    Then how many segments there are, how many are translated, findings by severity, and how many
    segments a person has read as they stand, those signed off among them. ``carried`` is what was
    kept of the text's earlier revision, if there was one. ``decided`` says that something was
    decided since the run that made the edition began.
    """

    unfinished: Stage | None
    edition: str | None
    segments: int
    translated: int
    findings: Mapping[str, int]
    read: int = 0
    signed_off: int = 0
    carried: Carried | None = None
    decided: bool = False


class Store(ScoreRows):
    """One job's database; every writing method must run inside ``transaction``."""

    # Stage runs, history, snapshots

    @sound
    def finished(self, stage: Stage) -> str | None:
        """Give the fingerprint under which the stage was last finished, or None."""
        row = self._one("SELECT fingerprint FROM stage_runs WHERE stage = ?", stage)
        return str(fit(row["fingerprint"], str)) if row else None

    def finish(self, stage: Stage, fingerprint: str, at: str, message: str) -> str:
        """Record that the stage's rows are complete for this fingerprint, and in the history.

        Gives the message, which says what came of it.
        """
        self._run("REPLACE INTO stage_runs VALUES (?, ?, ?)", stage, fingerprint, at)
        self._run("INSERT INTO events (at, stage, message) VALUES (?, ?, ?)", at, stage, message)
        return message

    def reopen(self, stages: Iterable[Stage]) -> None:
        """Record that these stages are to be done again, and drop what they gave.

        What the memory holds stays: it is keyed by what it was made from.
        """
        for stage in stages:
            self._run("DELETE FROM stage_runs WHERE stage = ?", stage)
            for table in _ROWS[stage]:
                self._run(f"DELETE FROM {table}")

    def mark(self) -> tuple[object, ...]:
        """Give what changes whenever a run stores something, and with nothing else."""
        rows = self._all("SELECT stage, fingerprint, finished FROM stage_runs ORDER BY stage")
        runs = tuple(tuple(row) for row in rows)
        counts = self._one(
            "SELECT (SELECT max(id) FROM snapshots), (SELECT count(*) FROM translations)"
        )
        return runs, tuple(counts or ())

    def add_snapshot(self, created: str, value: Mapping[str, object]) -> None:
        """Append a snapshot of settings and glossary; the newest is the job's."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        self._run("INSERT INTO snapshots (created, value) VALUES (?, ?)", created, text)

    @sound
    def snapshot(self) -> dict[str, Any] | None:
        """Give the newest snapshot, or None in a job that was never run."""
        row = self._one("SELECT value FROM snapshots ORDER BY id DESC LIMIT 1")
        value = load_json(fit(row["value"], str)) if row else None
        if row and not isinstance(value, dict):
            raise ValueError("a snapshot is no mapping")
        return value

    @sound
    def history(self) -> tuple[Milestone, ...]:
        """Give every stage that a run has finished, oldest first."""
        rows = self._all("SELECT at, stage, message FROM events ORDER BY id")
        return tuple(made(Milestone, row) for row in rows)

    @sound
    def standing(self) -> Standing:
        """Tell where the job stands."""
        rows = self._all("SELECT stage, fingerprint FROM stage_runs")
        done = {row["stage"]: _fingerprint(row["fingerprint"]) for row in rows}
        rows = self._all(
            "SELECT severity, count(*) AS n FROM findings WHERE NOT dismissed GROUP BY severity"
        )
        found = {row["severity"]: row["n"] for row in rows}
        one = "SELECT count(*) AS n FROM "
        segments, translated = (self._all(one + t)[0]["n"] for t in ("segments", "translations"))
        return Standing(
            next((stage for stage in Stage if stage not in done), None),
            done.get(Stage.PUBLISH),
            segments,
            translated,
            {severity: found.get(severity, 0) for severity in Severity},
            len(states := [each.state for each in self.reviewed()]),
            states.count(SentenceState.SIGNED_OFF),
            self.carried(),
            self.is_decided_since(),
        )

    @sound
    def approved(self) -> tuple[Approved, ...]:
        """Give the sentences whose English, as it stands, a person wrote or read."""
        decided = self.decided_at()
        if not decided:
            return ()
        sources = {segment.id: segment.source for segment in self.segments()}
        standing = {sources[each.segment_id]: each.text for each in self.translations()}
        found: dict[str, Approved] = {}
        for each in decided:
            match each.decision:
                case StateDecision(source=source, state=state, text=text, reviewer=reviewer):
                    origin, author = state.value, reviewer
                case TranslationDecision(source=source, text=str(text)):
                    origin, author = Origin.PERSON.value, each.author
                case _:
                    continue
            if standing.get(source) == text:
                found[source] = Approved(source, text, each.at, author, origin)
        return tuple(found.values())

    @sound
    def recalled(self) -> dict[str, str]:
        """Give the English that the memory has for the French of some sentences."""
        rows = self._all("SELECT source, text FROM recalled ORDER BY source")
        return {fit(row["source"], str): fit(row["text"], str) for row in rows}

    def recall(self, known: Mapping[str, str]) -> None:
        """Record what the memory has for the sentences of the text, in place of what it had."""
        self._run("DELETE FROM recalled")
        for source, text in known.items():
            self._run("INSERT INTO recalled VALUES (?, ?)", source, text)

    @sound
    def reviewed(self) -> tuple[Reviewed, ...]:
        """Give the segments that a person has read as they are translated now."""
        # Most jobs are listed far more often than read.
        if not (decisions := self.decisions()):
            return ()
        decided = Decided.of(decisions)
        if not decided.states:
            return ()
        return decided.reviewed(self.segments(), self.translations())


def _fingerprint(value: object) -> str:
    """Give a stored fingerprint, which is part of a folder's name."""
    if not isinstance(value, str) or not _FINGERPRINT.fullmatch(value):
        raise ValueError("it is no fingerprint")
    return value


def open_store(path: Path) -> Store:
    """Open the database of a job that was started; raises JobError where it was not."""
    if not path.exists():
        raise JobError("… was never started", "run its text again", where=path.parent.name)
    return Store(path)
