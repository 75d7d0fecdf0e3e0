"""What hints and hypotheses have not brought is replaced or decoded again, or said not to be.

The engine is scripted: what it says for a term alone, how it goes on, how it scores.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.glossary import Matcher
from pipeline.model import (
    Entry,
    EntryKind,
    Hypothesis,
    Likelihood,
    Outcome,
    Request,
    Segment,
)
from pipeline.stages.translate.ladder import DOUBTFUL, MARGIN, enforce
from pipeline.stages.translate.part import Part
from tests.support.obedient import Silent

COUNCIL = Entry("e1", "conseil", "council")
NATO = Entry("e2", "OTAN", "NATO", EntryKind.NAME)
TOOL = Entry("e3", "kubectl", "kubectl", EntryKind.KEEP)


class ScriptedEngine(Silent):
    """Translates single terms by ``says``, ends prefixes by ``ends``; the longer the worse."""

    takes_hints = False

    def __init__(
        self,
        says: dict[str, list[str]] | None = None,
        ends: dict[str, str] | None = None,
        scores: dict[str, float] | None = None,
    ) -> None:
        self.says, self.ends, self.scores = says or {}, ends or {}, scores or {}
        self.words: dict[str, tuple[float, ...]] = {}
        self.begun: list[str] = []

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        assert not any(request.hints for request in requests)
        return [
            tuple(Hypothesis(text, -0.1, True) for text in self.says.get(request.source, []))
            for request in requests
        ]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        self.begun += [begin for _, begin in begun]
        return [
            (Hypothesis(begin + self.ends[begin], -0.1, True),) if begin in self.ends else ()
            for _, begin in begun
        ]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        return [
            Likelihood(self.scores.get(text, -0.01 * len(text)), self.words.get(text, ()))
            for _, text in pairs
        ]


def mended(source: str, text: str, engine: ScriptedEngine) -> Part:
    """Let the ladder mend what a search chose for a sentence."""
    matches = Matcher([COUNCIL, NATO, TOOL]).matches(source)
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    part = Part(segment, Request(source), matches, tuple(range(len(matches))))
    chosen = part.candidate(Hypothesis(text, -0.1, True))
    searched = part.choosing(chosen, None, (Outcome("hypothesis"),) * len(matches))
    (made,) = enforce([searched], engine)
    return made


def test_the_engines_own_rendering_of_a_term_is_replaced_where_it_stands_once() -> None:
    engine = ScriptedEngine({"conseil": ["board"], "Le conseil.": ["The advice."]})
    made = mended("Le conseil siège.", "The board sits.", engine)
    assert (made.best.text, made.outcomes) == ("The council sits.", (Outcome("replaced"),))
    assert not engine.begun


def test_only_an_article_of_its_own_is_left_out_of_what_the_engine_says_of_a_term() -> None:
    engine = ScriptedEngine({"conseil": ["visa board"]})
    made = mended("Le conseil siège.", "A visa board sits.", engine)
    assert (made.best.text, made.outcomes) == ("A council sits.", (Outcome("replaced"),))


def test_a_rendering_that_stands_twice_is_left_and_the_sentence_decoded_again() -> None:
    engine = ScriptedEngine({"conseil": ["board"]}, {"The council": " sits on board."})
    made = mended("Le conseil siège à bord du bateau.", "The board sits on board.", engine)
    assert (made.best.text, made.outcomes) == (
        "The council sits on board.",
        (Outcome("redecoded"),),
    )


def test_what_is_glued_to_the_forced_words_does_not_count() -> None:
    engine = ScriptedEngine({}, {"The council": "lor sits."})
    made = mended("Le conseil siège.", "The board sits.", engine)
    assert (made.best.text, made.outcomes) == ("The board sits.", (Outcome("hypothesis"),))


def test_what_makes_the_sentence_clearly_worse_is_not_done_and_said() -> None:
    worse = {"The board sits.": -0.5, "The council sits.": -0.5 - MARGIN - 0.1}
    engine = ScriptedEngine({"conseil": ["board"]}, {}, worse)
    made = mended("Le conseil siège.", "The board sits.", engine)
    assert made.best.text == "The board sits."
    assert "clearly worse" in made.outcomes[0].reason


def test_what_makes_the_sentence_less_probable_is_done_and_said() -> None:
    less = {"The board sits.": -0.5, "The council sits.": -0.5 - DOUBTFUL - 0.05}
    engine = ScriptedEngine({"conseil": ["board"]}, {}, less)
    made = mended("Le conseil siège.", "The board sits.", engine)
    assert made.best.text == "The council sits."
    assert made.outcomes == (
        Outcome("replaced", "put in, the sentence is less probable (-0.65, not -0.50)"),
    )


def test_what_breaks_something_else_is_not_done_and_said() -> None:
    engine = ScriptedEngine({"conseil": ["board of 12"]})
    made = mended("Le conseil de 12 membres siège.", "The board of 12 members sits.", engine)
    assert made.best.text == "The board of 12 members sits."
    assert "break something else" in made.outcomes[0].reason


def test_one_entry_is_never_paid_for_with_another() -> None:
    engine = ScriptedEngine({"conseil": ["NATO board"]})
    made = mended("Le conseil de l’OTAN siège.", "The NATO board sits.", engine)
    assert made.best.text == "The NATO board sits."


def test_an_entry_is_not_put_in_more_often_than_it_occurs() -> None:
    engine = ScriptedEngine({}, {"The council": " of the council sits."})
    made = mended("Le conseil siège.", "The board sits.", engine)
    assert made.best.text == "The board sits."


def test_how_probable_the_rendering_itself_is_does_not_count() -> None:
    engine = ScriptedEngine({"conseil": ["board"]})
    engine.words = {"The board sits.": (-0.1, -0.1, -0.1), "The council sits.": (-0.1, -9.0, -0.1)}
    assert mended("Le conseil siège.", "The board sits.", engine).best.text == "The council sits."


def test_every_missing_entry_gets_its_turn() -> None:
    engine = ScriptedEngine({"conseil": ["board"], "OTAN": ["Alliance"]})
    made = mended("Le conseil de l’OTAN siège.", "The Alliance's board sits.", engine)
    assert made.best.text in ("The NATO's council sits.", "NATO's council sits.")
    assert [each.method for each in made.outcomes] == ["replaced", "replaced"]


def test_a_text_to_keep_survives_letter_for_letter() -> None:
    made = mended("L’outil kubectl obéit.", "The Kubectl tool obeys.", ScriptedEngine())
    assert (made.best.text, made.outcomes) == ("The kubectl tool obeys.", (Outcome("replaced"),))


def test_what_is_right_is_not_touched() -> None:
    engine = ScriptedEngine({"conseil": ["councils"]})
    made = mended("Le conseil siège.", "The council sits.", engine)
    assert (made.best.text, made.outcomes) == ("The council sits.", (Outcome("hypothesis"),))
