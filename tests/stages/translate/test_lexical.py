"""Words that a translation leaves unanswered are given to the engine; what is better is taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.glossary import Matcher
from pipeline.model import (
    Block,
    BlockKind,
    Entry,
    EntryKind,
    Hint,
    Hypothesis,
    Request,
    Segment,
    Translation,
)
from pipeline.stages.publish.report import note
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import plan, translate
from tests.support.obedient import Obedient

STORM = "L’ouragan a détruit la ville."


class HintedEngine(Obedient):
    """Says one thing without hints and another with some, each as probable as it is told."""

    half_beam_suffices = True

    def __init__(self, plain: str, hinted: str, sure: float = -0.3) -> None:
        super().__init__()
        self.plain, self.hinted, self.sure = plain, hinted, sure
        self.given: list[tuple[Hint, ...]] = []

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        self.given += [request.hints for request in requests]
        return [
            (
                Hypothesis(self.hinted, self.sure, True)
                if request.hints
                else Hypothesis(self.plain, -0.3, True),
            )
            for request in requests
        ]


def deliver(
    engine: Obedient, source: str = STORM, *entries: Entry, lexicon: bool = True
) -> Translation:
    search = Search(4, lexicon=lexicon)
    tasks = plan(
        [Block(0, BlockKind.PARAGRAPH, source)],
        [Segment("b0000.s01", 0, 0, len(source), source)],
        Matcher(entries),
        engine.card.fingerprint,
        search,
    )
    (translation,) = translate(tasks, engine, search)
    return translation


def test_a_word_left_french_is_looked_up_and_the_better_sentence_taken() -> None:
    engine = HintedEngine("The ouragan destroyed the city.", "The hurricane destroyed the city.")
    translation = deliver(engine)
    assert translation.text == "The hurricane destroyed the city."
    assert translation.lexicon == (Hint("ouragan", "hurricane"),)
    assert note(translation) == "lexicon: ouragan → hurricane"
    assert engine.given == [(), (Hint("ouragan", "hurricane"),)]


def test_a_hint_that_makes_the_sentence_clearly_worse_is_not_followed() -> None:
    engine = HintedEngine(
        "The battalion destroyed the city.", "The hurricane destroyed the city.", sure=-3.0
    )
    translation = deliver(engine)
    assert translation.text == "The battalion destroyed the city."
    assert translation.lexicon == ()


class Forgetful(HintedEngine):
    """Says with a hint what it was told, and forgets the rest of the sentence."""

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        found = super().translate(requests, beam_size, guarded)
        both = (Hypothesis("The rhea sounded the alarm.", -0.2, True),)
        return [
            both if len(request.hints) > 1 else each
            for request, each in zip(requests, found, strict=True)
        ]


def test_what_is_lost_where_a_hint_was_followed_is_asked_for_besides() -> None:
    engine = Forgetful("The nandou sounded the alarm.", "The rhea pulled the bell.", -0.2)
    translation = deliver(engine, "Le nandou a tiré la sonnette d’alarme.")
    assert translation.text == "The rhea sounded the alarm."
    alarm = Hint("tiré la sonnette d’alarme", "sounded the alarm")
    assert engine.given == [(), (Hint("nandou", "rhea"),), (Hint("nandou", "rhea"), alarm)]


def test_a_set_phrase_is_not_answered_word_by_word() -> None:
    plain, hinted = "He pulled the alarm bell.", "He sounded the alarm."
    # Far less probable: nobody says it otherwise.
    translation = deliver(HintedEngine(plain, hinted, sure=-0.9), "Il a tiré la sonnette d’alarme.")
    assert translation.text == hinted


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        # Numbers in a term that was written by hand are part of it, and so is what stays as it is.
        ("Le CAC 40 a reculé.", Hint("CAC 40", "CAC 40")),
        (
            "Nous n’excluons aucune piste.",
            Hint("excluons aucune piste", "rule out any possibility"),
        ),
    ],
)
def test_numbers_in_a_phrase_are_part_of_it(source: str, hint: Hint) -> None:
    engine = HintedEngine("Nothing.", "Something.")
    deliver(engine, source)
    assert hint in engine.given[1]


def test_a_sentence_that_answers_its_words_is_not_decoded_again() -> None:
    engine = HintedEngine("The hurricane destroyed the city.", "Never asked.")
    assert deliver(engine).text == "The hurricane destroyed the city."
    assert engine.given == [()]


def test_the_setting_switches_it_off() -> None:
    engine = HintedEngine("The ouragan destroyed the city.", "The hurricane destroyed the city.")
    assert deliver(engine, lexicon=False).lexicon == ()
    assert not any(engine.given)


def test_the_glossary_has_the_last_word() -> None:
    entry = Entry("e1", "ouragan", "Ouragan", EntryKind.NAME)
    engine = HintedEngine("The tempest.", "The Ouragan destroyed the city.")
    translation = deliver(engine, STORM, entry)
    assert translation.text == "The Ouragan destroyed the city."
    assert all(hint.source != "ouragan" or hint.target == "Ouragan" for hint in engine.given[0])
    assert translation.lexicon == ()


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("Le PDG a démissionné mardi.", "The PDG resigned on Tuesday."),
        ("Des phoques vivent sur la banquise.", "Phoques live on the banquise."),
        ("Il a perdu sur terre battue.", "He lost on the battalion."),
    ],
)
def test_what_the_model_does_not_know_is_asked_for(source: str, plain: str) -> None:
    engine = HintedEngine(plain, "Whatever.")
    deliver(engine, source)
    assert len(engine.given) > 1
    assert engine.given[1]


def test_a_word_that_was_mangled_is_asked_for_as_it_is() -> None:
    engine = HintedEngine("The capule looks like a star.", "The capsule looks like a star.", -0.32)
    translation = deliver(engine, "La capsule ressemble à une étoile.")
    assert translation.text == "The capsule looks like a star."
    assert Hint("capsule", "capsule") in engine.given[1]


def test_a_word_that_is_no_english_weighs_more_than_a_little_probability() -> None:
    engine = HintedEngine("Apple’s PDG is leaving.", "Apple’s CEO is leaving.", -0.4)
    assert deliver(engine, "Le PDG d’Apple part.").text == "Apple’s CEO is leaving."


class Plain(Obedient):
    """Takes no hints and says one thing."""

    takes_hints = False

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        return [(Hypothesis(self.said, -0.3, True),) for _ in requests]


@pytest.mark.parametrize(
    ("source", "said", "text"),
    [
        (STORM, "A ouragan destroyed the city.", "A hurricane destroyed the city."),
        ("Des collines vertes.", "Green collines.", "Green hills."),
        ("Le PDG d’Apple part.", "Apple’s PDG is leaving.", "Apple’s CEO is leaving."),
        ("L’OURAGAN A DÉTRUIT LA VILLE", "OURAGAN DESTROYS CITY", "HURRICANE DESTROYS CITY"),
        # Made up, and two words that are joined.
        ("Un drapeau lunaire.", "A lunaary flag.", "A lunar flag."),
        ("Un tourbillon d’air.", "A tourbwind of air.", "A whirlwind of air."),
        ("Des tubes appelés veines.", "Tubes calledveins.", "Tubes called veins."),
        ("Dépêché sur place, il rit.", "Dhurried there, he laughs.", "Hurried there, he laughs."),
        ("La mêlée a reculé.", "The mêlée went back.", "The scrum went back."),
        ("Le sol kényan.", "The kényan soil.", "The Kenyan soil."),
        ("Recruté par lui.", "Recruted by him.", "Recruited by him."),
        ("Des travaux scolaires.", "Some schoolwork.", "Some schoolwork."),
        # Names that English has its own form of, but not beside another name.
        ("Il est à Bucarest.", "He is in Bucarest.", "He is in Bucharest."),
        ("À Vérone, il fait beau.", "In Vérone, it is fine.", "In Verona, it is fine."),
        ("Lénine, mort en 1924.", "Lénine, dead in 1924.", "Lenin, dead in 1924."),
        ("Marie Bologne parle.", "Marie Bologne speaks.", "Marie Bologne speaks."),
        ("Copernic Martin parle.", "Copernic Martin speaks.", "Copernic Martin speaks."),
        ("Selon Matthieu, non.", "According to Matthieu, no.", "According to Matthieu, no."),
        # A name, an English word, and what nothing sure is known of stay.
        ("Le guide de Kokoda part.", "The guide of Kokoda leaves.", "The guide of Kokoda leaves."),
        ("Une cagoinelle noire.", "A black cagoinelle.", "A black cagoinelle."),
        ("Une berline noire.", "A black berline.", "A black saloon car."),
    ],
)
def test_an_engine_without_hints_has_words_left_french_put_in_english(
    source: str, said: str, text: str
) -> None:
    translation = deliver(Plain(said), source)
    assert translation.text == text
    assert bool(translation.lexicon) == (said != text)
    assert deliver(Plain(said), source, lexicon=False).text == said


def test_what_the_glossary_keeps_in_french_stays() -> None:
    entry = Entry("e1", "ouragan", "ouragan", EntryKind.KEEP)
    text = "The ouragan destroyed the city."
    assert deliver(Plain(text), STORM, entry).text == text


def test_a_common_word_with_a_capital_is_never_asked_for() -> None:
    engine = HintedEngine("She lives in the Harbour.", "She lives in Haven.")
    deliver(engine, "Elle habite au Havre depuis une décennie.")
    assert not any("Havre" in hint.source for hints in engine.given for hint in hints)


def test_the_engine_is_told_what_was_said_before_it_got_hints() -> None:
    engine = Obedient()
    asked: list[Request] = []
    engine_translate = engine.translate

    def translate_(
        requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        asked.extend(requests)
        return engine_translate(requests, beam_size, guarded)

    engine.translate = translate_  # type: ignore[method-assign]
    deliver(engine)
    first, second, *_ = asked
    assert (first.hints, first.draft) == ((), "")
    assert second.hints
    assert second.draft
