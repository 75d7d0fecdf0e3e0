"""Thresholds change without checking again: what the checks measured is judged from the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from pipeline import engines
from pipeline.checks import CHECKS, Check
from pipeline.engines import Offer
from tests.support.obedient import Obedient

Cli = Callable[..., Result]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The checks whose bodies have run, in order; the engine is a fake that loads nothing."""
    engine = Obedient()
    offer = Offer(lambda: engine.card, lambda threads: engine, 16, "here")
    monkeypatch.setitem(engines.ENGINES, "embedded", lambda: [offer])
    ids: list[str] = []

    def noted(name: str, body: Callable[[Any], Iterable[Any]]) -> Callable[[Any], Iterable[Any]]:
        def run(given: Any) -> Iterable[Any]:
            ids.append(name)
            return body(given)

        return run

    def counted(check: Check) -> Check:
        whole = check.run_document
        return replace(
            check,
            run=noted(check.id, check.run),
            run_document=whole and noted(check.id, whole),
        )

    for name, check in CHECKS.items():
        monkeypatch.setitem(CHECKS, name, counted(check))
    return ids


def test_a_changed_threshold_is_judged_without_a_check(
    article: Path, tmp_path: Path, ran: list[str], enregard: Cli
) -> None:
    def looks(checks: str) -> int:
        ran.clear()
        text = f"checks: {checks}\npublish: {{pdf: false}}\n"
        (tmp_path / "c.yaml").write_text(text, "utf-8")
        made = json.loads(enregard("run", article, "--config", "c.yaml", "--json").stdout)
        found: int = made["findings"]["look"]
        return found

    usual = looks("{}")
    assert set(ran) == CHECKS.keys()
    strict = looks("{thresholds: {confidence: -0.1}}")
    assert ran == []
    assert strict > usual
    assert looks("{thresholds: {confidence: -0.1}, disabled: [confidence]}") == usual
    assert ran == []
    assert looks("{}") == usual
    assert ran == []


def test_dismissing_checks_nothing_and_another_translation_is_checked(
    article: Path, ran: list[str], enregard: Cli
) -> None:
    job = json.loads(enregard("run", article, "--json").stdout)["job"]
    found = json.loads(enregard("dismiss", job, "--json").stdout.splitlines()[0])
    ran.clear()
    enregard("dismiss", job, found["id"])
    assert ran == []
    written = ("--segment", found["segment_id"], "--sentence", "It is another one.")
    enregard("review", job, *written)
    assert set(ran) == CHECKS.keys()
