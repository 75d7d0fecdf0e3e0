"""What is committed is there whole, the rest is not, and a damaged file is one clear line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.decisions import change, dismiss, judge, write
from pipeline.errors import JobError
from pipeline.jobs.database import CHANGES_OF_VERSION
from pipeline.jobs.store import Standing, Store
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Doubt,
    Finding,
    Measured,
    Metric,
    Milestone,
    Notice,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Outcome,
    Rank,
    ReferenceScore,
    Scores,
    Segment,
    Severity,
    Stage,
    Translation,
    Verdict,
)

DOCUMENT = Document(
    sha256="00" * 32,
    title="Titre",
    blocks=(
        Block(0, BlockKind.HEADING, "Titre", level=1),
        Block(1, BlockKind.LIST_ITEM, "Un. Deux.", level=1, marker="-"),
    ),
    author="A",
    notices=(Notice("control", "1 control character removed", 3),),
    scopes=("presse", "droit"),
)
SEGMENTS = (
    Segment("b0000.s01", 0, 0, 5, "Titre"),
    Segment("b0001.s01", 1, 0, 3, "Un."),
    Segment("b0001.s02", 1, 4, 9, "Deux."),
)
MEASURED = Measured(
    "b1",
    (
        Doubt(Finding("length", Severity.LOOK, "", "« é »", (0, 2)), (("length", 1.5),), 1),
        Doubt(Finding("finished", Severity.BLOCK, "", "m", None, (0, 1))),
    ),
)
TRANSLATION = Translation(
    "",
    "One.",
    -0.25,
    True,
    "engine",
    Origin.PERSON,
    (-0.25,),
    retried=True,
    outcomes=(Outcome("hint"), Outcome("", "é")),
    measured=MEASURED,
)
OCCURRENCE = Occurrence(
    "b0001.s01", "e1", 0, 2, "Un", OccurrenceStatus.PRESENT, "One", 0, 3, "hint", ""
)
FINDING = Finding("numbers", Severity.BLOCK, "b0001.s01", "missing 1", (0, 2), None, "a1")
DISMISSED = Finding("names", Severity.BLOCK, "b0001.s01", "m", None, (0, 1), "b2", dismissed=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "job.sqlite3")) as opened:
        yield opened


def test_everything_comes_back_as_it_went_in(store: Store) -> None:
    scores = Scores(
        (FINDING, DISMISSED),
        (
            Rank("b0001.s02", 0.5, 0.25, None, -1.5, ((4, 8), (0, 3))),
            Rank("b0001.s01", 0.0, None, None, None, ()),
        ),
        (Metric("BLEU", 31.25, "nrefs:1", 31.5, 2.0),),
        (ReferenceScore(("b0001.s01", "b0001.s02"), "One. Two.", 50.0, 62.5, 25.0),),
    )
    with store.transaction():
        store.add_document(DOCUMENT)
        store.add_segments(SEGMENTS)
        store.remember("f1", TRANSLATION)
        store.deliver("b0001.s01", "f1", [OCCURRENCE])
        store.add_doubts("f", MEASURED.doubts)
        store.add_scores(scores)
        store.add_snapshot("now", {"a": [1, "é"]})
    with closing(Store(store.path)) as again:
        assert again.document() == DOCUMENT
        assert again.segments() == SEGMENTS
        assert again.remembered("f1") == TRANSLATION
        (delivered,) = again.translations()
        assert (delivered.segment_id, delivered.text) == ("b0001.s01", "One.")
        assert again.measured() == {"b0001.s01": MEASURED}
        assert again.doubts("f") == MEASURED.doubts
        assert again.doubts("g") is None
        assert again.occurrences() == (OCCURRENCE,)
        assert again.scores() == scores
        assert again.snapshot() == {"a": [1, "é"]}


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(store: Store) -> None:
    with closing(sqlite3.connect(store.path, timeout=0, isolation_level=None)) as other:
        with store.reading(), store.reading():
            assert store.snapshot() is None
            other.execute("BEGIN IMMEDIATE")
            other.execute("INSERT INTO snapshots VALUES (1, '2026-01-01', '{}')")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("COMMIT")
            assert store.snapshot() is None
        other.execute("COMMIT")
    assert store.snapshot() == {}


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction():
        store.add_document(DOCUMENT)
        store.finish(Stage.READ, "f", "now", "done")
        raise KeyError
    assert store.finished(Stage.READ) is None
    assert store.history() == ()
    with pytest.raises(JobError, match="not been read yet"):
        store.document()


def test_reopened_stages_are_unfinished_and_leave_only_the_memory(store: Store) -> None:
    with store.transaction():
        store.add_document(DOCUMENT)
        store.add_segments(SEGMENTS)
        store.remember("f1", TRANSLATION)
        store.deliver("b0001.s01", "f1", [OCCURRENCE])
        store.add_scores(Scores((FINDING, DISMISSED)))
        for stage in Stage:
            store.finish(stage, "f", "now", "done")
    assert store.history() == tuple(Milestone("now", stage, "done") for stage in Stage)
    found: dict[str, int] = {Severity.BLOCK: 1, Severity.LOOK: 0, Severity.POLISH: 0}
    assert store.standing() == Standing(None, "f", 3, 1, found)
    with store.transaction():
        store.reopen([Stage.TRANSLATE, Stage.SCORE, Stage.PUBLISH])
    assert [stage for stage in Stage if store.finished(stage)] == [Stage.READ, Stage.SEGMENT]
    assert store.standing().unfinished is Stage.TRANSLATE
    assert store.segments() == SEGMENTS
    assert (store.translations(), store.occurrences(), store.findings()) == ((), (), ())
    assert store.remembered("f1") is not None


def test_decisions_are_kept_in_order_whatever_runs_again(store: Store) -> None:
    finding = Finding("numbers", Severity.BLOCK, "b0001.s01", "m")
    made = (
        write("Deux.", "Été."),
        judge("Deux.", "deux", 1, Verdict.ACCEPTED, "Été."),
        change("deux", "two", ["couple"]),
        dismiss(finding, "Deux.", "Été."),
        write("Deux.", None),
        judge("Deux.", "deux", 1, Verdict.NONE),
        change("deux", None),
        dismiss(finding, "Deux.", "Été.", False),
    )
    with store.transaction():
        for decision in made:
            store.decide("2026-01-01T10:00:00+00:00", decision)
    with store.transaction():
        store.reopen(list(Stage))
    assert store.decisions() == made


def test_a_decision_of_an_unknown_kind_is_passed_over_and_a_damaged_one_is_not(
    store: Store,
) -> None:
    row = "INSERT INTO decisions (at, kind, key, value) VALUES ('now', ?, ?, ?)"
    with store.transaction():
        store._db.execute(row, ("approval", "{}", "{}"))
    assert store.decisions() == ()
    with store.transaction():
        store._db.execute(row, ("occurrence", '["s", "e", 0]', '{"verdict": "burnt"}'))
    with pytest.raises(JobError, match="restore it from a backup"):
        store.decisions()


def test_a_database_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "job.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(CHANGES_OF_VERSION[1])
        db.execute("INSERT INTO findings VALUES ('numbers', 'block', 's', 'm', '[0, 2]', NULL)")
        db.execute("PRAGMA user_version=1")
        db.commit()
    with closing(Store(path)) as store:
        assert [finding.message for finding in store.findings()] == ["m"]
        assert (store.ranks(), store.metrics(), store.reference_scores()) == ((), (), ())
        with store.transaction():
            store.decide("now", write("Un.", "One."))
    with closing(Store(path)) as store:
        assert len(store.decisions()) == 1


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "job.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={max(CHANGES_OF_VERSION) + 1}")
    with pytest.raises(JobError, match="another version"):
        Store(path)


@pytest.mark.parametrize(
    "damage", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_is_one_line(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "job.sqlite3"
    path.write_bytes(damage)
    with pytest.raises(JobError, match="cannot be used") as caught:
        Store(path)
    assert "\n" not in str(caught.value)


def test_a_full_disk_keeps_what_was_committed(store: Store) -> None:
    with store.transaction():
        store.remember("f1", TRANSLATION)
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(JobError, match=r"full.*free some space"), store.transaction():
        for number in range(2_000):
            store.remember(f"g{number}", TRANSLATION)
    assert store.remembered("f1") == TRANSLATION
    assert store.remembered("g0") is None
