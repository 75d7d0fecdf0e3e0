"""Other translations of a sentence: which there are, and a process that has no answer."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import EngineError
from pipeline.model import Hypothesis, Request
from pipeline.service import processes
from pipeline.service.helper import answer
from pipeline.service.hypotheses import Hypotheses, OtherText
from tests.support.obedient import Obedient, offer


class Wavering(Obedient):
    """Has something else to say, less probably, and says it twice."""

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        best = super().translate(requests, beam_size, guarded)
        other = (Hypothesis("All is well.", -0.4, True), Hypothesis("all is well.", -0.5, True))
        return [(*each, *other) for each in best]


def told(output: Path, *questions: tuple[str, str]) -> list[dict[str, object]]:
    answers = io.StringIO()
    answer(output, [json.dumps(each) for each in questions], answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_the_engine_is_asked_for_all_it_has(
    job: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(Wavering(), monkeypatch)
    first, second = told(tmp_path / "output", (job, "b0001.s02"), (job, "nothing"))
    texts = [each["text"] for each in first["texts"]]  # type: ignore[attr-defined]
    assert texts.count("All is well.") == 1
    assert "all is well." not in texts
    assert "no sentence" in str(second["problem"])


def scripted(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(processes, "command", lambda *_: ["sh", "-c", script])


def test_a_process_answers_question_after_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '{"texts": [{"text": "All.", "findings": ["look"]}]}'
    scripted(monkeypatch, f"while read line; do echo '{text}'; done")
    asked = Hypotheses(tmp_path)
    assert asked.ask("job", "s") == asked.ask("job", "t") == [OtherText("All.", ("look",))]
    asked.close()


@pytest.mark.parametrize("script", ["read line; exit 1", "kill -9 $$", "exec sleep 100"])
def test_a_process_without_an_answer_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    scripted(monkeypatch, script)
    asked = Hypotheses(tmp_path, patience=0.2)
    with pytest.raises(EngineError, match="gave no answer"):
        asked.ask("job", "s")
    scripted(monkeypatch, """read line; echo '{"problem": ["no engine", "", []]}'""")
    with pytest.raises(EngineError, match="no engine"):
        Hypotheses(tmp_path).ask("job", "s")
    asked.close()
