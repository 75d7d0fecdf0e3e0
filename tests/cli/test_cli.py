"""The command line as users and other programs meet it: output, exit codes, one-line errors."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.obedient import Obedient

Cli = Callable[..., Result]
# What commands say and leave is no matter of the model; where processes are started, it is there.
pytestmark = pytest.mark.usefixtures("engine")


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_run_show_list_publish(article: Path, fast_config: Path, enregard: Cli) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    assert made["state"] == "published"
    assert made["segments"] == made["translated"] == 6
    files = made["files"]
    assert isinstance(files, dict)
    assert set(files) == {
        "edition.html",
        "edition.pdf",
        "quality.html",
        "report.json",
        "segments.jsonl",
        "SHA256SUMS",
    }
    before = {name: Path(path).read_bytes() for name, path in files.items()}
    assert before["edition.pdf"].startswith(b"%PDF-")

    assert records(enregard("list", "--json")) == [made]
    assert str(made["job"]) in enregard("list").stdout
    assert "segments  6" in enregard("show", made["job"]).stdout

    segments = records(enregard("show", made["job"], "--segments", "--json"))
    # What stood there before the text was corrected is the job's to tell, not the edition's.
    assert [segment.pop("earlier") for segment in segments] == [None] * 6
    assert before["segments.jsonl"].decode().splitlines() == [
        json.dumps(segment, ensure_ascii=False) for segment in segments
    ]
    report = json.loads(before["report.json"])
    assert report["scorecard"]["segments"] == 6

    assert records(enregard("publish", made["job"], "--json")) == [made]
    assert {name: Path(path).read_bytes() for name, path in files.items()} == before


def test_every_segment_is_there_once_and_reproduces_its_block(
    article: Path, fast_config: Path, enregard: Cli
) -> None:
    alone = records(enregard("segment", article, "--json"))
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    shown = records(enregard("show", made["job"], "--segments", "--json"))
    keys = ("id", "block", "start", "end", "source")
    assert [[segment[key] for key in keys] for segment in shown] == [
        [segment[key] for key in keys] for segment in alone
    ]
    assert len({segment["id"] for segment in shown}) == len(shown)
    assert all(segment["target"] and segment["confidence"] is not None for segment in shown)
    assert [segment["source"] for segment in shown] == [
        "Un accord à Tallinn",
        "Les ministres des Affaires étrangères de 12 pays ont signé mardi un accord à Tallinn.",
        "« C’est un succès », a déclaré M. Kask.",
        "Le texte prévoit 3,4 milliards d’euros d’aide.",
        "Les Nations unies n’ont pas commenté cette décision.",
        "Un comité se réunira en 2027.",
    ]


def test_segment_tells_whose_text_it_is_and_what_was_left_out(
    tmp_path: Path, enregard: Cli
) -> None:
    text = (
        "---\ntitle: Le budget\nauthor: [Anne Roy, Paul Vial]\n---\nLe maire parle. <!-- non -->\n"
    )
    shown = enregard("segment", write(tmp_path / "a.md", text.encode()))
    assert shown.stdout.splitlines() == ["b0000.s01  Le budget", "b0001.s01  Le maire parle."]
    assert shown.stderr.splitlines() == [
        "author    Anne Roy, Paul Vial",
        "note      1 comment left out",
    ]


def test_a_reference_adds_signed_metrics(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    shown = records(enregard("show", made["job"], "--segments", "--json"))
    reference = tmp_path / "reference.txt"
    reference.write_text("\n".join(str(segment["target"]) for segment in shown), "utf-8")
    enregard("run", article, "--config", fast_config, "--reference", reference)
    (measured,) = records(enregard("show", made["job"], "--json"))
    report = json.loads(Path(measured["files"]["report.json"]).read_text("utf-8"))  # type: ignore[index]
    metrics = {metric["name"]: metric for metric in report["metrics"]}
    assert metrics["BLEU"]["score"] == pytest.approx(100)
    assert metrics["TER"]["score"] == 0
    assert all("version:" in metric["signature"] for metric in metrics.values())
    reference.write_text("One line.\n\nTwo.\n\nThree.", "utf-8")
    refused = enregard("run", article, "--config", fast_config, "--reference", reference, code=3)
    assert "6" in refused.stderr
    assert "3" in refused.stderr


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


BAD_INPUT: dict[str, tuple[bytes | None, int, str]] = {
    "missing.txt": (None, 3, "does not exist"),
    "empty.txt": (b"", 3, "empty"),
    "blank.txt": (b"\n \n", 3, "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, 3, "not"),
    "latin.txt": ("Été à Besançon.".encode("cp1252"), 3, "--encoding cp1252"),
    "wide.txt": ("Été.".encode("utf-16"), 3, "--encoding utf-16"),
    "line.txt": (b"mot " * 20_000, 3, "over the limit"),
    "word.txt": (b"a" * 1_000_000, 3, "over the limit"),
    "book.docx": (b"PK\x03\x04", 3, "not a whole document"),
    "sheet.xlsx": (b"PK\x03\x04", 3, "reads .txt, .md"),
    "front.md": (b"---\ntitle: &a [\n---\nTexte.", 3, "front matter"),
}


@pytest.mark.parametrize("name", BAD_INPUT)
@pytest.mark.parametrize("command", ["run", "segment"])
def test_bad_input_is_one_clear_line(
    command: str, name: str, tmp_path: Path, enregard: Cli
) -> None:
    data, code, says = BAD_INPUT[name]
    if data is not None:
        write(tmp_path / name, data)
    result = enregard(command, tmp_path / name, code=code)
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run", "."], 3, "is a folder"),
        (["run", "accord.md", "--config", "absent.yaml"], 4, "does not exist"),
        (["run", "accord.md", "--config", "broken.yaml"], 4, "broken.yaml:1"),
        (["run", "accord.md", "--glossary", "absent.yaml"], 4, "does not exist"),
        (["run", "accord.md", "--glossary", "broken.yaml"], 4, "broken.yaml:1"),
        (["run", "accord.md", "--engine", "argos"], 5, "--engine auto"),
        (["run", "accord.md", "--encoding", "klingon"], 3, "not known"),
        (["run", "accord.md", "--output", "accord.md"], 2, "is not a folder"),
        (["run", "accord.md", "--output", "/proc/nowhere"], 6, "cannot be written"),
        (["resume", "nothing"], 2, "enregard list"),
        (["resume", "../../etc"], 2, "is not in output"),
        (["run", "accord.md", "--config", "flat.yaml"], 4, "flat.yaml:1: engine is a section"),
        (["show", ""], 2, "enregard list"),
        (["publish", "nothing"], 2, "enregard list"),
    ],
)
def test_bad_arguments_are_one_clear_line(
    arguments: list[str], code: int, says: str, article: Path, tmp_path: Path, enregard: Cli
) -> None:
    write(tmp_path / "broken.yaml", b"a: [1\nb: }")
    write(tmp_path / "flat.yaml", b"engine: embedded")
    result = enregard(*arguments, code=code)
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_job_is_found_by_the_beginning_of_its_name_or_its_path(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    for name in ("acc", f"output/{made['job']}", f"output/{made['job']}/"):
        assert records(enregard("show", name, "--json")) == [made]
    write(tmp_path / "accueil.txt", b"Bonjour.")
    enregard("run", tmp_path / "accueil.txt", "--config", fast_config)
    assert "fits several jobs" in enregard("show", "acc", code=2).stderr


def test_the_copy_of_the_source_is_restored_by_a_run_and_never_trusted_when_changed(
    article: Path, fast_config: Path, enregard: Cli
) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    copy = Path(str(made["folder"]), "source.md")
    copy.write_text("Autre chose.", "utf-8")
    fast_config.write_text(fast_config.read_text() + "read: {max_block_chars: 4000}\n", "utf-8")
    enregard("run", article, "--config", fast_config)
    assert copy.read_bytes() == article.read_bytes()
    copy.unlink()
    with closing(sqlite3.connect(copy.with_name("job.sqlite3"))) as db:
        db.execute("DELETE FROM stage_runs")
        db.commit()
    assert "run the text again" in enregard("resume", made["job"], code=6).stderr


def test_one_unfit_text_does_not_stop_the_others(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    write(tmp_path / "b.txt", b"Bonjour.")
    files = [article, "absent.txt", tmp_path / "b.txt"]
    result = enregard("run", *files, "--config", fast_config, "--json", code=3)
    assert [made["source"] for made in records(result)] == ["accord.md", "b.txt"]
    assert "absent.txt does not exist" in result.stderr


def test_a_run_that_is_refused_changes_nothing(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    write(tmp_path / "checks.yaml", b"checks: {disabled: [punctuations]}")
    write(tmp_path / "off.yaml", b"publish: {html: false, pdf: false}")
    write(tmp_path / "reference.txt", b"One.\n\nTwo.")
    refused = {
        ("--config", "checks.yaml"): (4, "did you mean 'punctuation'"),
        ("--config", "off.yaml"): (4, "turn one on"),
        ("--engine", "argos"): (5, "--engine auto"),
        ("--reference", "reference.txt"): (3, "does not fit"),
    }
    for arguments, (code, says) in refused.items():
        assert says in enregard("run", article, *arguments, code=code).stderr
    assert records(enregard("resume", made["job"], "--json")) == [made]


def test_an_unchanged_run_adds_no_snapshot(article: Path, fast_config: Path, enregard: Cli) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    enregard("run", article, "--config", fast_config)
    with closing(sqlite3.connect(Path(str(made["folder"])) / "job.sqlite3")) as db:
        assert db.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)


def test_the_same_bytes_under_two_names_are_two_jobs(
    tmp_path: Path, fast_config: Path, enregard: Cli
) -> None:
    for name in ("note.md", "note.txt"):
        write(tmp_path / name, b"# Un titre\n\nUn texte.")
    made = [
        records(enregard("run", n, "--config", fast_config, "--json"))[0]
        for n in ("note.md", "note.txt")
    ]
    assert made[0]["job"] != made[1]["job"]
    assert [job["source"] for job in made] == ["note.md", "note.txt"]


def test_a_file_name_that_is_no_text(tmp_path: Path, fast_config: Path, enregard: Cli) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    write(path, b"Bonjour.")
    (made,) = records(enregard("run", path, "--config", fast_config, "--json"))
    assert made["source"] == "caf\ufffd.txt"


def test_a_lost_edition_is_made_again(article: Path, fast_config: Path, enregard: Cli) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    before = Path(str(made["folder"]), "edition.pdf").read_bytes()
    for lost in ("edition.pdf", "editions"):
        path = Path(str(made["folder"]), lost)
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        (listed,) = records(enregard("list", "--json"))
        assert (listed["state"], listed["unfinished"]) == ("unfinished", "publish")
        assert records(enregard("resume", made["job"], "--json")) == [made]
        assert Path(str(made["folder"]), "edition.pdf").read_bytes() == before


def test_an_edition_that_is_turned_off_is_taken_away(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    fast_config.write_text(fast_config.read_text() + "publish: {html: false}\n")
    (later,) = records(enregard("run", article, "--config", fast_config, "--json"))
    assert "edition.html" not in later["files"]  # type: ignore[operator]
    assert not Path(str(made["folder"]), "edition.html").exists()


def test_a_damaged_job_hides_no_other(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    (tmp_path / "output" / "zzz").mkdir()
    write(tmp_path / "output" / "zzz" / "job.json", b"{")
    well, damaged = records(enregard("list", "--json"))
    assert well == made
    assert (damaged["job"], damaged["state"]) == ("zzz", "damaged")
    assert "damaged" in enregard("list").stdout
    assert "is damaged" in enregard("show", "zzz", code=6).stderr


def test_a_full_disk_is_one_clear_line_and_nothing_is_lost(
    article: Path, fast_config: Path, tmp_path: Path
) -> None:
    """Let no file grow past a size that the edition needs: the system's own way to be full."""

    def small_files() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, 250_000))

    command = [sys.executable, "-m", "pipeline", "run", article.name, "--config", fast_config.name]
    full = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, preexec_fn=small_files
    )
    assert full.returncode in (6, 7), full.stderr
    assert full.stderr.splitlines()[-1].startswith("enregard: ")
    assert "free some space" in full.stderr
    assert "Traceback" not in full.stderr
    after = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert after.returncode == 0, after.stderr
    assert "translate  nothing to do" in after.stderr


