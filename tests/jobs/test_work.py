"""What is known of a sentence is carried along: a run works nothing out again and again."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest
from click.testing import Result

from pipeline.checks import CHECKS, Case
from pipeline.glossary import verify
from pipeline.model import Doubt
from tests.support.obedient import Obedient

Cli = Callable[..., Result]

GLOSSARY = "name: Essai\nentries: [{source: comité, target: committee}]\n"


def test_a_sentence_is_checked_once_and_its_glossary_verified_four_times_at_most(
    article: Path,
    tmp_path: Path,
    engine: Obedient,
    enregard: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "g.yaml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "c.yaml").write_text("glossaries: [g.yaml]\npublish: {pdf: false}\n", "utf-8")
    checked: Counter[str] = Counter()
    verified: Counter[str] = Counter()
    length = CHECKS["length"]

    def run(case: Case) -> Iterable[Doubt]:
        checked[case.source] += 1
        return length.run(case)

    monkeypatch.setitem(CHECKS, "length", replace(length, run=run))

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is verify.__code__:
            verified[frame.f_locals["segment_id"]] += 1

    sys.setprofile(count)
    try:
        enregard("run", article, "--config", tmp_path / "c.yaml")
    finally:
        sys.setprofile(None)
    judged_once = [source for source, times in Counter(engine.asked).items() if times == 1]
    assert judged_once
    assert {checked[source] for source in judged_once} == {1}
    assert max(verified.values()) <= 4
    assert len(verified) == len(checked)
