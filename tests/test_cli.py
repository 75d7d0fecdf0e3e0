"""The command line as users and other programs meet it: output, exit codes, one-line errors."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Cli = Callable[..., Result]


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
    "book.docx": (b"PK\x03\x04", 3, "reads .txt, .md"),
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
        (["run", "accord.md", "--output", "accord.md"], 6, "cannot be written"),
        (["run", "accord.md", "--output", "/proc/nowhere"], 6, "cannot be written"),
        (["resume", "nothing"], 2, "enregard list"),
        (["resume", "../../etc"], 2, "enregard list"),
        (["show", ""], 2, "enregard list"),
        (["publish", "nothing"], 2, "enregard list"),
    ],
)
def test_bad_arguments_are_one_clear_line(
    arguments: list[str], code: int, says: str, article: Path, tmp_path: Path, enregard: Cli
) -> None:
    write(tmp_path / "broken.yaml", b"a: [1\nb: }")
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


def test_a_changed_source_is_noticed(article: Path, fast_config: Path, enregard: Cli) -> None:
    (made,) = records(enregard("run", article, "--config", fast_config, "--json"))
    Path(str(made["folder"]), "source.md").write_text("Autre chose.", "utf-8")
    other = fast_config.with_name("other.yaml")
    other.write_text("read: {max_block_chars: 4000}", "utf-8")
    assert "was changed" in enregard("run", article, "--config", other, code=6).stderr


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
    tmp_path: Path, article: Path, fast_config: Path, enregard: Cli
) -> None:
    write(
        tmp_path / "g.yaml",
        b"name: G\nentries: [{source: Tallinn, target: Xyzzyville-on-Sea, kind: name}]",
    )
    arguments = ["run", article, "--config", fast_config, "--glossary", tmp_path / "g.yaml"]
    (made,) = records(enregard(*arguments, "--json"))
    blocked = bool(made["findings"]["block"])  # type: ignore[index]
    enregard(*arguments, "--strict", code=int(blocked))


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
