"""A small job, translated by a fake engine that obeys hints and counts what it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.obedient import Obedient
from tests.support.small_job import CONFIG, GLOSSARY, TEXT, Cli, run


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings with a glossary, without PDF and dictionary."""
    path = tmp_path / "c.yaml"
    path.write_text(CONFIG, "utf-8")
    (tmp_path / "g.yaml").write_text(GLOSSARY, "utf-8")
    return path


@pytest.fixture
def job(tmp_path: Path, config: Path, engine: Obedient, enregard: Cli) -> str:
    """A finished job of four sentences with five occurrences; the engine has forgotten them."""
    name = run(tmp_path, config, enregard, TEXT)
    engine.asked.clear()
    return name
