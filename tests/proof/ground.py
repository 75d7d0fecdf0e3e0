"""A folder to attack in, and commands run in forked children: fresh processes, made in no time.

The parent loads the program once; a child inherits it, does one thing, says what came of it through
a pipe, and is gone, whether it ended or was killed.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from pipeline import engines
from pipeline.cli import main
from pipeline.engines import Offer
from pipeline.engines.embedded.engine import embedded_offers
from pipeline.model import EngineCard, Likelihood, Request
from pipeline.service import engines as installing
from tests.support.obedient import Obedient
from tests.support.paths import ROOT

LIBRARY = "ENREGARD_PROOF_LIBRARY"
KINDS = {
    "write": 1,
    "sync": 2,
    "rename": 4,
    "unlink": 8,
    "make": 16,
    "open": 32,
    "mode": 64,
    "size": 256,
}
EVERY = sum(KINDS.values())
KILL_BEFORE, KILL_AFTER, REFUSE, SHORT = 1, 2, 3, 4
# Seconds of processor time after which a child is taken to hang.
_PATIENCE = 60
_CARD = EngineCard("embedded", "Fixture", "1", "none", "fixture-of-the-proof")
GLOSSARY = """\
name: Essai
entries:
  - {source: comité, target: committee}
  - {source: accord, target: treaty, forbidden: [deal]}
"""
TEXT = """\
# Un accord à Riga

Le comité a signé un accord avec le comité voisin. Tout va bien en 2027.
"""
CORRECTED = TEXT.replace("Tout va bien", "Tout va mieux")
CONFIG = (
    "glossaries: [g.yaml]\npublish: {pdf: false}\nengine: {name: embedded}\n"
    "translate: {lexicon: false}\n"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a child: whether it was killed, what it gave, and the fault that ended it."""

    killed: bool
    value: Any
    fault: str
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a command gave: its exit code, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def is_clear(self) -> bool:
        """Whether it ended well, or said in one line why not."""
        told = self.err.count("enregard: ")
        # A batch says of each document why it failed.
        of_one = self.code == 1 and "\nnot published: " in self.out
        return "Traceback" not in self.out + self.err and (self.code == 0 or told == 1 or of_one)


class Fixture(Obedient):
    """An engine without a model that is the same in every process."""

    def __init__(self) -> None:
        super().__init__()
        self.card = _CARD

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Find every word of every text as probable as any other."""
        return [Likelihood(-0.5, (-0.5,) * len(text.split())) for _, text in pairs]


def prepare() -> None:
    """Load the program, and offer an engine without a model in the place of the embedded one."""
    engine = Fixture()
    offer = Offer(lambda: _CARD, lambda _: engine, 2, "nowhere")
    engines.ENGINES["embedded"] = lambda: [offer]
    engines.ENGINES["argos"] = lambda: []
    # What is installed is tried in a process of its own, which is not what is attacked here.
    setattr(installing, "probe", lambda _: None)  # noqa: B010
    os.environ["ENREGARD_PACKAGES_DIR"] = "packages"
    for name in ("ENREGARD_OUTPUT", "ENREGARD_REVIEWER", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)
    with place() as folder:
        work(folder, TEXT)
        # What is loaded now, no child loads again.
        said = run_here("run", "t.md")
        assert said.code == 0, said
        name = next(Path("output").glob("t-*")).name
        for command in (
            ("list",),
            ("show", name),
            ("quality", name),
            ("review", name),
            ("export", name, "--format", "csv", "--format", "xliff", "--to", "o"),
        ):
            run_here(*command)
    gc.collect()
    gc.freeze()


def load_real() -> None:
    """Load the embedded model, as the engine "real", and what makes a PDF."""
    engines.ENGINES["real"] = embedded_offers
    with place() as folder:
        work(folder, TEXT)
        settings = "glossaries: [g.yaml]\nengine: {name: real, threads: 1}\n"
        (folder / "enregard.yaml").write_text(settings, "utf-8")
        said = run_here("run", "t.md")
        assert said.code == 0, said
    gc.collect()
    gc.freeze()


@contextmanager
def place() -> Iterator[Path]:
    """Give an empty folder, in memory if there is any, as the current one; gone at the end."""
    memory = Path("/dev/shm")
    before = Path.cwd()
    with tempfile.TemporaryDirectory(
        prefix="proof-", dir=memory if memory.is_dir() else None, ignore_cleanup_errors=True
    ) as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


def work(folder: Path, text: str) -> None:
    """Put a text, a glossary and settings in a folder."""
    (folder / "t.md").write_text(text, "utf-8")
    (folder / "g.yaml").write_text(GLOSSARY, "utf-8")
    (folder / "enregard.yaml").write_text(CONFIG, "utf-8")


def run_here(*arguments: object) -> Said:
    """Run a command in this process; raises whatever it does not turn into a line."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Said(done.exit_code, done.stdout, done.stderr)


def forked(
    work: Callable[[], Any],
    arm: tuple[int, int, int, int] | None = None,
    patience: int = _PATIENCE,
) -> Outcome:
    """Do something in a child, with the interposer armed; give what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _do(work, arm, writing, patience)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        killed = number == signal.SIGKILL and arm is not None
        return Outcome(killed, None, "" if killed else f"signal {number}")
    value, fault, calls = pickle.loads(data) if data else (None, "nothing was said", 0)
    return Outcome(False, value, fault, calls)


def _do(
    work: Callable[[], Any],
    arm: tuple[int, int, int, int] | None,
    writing: int,
    patience: int,
) -> None:
    """Be the child, and never come back."""
    resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
    fault, value, calls = "", None, 0
    try:
        library = loaded()
        if arm and library:
            library.proof_arm(*arm)
        value = work()
    except BaseException:
        fault = traceback.format_exc()
    finally:
        if arm and (library := loaded()):
            calls = library.proof_calls()
            library.proof_arm(0, 0, 0, 0)
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps((value, fault, calls)))
    finally:
        os._exit(0)


_LOADED: list[Any] = []


def loaded() -> Any:
    """Give the interposer, if this process was started with it."""
    if not _LOADED:
        path = os.environ.get(LIBRARY)
        if not path:
            return None
        library = ctypes.CDLL(path)
        library.proof_arm.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_uint]
        library.proof_calls.restype = ctypes.c_long
        _LOADED.append(library)
    return _LOADED[0]


def interposed() -> dict[str, str] | None:
    """Give the environment of a process with the interposer; None where it cannot be built."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or sys.platform != "linux":
        return None
    source = Path(__file__).with_name("interpose.c")
    name = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    library = ROOT / "build" / "proof" / f"interpose-{name}.so"
    if not library.exists():
        library.parent.mkdir(parents=True, exist_ok=True)
        made = library.with_suffix(f".{os.getpid()}")
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True
        )
        made.replace(library)
    return os.environ | {"LD_PRELOAD": str(library), LIBRARY: str(library)}


def fault_of(outcome: Outcome) -> str:
    """Say what is wrong with the outcome of a command; "" where it is killed or clear."""
    if outcome.fault:
        return outcome.fault
    if outcome.killed or outcome.value.is_clear:
        return ""
    return f"not clear: {outcome.value}"
