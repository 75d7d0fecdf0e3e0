"""The commands that write: what stands before each, what it is called with, what it must leave."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from pipeline.files import TEMPORARY_PREFIX
from tests.proof import desk
from tests.proof.desk import asked
from tests.proof.ground import CORRECTED, TEXT, Said, run_here, work
from tests.support.paths import PACKAGE

# What is only remembered to be quicker, and columns that say when something was done.
_REMEMBERED = (".listing.json", "job.sqlite3-journal", "memory.sqlite3-journal")
_TIMES = {"at", "created", "finished", "begun", "id"}


@dataclass(frozen=True, slots=True)
class Scene:
    """A command and its ground; ``{job}`` in its arguments is the job's name.

    ``asks`` is what is done in its place at the desk, for the job's name. With the embedded model
    and the PDF it ``is_real``. What takes long, or does many times over what another scene does, is
    attacked at every so many calls only (``seldom``).
    """

    name: str
    command: tuple[str, ...]
    before: Callable[[Path], None]
    asks: Callable[[str], Said] | None = None
    is_real: bool = False
    seldom: int = 1

    def run(self, folder: Path) -> Said:
        """Do it in a folder, which is the current one."""
        return self.asks(job_of(folder)) if self.asks else run_here(*filled(self.command, folder))


def job_of(folder: Path) -> str:
    """Give the name of the job in a folder, "" where there is none."""
    names = sorted(path.parent.name for path in folder.glob("output/[!.]*/job.json"))
    return names[0] if names else ""


def filled(arguments: tuple[str, ...], folder: Path) -> list[str]:
    """Give a command's arguments with the job's name in them, and that of one of its findings."""
    found = folder / "finding"
    known = {
        "{job}": job_of(folder) or "t",
        "{finding}": found.read_text("utf-8") if found.exists() else "",
    }
    return [
        reduce(lambda text, name: text.replace(name, known[name]), known, each)
        for each in arguments
    ]


def _text(folder: Path) -> None:
    work(folder, TEXT)


def _run(folder: Path) -> None:
    _text(folder)
    assert run_here("run", "t.md").code == 0


def _decided(folder: Path) -> None:
    _run(folder)
    job = job_of(folder)
    command = ("review", job, "--segment", "b0001.s02", "--sentence", "All goes well in 2027.")
    assert run_here(*command, "--by", "Anne").code == 0
    assert run_here("review", job, "--number", 1, "--accept").code == 0
    other = "name: Autre\nentries: [{source: voisin, target: neighbouring}]\n"
    (folder / "h.yaml").write_text(other, "utf-8")


def _corrected(folder: Path) -> None:
    _decided(folder)
    work(folder, CORRECTED)


def _exported(folder: Path) -> None:
    _decided(folder)
    job = job_of(folder)
    assert run_here("review", job, "--export", "d.json").code == 0
    for format_ in ("csv", "xliff", "tmx"):
        assert run_here("export", job, "--format", format_, "--to", "out").code == 0
    (folder / "out" / f"{job}.csv").unlink()
    path = folder / "out" / f"{job}.xlf"
    if path.exists():
        path.write_bytes(path.read_bytes().replace(b"It says", b"They say"))
    other = folder / "m.csv"
    other.write_text("français,english\nUn chat dort.,A cat sleeps.\n", "utf-8")


def _packages(folder: Path) -> None:
    _text(folder)
    shutil.copyfile(PACKAGE, folder / "p.argosmodel")


def _texts(folder: Path) -> None:
    _text(folder)
    (folder / "in").mkdir()
    (folder / "in" / "t.md").write_text(TEXT, "utf-8")
    (folder / "in" / "u.txt").write_text("Il pleut sur le comité.\n", "utf-8")


def _found(folder: Path) -> None:
    """Make a job with a finding that can be dismissed."""
    _text(folder)
    (folder / "t.md").write_text(f"{TEXT}\nLe comité a 250 membres.\n", "utf-8")
    assert run_here("run", "t.md").code == 0
    first = run_here("dismiss", job_of(folder), "--json").out.splitlines()[0]
    (folder / "finding").write_text(json.loads(first)["id"], "utf-8")


def _written(folder: Path) -> None:
    _run(folder)
    assert asked(desk.write)(job_of(folder)).code == 0


def _real(folder: Path) -> None:
    _text(folder)
    (folder / "enregard.yaml").write_text(
        "glossaries: [g.yaml]\nengine: {name: real, threads: 1}\n", "utf-8"
    )


def _really_run(folder: Path) -> None:
    _real(folder)
    assert run_here("run", "t.md").code == 0
    (folder / "t.md").write_text(CORRECTED, "utf-8")


SCENES = (
    Scene("run", ("run", "t.md"), _text),
    Scene("run a corrected text", ("run", "t.md"), _corrected),
    Scene("run with another glossary", ("run", "t.md", "--glossary", "h.yaml"), _decided),
    Scene(
        "resume in another dress", ("publish", "{job}", "--set", "publish.dress=print"), _decided
    ),
    Scene(
        "review --sentence",
        ("review", "{job}", "--segment", "b0001.s01", "--sentence", "A treaty was signed."),
        _decided,
    ),
    Scene("review --decline", ("review", "{job}", "--entry", "accord", "--decline"), _decided),
    Scene(
        "review --state",
        ("review", "{job}", "--all", "--state", "signed-off", "--by", "Anne"),
        _decided,
    ),
    Scene("review --import", ("review", "{job}", "--import", "d.json"), _exported),
    Scene("review --export", ("review", "{job}", "--export", "e.json", "--force"), _decided),
    Scene(
        "export",
        ("export", "{job}", "--format", "csv", "--format", "docx", "--to", "out", "--force"),
        _exported,
    ),
    Scene("memory import", ("memory", "import", "m.csv"), _exported),
    Scene("memory export", ("memory", "export", "m.tmx", "--force"), _exported),
    Scene("memory forget", ("memory", "forget", "--job", "{job}"), _decided),
    Scene("glossary convert", ("glossary", "convert", "g.yaml", "g.csv", "--force"), _text),
    Scene("glossary merge", ("glossary", "merge", "g.yaml", "--to", "h.yaml", "--force"), _text),
    Scene("rename", ("rename", "{job}", "another"), _decided),
    Scene("archive", ("archive", "{job}"), _decided),
    Scene("delete", ("delete", "{job}", "--yes"), _decided),
    Scene("engines install", ("engines", "install", "p.argosmodel"), _packages),
    Scene("batch", ("batch", "in", "--name", "lot"), _texts, seldom=6),
    Scene("replace", ("replace", "{job}", "well", "fine", "--yes"), _decided),
    Scene("dismiss", ("dismiss", "{job}", "{finding}"), _found),
    Scene(
        "review --import of a table", ("review", "{job}", "--import", "out/{job}.xlf"), _exported
    ),
    Scene(
        "export --format original",
        ("export", "{job}", "--format", "original", "--to", "o", "--force"),
        _decided,
    ),
    Scene("glossary extract", ("glossary", "extract", "t.md", "-o", "x.yaml", "--force"), _text),
    Scene(
        "glossary suggest", ("glossary", "suggest", "{job}", "-o", "y.yaml", "--force"), _written
    ),
    Scene("desk: create", (), _text, asked(desk.create), seldom=3),
    Scene("desk: sentence", (), _decided, asked(desk.write)),
    Scene("desk: occurrence", (), _decided, asked(desk.judge)),
    Scene("desk: entry", (), _decided, asked(desk.change)),
    Scene("desk: state", (), _decided, asked(desk.mark)),
    Scene("desk: undo", (), _written, asked(desk.undo)),
    Scene("desk: layout", (), _decided, asked(desk.layout)),
    Scene("desk: glossary", (), _text, asked(desk.glossary)),
    Scene("model and PDF: run", ("run", "t.md"), _real, is_real=True, seldom=12),
    Scene("model and PDF: corrected", ("run", "t.md"), _really_run, is_real=True, seldom=12),
)


def state(folder: Path) -> dict[str, str]:
    """Give what a folder holds, but for times, locks and what SQLite may order as it likes."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name.endswith(".sqlite3"):
            found[name] = _rows(path)
        elif path.is_file() and "batches" in path.parts:
            # How long it took stands in there.
            found[name] = ""
        elif path.is_file() and path.suffix != ".lock" and path.name not in _REMEMBERED:
            found[name] = hashlib.sha256(_plain(path)).hexdigest()
    return found


def strays(folder: Path) -> list[str]:
    """Give what killed commands left behind and nobody swept."""
    return [path.name for path in folder.rglob(f"{TEMPORARY_PREFIX}*")]


def _plain(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in sorted(archive.namelist()))
    return data


def _rows(path: Path) -> str:
    """Give the rows of a database that count: the decisions as they stand, and what is shown."""
    database = sqlite3.connect(path)
    tables = [
        name
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in ("events", "snapshots", "decisions", "memory", "facts")
        and not name.startswith(("words", "frequencies", "sqlite_"))
    ]
    told: list[object] = []
    for table in sorted(tables):
        cursor = database.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        rows = [
            [value for name, value in zip(names, row, strict=True) if name not in _TIMES]
            for row in cursor
        ]
        told.append([table, sorted(rows, key=repr)])
    if "decisions" in {name for (name,) in database.execute("SELECT name FROM sqlite_master")}:
        query = (
            "SELECT kind, key, value FROM decisions WHERE id IN "
            "(SELECT max(id) FROM decisions GROUP BY kind, key) ORDER BY kind, key"
        )
        told.append([list(row) for row in database.execute(query)])
    database.close()
    return hashlib.sha256(json.dumps(told, default=repr).encode()).hexdigest()
