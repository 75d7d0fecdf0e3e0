"""What an attack on version 0.1 found stays mended: one test a defect, as a user would meet it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import Result

from pipeline.engines.argos import keep, read_package, unpacked
from pipeline.errors import InputError
from pipeline.files import sweep_dead, temporary_name
from pipeline.jobs.bundled import listing
from pipeline.language.numbers import compare
from pipeline.text import clean
from tests.support.paths import PACKAGE, ROOT

Cli = Callable[..., Result]


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


# D1: installing again repairs a damaged package


@pytest.mark.parametrize("damage", ["truncated", "emptied", "gone", "a file", "a link"])
def test_installing_a_package_again_repairs_it(damage: str, no_packages: Path) -> None:
    with unpacked(PACKAGE, no_packages) as package:
        sha256, kept = package.sha256, keep(package, no_packages)
    model = kept.folder / "model" / "model.bin"
    if damage == "truncated":
        os.truncate(model, 1000)
    elif damage == "emptied":
        os.truncate(model, 0)
    elif damage == "gone":
        model.unlink()
    else:
        elsewhere = no_packages.parent / "elsewhere"
        kept.folder.rename(elsewhere)
        if damage == "a file":
            kept.folder.write_bytes(b"x")
        else:
            kept.folder.symlink_to(elsewhere)
    with unpacked(PACKAGE, no_packages) as package:
        keep(package, no_packages)
    assert not kept.folder.is_symlink()
    assert read_package(kept.folder).sha256 == sha256
    assert len(list(no_packages.iterdir())) == 1


# D3, D4: files of a stranger are sound JSON or refused, and one damaged job hides no other


@pytest.mark.parametrize(
    "row",
    [
        r'{"kind":"translation","key":["\ud800"],"value":{"text":"x"}}',
        r'{"kind":"translation","key":["a"],"value":{"text":"\udfff"}}',
        r'{"kind":"note","key":["a\u0000"],"value":{"text":"x","author":""}}',
        r'{"kind":"note","kind":"note","key":["a"],"value":{"text":"x","author":""}}',
        '{"kind":"note","key":["a"],"value":{"text":"x","author":NaN}}',
        "[" * 100_000,
    ],
    ids=lambda row: row[:60],
)
def test_decisions_that_are_no_text_are_refused(job: Path, enregard: Cli, row: str) -> None:
    Path("d.json").write_text(f'{{"schema":1,"decisions":[{row}]}}', "utf-8")
    refused = enregard("review", job.name, "--import", "d.json", code=InputError.exit_code)
    assert refused.stderr.startswith("enregard: d.json cannot be imported: ")


@pytest.mark.parametrize("schema", ["true", "1.0", "2", "[]", "null"])
def test_decisions_of_another_kind_of_file_are_refused(
    job: Path, enregard: Cli, schema: str
) -> None:
    Path("d.json").write_text(f'{{"schema":{schema},"decisions":[]}}', "utf-8")
    enregard("review", job.name, "--import", "d.json", code=InputError.exit_code)


def test_a_batch_of_nothing_is_told(tmp_path: Path, enregard: Cli) -> None:
    (tmp_path / "empty").mkdir()
    refused = enregard("batch", tmp_path / "empty", code=2)
    assert "empty holds no document that can be read" in refused.stderr


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        "{}",
        "[]",
        '{"schema": 2, "source_name": "a\\u0000.md", "source_sha256": "x"}',
        '{"schema": 2, "source_name": "\\ud800.md", "source_sha256": "' + "0" * 64 + '"}',
        '{"schema": 2, "source_name": "../t.md", "source_sha256": "' + "0" * 64 + '"}',
        '{"schema": 2, "source_name": 1, "source_sha256": "' + "0" * 64 + '"}',
        '{"schema": [], "source_name": "t.md", "source_sha256": "' + "0" * 64 + '"}',
    ],
    ids=lambda content: content[:50],
)
def test_a_damaged_job_hides_no_other(job: Path, enregard: Cli, content: str) -> None:
    (job.parent / "another").mkdir()
    (job.parent / "another" / "job.json").write_text(content, "utf-8")
    listed = [json.loads(line) for line in enregard("list", "--json").stdout.splitlines()]
    assert [each["state"] for each in listed] == ["damaged", "published"]
    refused = enregard("resume", "another", code=6)
    assert "job.json" in refused.stderr
    assert refused.stderr.count("\n") == 1


# D6: no check works quadratically


def steps(work: Callable[[], object]) -> int:
    """Count the lines of Python that some work takes: the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("pattern", ["7 ", "{n} ", "{n} % ", "{n} h {n} ", "le {n} mai "])
