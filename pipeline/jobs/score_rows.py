"""What the checks and the scores say of a text in; rows of a job's database out, and back."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.jobs.rows import fit, made, sound
from pipeline.jobs.text_rows import TextRows, told
from pipeline.model import Doubt, Finding, Measured, Metric, Rank, ReferenceScore, Scores


class ScoreRows(TextRows):
    """What was measured of a translation, in a job's database."""

    @sound
    def measured(self) -> dict[str, Measured]:
        """Give what the checks measured of segments while they were translated, by their ids."""
        rows = self._all(
            "SELECT segment_id, basis, doubts FROM translations "
            "JOIN memory ON memory.fingerprint = translations.memory WHERE basis IS NOT NULL"
        )
        return {fit(row["segment_id"], str): made(Measured, row) for row in rows}

    def add_doubts(self, fingerprint: str, doubts: Iterable[Doubt]) -> None:
        """Store what the checks hold against the text that has this fingerprint, and no other."""
        self._run("DELETE FROM checked")
        self._run("INSERT INTO checked VALUES (?, ?)", fingerprint, told(doubts))

    @sound
    def doubts(self, fingerprint: str) -> tuple[Doubt, ...] | None:
        """Give what the checks hold against the text, in order; None if it was not checked."""
        row = self._one("SELECT doubts FROM checked WHERE fingerprint = ?", fingerprint)
        doubts: tuple[Doubt, ...] | None = fit(row["doubts"], tuple[Doubt, ...]) if row else None
        return doubts

    def add_scores(self, scores: Scores) -> None:
        """Store what the score stage gave, in order."""
        self._insert("findings", scores.findings)
        self._insert("ranks", scores.ranks)
        self._insert("metrics", scores.metrics)
        self._insert("reference_scores", scores.reference_scores)

    @sound
    def scores(self) -> Scores:
        """Give what the score stage gave, in the order it was stored; empty before it has run."""
        scores = Scores(self.findings(), self.ranks(), self.metrics(), self.reference_scores())
        named = {each.segment_id for each in scores.ranks}
        named |= {name for each in scores.reference_scores for name in each.segment_ids}
        found = {each.segment_id for each in scores.findings}
        translated = {each.segment_id for each in self.translations()}
        if not named <= {each.id for each in self.segments()} or not found <= translated:
            raise ValueError("a finding is about no sentence")
        return scores

    @sound
    def findings(self) -> tuple[Finding, ...]:
        """Give the findings in the order they were stored."""
        rows = self._all("SELECT * FROM findings ORDER BY rowid")
        return tuple(made(Finding, row) for row in rows)

    @sound
    def ranks(self) -> tuple[Rank, ...]:
        """Give the segments from the worst to the best."""
        rows = self._all("SELECT * FROM ranks ORDER BY rowid")
        return tuple(made(Rank, row) for row in rows)

    @sound
    def metrics(self) -> tuple[Metric, ...]:
        """Give the reference metrics in the order they were stored."""
        rows = self._all("SELECT * FROM metrics ORDER BY rowid")
        return tuple(made(Metric, row) for row in rows)

    @sound
    def reference_scores(self) -> tuple[ReferenceScore, ...]:
        """Give the scores of each reference text in the order they were stored."""
        rows = self._all("SELECT * FROM reference_scores ORDER BY rowid")
        return tuple(made(ReferenceScore, row) for row in rows)
