"""Findings on the command line: the worst first; dismissed by content, and open again by undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.jobs.store import Store
from pipeline.model import Stage

Cli = Callable[..., Result]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings under which the engine is found unsure of every sentence."""
    path = tmp_path / "unsure.yaml"
    settings = "translate: {beam_size: 1}\nchecks: {thresholds: {confidence.error: 0.0}}\n"
    path.write_text(settings + "publish: {pdf: false}\n", "utf-8")
    return path


def listed(enregard: Cli, job: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in enregard("dismiss", job, "--json").stdout.splitlines()]


def test_dismissing_and_taking_it_back(article: Path, config: Path, enregard: Cli) -> None:
    made = json.loads(enregard("run", article, "--config", config, "--json").stdout)
    job, looks = made["job"], made["findings"]["look"]
    found = listed(enregard, job)
    unsure = [finding for finding in found if finding["check"] == "confidence"]
    assert len(unsure) > 2
    first, second = str(unsure[0]["id"]), str(unsure[1]["id"])
    assert first in enregard("dismiss", job).stdout

    made = json.loads(enregard("dismiss", job, first, second, "--json").stdout)
    assert made["findings"]["look"] == looks - 2
    report = json.loads(Path(made["files"]["report.json"]).read_text("utf-8"))
    assert [each["id"] for each in report["dismissed"]] == [first, second]
    assert report["scorecard"]["findings"]["look"] == looks - 2
    page = Path(made["files"]["quality.html"]).read_text("utf-8")
    assert "Dismissed" in page
    assert "A reviewer dismissed 2 findings." in page
    records = [
        json.loads(line)
        for line in Path(made["files"]["segments.jsonl"]).read_text("utf-8").splitlines()
    ]
    assert [each["id"] for record in records for each in record["dismissed"]] == [first, second]
    assert all(each["id"] != first for record in records for each in record["findings"])

    made = json.loads(enregard("run", article, "--config", config, "--json").stdout)
    assert made["findings"]["look"] == looks - 2
    made = json.loads(enregard("dismiss", job, first, "--undo", "--json").stdout)
    assert made["findings"]["look"] == looks - 1
    assert [f["id"] for f in listed(enregard, job) if f["dismissed"]] == [second]
    enregard("dismiss", job, second, "--undo", "--no-rebuild")
    assert [f["id"] for f in listed(enregard, job) if f["dismissed"]] == [second]
    enregard("resume", job)
    assert [f["id"] for f in listed(enregard, job) if f["dismissed"]] == []


def test_the_worst_segments_on_the_terminal(article: Path, config: Path, enregard: Cli) -> None:
    made = json.loads(enregard("run", article, "--config", config, "--json").stdout)
    lines = enregard("quality", made["job"], "--worst", "2", "--json").stdout.splitlines()
    places = [json.loads(line)["rank"]["place"] for line in lines]
    assert places == [1, 2]
    shown = enregard("quality", made["job"], "--worst", "2").stdout
    assert "in 1,000 words" in shown
    worst = json.loads(lines[0])
    assert f"1. {worst['id']}  risk {worst['rank']['risk']:.2f}" in shown
    assert worst["target"] in shown  # whose words are underlined on a terminal alone
    assert "\ufffd" not in shown
    assert "! look: " in shown
    assert "\n3. " not in shown


def test_what_cannot_be_dismissed_is_refused(article: Path, config: Path, enregard: Cli) -> None:
    made = json.loads(enregard("run", article, "--config", config, "--json").stdout)
    refused = enregard("dismiss", made["job"], "0123456789", code=2).output
    assert f"no finding '0123456789'; see 'enregard dismiss {made['job']}'" in refused
    assert "needs the ids" in enregard("dismiss", made["job"], "--undo", code=2).output


def test_a_job_that_was_not_scored_since_ranks_are_stored_says_how_to_get_them(
    article: Path, config: Path, enregard: Cli
) -> None:
    made = json.loads(enregard("run", article, "--config", config, "--json").stdout)
    with closing(Store(Path(made["folder"]) / "job.sqlite3")) as store, store.transaction():
        store.reopen([Stage.SCORE])
    refused = enregard("quality", made["job"], code=6).output
    assert f"{made['job']} has no order of risk yet; run 'enregard resume " in refused
    enregard("resume", made["job"])
    assert "1. " in enregard("quality", made["job"]).stdout