def test_twice_as_many_numbers_take_twice_as_long(pattern: str) -> None:
    def text(size: int) -> str:
        return "a " + "".join(pattern.format(n=number % 90 + 10) for number in range(size))

    compare(text(20), "The cat sat.")
    few, many = (steps(partial(compare, text(n), "The cat sat on 12.")) for n in (200, 400))
    assert many < 2.4 * few


# D7: modes and other people's files


@pytest.mark.parametrize("mask", [0o077, 0o027, 0o022])
def test_nothing_of_a_job_is_for_others(mask: int, job: Path, enregard: Cli) -> None:
    with umask(mask):
        made = json.loads(enregard("run", "t.md", "--new", "--json").stdout)
        enregard("export", made["job"], "--format", "csv", "--to", "out")
    folder = Path(made["folder"])
    for path in (folder, *folder.rglob("*")):
        assert not mode(path) & mask, path
    assert not mode(folder) & 0o007
    (exported,) = Path("out").iterdir()
    assert mode(exported) == 0o666 & ~mask


def test_what_is_replaced_keeps_its_mode(job: Path, enregard: Cli) -> None:
    Path("g.csv").write_text("source,target\n", "utf-8")
    Path("g.csv").chmod(0o600)
    enregard("glossary", "convert", "g.yaml", "g.csv", "--force")
    assert mode(Path("g.csv")) == 0o600


