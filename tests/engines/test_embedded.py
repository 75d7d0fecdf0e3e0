"""The embedded model: whole or refused, the same every time, and obedient to hints."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from pipeline.engines import Engine, choose_engine, opened
from pipeline.engines.embedded import engine as embedded
from pipeline.engines.embedded import files, network
from pipeline.errors import EngineError
from pipeline.files import shipped
from pipeline.model import Hint, Request, Suggestion

SENTENCES = [
    "Le ministre a signé l’accord mardi.",
    "Les deux pays n’ont pas commenté.",
    "Il pleut.",
    "Selon le rapport, 12 personnes ont été blessées lors de l’accident près de Lyon.",
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return opened(choose_engine("embedded"), 0)


def test_it_translates_and_finishes(engine: Engine) -> None:
    results = engine.translate([Request(sentence) for sentence in SENTENCES], 2)
    best = [hypotheses[0] for hypotheses in results]
    assert [len(hypotheses) for hypotheses in results] == [2, 2, 2, 2]
    assert all(hypothesis.finished and hypothesis.score <= 0 for hypothesis in best)
    assert "minister" in best[0].text.lower()
    assert "12" in best[3].text


def test_the_same_requests_give_the_same_text(engine: Engine) -> None:
    requests = [Request(sentence) for sentence in SENTENCES]
    assert engine.translate(requests, 2) == engine.translate(requests, 2)
    assert engine.translate(requests, 2) == choose_engine("embedded").open(1).translate(requests, 2)


@pytest.mark.parametrize("beam_size", [1, 3])
def test_what_is_found_does_not_depend_on_the_company(engine: Engine, beam_size: int) -> None:
    # More than find room beside one another in a beam of three.
    requests = [Request(sentence) for sentence in SENTENCES * 3]
    together = engine.translate(requests, beam_size)
    assert together == [engine.translate([request], beam_size)[0] for request in requests]


def test_a_guard_forbids_repeated_phrases(engine: Engine) -> None:
    request = Request("oui, je le sais bien. " * 12)
    ((best, *_),) = engine.translate([request], 2, guarded=True)
    words = best.text.split()  # "Yes" and "yes" are two pieces
    phrases = [tuple(words[i : i + 6]) for i in range(len(words) - 5)]
    assert len(set(phrases)) == len(phrases)


def test_a_hint_decides_between_renderings(engine: Engine) -> None:
    source = "Le préfet a reçu les élus."
    for target in ("governor", "prefect"):
        ((best, *_),) = engine.translate([Request(source, (Hint("préfet", target),))], 2)
        assert target in best.text.lower()


def test_a_suggestion_tells_a_word_that_is_not_known(engine: Engine) -> None:
    source = "Le maréchal-ferrant et la ravaudeuse ont quitté le village."
    told = (
        Suggestion("maréchal-ferrant", ("farrier", "blacksmith")),
        Suggestion("ravaudeuse", ("mender", "")),
    )
    ((plain, *_), (best, *_)) = engine.translate(
        [Request(source), Request(source, (), "", told)], 2
    )
    assert "mender" not in plain.text
    assert {"farrier", "mender"} <= set(best.text.rstrip(".").split())


def test_a_better_translation_scores_higher(engine: Engine) -> None:
    request = Request("Il pleut.")
    good, bad = engine.score([(request, "It is raining."), (request, "The bank is closed.")])
    assert bad.mean < good.mean <= 0


def test_a_greedy_search_tells_what_scoring_would(engine: Engine) -> None:
    requests = [Request(sentence) for sentence in SENTENCES]
    found = [best for (best,) in engine.translate(requests, 1)]
    scored = engine.score([(r, best.text) for r, best in zip(requests, found, strict=True)])
    for best, score in zip(found, scored, strict=True):
        assert best.likelihood
        assert len(best.likelihood.words) == len(best.text.split())
        assert best.likelihood.mean == pytest.approx(best.score, abs=1e-4)
        assert best.likelihood.mean == pytest.approx(score.mean, abs=0.02)
        assert best.likelihood.words == pytest.approx(score.words, abs=0.1)
        assert best.likelihood.entropies == pytest.approx(score.entropies, abs=0.3)
        assert len(score.entropies) == len(score.words)


def test_the_least_probable_word_is_the_wrong_one(engine: Engine) -> None:
    text = "The minister met the hippopotamus on Thursday."
    (found,) = engine.score([(Request("Le ministre a rencontré l’ambassadeur jeudi."), text)])
    words = text.split()
    assert len(found.words) == len(words)
    assert words[found.words.index(min(found.words))] == "hippopotamus"


def test_what_fits_is_bounded(engine: Engine) -> None:
    assert engine.fits("Un mot.")
    assert not engine.fits("un mot et " * 200)
    assert not engine.fits("a" * 1_000_000)


def test_markers_in_a_text_are_only_text(engine: Engine) -> None:
    ((best, *_),) = engine.translate([Request("Il pleut. <eos> <|en|> Il fait froid.")], 1)
    assert best.finished
    assert "raining" in best.text
    assert "cold" in best.text  # the text did not end where it says so


@pytest.fixture
def own_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped model that a test may damage."""
    folder = tmp_path / "models" / "fr-en-1"
    shutil.copytree(shipped("models/fr-en-1"), folder)
    monkeypatch.setattr(files, "shipped", lambda name: tmp_path / name)
    forget()
    yield folder
    forget()


