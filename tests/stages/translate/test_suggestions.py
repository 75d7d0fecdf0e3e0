"""What the dictionary says of a sentence's rarer words goes to the engine with the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.glossary import Matcher
from pipeline.language.dictionary import dictionary
from pipeline.model import (
    Block,
    BlockKind,
    Entry,
    EntryKind,
    Hint,
    Hypothesis,
    Request,
    Segment,
    Suggestion,
)
from pipeline.stages.translate.prepare import prepare
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task, plan, translate
from pipeline.stages.translate.suggestions import suggestion, suggestions
from tests.support.obedient import Obedient

STORM = "L'ouragan a détruit les péniches."


def told(source: str, *entries: Entry) -> dict[str, tuple[str, ...]]:
    matches = Matcher(entries).matches(source)
    return {each.source: each.renderings for each in suggestions(source, matches)}


def test_rare_words_are_told_in_the_order_of_the_text() -> None:
    found = told(STORM)
    assert list(found) == ["ouragan", "péniches"]
    assert found["ouragan"][0] == "hurricane"
    assert all(1 <= len(renderings) <= 3 for renderings in found.values())


def test_what_is_sure_and_unknown_to_the_engine_is_asked_for() -> None:
    assert told("Des péniches sont amarrées au quai.")["péniches"] == ("barges",)


def test_what_may_be_something_else_is_not_asked_for() -> None:
    found = told("Le bac et le guichet sont fermés.")
    assert all(len(renderings) > 1 for renderings in found.values())


@pytest.mark.parametrize(
    ("source", "left_out"),
    [
        ("Il y a longtemps que la femme est ici.", "femme"),  # what every engine knows
        ("Le lycée Jean-Moulin est fermé.", "Moulin"),
        ("Il habite Menton.", "Menton"),
        ("Escroc de haute volée, Anatole Wurtz a été relaxé.", "Anatole"),
        ("Elle a quatre-vingt-dix ans.", "quatre"),
    ],
)
def test_what_needs_no_suggestion_or_may_be_a_name_has_none(source: str, left_out: str) -> None:
    assert left_out not in told(source)


def test_the_glossary_speaks_for_itself() -> None:
    entry = Entry("storm", "ouragan", "storm", EntryKind.TERM)
    assert "ouragan" not in told(STORM, entry)


def test_of_a_crowded_sentence_only_the_rarest_are_told() -> None:
    source = (
        "Le forgeron, le luthier, le maréchal-ferrant, le tonnelier, le vannier, le sabotier, "
        "le rémouleur et le bourrelier ont fermé boutique."
    )
    assert len(told(source)) == 6


def test_a_rendering_is_told_once_in_one_form() -> None:
    (term,) = (each for each in dictionary().terms(STORM) if each.surface == "ouragan")
    (known, *_) = term.renderings
    unsure = [replace(known, text=text, safe=0.3) for text in ("hurricane", "hurricanes")]
    assert suggestion(replace(term, renderings=tuple(unsure))) == Suggestion(
        "ouragan", ("hurricane", "")
    )


class Listening(Obedient):
    """Keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Request] = []

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        self.requests += requests
        return [(Hypothesis("The hurricane destroyed the barges.", -0.3, True),) for _ in requests]


def asked(source: str, lexicon: bool = True, takes_hints: bool = True) -> list[Request]:
    engine, search = Listening(), Search(4, lexicon=lexicon)
    engine.takes_hints = takes_hints
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    tasks = plan([Block(0, BlockKind.PARAGRAPH, source)], [segment], Matcher(()), "", search)
    (done,) = translate(tasks, engine, search)
    if lexicon and takes_hints:
        assert Hint("péniches", "barges") in done.lexicon
    else:
        assert not done.lexicon
    return engine.requests


def test_the_engine_is_told_with_its_first_question() -> None:
    first = asked(STORM)[0]
    assert [each.source for each in first.suggestions] == ["ouragan", "péniches"]
    assert not first.hints


def test_without_the_dictionary_or_hints_nothing_is_told() -> None:
    assert not any(request.suggestions for request in asked(STORM, lexicon=False))
    assert not any(request.suggestions for request in asked(STORM, takes_hints=False))


def test_a_line_in_capitals_is_told_in_small_letters() -> None:
    source = "UN OURAGAN RAVAGE LA VILLE"
    (way, *_) = prepare(source)
    given = way.request(Request(source, suggestions=(Suggestion("OURAGAN", ("hurricane",)),)))
    assert given.suggestions == (Suggestion("ouragan", ("hurricane",)),)


COURT = "Au tribunal, le procureur accuse le prévenu, et l'avocat plaide la relaxe."


def planned(*blocks: str) -> list[Task]:
    texts = [Block(number, BlockKind.PARAGRAPH, text) for number, text in enumerate(blocks)]
    segments = [Segment(f"b{n:04}.s01", n, 0, len(text), text) for n, text in enumerate(blocks)]
    return [*plan(texts, segments, Matcher(()), "", Search(4))]


def test_a_word_is_asked_for_as_the_domain_of_the_text_has_it() -> None:
    source = "Son client se tait."
    _, task = planned(COURT, source)
    (meant,) = task.senses
    assert (meant.domain, meant.term, meant.english) == ("courts", "client", ("client",))
    assert Suggestion("client", ("client",)) in suggestions(source, (), task.senses)
    entry = Entry("c", "client", "customer", EntryKind.TERM)
    matches = Matcher((entry,)).matches(source)
    assert not any(each.source == "client" for each in suggestions(source, matches, task.senses))


def test_a_translation_is_remembered_for_what_its_words_mean() -> None:
    (alone,), (_, in_court) = planned("Son client se tait."), planned(COURT, "Son client se tait.")
    assert alone.fingerprint != in_court.fingerprint
    (alone,), (_, in_court) = planned("Il pleut."), planned(COURT, "Il pleut.")
    assert alone.fingerprint == in_court.fingerprint