COMMANDS = {
    "review": ("review", "{job}", "--export", "{file}.json"),
    "export": ("export", "{job}", "--format", "csv", "--to", "."),
    "convert": ("glossary", "convert", "g.yaml", "{file}.csv"),
    "merge": ("glossary", "merge", "g.yaml", "--to", "{file}.yaml"),
    "memory": ("memory", "export", "{file}.csv"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("there", ["file", "link", "pipe", "folder"])
def test_nothing_is_overwritten_unasked_and_only_files_ever(
    name: str, there: str, job: Path, enregard: Cli
) -> None:
    if name == "memory":
        Path("m.csv").write_text("français,english\nUn chat.,A cat.\n", "utf-8")
        enregard("memory", "import", "m.csv")
    command = [each.format(job=job.name, file=job.name) for each in COMMANDS[name]]
    suffix = next((Path(each).suffix for each in command if "." in each[1:]), ".csv")
    target, victim = Path(f"{job.name}{suffix}"), Path("victim")
    if name == "merge":
        target = Path(f"{job.name}.yaml")
    if name == "convert":
        target = Path(f"{job.name}.csv")
    victim.write_bytes(b"mine")
    if there == "file":
        target.write_bytes(b"mine")
    elif there == "link":
        target.symlink_to(victim)
    elif there == "pipe":
        os.mkfifo(target)
    else:
        target.mkdir()
    refused = enregard(*command, code=2)
    assert refused.stderr.startswith(f"enregard: {target}") or target.name in refused.stderr
    forced = enregard(*command, "--force", code=0 if there == "file" else 2)
    assert victim.read_bytes() == b"mine"
    if there == "file":
        assert target.read_bytes() != b"mine"
        # What stands there already need not be replaced.
        enregard(*command)
    else:
        assert "choose another name" in forced.stderr
    assert not list(Path().glob(".tmp-*"))


# D8: what killed commands leave behind


def test_strays_of_the_dead_are_swept_and_those_of_the_living_left(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.files import *; print(temporary_name())"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    dead, living = tmp_path / done.stdout.strip(), tmp_path / temporary_name()
    foreign = tmp_path / ".tmp-of-somebody-else"
    dead.mkdir()
    for path in (dead / "x", living, foreign):
        path.touch()
    sweep_dead(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([living.name, foreign.name])


# D10: characters that nobody sees


@pytest.mark.parametrize(
    "unseen", ["\U000e0041", "\u2062", "\u3164", "\ufff9", "\u180e", "\u206a", "\u034f", "\ufe01"]
)
def test_what_nobody_sees_is_dropped_and_told(unseen: str) -> None:
    text, notices = clean(f"Un {unseen}accord.")
    assert text == "Un accord."
    assert notices[0].message == "1 invisible character removed, first on line 1"


@pytest.mark.parametrize(
    "seen",
    [
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "❤\ufe0f",
        "👨\u200d👩\u200d👧",
    ],
)
def test_what_is_seen_stays(seen: str) -> None:
    assert clean(f"Un {seen} accord.") == (f"Un {seen} accord.", ())


def test_hidden_words_after_a_flag_are_dropped() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert clean(f"{flag}\U000e0041\U000e0042")[0] == flag


# D11: a terminal is never steered by what is stored


@pytest.mark.parametrize("steering", ["\x1b]0;x\x07", "\x9b31m", "\u202e"])
@pytest.mark.parametrize(
    "command", [["show", "{job}"], ["show", "{job}", "--segments"], ["list"], ["quality", "{job}"]]
)
def test_no_control_character_reaches_the_terminal(
    steering: str, command: list[str], job: Path, enregard: Cli
) -> None:
    for report in job.glob("editions/*/report.json"):
        told = json.loads(report.read_bytes())
        told["title"]["fr"] = told["provenance"]["engine"]["title"] = f"a{steering}b"
        report.write_text(json.dumps(told), "utf-8")
    store = sqlite3.connect(job / "job.sqlite3")
    with store:
        store.execute("UPDATE segments SET source = source || ?", (f"a{steering}b",))
        store.execute("UPDATE memory SET text = text || ?", (f"a{steering}b",))
        store.execute("UPDATE findings SET message = message || ?", (f"a{steering}b",))
    store.close()
    arguments = [each.format(job=job.name) for each in command]
    for options in ([], ["--json"]):
        done = enregard(*arguments, *options, code=None)
        said = done.stdout + done.stderr
        assert not set("\x1b\x07\x9b\u202e") & set(said)


def test_commands_print_by_what_drops_such_characters() -> None:
    for module in (ROOT / "pipeline" / "cli").glob("*.py"):
        if module.name != "words.py":
            assert "click.echo" not in module.read_text("utf-8"), module


# D12 and the remedies


def test_a_name_that_no_file_can_have_is_one_line(job: Path, enregard: Cli) -> None:
    Path("c.yaml").write_text('output: "a\\0b"\n', "utf-8")
    refused = enregard("run", "t.md", "--config", "c.yaml", code=4)
    assert refused.stderr.startswith("enregard: c.yaml:1: ")


def test_a_job_that_was_never_started_is_not_damaged(job: Path, enregard: Cli) -> None:
    (job / "job.sqlite3").unlink()
    (listed,) = [json.loads(line) for line in enregard("list", "--json").stdout.splitlines()]
    assert (listed["state"], listed["unfinished"]) == ("unfinished", "read")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_an_export_that_cannot_be_written_names_its_own_option(job: Path, enregard: Cli) -> None:
    Path("closed").mkdir(0o500)
    refused = enregard("export", job.name, "--format", "csv", "--to", "closed", code=6)
    assert "check the folder and its permissions" in refused.stderr
    assert "with --to" in refused.stderr


def test_a_folder_that_cannot_be_made_names_its_own_option(job: Path, enregard: Cli) -> None:
    refused = enregard("export", job.name, "--format", "csv", "--to", "t.md/x", code=6)
    assert refused.stderr.endswith("or choose another folder with --to\n")


# Links that somebody put into a job


@pytest.mark.parametrize("name", ["job.sqlite3", "job.lock", "editions"])
def test_a_link_in_a_job_is_not_followed(name: str, job: Path, enregard: Cli) -> None:
    elsewhere = job.parent.parent / "elsewhere"
    (job / name).rename(elsewhere)
    (job / name).symlink_to(elsewhere)
    refused = enregard("resume", job.name, code=6)
    assert f"{name} is a link; put what it leads to in its place" in refused.stderr


@pytest.mark.parametrize("name", ["job.json", "job.sqlite3", "job.lock", "t.md"])
def test_nothing_waits_for_a_pipe(name: str, job: Path, enregard: Cli) -> None:
    place = job / name if name != "t.md" else job / "source.md"
    place.unlink()
    os.mkfifo(place)
    for command in (["list"], ["show", job.name], ["resume", job.name], ["run", "t.md"]):
        enregard(*command, code=None)


@pytest.mark.parametrize("harm", [os.mkfifo, lambda at: at.symlink_to("elsewhere")])
def test_a_lock_that_is_no_file_is_told_in_one_line(
    harm: Callable[[Path], None], job: Path, enregard: Cli
) -> None:
    (job / "job.lock").unlink(missing_ok=True)
    harm(job / "job.lock")
    for command in (
        ["resume", job.name],
        ["archive", job.name],
        ["delete", job.name, "--yes"],
    ):
        said = enregard(*command, code=None)
        assert said.exit_code != 0
        assert "\n" not in said.stderr.strip()
    refused = enregard("resume", job.name, code=6)
    assert "job.lock" in refused.stderr
    assert job.is_dir()
    (job / "job.lock").unlink()
    enregard("resume", job.name)


# D2, D9: what ships is checked before an edition


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that can be damaged: its files are links until one is replaced.

    What Python has compiled comes along, as it replaces such files and never writes into them.
    """
    folder = tmp_path_factory.mktemp("installation")
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", copy_function=os.link)
    shutil.copytree(
        ROOT / "models" / "fr-en-1", folder / "models" / "fr-en-1", copy_function=os.link
    )
    for name in ("config", "glossaries"):
        (folder / name).symlink_to(ROOT / name)
    return folder


DAMAGES: dict[str, Callable[[Path, bytes], object]] = {
    "truncated": lambda path, data: path.write_bytes(data[: len(data) // 2]),
    "emptied": lambda path, data: path.write_bytes(b""),
    "flipped": lambda path, data: path.write_bytes(bytes([data[0] ^ 1]) + data[1:]),
    "gone": lambda path, data: None,
}
# Every kind of damage, and a file of every kind; each pair costs two processes.
SHIPPED = {
    "pipeline/stages/publish/render/fonts/serif-regular.woff2": "truncated",
    "pipeline/stages/publish/render/templates/reader.html": "emptied",
    "pipeline/language/data/lexicon.tsv": "gone",
    "pipeline/language/data/dictionary.tsv": "flipped",
    "models/fr-en-1/network.onnx": "flipped",
    "models/fr-en-1/manifest.json": "gone",
    "pipeline/SHA256SUMS": "gone",
}


@pytest.mark.parametrize(("name", "damage"), SHIPPED.items())
def test_a_damaged_installation_is_named_by_doctor_and_before_an_edition(
    name: str, damage: str, installation: Path, tmp_path: Path
) -> None:
    path = installation / name
    data = path.read_bytes()
    path.unlink()
    DAMAGES[damage](path, data)
    (tmp_path / "t.md").write_text("Un accord.", "utf-8")
    try:
        for command in (["doctor"], ["run", "t.md"]):
            done = subprocess.run(
                [sys.executable, "-P", "-m", "pipeline", *command],
                cwd=tmp_path,
                env=os.environ | {"PYTHONPATH": str(installation)},
                capture_output=True,
                text=True,
            )
            said = done.stdout + done.stderr
            assert done.returncode == 1 if command == ["doctor"] else done.returncode > 1
            assert "Traceback" not in said
            assert Path(name).name in said
            assert "install Enregard again" in said
        if not name.startswith("models/"):
            assert not (tmp_path / "output").exists()
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(data)


def test_the_list_of_what_ships_is_that_of_the_files() -> None:
    assert (ROOT / "pipeline" / "SHA256SUMS").read_text("utf-8") == listing(), (
        "run `python tools/versions.py`"
    )


# D5: what SQLite cannot check


def columns(job: Path) -> list[tuple[str, str]]:
    store = sqlite3.connect(job / "job.sqlite3")
    tables = [
        name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    found = [
        (table, row[1]) for table in tables for row in store.execute(f"PRAGMA table_info({table})")
    ]
    store.close()
    return found


# All of them, and more, are tried by `make proof`.
WRONG: list[object] = ["x", 1 << 60]


@pytest.mark.parametrize("wrong", WRONG, ids=ascii)
def test_a_wrong_value_in_any_column_is_one_line(wrong: object, job: Path, enregard: Cli) -> None:
    enregard("review", job.name, "--number", "1", "--accept")
    whole = (job / "job.sqlite3").read_bytes()
    for table, column in columns(job):
        (job / "job.sqlite3").write_bytes(whole)
        store = sqlite3.connect(job / "job.sqlite3")
        value = wrong.encode("utf-8", "surrogatepass") if isinstance(wrong, str) else wrong
        how = "CAST(? AS TEXT)" if isinstance(wrong, str) else "?"
        with suppress(sqlite3.Error), store:
            store.execute(f'UPDATE OR REPLACE {table} SET "{column}" = {how}', (value,))
        store.close()
        for command in (
            ["list", "--json"],
            ["show", job.name],
            ["show", job.name, "--segments"],
            ["quality", job.name],
            ["review", job.name, "--list"],
            ["dismiss", job.name],
            ["resume", job.name],
            ["export", job.name, "--format", "csv", "--to", "out", "--force"],
        ):
            done = enregard(*command, code=None)
            assert done.exit_code in (0, 1, 2, 4, 5, 6, 7), (table, column, command)
            assert done.stderr.count("enregard: ") <= 1


def test_every_defect_has_its_test() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (D\d+) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE))
    assert list(rows) == [f"D{number}" for number in range(1, 13)]
    for tests in rows.values():
        for name in re.findall(r"`(\w+)`", tests):
            assert callable(globals()[name])
