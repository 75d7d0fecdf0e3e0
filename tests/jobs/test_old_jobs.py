"""A job that version 0.1 made opens, resumes and keeps what was decided on it.

The fixture is what it left on disk, without its editions: two sentences, and of each kind of
decision one. The second occurrence of "comité" is declined, and the entry's target is another in
this job; the second sentence is a person's; that "conseil" is not rendered in it was accepted, and
that it has another number dismissed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.support.paths import ROOT

Cli = Callable[..., Result]

JOB = "accord-6d3f2dcc"
WRITTEN = "The board sits in Tallinn in 2028."


@pytest.fixture
def job(tmp_path: Path) -> str:
    """The job of version 0.1 in the folder of outputs."""
    shutil.copytree(ROOT / "tests" / "fixtures" / "job-0.1" / JOB, tmp_path / "output" / JOB)
    return JOB


def records(enregard: Cli, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in enregard(*arguments, "--json").stdout.splitlines()]


def decided(enregard: Cli, job: str) -> dict[str, object]:
    """What of each decision shows: verdicts, the entry's target, the text, what was dismissed."""
    occurrences = records(enregard, "review", job)
    return {
        "verdicts": [(each["surface"], each["decision"]) for each in occurrences],
        "target": occurrences[0]["entry"]["target"],
        "text": (occurrences[-1]["target"], occurrences[-1]["note"]),
        "findings": [
            (each["check"], each["dismissed"])
            for each in records(enregard, "dismiss", job)
            if each["check"] == "numbers"
        ],
    }


DECIDED = {
    "verdicts": [
        ("comité", "none"),
        ("accord", "none"),
        ("comité", "declined"),
        ("conseil", "accepted"),
    ],
    "target": "panel",
    "text": (WRITTEN, "edited"),
    "findings": [("numbers", True)],
}


def test_an_old_job_opens_as_it_was_left(job: str, enregard: Cli) -> None:
    assert decided(enregard, job) == DECIDED
    (listed,) = records(enregard, "list")
    assert (listed["job"], listed["segments"], listed["translated"]) == (job, 2, 2)


def test_an_old_job_is_resumed_with_its_decisions(job: str, enregard: Cli, tmp_path: Path) -> None:
    enregard("resume", job)
    assert decided(enregard, job) == DECIDED
    edition = (tmp_path / "output" / job / "edition.html").read_text("utf-8")
    assert "A person wrote the English of 1 sentence (row 1)." in edition
    assert "1 of them were accepted and 1 declined" in edition
    assert "A reviewer dismissed 1 finding." in edition


def test_an_old_job_gets_its_order_of_risk_when_it_is_resumed(job: str, enregard: Cli) -> None:
    show = ("show", job, "--segments")
    assert [each["rank"] for each in records(enregard, *show)] == [None, None]
    enregard("resume", job)
    assert sorted(each["rank"]["place"] for each in records(enregard, *show)) == [1, 2]


def test_the_history_of_an_old_job_goes_on(job: str, enregard: Cli) -> None:
    show = ("show", job, "--history")
    before = records(enregard, *show)
    assert [each["stage"] for each in before[:3]] == ["read", "segment", "translate"]
    enregard("resume", job)
    after = records(enregard, *show)
    assert after[: len(before)] == before
    assert after[-1]["stage"] == "publish"
    assert after[-1]["message"].startswith("edition ")
    shown = enregard(*show).stdout.splitlines()
    assert shown[0].split() == ["finished", "stage", "result"]
    assert shown[-1].split()[:2] == [after[-1]["at"], "publish"]
    assert "one at a time" in enregard(*show, "--segments", code=2).output


def test_what_was_decided_in_an_old_job_is_taken_back(job: str, enregard: Cli) -> None:
    enregard("review", job, "--segment", "b0000.s02", "--undo", "sentence", "--no-rebuild")
    enregard("review", job, "--number", "3", "--undo", "verdict", "--no-rebuild")
    enregard("review", job, "--entry", "comité", "--undo", "entry")
    occurrences = records(enregard, "review", job)
    assert {each["decision"] for each in occurrences} == {"none"}
    assert occurrences[0]["entry"]["target"] == "committee"
    assert occurrences[-1]["note"] == ""
