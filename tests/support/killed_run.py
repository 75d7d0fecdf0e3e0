"""Run jobs in processes that are killed at a named point: a helper of test_resume.py.

Reads one run a line and says in a line what came of it. Each run has a process of its own, forked
from this one, which has loaded the program.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from pipeline.files import TEMPORARY_PREFIX
from pipeline.jobs import stage_run
from pipeline.jobs.stage_run import Event
from pipeline.jobs.store import Store
from pipeline.language.lemmas import english_base, known
from pipeline.language.lexicon import lexicon
from pipeline.model import Stage
from pipeline.service.jobs import make_plan, run_text
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.render import check_renderer
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate


def call(number: int) -> Callable[[int], bool]:
    """Wait for a call by its number."""
    return lambda calls: calls == number


def half_an_edition(calls: int) -> bool:
    """Wait until two files of an edition lie in its temporary folder."""
    return len(list(Path().glob(f"output/*/editions/{TEMPORARY_PREFIX}*/*"))) == 2


# point: what is called when the kill falls, on which call, and whether before or after it
POINTS: dict[str, tuple[object, str, Callable[[int], bool], str]] = {
    "the text is read": (Store, "add_document", call(1), "before"),
    "read is written": (Store, "add_document", call(1), "after"),
    # Cut once before, to find the job that has most of the text.
    "segment starts": (segment, "segment", call(2), "before"),
    "segments are written": (Store, "add_segments", call(1), "after"),
    "translate starts": (translate, "plan", call(1), "before"),
    "first chunk is being written": (Store, "deliver", call(2), "after"),
    "second chunk starts": (translate, "translate", call(2), "before"),
    "the ladder has mended a chunk": (translate, "enforce", call(2), "after"),
    "second chunk is being written": (Store, "deliver", call(3), "after"),
    "score starts": (score, "score", call(1), "before"),
    "findings are written": (Store, "add_scores", call(1), "after"),
    "publish starts": (publish, "publish", call(1), "before"),
    "half the edition is written": (os, "fsync", half_an_edition, "after"),
    "the edition is in place": (stage_run, "publish_folder", call(1), "after"),
    "the first copy is in place": (stage_run, "write_atomic", call(1), "after"),
}


def arm(point: str) -> None:
    """Replace the function at a point by one that kills the process at the awaited call."""
    owner, name, awaited, side = POINTS[point]
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def killing(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if side == "before" and awaited(calls):
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if side == "after" and awaited(calls):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, killing)


def ignore(event: Event) -> None:
    """Take no notice of progress."""
    assert event.stage in Stage


@dataclass(frozen=True)
class Run:
    """A text to run with some settings and glossaries, and the point where the process is killed.

    ``environment`` goes before what the process has.
    """

    text: str
    config: str
    point: str
    glossaries: tuple[str, ...]
    environment: Mapping[str, str]


Killing = Callable[[Run], None]


@contextmanager
def killing() -> Iterator[Killing]:
    """Give what runs a text in a process that must be killed at the point that is named."""
    command = [sys.executable, "-m", "tests.support.killed_run"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as loaded:
        assert loaded.stdin
        assert loaded.stdout
        asked, answers = loaded.stdin, loaded.stdout

        def kill(run: Run) -> None:
            print(json.dumps(asdict(run)), file=asked, flush=True)
            code, said = json.loads(answers.readline())
            assert code == -signal.SIGKILL, said

        yield kill
        asked.close()


def load() -> None:
    """Load what every run would load."""
    lexicon()
    known("accord")
    english_base("deal")
    check_renderer()


def outcome(run: Run) -> tuple[int, str]:
    """Run in a process forked from this one; give its exit code and what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        for descriptor in (sys.stdout.fileno(), sys.stderr.fileno()):
            os.dup2(writing, descriptor)
        _be_killed(run)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def _be_killed(run: Run) -> NoReturn:
    try:
        os.environ.update(run.environment)
        text = Path(run.text)
        os.chdir(text.parent)
        plan = make_plan(Path(run.config), run.glossaries)
        arm(run.point)
        run_text(text, plan, ignore)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    load()
    for line in sys.stdin:
        print(json.dumps(outcome(Run(**json.loads(line)))), flush=True)
