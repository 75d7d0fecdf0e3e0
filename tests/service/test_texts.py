"""A text is read once for whatever is done with it; a run that goes on reads the job's copy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.documents import READERS, Draft
from pipeline.errors import InputError
from pipeline.service.jobs import make_plan
from pipeline.service.texts import read_text
from tests.support.obedient import Obedient, offer

Cli = Callable[..., Result]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Give what the reader of Markdown is given, as it is given it; no model is loaded."""
    offer(Obedient(), monkeypatch)
    given: list[bytes] = []
    reader = READERS[".md"]

    def counting(data: bytes, encoding: str) -> Draft:
        given.append(data)
        return reader(data, encoding)

    monkeypatch.setitem(READERS, ".md", counting)
    return given


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "c.yaml"
    path.write_text("publish: {pdf: false}\n", "utf-8")
    return path


def test_a_run_reads_its_text_once(
    article: Path, config: Path, read: list[bytes], enregard: Cli
) -> None:
    enregard("run", article, "--config", config)
    assert read == [article.read_bytes()]
    enregard("glossary", "extract", article, "--no-engine", "-o", "g.yaml")
    assert len(read) == 2


def test_a_run_that_goes_on_reads_the_copy_of_the_job(
    article: Path, config: Path, tmp_path: Path, read: list[bytes], enregard: Cli
) -> None:
    made = json.loads(enregard("run", article, "--config", config, "--json").stdout)
    folder = Path(made["folder"])
    edition = (folder / "edition.html").read_bytes()
    text = article.read_bytes()
    article.unlink()
    enregard("resume", made["job"])
    assert len(read) == 1
    with closing(sqlite3.connect(folder / "job.sqlite3")) as db, db:
        db.execute("DELETE FROM stage_runs WHERE stage = 'read'")
    enregard("resume", made["job"])
    assert read == [text, text]
    assert (folder / "edition.html").read_bytes() == edition


def test_other_settings_for_reading_read_again(
    article: Path, config: Path, read: list[bytes], enregard: Cli
) -> None:
    enregard("run", article, "--config", config)
    config.write_text("publish: {pdf: false}\nread: {max_block_chars: 1000}\n", "utf-8")
    done = enregard("run", article, "--config", config)
    assert "nothing to do" not in done.stderr
    assert len(read) == 2


def test_the_name_and_the_text_itself_say_the_scopes(tmp_path: Path) -> None:
    settings = make_plan().settings.read
    path = tmp_path / "no\u200bte.fr.md"
    path.write_text("---\nscope: presse\n---\nUn texte.", "utf-8")
    text = read_text(path, settings)
    assert text.name == "note.fr.md"
    assert text.scopes == ("note.fr.md", "note.fr", "presse")
    with pytest.raises(InputError, match=r"b\.md does not exist"):
        read_text(tmp_path / "b.md", settings)
