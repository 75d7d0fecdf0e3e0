"""Many documents: each is published or its failure told, and an interrupted batch goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import Result

from pipeline.files import locked
from pipeline.service import jobs
from pipeline.service.batch import BatchItem, BatchOrder, Doing, list_items, open_batch
from pipeline.service.batch import run as batch_run
from pipeline.service.batch.ledger import DocumentRecord, Ledger
from tests.support.obedient import Obedient

Cli = Callable[..., Result]


pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, one of which cannot be read, and settings that publish quickly."""
    place = tmp_path / "in"
    place.mkdir()
    (tmp_path / "enregard.yaml").write_text(
        "glossaries: []\npublish: {pdf: false}\ntranslate: {lexicon: false}\n", "utf-8"
    )
    (place / "a.md").write_text("Le comité siège à Tallinn.\n", "utf-8")
    (place / "b.txt").write_bytes(b"\xff\xfe\xff")
    (place / "c.md").write_text("Le port est fermé. Les marins attendent.\n", "utf-8")
    return place


def records(result: Result) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return {Path(each["path"]).name: each for each in found}


def summary(tmp_path: Path) -> Any:
    (path,) = tmp_path.glob("output/batches/*/batch.json")
    return json.loads(path.read_text("utf-8"))


def test_a_document_that_fails_keeps_no_other_from_its_edition(
    folder: Path, tmp_path: Path, engine: Obedient, enregard: Cli
) -> None:
    result = enregard("batch", folder, "--json", code=1)
    found = records(result)
    states = [found[name]["state"] for name in ("a.md", "b.txt", "c.md")]
    assert states == ["published", "failed", "published"]
    assert "b.txt" in found["b.txt"]["problem"]
    assert "failed: b.txt" in result.stderr
    assert engine.opened == 1
    totals = summary(tmp_path)["totals"]
    assert (totals["documents"], totals["published"], totals["segments"]) == (3, 2, 3)
    (folder / "b.txt").unlink()
    enregard("batch", folder)


def test_the_same_again_runs_only_what_is_not_published_as_asked(
    folder: Path, engine: Obedient, enregard: Cli
) -> None:
    enregard("batch", folder, code=1)
    engine.asked.clear()
    (folder / "b.txt").write_text("La mer est haute.\n", "utf-8")
    result = enregard("batch", folder)
    assert engine.asked == ["La mer est haute."]
    assert result.stderr.count("published already") == 2
    (folder / "c.md").write_text("Le port est fermé. Les marins dorment.\n", "utf-8")
    result = enregard("batch", folder, "--json")
    assert engine.asked == ["La mer est haute.", "Les marins dorment."]
    job = records(result)["c.md"]["job"]
    assert json.loads(enregard("show", job, "--json").stdout)["revision"] == 2


def test_a_job_that_was_put_away_stays_so_and_hides_no_corrected_text(
    folder: Path, enregard: Cli
) -> None:
    job = records(enregard("batch", folder, "--json", code=1))["c.md"]["job"]
    enregard("archive", job)
    again = records(enregard("batch", folder, "--json", code=1))["c.md"]
    assert (again["job"], again["state"]) == (job, "published")
    assert job not in enregard("list").stdout
    (folder / "c.md").write_text("Le port est fermé. Les marins dorment.\n", "utf-8")
    for _ in range(2):
        new = records(enregard("batch", folder, "--json", code=1))["c.md"]["job"]
        assert new != job
        assert new in enregard("list").stdout
    assert job in enregard("list", "--archived").stdout


def test_what_a_person_decided_since_is_published(folder: Path, enregard: Cli) -> None:
    job = records(enregard("batch", folder, "--json", code=1))["a.md"]["job"]
    decide = ("review", job, "--segment", "b0000.s01", "--sentence", "It sits.", "--no-rebuild")
    enregard(*decide)
    result = enregard("batch", folder, "--json", code=1)
    (told,) = (line for line in result.stderr.splitlines() if "a.md" in line)
    assert "published already" not in told
    shown = enregard("show", job, "--segments", "--json").stdout
    assert json.loads(shown)["target"] == "It sits."


