"""A process opens an engine once, however many texts it translates, and another one anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.engines import choose_engine, opened
from tests.support.obedient import Obedient, offer


def test_several_files_and_what_follows_share_an_engine(
    engine: Obedient, tmp_path: Path, enregard: Callable[..., Result]
) -> None:
    (tmp_path / "c.yaml").write_text("publish: {pdf: false}\n", "utf-8")
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Un texte, {name}.", "utf-8")
    enregard("run", "a.txt", "b.txt", "c.txt", "--config", "c.yaml")
    assert len(engine.asked) == 3
    assert engine.opened == 1
    enregard("glossary", "extract", "a.txt", "--least", "1", "-o", "g.yaml")
    assert engine.opened == 1


def test_another_model_or_another_number_of_threads_is_opened_anew(
    engine: Obedient, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = choose_engine("embedded")
    assert opened(offered, 1) is opened(offered, 1)
    opened(offered, 2)
    assert engine.opened == 2
    other = Obedient()
    offer(other, monkeypatch)
    assert opened(choose_engine("embedded"), 1) is other


def test_a_process_keeps_the_two_engines_that_it_used_last(engine: Obedient) -> None:
    offered = choose_engine("embedded")
    for threads in (11, 12, 11, 13, 11):
        opened(offered, threads)
    assert engine.opened == 3
    opened(offered, 12)
    assert engine.opened == 4
