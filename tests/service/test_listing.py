"""A list of jobs opens again only what was written since; and never tells what is no more so."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.decisions import Decision, judge, write
from pipeline.files import publish_folder
from pipeline.jobs.folder import DATABASE, Job
from pipeline.jobs.run import is_current
from pipeline.jobs.store import Store
from pipeline.model import Verdict
from pipeline.service import jobs as service
from pipeline.service import listing
from pipeline.service.listing import listed
from tests.support.obedient import Obedient
from tests.support.small_job import Cli

OUTPUT = Path("output")


@pytest.fixture
def opened(job: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the jobs that a list opens; the job was written long ago."""
    for path in [OUTPUT / job, *(OUTPUT / job).rglob("*")]:
        os.utime(path, (1_000_000_000, 1_000_000_000))
    names: list[str] = []
    real = service.status_of

    def watch(job: Any) -> Any:
        names.append(job.name)
        return real(job)

    monkeypatch.setattr(service, "status_of", watch)
    return names


def test_what_was_not_written_since_is_not_opened(
    job: str, opened: list[str], enregard: Cli
) -> None:
    first, second = listed(OUTPUT), listed(OUTPUT)
    assert opened == [job]
    assert first[0].files == second[0].files
    assert all(path.is_file() for path in second[0].files.values())
    told = [enregard("list", "--json").stdout for _ in range(2)]
    assert told[0] == told[1]
    assert json.loads(told[0])["state"] == "published"


def test_a_decision_a_lost_file_and_an_archived_job_are_noticed(
    job: str, opened: list[str], enregard: Cli, engine: Obedient
) -> None:
    listed(OUTPUT)
    enregard("review", job, "--state", "read", "--all", "--by", "Anne", "--no-rebuild")
    opened.clear()
    assert listed(OUTPUT)[0].read == 4
    assert opened == [job]
    next((OUTPUT / job).glob("editions/*/segments.jsonl")).unlink()
    assert listed(OUTPUT)[0].state == "unfinished"
    enregard("archive", job)
    assert listed(OUTPUT) == []
    assert [each.name for each in listed(OUTPUT, archived=True)] == [job]


def test_an_edition_that_lacks_what_was_decided_is_told(
    job: str, opened: list[str], enregard: Cli, engine: Obedient
) -> None:
    assert not listed(OUTPUT)[0].behind
    assert "decided since" not in enregard("list").stdout
    enregard("review", job, "--state", "read", "--all", "--by", "Anne", "--no-rebuild")
    assert "published, decided since" in enregard("list").stdout
    assert behind(enregard, job) == [True, True]
    enregard("resume", job)
    assert not listed(OUTPUT)[0].behind


def behind(enregard: Cli, job: str) -> list[bool]:
    told = [enregard(*each, "--json").stdout for each in (("list",), ("show", job))]
    return [json.loads(each)["behind"] for each in told]


def decide(job: str, *decisions: Decision) -> None:
    with closing(Store(OUTPUT / job / DATABASE)) as store, store.transaction():
        for each in decisions:
            store.decide("2026-01-01T10:00:00+00:00", each)


def test_what_was_decided_while_a_run_was_under_way_is_told(
    job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deciding(folder: Path, files: dict[str, bytes]) -> None:
        decide(job, write("Tout va bien.", "All is well."))
        publish_folder(folder, files)

    with monkeypatch.context() as slow:
        slow.setattr("pipeline.jobs.stage_run.publish_folder", deciding)
        enregard("publish", job)
    assert behind(enregard, job) == [True, True]
    assert "published, decided since" in enregard("list").stdout
    enregard("resume", job)
    assert behind(enregard, job) == [False, False]


def test_an_edition_is_only_compared_where_something_was_decided_since(
    job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def watched(job: Job) -> bool:
        compared.append(job.name)
        return is_current(job)

    monkeypatch.setattr(service, "is_current", watched)
    listed(OUTPUT)
    decide(job, write("Tout va bien.", "All is well."))
    enregard("resume", job)
    listed(OUTPUT)
    assert compared == []
    # What comes to nothing is decided, and nothing that the edition lacks.
    decide(job, judge("Tout va bien.", "x", 0, Verdict.NONE))
    assert not listed(OUTPUT)[0].behind
    assert compared == [job]
    # Of an older edition nobody knows with which decisions it was made.
    decide(job, write("Tout va bien.", None))
    with closing(Store(OUTPUT / job / DATABASE)) as store, store.transaction():
        store._run("DELETE FROM facts")
    assert listed(OUTPUT)[0].behind


def test_what_was_just_written_is_looked_at_again(job: str, engine: Obedient) -> None:
    listed(OUTPUT)
    assert not (OUTPUT / listing.FILE).exists()


@pytest.mark.parametrize("data", [b"", b"[1]", b'{"version": 1, "jobs": {"JOB": {"mark": 1}}}'])
def test_a_damaged_note_is_none(data: bytes, job: str, opened: list[str]) -> None:
    listed(OUTPUT)
    (OUTPUT / listing.FILE).write_bytes(data.replace(b"JOB", job.encode()))
    opened.clear()
    assert [each.name for each in listed(OUTPUT)] == [job]
    assert opened == [job]
