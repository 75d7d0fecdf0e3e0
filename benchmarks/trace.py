"""Count how often one sentence changes module on its way from the command to the PDF.

    python -m benchmarks.trace

Runs a text of one sentence with a small glossary through the command line, in this process, with
the embedded engine, and then one override with its rebuild. Counted is each call from one module of
``pipeline`` into another, and the walk itself: how often a function is entered in another module
than the one entered before it, where what comes again at once (a loop) is gone through once, as by
a reader. Apart stand the leaf helpers: modules that import nothing of the pipeline above the
floor ``language``, such as ``text``, ``language.tokens`` or ``glossary.verify``: they take text and
give knowledge about it, and call nothing that a reader has to follow. The rule is applied to what a
module imports, by no list of names.
Openings of the job's database are counted too.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from inspect import CO_GENERATOR
from pathlib import Path
from types import FrameType

from pipeline.cli import main as enregard
from pipeline.jobs.database import Database

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline"
# The floors up to ``language``, as CONTRIBUTING.md draws them.
LOW = ("model", "errors", "text", "files", "yamlfile", "jsonfile", "alike", "language", "exchange")
NO_STEPS = ("<module>", "<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")
# Changes of module in the longest loop that is looked for.
LONGEST_LOOP = 40
SENTENCE = "Le conseil a signé mardi un accord à Tallinn.\n"
GLOSSARY = "name: G\nentries:\n  - {source: conseil, target: council}\n"


@cache
def module_of(file: str) -> str:
    """Give the module of a source file, "" where it is none of the pipeline."""
    path = Path(file)
    if path.suffix != ".py" or not path.is_relative_to(PACKAGE):
        return ""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def is_leaf(module: str) -> bool:
    """Tell whether a module imports nothing of the pipeline above the floor of language."""
    path = ROOT / module.replace(".", "/")
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    parts = [(node.module or "").split(".") for node in found if isinstance(node, ast.ImportFrom)]
    return all(each[1:2] == [] or each[1] in LOW for each in parts if each[0] == "pipeline")


class Tracer:
    """Counts calls between modules of the pipeline; those of threads too."""

    def __init__(self) -> None:
        self.changes: Counter[tuple[str, str]] = Counter()
        self.openings = 0
        self.path: list[str] = []
        self._begun: set[FrameType] = set()

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Count an event of the interpreter."""
        if event != "call" or not (into := module_of(frame.f_code.co_filename)):
            return
        if frame.f_code is Database.__init__.__code__:
            self.openings += 1
        caller = frame.f_back
        while caller is not None and not module_of(caller.f_code.co_filename):
            caller = caller.f_back
        out = module_of(caller.f_code.co_filename) if caller else ""
        # Loading a module is no step of the sentence; a comprehension is a part of its function.
        if frame.f_code.co_name in NO_STEPS:
            return
        if out and out != into:
            self.changes[out, into] += 1
        # Going on with a generator is no step either.
        if frame not in self._begun and not is_leaf(into) and self.path[-1:] != [into]:
            self.path.append(into)
        if frame.f_code.co_flags & CO_GENERATOR:
            self._begun.add(frame)

    def walk(self) -> list[str]:
        """Give the modules in the order they were entered, every loop gone round once."""
        path: list[str] = []
        for module in self.path:
            path.append(module)
            for size in range(1, min(LONGEST_LOOP, len(path) // 2) + 1):
                if path[-size:] == path[-2 * size : -size]:
                    del path[-size:]
                    break
        return path

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Count what runs inside."""
        sys.setprofile(self)
        threading.setprofile(self)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)

    def told(self, title: str) -> str:
        """Give the counts as lines."""
        followed = {pair: n for pair, n in self.changes.items() if not any(map(is_leaf, pair))}
        most = sorted(followed.items(), key=lambda item: -item[1])[:12]
        modules = {module for pair in followed for module in pair}
        return "\n".join(
            [
                f"{title}: {len(self.walk())} changes of module, a loop counted once; "
                f"{len(followed)} different ways from module to module among "
                f"{len(modules)} modules, gone {sum(followed.values())} times "
                f"({sum(self.changes.values())} with leaf helpers); database opened "
                f"{self.openings} times",
                *(f"  {n:5}  {out} → {into}" for (out, into), n in most),
            ]
        )


def call(arguments: Sequence[str]) -> None:
    """Run a command in silence."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            enregard(list(arguments))
        except SystemExit as ended:
            if ended.code:
                raise


def main() -> None:
    """Trace a run and an override."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("un.txt").write_text(SENTENCE, encoding="utf-8")
        Path("warm.txt").write_text("Bonjour.\n", encoding="utf-8")
        Path("g.yaml").write_text(GLOSSARY, encoding="utf-8")
        # What is loaded once a process is loaded before.
        call(["run", "warm.txt", "--output", "warm"])
        run, override = Tracer(), Tracer()
        with run.watching():
            call(["run", "un.txt", "--glossary", "g.yaml"])
        (job,) = Path("output").iterdir()
        with override.watching():
            call(["review", job.name, "--entry", "conseil", "--target", "board"])
        print(run.told("run"))
        print(override.told("override"))


if __name__ == "__main__":
    main()
