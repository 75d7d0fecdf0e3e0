"""What tests of the command line share: a small job, translated by a fake engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.obedient import Obedient, offer
from tests.support.small_job import CONFIG, GLOSSARY, TEXT, Cli, run


@pytest.fixture
def job(tmp_path: Path, enregard: Cli, monkeypatch: pytest.MonkeyPatch) -> str:
    """A finished job of four sentences."""
    offer(Obedient(), monkeypatch)
    (tmp_path / "c.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "g.yaml").write_text(GLOSSARY, "utf-8")
    return run(tmp_path, tmp_path / "c.yaml", enregard, TEXT)
