"""A machine that makes, runs, kills, decides, corrects, imports, publishes and deletes as it likes.

After every step what DESIGN promises must hold: the job lists whole or unfinished, never damaged;
no decision that was said to be stored is lost; the original is never changed; an edition holds
every sentence once on each side; and the end is what an undisturbed run of the same would be.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.proof.ground import (
    CONFIG,
    EVERY,
    GLOSSARY,
    KILL_BEFORE,
    Said,
    fault_of,
    forked,
    loaded,
    run_here,
)
from tests.proof.report import Tally
from tests.proof.scenes import job_of

MACHINES, EXAMPLES, STEPS = 8, 20, 20
_SENTENCES = (
    "Le comité a signé un accord.",
    "Tout va bien en 2027.",
    "Il siège à Tallinn.",
    "Les 12 pays n’ont pas voté.",
    "« C’est fini », dit M. Kask.",
)
_counted: Tally | None = None


class Editor(RuleBasedStateMachine):
    """One text, its job, and whatever is done to both."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(
            tempfile.mkdtemp(prefix="proof-", dir=memory if memory.is_dir() else None)
        )
        self.text = list(_SENTENCES[:3])
        self.decided: dict[str, str] = {}
        self.put()
        (self.folder / "g.yaml").write_text(GLOSSARY, "utf-8")
        (self.folder / "enregard.yaml").write_text(CONFIG, "utf-8")

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self) -> None:
        """Write the text as it is now."""
        text = "# Un accord\n\n" + "\n\n".join(self.text) + "\n"
        (self.folder / "t.md").write_text(text, "utf-8")

    def do(self, *arguments: object, kill: int = 0) -> Said | None:
        """Run a command, and kill it before its n-th call if asked; None where it was killed."""
        if _counted:
            _counted.tries["killed" if kill else str(arguments[0])] += 1
        arm = (kill, KILL_BEFORE, 0, EVERY) if kill and loaded() else None
        outcome = forked(partial(_there, self.folder, arguments), arm)
        assert not fault_of(outcome), (arguments, fault_of(outcome))
        said: Said | None = None if outcome.killed else outcome.value
        return said

    @property
    def job(self) -> str:
        """The name of the job, "" where there is none."""
        return job_of(self.folder)

    @rule(kill=st.integers(0, 400))
    def run(self, kill: int) -> None:
        self.do("run", "t.md", kill=kill)

    @precondition(lambda self: self.job)
    @rule(kill=st.integers(0, 200))
    def resume(self, kill: int) -> None:
        self.do("resume", self.job, kill=kill)

    @rule(at=st.integers(0, 4), sentence=st.sampled_from(_SENTENCES))
    def correct(self, at: int, sentence: str) -> None:
        """Change, add or take out a sentence of the text."""
        if at < len(self.text) and sentence not in self.text:
            self.text[at] = sentence
        elif sentence not in self.text:
            self.text.append(sentence)
        elif len(self.text) > 2:
            self.text.remove(sentence)
        self.put()

    @rule(english=st.sampled_from(["committee", "board", "panel"]))
    def edit_glossary(self, english: str) -> None:
        (self.folder / "g.yaml").write_text(GLOSSARY.replace("committee", english), "utf-8")

    @precondition(lambda self: self.job)
    @rule(number=st.integers(0, 9), words=st.sampled_from(["One.", "It holds.", "Yes, 12."]))
    def write(self, number: int, words: str) -> None:
        """Write the English of a sentence that is shown."""
        shown = self.records()
        if not shown:
            return
        record = shown[number % len(shown)]
        command = ("review", self.job, "--segment", record["id"], "--sentence", words)
        said = self.do(*command, "--no-rebuild")
        if said and said.code == 0:
            self.decided[record["source"]] = words

    @precondition(lambda self: self.job)
    @rule()
    def bring_over(self) -> None:
        """Export what was decided and import it again."""
        said = self.do("review", self.job, "--export", "d.json", "--force")
        if said and said.code == 0:
            self.do("review", self.job, "--import", "d.json", "--no-rebuild")

    @precondition(lambda self: self.job)
    @rule(dress=st.sampled_from(["print", "review"]), kill=st.integers(0, 100))
    def publish(self, dress: str, kill: int) -> None:
        self.do("publish", self.job, "--set", f"publish.dress={dress}", kill=kill)

    @precondition(lambda self: self.job)
    @rule(kill=st.integers(0, 30))
    def delete(self, kill: int) -> None:
        self.do("delete", self.job, "--yes", kill=kill)
        if not self.job:
            self.decided = {}

    def records(self) -> list[dict[str, Any]]:
        """Give the segments as they are shown."""
        said = self.do("show", self.job, "--segments", "--json")
        if not said or said.code:
            return []
        return [json.loads(line) for line in said.out.splitlines()]

    @invariant()
    def lists_whole(self) -> None:
        said = self.do("list", "--json")
        assert said is not None
        assert said.code == 0
        assert '"damaged"' not in said.out, said.out

    @invariant()
    def keeps_what_was_decided(self) -> None:
        if not self.job or not self.decided:
            return
        self.do("review", self.job, "--export", "kept.json", "--force")
        rows = json.loads((self.folder / "kept.json").read_bytes())["decisions"]
        kept = {row["key"][0]: row["value"]["text"] for row in rows if row["kind"] == "translation"}
        assert kept.items() >= self.decided.items(), (kept, self.decided)

    @invariant()
    def an_edition_is_whole(self) -> None:
        for folder in self.folder.glob("output/[!.]*/editions/[!.]*"):
            lines = (folder / "segments.jsonl").read_text("utf-8").splitlines()
            sources = [json.loads(line)["source"] for line in lines]
            page = (folder / "edition.html").read_text("utf-8")
            assert len(set(sources)) == len(sources)
            assert page.rstrip().endswith("</html>")


def _there(folder: Path, arguments: tuple[object, ...]) -> Said:
    os.chdir(folder)
    return run_here(*arguments)


def states(tally: Tally, share: Callable[[int], bool], examples: int = EXAMPLES) -> None:
    """Let machines do as they like, each in its own way, a number of times."""
    for number in range(MACHINES if examples == EXAMPLES else 1):
        if share(number):
            tally.add("machines", _let(tally, number, examples), f"machine {number}")


def _let(tally: Tally, number: int, examples: int) -> str:
    global _counted
    _counted = tally
    try:
        run_state_machine_as_test(
            seed(number)(Editor),
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception as error:
        return f"{type(error).__name__}: {error}{''.join(getattr(error, '__notes__', ()))}"
    return ""
