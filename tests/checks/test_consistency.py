"""The same French rendered in different ways: what a whole document shows and no segment does."""

import pytest

from pipeline.checks import Case, CheckProfile, check_document, judge
from pipeline.model import BlockKind, Occurrence, OccurrenceStatus, Segment, Translation


def case(number: int, source: str, target: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Case:
    segment = Segment(f"b{number:04}.s01", number, 0, len(source), source)
    return Case(segment, Translation(segment.id, target, -0.2, True, "engine"), (), kind)


def inconsistent(*cases: Case, settings: CheckProfile | None = None) -> list[tuple[str, str]]:
    found = judge(check_document(cases), settings or CheckProfile())
    return [(f.segment_id, f.message) for f in found if f.check == "consistency"]


def test_the_rarer_rendering_of_a_segment_is_reported() -> None:
    source = "Le ministre a répondu."
    assert inconsistent(
        case(1, source, "The minister replied."),
        case(2, source, "The minister answered."),
        case(3, "Le ministre a répondu !", "the minister replied!"),
    ) == [("b0002.s01", "The same French is rendered elsewhere as “The minister replied.”.")]


@pytest.mark.parametrize(("kind", "reported"), [(BlockKind.HEADING, 1), (BlockKind.PARAGRAPH, 0)])
def test_a_short_text_counts_in_headings_only(kind: BlockKind, reported: int) -> None:
    cases = case(1, "Les faits", "The facts", kind), case(2, "Les faits", "Facts", kind)
    assert len(inconsistent(*cases)) == reported


def test_a_name_spelt_otherwise_is_reported_where_it_stands() -> None:
    odd = case(2, "Selon Zelensky, tout va bien.", "According to Zelenskyy, all is well.")
    cases = (
        case(1, "Il a vu Zelensky hier.", "He saw Zelensky yesterday."),
        odd,
        case(3, "Un ami de Zelensky vient.", "A friend of Zelensky is coming."),
    )
    assert inconsistent(*cases) == [("b0002.s01", "“Zelenskyy” is spelt “Zelensky” elsewhere.")]
    (finding,) = [
        f for f in judge(check_document(cases), CheckProfile()) if f.check == "consistency"
    ]
    assert finding.target_span is not None
    assert odd.target[slice(*finding.target_span)] == "Zelenskyy"


def test_what_a_name_turns_into_by_rule_is_no_other_spelling() -> None:
    assert not inconsistent(
        case(1, "Il aime bien Vaulxbourg.", "He likes Vaulxbourg."),
        case(2, "Il vient de Vaulxbourg.", "He is a Vaulxbourger."),
        case(3, "Il aime Paris.", "He likes Paris."),
        case(4, "Il vient de Paris.", "He is Parisian."),
    )


def test_names_of_the_glossary_are_left_to_its_own_check() -> None:
    one = case(1, "Il a vu Zelensky hier.", "He saw Zelensky yesterday.")
    other = case(2, "Il a vu Zelensky hier soir.", "He saw Zelenskyy last night.")
    start = other.source.index("Zelensky")
    occurrence = Occurrence(
        *(other.segment.id, "entry", start, start + 8, "Zelensky", OccurrenceStatus.PRESENT)
    )
    covered = Case(other.segment, other.translation, (occurrence,))
    assert inconsistent(one, other)
    assert not inconsistent(one, covered)


def test_findings_of_a_document_are_in_its_order_and_can_be_switched_off() -> None:
    source = "Ils étaient douze à bord du navire."
    cases = (
        case(1, source, "There were twelve aboard the ship."),
        case(2, source, "There were 15 aboard the ship."),
        case(3, "Il est parti.", ""),
    )
    found = judge(check_document(cases), CheckProfile())
    assert [(f.segment_id[:5], f.check) for f in found] == [
        *[("b0002", "numbers")] * 2,
        ("b0002", "consistency"),
        ("b0003", "finished"),
    ]
    off = CheckProfile(disabled=frozenset(["consistency"]))
    assert not inconsistent(*cases, settings=off)
    code = [case(n, source, target, BlockKind.CODE) for n, target in enumerate(["One.", "Two."])]
    assert not check_document(code)