def test_a_batch_that_was_killed_goes_on(
    folder: Path, engine: Obedient, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, add, kept = jobs.run_text, Ledger.add, Event()

    def killed(path: Path, *rest: Any) -> Any:
        if path.name == "c.md":
            assert kept.wait(300)
            raise KeyboardInterrupt
        return real(path, *rest)

    def added(self: Ledger, record: DocumentRecord) -> None:
        add(self, record)
        if record.path.endswith("a.md"):
            kept.set()

    monkeypatch.setattr(batch_run, "run_text", killed)
    monkeypatch.setattr(Ledger, "add", added)
    result = enregard("batch", folder, code=130)
    assert "run the same again" in result.stderr
    assert "1 of 3 documents published" in result.stdout
    monkeypatch.setattr(batch_run, "run_text", real)
    (ledger,) = folder.parent.glob("output/batches/*/documents.jsonl")
    ledger.write_bytes(ledger.read_bytes() + b'{"path": "cut o')
    result = enregard("batch", folder, code=1)
    assert engine.asked.count("Le comité siège à Tallinn.") == 1
    assert "2 of 3 documents published" in result.stdout


def test_files_of_one_name_have_a_job_each(folder: Path, enregard: Cli) -> None:
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "a.md").write_text("Le comité siège à Tallinn.\n", "utf-8")
    again = ("batch", folder, "--recursive", "--pattern", "*.md")
    enregard(*again)
    assert len(enregard("list", "--json").stdout.splitlines()) == 4
    result = enregard(*again)
    assert result.stderr.count("published already") == 4


def test_a_list_gives_documents_wishes_of_their_own(
    folder: Path, tmp_path: Path, enregard: Cli
) -> None:
    (tmp_path / "g.yaml").write_text(
        "name: G\nentries: [{source: comité, target: panel}]\n", "utf-8"
    )
    (tmp_path / "list.csv").write_text(
        "path,title,glossary,settings\nin/a.md,Le comité,g.yaml,publish.english=us\n"
        "in/c.md,,,publish.nothing=1\n",
        "utf-8",
    )
    found = records(enregard("batch", "list.csv", "--json", code=1))
    assert found["a.md"]["problem"] is None
    assert "unknown setting 'publish.nothing'" in found["c.md"]["problem"]
    status = json.loads(enregard("show", found["a.md"]["job"], "--json").stdout)
    assert "panel" in Path(status["files"]["segments.jsonl"]).read_text("utf-8")
    report = json.loads(Path(status["files"]["report.json"]).read_text("utf-8"))
    assert report["title"]["fr"] == "Le comité"
    history = enregard("resume", status["job"], "--set", "publish.english=gb")
    assert "publish.english us → gb" in history.stderr


def test_two_of_one_batch_do_not_meet(folder: Path, tmp_path: Path, enregard: Cli) -> None:
    enregard("batch", folder, "--name", "mine", code=1)
    with locked(tmp_path / "output" / "batches" / "mine" / "batch.lock"):
        refused = enregard("batch", folder, "--name", "mine", code=6)
    assert "mine is in use by another run" in refused.stderr
    refused = enregard("batch", folder, "--name", "../mine", code=2)
    assert "call it 'mine'" in refused.stderr


def test_a_watched_folder_is_run_when_a_file_has_stopped_changing(
    folder: Path, tmp_path: Path
) -> None:
    order = BatchOrder(flags={"publish.pdf": False, "glossaries": []})
    (folder / "b.txt").unlink()
    said: list[str] = []

    def watcher(doing: Doing) -> None:
        if doing.record is not None:
            said.append(f"{doing.path.name} {doing.record.state}")

    def listed() -> Sequence[BatchItem]:
        return list_items([folder])

    looks = 0

    def wait() -> bool:
        nonlocal looks
        looks += 1
        if looks <= 2:
            (folder / "new.md").write_text("Bonjour. " * looks, "utf-8")
        return looks < 6

    with open_batch(tmp_path / "output", "mine", order) as batch:
        batch.run(listed(), watcher)
        batch.watch(listed, watcher, wait)
    assert sorted(said[:2]) == ["a.md published", "c.md published"]
    assert said[2:] == ["new.md published"]
    assert looks == 6


def test_a_list_that_is_being_saved_empties_no_summary(
    folder: Path, tmp_path: Path, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tmp_path / "list.csv"
    found.write_text("path\nin/a.md\nin/b.txt\n", "utf-8")

    def interrupted() -> bool:
        found.write_bytes(b"pa\xff")
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cli.batch._wait", interrupted)
    result = enregard("batch", "list.csv", "--watch", code=1)
    assert "list.csv" in result.stderr
    assert "1 of 2 documents published" in result.stdout
    assert summary(tmp_path)["totals"]["documents"] == 2


def test_the_page_shows_names_as_text_and_asks_for_nothing(
    folder: Path, tmp_path: Path, enregard: Cli
) -> None:
    (folder / "<b>x.md").write_text("Bonjour, <i>monde</i>.\n", "utf-8")
    enregard("batch", folder, code=1)
    (path,) = tmp_path.glob("output/batches/*/batch.html")
    page = path.read_text("utf-8")
    assert "&lt;b&gt;x.md" in page
    assert "<b>" not in page
    assert "default-src &#39;none&#39;" in page
    assert page.count("<figure>") == 2
    assert "http" not in page.split("<body>")[1]
