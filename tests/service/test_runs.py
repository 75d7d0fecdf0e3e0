"""Runs of jobs in processes of their own: what is told of one that fails, is killed or waits."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pipeline.service import runs
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
    assert "there is no job 'nothing-here'" in progress.message
    assert [each.job for each in queue.since(0)] == ["nothing-here"]
    assert queue.since(queue.number) == []
    queue.close()
    assert not queue.start("another")


def test_a_process_that_is_killed_is_told(queue: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_command", lambda *_: ["sh", "-c", "kill -9 $$"])
    queue.start("job")
    assert queue.over.wait(60)
    progress = queue.of("job")
    assert progress is not None
    assert progress.state is RunState.FAILED
    assert "signal 9" in progress.message
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
