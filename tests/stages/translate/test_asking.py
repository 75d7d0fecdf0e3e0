"""An engine is asked in prepared words; whoever asks sees stored texts alone.

The engine here is scripted by what it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Hint, Hypothesis, Likelihood, Request
from pipeline.stages.translate.asking import Asking
from tests.support.obedient import Silent


class ScriptedEngine(Silent):
    """Answers from a script, by source and number of hints; notes what it is asked."""

    half_beam_suffices = True

    def __init__(self, script: dict[tuple[str, int], list[tuple[str, float]]]) -> None:
        self.script = script
        self.asked: list[Request] = []
        self.begun: list[str] = []
        self.scored: list[str] = []

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        self.asked += requests
        return [
            tuple(
                Hypothesis(text, score, True, Likelihood(score, (score,) * len(text.split())))
                for text, score in self.script[request.source, len(request.hints)]
            )
            for request in requests
        ]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        self.begun += [text for _, text in begun]
        return [(Hypothesis(f"{text} now", -1.0, True),) for _, text in begun]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        self.scored += [text for _, text in pairs]
        return [
            Likelihood(-1.0, tuple(-float(len(word)) for word in text.split())) for _, text in pairs
        ]

    def fits(self, text: str) -> bool:
        return len(text) <= 20


def texts(engine: ScriptedEngine, source: str, *hints: Hint) -> list[str]:
    (found,) = Asking(engine).translate([Request(source, hints)], 2)
    return [hypothesis.text for hypothesis in found]


def test_two_ways_to_ask_are_ranked_together() -> None:
    engine = ScriptedEngine(
        {
            ("Ordinateur", 0): [("Ordination", -1.5), ("Order", -1.7)],
            ("ordinateur", 0): [("computer", -0.4)],
        }
    )
    assert texts(engine, "Ordinateur") == ["Computer", "Ordination"]


def test_a_hypothesis_that_lost_an_address_is_left_out() -> None:
    engine = ScriptedEngine({("Voir AX100.", 0): [("See there.", -0.1), ("See AX100.", -0.2)]})
    assert texts(engine, "Voir www.exemple.fr.") == ["See www.exemple.fr."]


def test_a_code_that_gets_lost_is_given_as_a_hint_then_the_address_itself() -> None:
    lost = [("See there.", -0.1)]
    engine = ScriptedEngine(
        {
            ("Voir AX100.", 0): lost,
            ("Voir AX100.", 1): lost,
            ("Voir www.exemple.fr.", 1): [("See www.exemple.fr.", -0.3)],
        }
    )
    assert texts(engine, "Voir www.exemple.fr.") == ["See www.exemple.fr."]
    assert [request.hints for request in engine.asked[1:]] == [
        (Hint("AX100", "AX100"),),
        (Hint("www.exemple.fr", "www.exemple.fr"),),
    ]


def test_an_address_that_is_lost_all_the_same_is_left_to_the_checks() -> None:
    lost = [("See there.", -0.1)]
    script = {("Voir AX100.", n): lost for n in (0, 1)} | {("Voir www.exemple.fr.", 1): lost}
    assert texts(ScriptedEngine(script), "Voir www.exemple.fr.") == ["See there."]


def test_every_word_of_a_number_put_back_has_a_value() -> None:
    engine = ScriptedEngine({("Appelez le AX100 !", 0): [("Call AX100!", -0.5)]})
    ((found,),) = Asking(engine).translate([Request("Appelez le 02 99 75 05 21 !")], 2)
    assert found.text == "Call 02 99 75 05 21!"
    assert found.likelihood is not None
    assert len(found.likelihood.words) == len(found.text.split())


def test_texts_are_scored_and_gone_on_with_as_the_engine_would_say_them() -> None:
    engine = ScriptedEngine({})
    asking = Asking(engine)
    request = Request("LE PRÉSIDENT ÉCRIT À @nom")
    ((found,),) = asking.complete([(request, "THE PRESIDENT WRITES TO @nom")], 2)
    (score,) = asking.score([(request, "THE PRESIDENT WRITES TO @nom")])
    assert engine.begun == engine.scored == ["The president writes to AX100"]
    assert found.text == "THE PRESIDENT WRITES TO @nom NOW"
    assert len(score.words) == 5


def test_what_fits_is_what_is_asked() -> None:
    asking = Asking(ScriptedEngine({}))
    assert asking.fits("Voir https://exemple.fr/une/tres/longue/adresse")
    assert not asking.fits("Voir une phrase bien trop longue")


def test_a_late_hour_is_in_no_half_of_the_day() -> None:
    engine = ScriptedEngine(
        {("De 14:30 à 20:15.", 0): [("From 14:30 a.m., at 9:05 a.m., to 20:15 p.m.", -0.2)]}
    )
    (found,) = Asking(engine).translate([Request("De 14 h 30 à 20 h 15.")], 2)[0]
    assert found.text == "From 14:30, at 9:05 a.m., to 20:15."
    assert found.likelihood is not None
    assert len(found.likelihood.words) == len(found.text.split())
