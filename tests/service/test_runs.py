"""Runs of jobs in processes of their own: what is told of one that fails, is killed or waits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.service import runs, worker
from pipeline.service.intake import NewText, Wishes, add_texts
from pipeline.service.runs import Progress, Runs, RunState


class Told(Runs):
    """Runs that wake whoever waits for one to be over."""

    def __init__(self, output: Path) -> None:
        self.over = threading.Event()
        super().__init__(output)

    def _put(self, progress: Progress) -> None:
        super()._put(progress)
        if progress.state.is_over:
            self.over.set()


@pytest.fixture
def queue(tmp_path: Path) -> Told:
    (tmp_path / "output").mkdir()
    return Told(tmp_path / "output")


def test_a_run_that_cannot_be_says_why(queue: Told) -> None:
    assert queue.start("nothing-here")
    assert queue.over.wait(300)
    progress = queue.of("nothing-here")
    assert progress is not None
    assert progress.state is RunState.FAILED
    assert "there is no job 'nothing-here'" in str(progress.problem)
    assert [each.job for each in queue.since(0)] == ["nothing-here"]
    assert queue.since(queue.number) == []
    queue.close()
    assert not queue.start("another")


def test_a_process_that_is_killed_is_told(queue: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_command", lambda *_: ["sh", "-c", "kill -9 $$"])
    queue.start("job")
    assert queue.over.wait(300)
    progress = queue.of("job")
    assert progress is not None
    assert progress.state is RunState.FAILED
    assert "signal 9" in str(progress.problem)
    assert queue.start("job")
    queue.close()


def test_a_run_is_stopped_and_one_that_waits_is_taken_back(
    queue: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_command", lambda *_: ["sh", "-c", "read line"])
    assert queue.start("first")
    assert not queue.start("first")
    assert queue.start("second")
    assert queue.stop("second")
    queue.close()
    states = {each.job: each.state for each in queue.since(0)}
    assert states["second"] is RunState.STOPPED
    assert states["first"] in (RunState.STOPPED, RunState.QUEUED)
    assert not queue.stop("second")


def test_a_run_that_tells_nothing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_command", lambda *_: ["sh", "-c", "exec sleep 1000"])
    queue = Told(tmp_path)
    queue._silence = 0.2
    queue.start("job")
    assert queue.over.wait(300)
    progress = queue.of("job")
    assert progress is not None
    assert progress.state is RunState.FAILED
    assert "told nothing" in str(progress.problem)
    queue.close()


def test_a_process_has_no_more_memory_than_it_is_given() -> None:
    code = (
        "from pipeline.service.processes import limit_memory; limit_memory(500); bytearray(10**9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "MemoryError" in done.stderr


def test_a_run_without_memory_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError

    limits: list[int] = []
    monkeypatch.setattr(worker, "resume_job", hungry)
    monkeypatch.setattr(worker, "limit_memory", limits.append)
    monkeypatch.setattr(worker, "_end_with_parent", lambda: None)
    worker.main(["job", "output", "6000", "resume", "{}"])
    told = json.loads(capsys.readouterr().out)
    assert told["ended"] == "failed"
    assert "out of memory" in str(told["problem"])
    assert limits == [6000]


class Killed(Told):
    """Runs whose process is killed as soon as it tells of a stage."""

    at = ""

    def _told(self, job: str, told: Mapping[str, Any], seconds: float) -> None:
        super()._told(job, told, seconds)
        if told.get("stage") == self.at and self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)


def test_a_run_that_is_killed_at_any_stage_is_told_and_resumed(tmp_path: Path) -> None:
    output, config = tmp_path / "output", tmp_path / "c.yaml"
    config.write_text("publish: {pdf: false}\n", "utf-8")
    text = NewText("port.txt", "Il pleut sur le port. La pêche reprend mardi.".encode())
    (job,) = add_texts(output, config, [text], Wishes()).jobs
    queue = Killed(output)
    for stage in ("read", "segment", "translate", "score", "publish", ""):
        queue.at = stage
        queue.over.clear()
        assert queue.start(job)
        assert queue.over.wait(300)
        progress = queue.of(job)
        assert progress is not None
        if stage:
            assert progress.state is RunState.FAILED
            assert "signal 9" in str(progress.problem)
        else:
            assert progress.state is RunState.DONE
    queue.close()
    assert (output / job / "edition.html").exists()
