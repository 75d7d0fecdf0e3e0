"""What workers are given and give back: sealed, checked, and no error that tells of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import EngineError, UsageError
from pipeline.service.cluster import Cluster, Site, joined, placement, work
from pipeline.service.cluster.work import EngineOrder, Parcel, Refusal, perform, program_digest
from pipeline.service.plans import make_plan
from pipeline.stages.translate.search import Search
from tests.support.obedient import Obedient
from tests.support.small_job import Cli

SECRET = "Le ministre secret"


def test_a_parcel_shows_nothing_of_what_it_holds() -> None:
    parcel = Parcel([SECRET])
    assert parcel.open() == [SECRET]
    assert SECRET not in repr(parcel)
    assert SECRET.encode() not in parcel.data


def test_another_program_is_given_no_work() -> None:
    refusal = perform("translate", Parcel((SECRET,)), "another").open()
    assert isinstance(refusal, Refusal)
    assert "another version of Enregard" in str(refusal.error)


def test_another_engine_is_given_no_work() -> None:
    order = EngineOrder("embedded", "", "another", 1)
    refusal = perform("translate", Parcel((order, [], Search(1))), program_digest()).open()
    assert "not another" in str(refusal.error)


def test_an_error_tells_nothing_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise ValueError(text)

    monkeypatch.setitem(work.WORK, "score", broken)
    refusal = perform("score", Parcel((SECRET,)), program_digest()).open()
    assert str(refusal.error) == "a worker failed (ValueError)"


def test_an_error_of_ours_arrives_as_it_was() -> None:
    error = Parcel(EngineError("… is damaged", "install it again", where="model")).open()
    assert str(error) == "model is damaged; install it again"


def test_a_scheduler_with_tls_needs_its_files(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    site = Site(address="tls://127.0.0.1:1", ca=tmp_path / "ca.pem")
    with pytest.raises(UsageError, match=r"ca\.pem does not exist"), joined(site):
        pass


def test_workers_and_a_scheduler_are_one_too_many(enregard: Cli, article: Path) -> None:
    refused = enregard(
        "batch", article, "--workers", "2", "--scheduler", "tcp://127.0.0.1:1", code=2
    )
    assert "one at a time" in refused.stderr


class OneWorker:
    """A client of one worker, which says of itself what a test wants."""

    def __init__(self, **said: object) -> None:
        self._said = said

    def nthreads(self) -> dict[str, int]:
        return {"tcp://there:1": 3}

    def run(self, function: object, asked: Parcel) -> dict[str, dict[str, object]]:
        return {"tcp://there:1": {**work.introduce(*asked.open()), "spills": False, **self._said}}


def test_workers_are_compared_before_they_get_work(engine: Obedient) -> None:
    pytest.importorskip("distributed")
    plan = make_plan(flags={"engine.name": "embedded"})
    alike = Cluster(OneWorker(), 1)
    alike.check(plan)
    assert alike.hands == 3
    for said, expected in (
        ({"the glossary": "another"}, "the glossary differs: another there"),
        ({"the engine": "another"}, "the engine differs: another there"),
        ({"numpy": "1.0"}, "numpy differs: 1.0 there"),
        ({"spills": True}, "may write texts to its disk"),
    ):
        with pytest.raises(EngineError) as caught:
            Cluster(OneWorker(**said), 1).check(plan)
        assert str(caught.value).startswith("tcp://there:1")
        assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("cores", "free", "workers"), [(8, 64_000_000_000, 8), (8, 2_000_000_000, 3), (4, 1, 1)]
)
def test_processes_are_as_many_as_cores_and_memory_allow(
    cores: int, free: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placement, "worker_count", lambda threads: cores)
    monkeypatch.setattr(placement, "free_memory", lambda: free)
    assert placement.suited().workers == workers