def test_strict_fails_on_a_blocking_finding(
    tmp_path: Path, engine: Obedient, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "c.yaml").write_text("publish: {pdf: false}\n", "utf-8")
    (tmp_path / "a.txt").write_text("Les ministres se réunissent à Tallinn.\n", "utf-8")
    arguments = ["run", "a.txt", "--config", "c.yaml"]
    monkeypatch.setattr(engine, "_obey", lambda _: "The ministers are meeting in Tallinn.")
    enregard(*arguments, "--strict")
    monkeypatch.setattr(engine, "_obey", lambda _: "")
    again = [*arguments, "--output", "empty"]
    assert records(enregard(*again, "--json"))[0]["findings"]["block"]  # type: ignore[index]
    enregard(*again, "--strict", code=1)


def test_the_reader_of_a_pipe_may_leave(article: Path) -> None:
    shell = f"'{sys.executable}' -m pipeline segment '{article}' | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", shell],
        capture_output=True,
        text=True,
        cwd=os.getcwd(),  # noqa: PTH109
    )
    assert done.stdout.strip() in ("0", "141")
    assert "Traceback" not in done.stderr


def test_the_same_text_gives_the_same_bytes_anywhere(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = [
        records(enregard("run", article, "--config", fast_config, "--output", name, "--json"))[0]
        for name in ("one", "two")
    ]
    first, second = ({n: Path(p).read_bytes() for n, p in m["files"].items()} for m in made)  # type: ignore[attr-defined]
    assert first == second
    assert b"2023-11-14" in first["report.json"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert "SOURCE_DATE_EPOCH" in enregard("run", article, "--config", fast_config, code=2).stderr
