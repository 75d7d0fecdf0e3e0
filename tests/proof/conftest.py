"""A job of three sentences, made by an engine without a model, for whatever is done to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.obedient import Obedient, offer
from tests.support.small_job import GLOSSARY, TEXT

Cli = Callable[..., Result]


@pytest.fixture
def job(tmp_path: Path, enregard: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a published job; the current folder holds its text and its settings."""
    offer(Obedient(), monkeypatch)
    (tmp_path / "g.yaml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "t.md").write_text(TEXT, "utf-8")
    (tmp_path / "enregard.yaml").write_text(
        "glossaries: [g.yaml]\npublish: {pdf: false}\nengine: {name: embedded}\n", "utf-8"
    )
    made = enregard("run", tmp_path / "t.md", "--json")
    return Path(json.loads(made.stdout)["folder"])
