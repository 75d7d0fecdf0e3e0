"""What documents ask for at once is translated together, and each gets its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from pipeline.engines import Offer
from pipeline.errors import EngineError
from pipeline.jobs.labour import Here, Promise
from pipeline.model import Segment, Translation
from pipeline.service.batch.gather import Asker, Gathering
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task, translate
from tests.support.obedient import Obedient

SEARCH = Search(1, lexicon=False)


def tasks(*sources: str) -> list[Task]:
    """Sentences of a document of their own: the ids of all documents are alike."""
    segments = [
        Segment(f"b{place:04}.s01", place, 0, len(source), source)
        for place, source in enumerate(sources)
    ]
    return [Task(each, (), (), False, each.source) for each in segments]


class Hand(Here):
    """Works here, and notes what it was asked for at once; ``then`` is done after ``calls``."""

    hands = 1

    def __init__(self, calls: int) -> None:
        self.asked: list[list[str]] = []
        self.calls = calls
        self.then: Callable[[], None] = lambda: None

    def translate(
        self, offer: Offer, threads: int, tasks: Sequence[Task], search: Search
    ) -> Promise:
        self.asked.append([task.segment.source for task in tasks])
        if len(self.asked) == self.calls:
            self.then()
        if "Malheur." in self.asked[-1]:
            raise EngineError("too much")
        made = translate(tasks, offer.open(threads), search)
        return lambda: made


def offered(unswayed: bool = True, chunk: int = 16) -> Offer:
    engine = Obedient()
    return Offer(lambda: engine.card, lambda threads: engine, chunk, "here", unswayed)


def served(
    calls: int, offer: Offer, *documents: Sequence[str]
) -> tuple[Hand, list[Callable[[], list[Translation]]]]:
    """Ask for all documents, and work until as many calls were made."""
    hand = Hand(calls)
    gathering = Gathering(hand, len(documents))
    hand.then = gathering.close
    promises = [
        Asker(gathering).translate(offer, 1, tasks(*sources), SEARCH) for sources in documents
    ]
    gathering.serve()
    return hand, promises


def texts(promise: Callable[[], list[Translation]]) -> list[tuple[str, str]]:
    return [(each.segment_id, each.text) for each in promise()]


def test_sentences_of_several_documents_are_translated_together() -> None:
    hand, (one, other) = served(1, offered(), ["Voici Paul.", "Voici Anne."], ["Voici Jean."])
    assert hand.asked == [["Voici Paul.", "Voici Anne.", "Voici Jean."]]
    assert texts(one) == [("b0000.s01", "It says Paul."), ("b0001.s01", "It says Anne.")]
    assert texts(other) == [("b0000.s01", "It says Jean.")]


def test_no_more_are_taken_together_than_keep_an_engine_busy() -> None:
    hand, (one, _, last) = served(
        2, offered(chunk=3), ["Voici Paul.", "Voici Anne."], ["Voici Jean."] * 2, ["Voici Luc."]
    )
    assert [len(each) for each in hand.asked] == [3, 2]
    assert texts(one)[1] == ("b0001.s01", "It says Anne.")
    assert texts(last) == [("b0000.s01", "It says Luc.")]


def test_an_engine_that_is_swayed_by_company_gets_documents_alone() -> None:
    hand, _ = served(2, offered(unswayed=False), ["Voici Paul."], ["Voici Jean."])
    assert hand.asked == [["Voici Paul."], ["Voici Jean."]]


def test_what_is_wrong_with_one_keeps_no_other_from_its_translation() -> None:
    hand, (one, other) = served(3, offered(), ["Voici Paul."], ["Malheur."])
    assert len(hand.asked) == 3
    assert texts(one) == [("b0000.s01", "It says Paul.")]
    with pytest.raises(EngineError, match="too much"):
        other()


def test_nobody_waits_for_what_was_interrupted() -> None:
    gathering = Gathering(Hand(1), 1)
    asker = Asker(gathering)
    promise = asker.translate(offered(), 1, tasks("Voici Paul."), SEARCH)
    gathering.close()
    with pytest.raises(EngineError, match="interrupted"):
        promise()
    with pytest.raises(EngineError, match="interrupted"):
        asker.translate(offered(), 1, tasks("Voici Paul."), SEARCH)
    gathering.serve()
