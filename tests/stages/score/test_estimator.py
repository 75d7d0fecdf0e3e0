"""The estimate of serious errors: what raises it, where it points, whose sentences have none."""

from dataclasses import replace
from importlib.resources import files

from pipeline.checks import CheckProfile
from pipeline.checks.base import Case
from pipeline.checks.confidence import CHECK
from pipeline.decisions import Decided, dismiss
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    EngineCard,
    Entry,
    EntryKind,
    Estimate,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Segment,
    Translated,
    Translation,
)
from pipeline.stages.score import stage as score
from pipeline.stages.score.estimator import estimator

CARD = EngineCard("embedded", "Enregard fr-en", "1.0", "licence", "e1")
FRENCH = (
    "L'ouragan a frappé la ville mardi.",
    "Le ministre est arrivé à Paris lundi.",
    "Les smugglers ont quitté la région.",
)
ENGLISH = (
    "The ouragan struck the town on Tuesday.",
    "The minister arrived in Paris on Monday.",
    "The smugglers left the region.",
)
WORDS = (
    (-0.1, -3.5, -1.2, -0.1, -0.4, -0.1, -0.1),
    (-0.05, -0.05, -0.1, -0.05, -0.02, -0.1, -0.02),
    (-0.1, -0.2, -0.1, -0.1, -0.1),
)


def _text(*origins: Origin, engine: str = "e1") -> Translated:
    segments = tuple(
        Segment(f"b{number:04}.s01", number, 0, len(text), text)
        for number, text in enumerate(FRENCH)
    )
    blocks = tuple(Block(number, BlockKind.PARAGRAPH, text) for number, text in enumerate(FRENCH))
    translations = tuple(
        Translation(segment.id, text, -0.5, True, engine, origin, words)
        for segment, text, words, origin in zip(segments, ENGLISH, WORDS, origins, strict=True)
    )
    return Translated(Document("0" * 64, "", blocks), segments, translations, ())


ENGINE = (Origin.ENGINE,) * 3


def _estimated(text: Translated, engine: EngineCard = CARD) -> dict[str, Estimate]:
    held = {name: each.doubts for name, each in score.measure_all(text, ()).items()}
    return score.estimates(text, engine, held)


def test_a_french_word_left_in_makes_an_error_probable_and_is_pointed_at() -> None:
    wrong, right, _ = _estimated(_text(*ENGINE)).values()
    assert wrong.probability > 0.6 > 0.4 > right.probability
    assert ENGLISH[0][slice(*wrong.words[0])] == "ouragan"
    (lost,) = wrong.lost
    assert FRENCH[0][lost.start : lost.end] == lost.surface == "ouragan"
    assert lost.renderings[0] == "hurricane"
    assert not right.lost


def test_the_finding_says_what_is_lost_and_the_order_begins_with_it() -> None:
    text = _text(*ENGINE)
    estimated = _estimated(text)
    scores = score.score(
        text, score.check(text, (), estimated), CheckProfile(), estimated=estimated
    )
    (finding,) = [each for each in scores.findings if each.check == CHECK.id]
    assert finding.message.startswith("A serious error is probable (")
    assert "« ouragan »: hurricane does not stand in the English" in finding.message
    first = scores.ranks[0]
    assert first.segment_id == finding.segment_id == "b0000.s01"
    assert first.probability is not None
    assert first.probability >= estimated["b0000.s01"].probability
    assert first.weak_words[0] == finding.target_span
    assert first.lost_words == (finding.source_span,)
    assert len(first.reasons) == 1


def test_other_engines_and_sentences_of_people_are_not_estimated() -> None:
    assert not _estimated(_text(*ENGINE), replace(CARD, name="argos"))
    assert not _estimated(_text(*ENGINE, engine="older"))
    written = _text(Origin.PERSON, Origin.ENGINE, Origin.COPIED)
    assert list(_estimated(written)) == ["b0001.s01"]


def test_a_sentence_of_a_person_has_no_confidence_finding_and_is_last() -> None:
    text = _text(Origin.PERSON, Origin.ENGINE, Origin.ENGINE)
    unsure = replace(text.translations[0], confidence=-5.0)
    case = Case(text.segments[0], unsure)
    assert not [doubt for doubt in CHECK.run(case) if doubt.is_measured]
    estimated = _estimated(text)
    last = score.score(text, (), CheckProfile(), estimated=estimated).ranks[-1]
    assert last.segment_id == "b0000.s01"
    assert (last.risk, last.sureness, last.probability, last.weak_words) == (0.0, None, None, ())


def test_who_dismisses_an_estimate_has_read_the_sentence() -> None:
    text = _text(*ENGINE)
    estimated = _estimated(text)
    doubts = score.check(text, (), estimated)
    found = score.score(text, doubts, CheckProfile(), estimated=estimated).findings
    (wrong,) = [each for each in found if each.check == CHECK.id]
    decided = Decided.of([dismiss(wrong, FRENCH[0], ENGLISH[0])])
    ranks = score.score(text, doubts, CheckProfile(), decided, estimated=estimated).ranks
    (same,) = [each for each in ranks if each.segment_id == "b0000.s01"]
    assert same.probability is None


def test_the_estimator_is_small_and_always_says_the_same() -> None:
    learnt = files("pipeline.stages.score").joinpath("estimator.json")
    assert len(learnt.read_bytes()) < 3_000_000
    first, second = (estimator().estimate(FRENCH[0], ENGLISH[0], WORDS[0]) for _ in range(2))
    assert first == second


def test_without_words_or_text_an_estimate_is_still_a_probability() -> None:
    for french, english in (("", ""), ("12 + 5", "12 + 5"), ("Oui.", "")):
        assert 0 <= estimator().estimate(french, english, ()).probability <= 1


def test_a_short_scale_is_no_lost_name() -> None:
    french, english = "Le plan coûtera 2,4 Md€ en 2025.", "The plan will cost €2.4 billion in 2025."
    lost = estimator().estimate(french, english, [-0.3] * len(english.split())).lost
    assert not [each for each in lost if each.surface == "Md"]


def test_what_the_glossary_asks_for_is_nothing_against_a_sentence() -> None:
    french, english = "La gare de Brignac a fermé mardi.", "Kervan station closed on Tuesday."
    segment = Segment("b0000.s01", 0, 0, len(french), french)
    block = Block(0, BlockKind.PARAGRAPH, french)
    words = (-0.2,) * len(english.split())
    said = Translation(segment.id, english, -0.2, True, "e1", Origin.ENGINE, words)
    found = Occurrence(segment.id, "e", 11, 18, "Brignac", OccurrenceStatus.PRESENT, "Kervan", 0, 6)
    entries = (Entry("e", "Brignac", "Kervan", kind=EntryKind.NAME),)
    plain = Translated(Document("0" * 64, "", (block,)), (segment,), (said,), ())
    asked = replace(plain, occurrences=(found,))
    (unasked,), (as_asked,) = (
        score.checked_and_scored(each, CARD, entries, {}, None, CheckProfile())[1].ranks
        for each in (plain, asked)
    )
    assert unasked.probability is not None
    assert as_asked.probability is not None
    assert as_asked.probability < unasked.probability
