"""Every file of a job, of its ground and of the installation damaged: every command says one line.

Files are cut short, emptied, flipped by a bit, and replaced by a folder, a link, a pipe or a
device; columns of the database hold what no stage would have stored. Another job beside the damaged
one must stay as it was.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import stat
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import EnregardError
from pipeline.jobs import bundled
from tests.proof.ground import forked, place, run_here
from tests.proof.report import Tally
from tests.proof.scenes import SCENES, state

_FLIPS = 20
_CUTS = 3
COMMANDS = (
    ("list", "--json"),
    ("show", "{job}", "--segments"),
    ("quality", "{job}"),
    ("review", "{job}", "--list"),
    ("memory", "stats"),
    ("resume", "{job}"),
    ("run", "t.md"),
    ("export", "{job}", "--format", "csv", "--to", "o", "--force"),
)
WRONG: tuple[object, ...] = ("x", -1, 1 << 60, b"\xff\xfe", "[[1]]", "\ud800")


def damage(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Damage everything there is, one thing at a time."""
    with place() as folder:
        before = folder / "before"
        before.mkdir()
        forked(lambda: _ground(before))
        victims = [path.relative_to(before) for path in sorted(before.rglob("*")) if path.is_file()]
        for piece, victim in enumerate(victims):
            if "another" not in victim.parts and share(piece):
                for number, (kind, harm) in enumerate(harms(before / victim)):
                    if (number + piece) % every == 0:
                        it = _fresh(folder, before)
                        harm(it / victim)
                        tally.add(kind, _looked_at(it, before), str(victim))
        stored = columns(before / "output" / _main(before) / "job.sqlite3")
        for piece, (table, column) in enumerate(stored, 1_000):
            if share(piece):
                for number, wrong in enumerate(WRONG):
                    if (number + piece) % every == 0:
                        it = _fresh(folder, before)
                        if put(it / "output" / _main(it) / "job.sqlite3", table, column, wrong):
                            fault = _looked_at(it, before)
                            tally.add("column", fault, f"{table}.{column} {wrong!r}")
    if share(2_000):
        _installation(tally, max(every // 50, 1))


def _ground(folder: Path) -> None:
    """Make two jobs, decisions and a memory."""
    os.chdir(folder)
    scene = next(each for each in SCENES if each.name == "memory export")
    scene.before(folder)
    (folder / "u.md").write_text("# Autre\n\nIl pleut sur le comité.\n", "utf-8")
    made = run_here("run", "u.md", "--json")
    assert run_here("rename", json.loads(made.out)["job"], "another").code == 0


def _main(folder: Path) -> str:
    """Give the name of the job that is damaged."""
    return next(path.name for path in (folder / "output").iterdir() if path.name[:2] == "t-")


def _fresh(folder: Path, before: Path) -> Path:
    it = folder / "it"
    shutil.rmtree(it, ignore_errors=True)
    shutil.copytree(before, it)
    return it


def _looked_at(folder: Path, before: Path) -> str:
    """Run every command there; say what is wrong with what they told or left."""
    outcome = forked(partial(_commands, folder))
    if outcome.fault:
        return outcome.fault
    if outcome.value:
        return str(outcome.value)
    was = state(before / "output" / "another")
    now = state(folder / "output" / "another")
    return "" if was == now else "the other job has changed"


def _commands(folder: Path) -> str:
    os.chdir(folder)
    for command in COMMANDS:
        arguments = [each.replace("{job}", _main(folder)) for each in command]
        try:
            said = run_here(*arguments)
        except Exception:
            return f"{command}: {traceback.format_exc()[-1500:]}"
        if not said.is_clear and said.code not in (0, 1):
            return f"{command}: {said}"
        if command[0] == "list" and said.code == 0 and '"another"' not in said.out:
            return f"the other job is hidden: {said}"
    return ""


def harms(path: Path) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Give ways to damage a file."""
    data = path.read_bytes()
    chance = random.Random(str(path.name))
    yield "emptied", lambda at: _write(at, b"")
    for _ in range(_CUTS):
        yield "cut short", partial(_write, data=data[: chance.randrange(max(len(data), 1))])
    for _ in range(_FLIPS if path.suffix == ".sqlite3" else _CUTS):
        flipped = bytearray(data)
        if flipped:
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        yield "flipped", partial(_write, data=bytes(flipped))
    yield "gone", lambda at: at.unlink()
    yield "a folder", _folder
    yield "a link", lambda at: _link(at, Path("/etc/hostname"))
    yield "a link to itself", lambda at: _link(at, at)
    yield "a pipe", _pipe
    if os.geteuid() == 0:
        for name, minor in (("zero", 5), ("full", 7)):
            yield f"a device ({name})", partial(_device, minor=minor)
    yield "noise", lambda at: _write(at, chance.randbytes(len(data)))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path, minor: int) -> None:
    path.unlink()
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, minor))


def columns(path: Path) -> list[tuple[str, str]]:
    """Give every column of a database's tables."""
    database = sqlite3.connect(path)
    names = [
        name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    found = [
        (name, row[1]) for name in names for row in database.execute(f"PRAGMA table_info({name})")
    ]
    database.close()
    return found


def put(path: Path, table: str, column: str, value: object) -> bool:
    """Put a value in every row of a column; tell whether SQLite let that be."""
    database = sqlite3.connect(path)
    done = False
    given = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    how = "CAST(? AS TEXT)" if isinstance(value, str) else "?"
    with suppress(sqlite3.Error), database:
        changed = database.execute(f'UPDATE OR REPLACE {table} SET "{column}" = {how}', (given,))
        done = changed.rowcount > 0
    database.close()
    return done


def _installation(tally: Tally, every: int) -> None:
    """Damage every file that ships, in a copy; the check must name it."""
    with place() as folder:
        package, models = folder / "pipeline", folder / "models" / "fr-en-1"
        for name, path in bundled.bundled_files():
            copy = (folder if name.startswith("models/") else package) / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        shutil.copyfile(bundled._PACKAGE / "SHA256SUMS", package / "SHA256SUMS")
        assert models.is_dir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bundled, "_PACKAGE", package)
            patch.setattr(bundled, "find", lambda model, file: folder / "models" / model / file)
            for name in list(bundled.hashes())[::every]:
                path = (folder if name.startswith("models/") else package) / name
                data = path.read_bytes()
                for kind, harm in dict(harms(path)).items():
                    if kind in ("a pipe", "a link to itself") or kind.startswith("a device"):
                        continue
                    harm(path)
                    tally.add(f"installation: {kind}", _checked(name, path, data), name)
                    if path.is_dir() and not path.is_symlink():
                        path.rmdir()
                    path.unlink(missing_ok=True)
                    path.write_bytes(data)


def _checked(name: str, path: Path, data: bytes) -> str:
    with suppress(OSError):
        if path.is_file() and path.read_bytes() == data:
            return ""
    try:
        bundled.check_all()
    except EnregardError as error:
        return "" if Path(name).name in str(error) else f"another file is named: {error}"
    return "nothing is said"
