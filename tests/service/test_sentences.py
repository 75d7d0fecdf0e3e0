"""A sentence is open, read or signed off by somebody, as it stands; nothing else claims review."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.decisions import mark
from pipeline.model import SentenceState
from pipeline.service.review import open_review
from tests.support.obedient import Obedient
from tests.support.small_job import Cli, segments

ANNE = "Anne Kask"


def states(enregard: Cli, job: str) -> list[tuple[str, str]]:
    return [(each["state"], each["reviewer"]) for each in segments(enregard, job)]


def edition(tmp_path: Path, job: str) -> str:
    return (tmp_path / "output" / job / "edition.html").read_text("utf-8")


def test_a_sentence_is_read_by_somebody_and_the_edition_says_so(
    job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    assert states(enregard, job) == [("open", "")] * 4
    assert "not reviewed unless" in edition(tmp_path, job)
    before = edition(tmp_path, job)
    done = enregard("review", job, "--entry", "comité", "--state", "read", "--by", ANNE)
    assert "2 of 4 sentences read" in done.output
    assert states(enregard, job) == [("open", ""), ("read", ANNE), ("open", ""), ("read", ANNE)]
    assert "2 of 4 sentences read by Anne Kask. See" in edition(tmp_path, job)
    # The job remembers the name; another may sign off.
    enregard("review", job, "--segment", "b0001.s02", "--state", "read")
    enregard("review", job, "--segment", "b0002.s01", "--state", "signed-off", "--by", "Bo Roy")
    shown = edition(tmp_path, job)
    assert "2 of 4 sentences read by Anne Kask, 1 by Bo Roy, 1 signed off by Bo Roy." in shown
    assert "not reviewed" not in shown
    enregard("review", job, "--all", "--state", "signed-off", "--by", ANNE)
    assert "4 of 4 sentences read and signed off by Anne Kask." in edition(tmp_path, job)
    assert "4/4" in enregard("list").stdout
    enregard("review", job, "--all", "--state", "open")
    assert edition(tmp_path, job) == before
    assert engine.asked == []


def test_a_sentence_that_changes_is_open_again_and_one_that_moves_is_not(
    job: str, config: Path, enregard: Cli, tmp_path: Path
) -> None:
    enregard("review", job, "--all", "--state", "read", "--by", ANNE)
    enregard("review", job, "--segment", "b0002.s01", "--sentence", "It sits in Tallinn.")
    assert [state for state, _ in states(enregard, job)] == ["read", "read", "read", "open"]
    enregard("review", job, "--segment", "b0002.s01", "--undo", "sentence")
    assert [state for state, _ in states(enregard, job)] == ["read"] * 4


def test_reading_needs_a_name(job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    read = ("review", job, "--all", "--state", "read")
    assert "--by" in enregard(*read, code=2).output
    assert "cannot be printed" in enregard(*read, "--by", "a\u202eb", code=2).output
    assert "--by" in enregard(*read, code=2).output
    monkeypatch.setenv("ENREGARD_REVIEWER", ANNE)
    enregard(*read)
    monkeypatch.delenv("ENREGARD_REVIEWER")
    assert states(enregard, job) == [("read", ANNE)] * 4


def test_the_states_travel_with_the_decisions(
    job: str, config: Path, enregard: Cli, tmp_path: Path
) -> None:
    enregard("review", job, "--all", "--state", "read", "--by", ANNE)
    enregard("review", job, "--export", "d.json")
    enregard("review", job, "--all", "--state", "open")
    enregard("review", job, "--import", "d.json")
    assert states(enregard, job) == [("read", ANNE)] * 4


def test_who_writes_a_sentence_has_read_it(job: str, tmp_path: Path) -> None:
    with open_review(tmp_path / "output", job) as opened:
        third = opened.sentences()[2]
        assert (third.number, third.source, third.is_written) == (3, "Tout va bien.", False)
        written, read = third.written("All is well.", opened.name_reviewer(ANNE))
        opened.decide([written, read])
        assert opened.reviewer == ANNE
    assert read == mark("Tout va bien.", SentenceState.READ, "All is well.", ANNE)
    assert third.written("All is well.") == [written]


def test_what_was_just_written_is_what_is_read(job: str, enregard: Cli, tmp_path: Path) -> None:
    write = ("review", job, "--segment", "b0001.s02", "--sentence", "All is well.")
    enregard(*write, "--no-rebuild")
    enregard("review", job, "--all", "--state", "read", "--by", ANNE)
    assert segments(enregard, job)[2]["target"] == "All is well."
    assert states(enregard, job) == [("read", ANNE)] * 4