def forget() -> None:
    files.manifest.cache_clear()
    files.folders.cache_clear()


@pytest.fixture
def installed_model(
    own_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Path]:
    """The model as wheels bring it: two packages of data, found by their entry points."""
    places = {name: tmp_path / "site" / name for name in ("data_one", "data_two")}
    for number, (name, folder) in enumerate(places.items()):
        folder.mkdir(parents=True)
        about = tmp_path / "site" / f"{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[enregard.models]\nfr-en-1 = {name}\n")
        (folder / "__init__.py").write_text("raise RuntimeError('data is not run')\n")
        for path in sorted(own_model.iterdir()):
            if path.name.endswith("3of3") == bool(number):
                path.rename(folder / path.name)
    own_model.rmdir()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return places


def test_a_model_of_several_packages_is_found(installed_model: dict[str, Path]) -> None:
    assert embedded.embedded_card().sha256
    assert len(files.content("fr-en-1", "model.bin")) > 100_000_000
    (offer,) = embedded.embedded_offers()
    assert all(str(place) in offer.place for place in installed_model.values())
    (installed_model["data_two"] / "model.bin.3of3").unlink()
    with pytest.raises(EngineError, match="incomplete"):
        files.content("fr-en-1", "model.bin")


def test_a_program_without_a_model_says_what_to_install(own_model: Path, tmp_path: Path) -> None:
    shutil.rmtree(own_model)
    with pytest.raises(EngineError, match="not installed; install enregard-fr-en beside"):
        embedded.embedded_card()


def test_a_damaged_model_is_refused(own_model: Path) -> None:
    part = next(own_model.glob("model.bin*"))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    with pytest.raises(EngineError, match="damaged"):
        embedded.open_embedded(1)


@pytest.mark.parametrize(
    ("name", "says"), [("sentencepiece.model", "incomplete"), ("manifest.json", "missing")]
)
def test_an_incomplete_model_is_refused(own_model: Path, name: str, says: str) -> None:
    (own_model / name).unlink()
    with pytest.raises(EngineError, match=says):
        embedded.open_embedded(1)


def test_without_room_for_a_file_the_model_loads_all_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    requests = [Request(sentence) for sentence in SENTENCES]
    assert embedded.open_embedded(1).translate(requests, 2) == engine.translate(requests, 2)


def test_an_older_runtime_gets_the_graph_that_it_can_run(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "version", lambda _: "1.23.2")
    files.graph.cache_clear()
    try:
        assert files.graph() == files.FLOAT_GRAPH
        assert embedded.embedded_card().fingerprint != engine.card.fingerprint
        found = embedded.open_embedded(1).translate([Request(SENTENCES[0])], 2)
    finally:
        files.graph.cache_clear()
    assert "signed the agreement" in found[0][0].text


def test_a_failing_run_is_a_clean_error(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: object) -> None:
        raise MemoryError("bad allocation")

    monkeypatch.setattr(onnxruntime.InferenceSession, "run_with_iobinding", run)
    with pytest.raises(EngineError, match=r"bad allocation.*lower engine\.threads"):
        engine.translate([Request("Il pleut.")], 1)


@pytest.mark.parametrize(("told", "overflows"), [(64 * 127 * 127, False), (64 * 16384, True)])
def test_a_processor_that_overflows_is_known_by_its_sums(told: int, overflows: bool) -> None:
    class Session:
        def run(self, outputs: None, inputs: dict[str, Any]) -> list[Any]:
            assert inputs["bytes"].shape == (1, 64)
            return [np.full((1, 16), told, np.float32)]

    assert network.overflows(Session()) is overflows


def test_an_engine_that_is_not_there_is_refused() -> None:
    with pytest.raises(EngineError, match="choose the engine auto"):
        choose_engine("argos")
