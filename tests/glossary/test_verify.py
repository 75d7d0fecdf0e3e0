"""Judging translations: which renderings count, which do not, and what the hints say."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.glossary import Matcher, hints, verify
from pipeline.glossary.places import Key, assigned
from pipeline.language.forms import english_plural_phrase, english_plurals
from pipeline.model import CaseRule, Entry, EntryKind, Occurrence, OccurrenceStatus

PRESENT, MISSING, FORBIDDEN, _ = OccurrenceStatus


def entry(
    source: str,
    target: str,
    kind: EntryKind = EntryKind.TERM,
    alternatives: tuple[str, ...] = (),
    forbidden: tuple[str, ...] = (),
    case: CaseRule = CaseRule.SMART,
) -> Entry:
    return Entry(source, source, target, kind, (), alternatives, forbidden, case)


def judge(text: str, translation: str, *entries: Entry) -> tuple[Occurrence, ...]:
    return verify("b0001.s01", Matcher(entries).matches(text), translation)


TERM, NAME, KEEP = EntryKind.TERM, EntryKind.NAME, EntryKind.KEEP


@pytest.mark.parametrize(
    ("kind", "target", "translation", "rendering"),
    [
        (TERM, "ceasefire", "A ceasefire holds.", "ceasefire"),
        (TERM, "ceasefire", "Ceasefires hold.", "Ceasefires"),
        (TERM, "ceasefire", "CEASEFIRE NOW", "CEASEFIRE"),
        (TERM, "ceasefire", "the ceasefire's end", "ceasefire"),
        (TERM, "ceasefire", "the ceasefire’s end", "ceasefire"),
        (TERM, "treaty", "both treaties", "treaties"),
        (TERM, "crisis", "two crises", "crises"),
        (TERM, "referendum", "two referenda", "referenda"),
        (TERM, "bureau", "two bureaux", "bureaux"),
        (TERM, "index", "two indices", "indices"),
        (TERM, "spokesman", "the spokesmen said", "spokesmen"),
        (TERM, "spokesperson", "spokespeople", "spokespeople"),
        (TERM, "minister of defence", "the ministers of defence", "ministers of defence"),
        (TERM, "major general", "Major Generals", "Major Generals"),
        (TERM, "air defence", "air-defence systems", "air-defence"),
        (TERM, "chargé d'affaires", "the chargé d’affaires", "chargé d’affaires"),
        (TERM, "non-proliferation", "non\u2011proliferation", "non\u2011proliferation"),
        (TERM, "human rights", "human\u00a0rights", "human\u00a0rights"),
        (TERM, "a summit", "the summit", "summit"),
        (TERM, "president", "the vice-president", None),
        (TERM, "committee", "the sub-committee", None),
        (TERM, "president", "the ex-president", "president"),
        (TERM, "interference", "non-interference", "interference"),
        (NAME, "the United Nations", "United Nations forces", "United Nations"),
        (NAME, "NATO", "NATO-led, pro-NATO", "NATO"),
        (NAME, "Pentagon", "THE PENTAGON SAYS", "PENTAGON"),
        (NAME, "Élysée", "the Elysée", "Elysée"),
        (NAME, "Élysée", "the Élysée", "Élysée"),
        (NAME, "Pentagon", "a pentagon", None),
        (NAME, "Pentagon", "the Pentagone", None),
        (NAME, "UN", "Un, UNs, UNESCO", None),
        (NAME, "The Hague", "in Hague", None),
        (NAME, "Boreal Watch", "Boreal-Watch", None),
        (TERM, "ceasefire", "ceasefirelike", None),
        (TERM, "ceasefire", "", None),
        (TERM, "major general", "general, a major", None),
        (TERM, "12", "12.5", None),
    ],
)
def test_renderings(kind: EntryKind, target: str, translation: str, rendering: str | None) -> None:
    (occurrence,) = judge("Le mot.", translation, entry("mot", target, kind))
    if rendering is None:
        assert occurrence.status is MISSING
        assert occurrence.target_start is None
        assert occurrence.reason
    else:
        assert (occurrence.status, occurrence.rendering) == (PRESENT, rendering)
        assert occurrence.target_start is not None
        assert translation[occurrence.target_start : occurrence.target_end] == rendering
        assert occurrence.reason == occurrence.method == ""


def test_the_occurrence_says_where_it_stands() -> None:
    (occurrence,) = judge("De l’OTAN.", "From NATO.", entry("OTAN", "NATO", NAME))
    assert (occurrence.segment_id, occurrence.entry_id) == ("b0001.s01", "OTAN")
    assert (occurrence.start, occurrence.end, occurrence.surface) == (5, 9, "OTAN")
    assert (occurrence.target_start, occurrence.target_end) == (5, 9)


def test_alternatives_count() -> None:
    minister = entry("ministre", "minister", alternatives=("secretary",))
    (occurrence,) = judge("la ministre", "the secretary", minister)
    assert (occurrence.status, occurrence.rendering) == (PRESENT, "secretary")


@pytest.mark.parametrize(
    ("translation", "statuses", "reason"),
    [
        ("The UN said the UN would.", [PRESENT, PRESENT], ""),
        ("The UN said it would.", [PRESENT, MISSING], "rendered once for 2 occurrences"),
        ("It said it would.", [MISSING, MISSING], "none of the allowed renderings"),
        ("It said un.", [MISSING, MISSING], "“un” stands in the translation, but not with"),
        ("The ONU said the UN would.", [PRESENT, FORBIDDEN], "forbidden rendering “ONU”"),
        ("The ONU said it would.", [FORBIDDEN, MISSING], "none of the allowed"),
    ],
)
def test_one_place_serves_one_occurrence(
    translation: str, statuses: list[OccurrenceStatus], reason: str
) -> None:
    un = entry("ONU", "UN", NAME, forbidden=("ONU",))
    occurrences = judge("L’ONU dit que l’ONU viendra.", translation, un)
    assert [occurrence.status for occurrence in occurrences] == statuses
    assert reason in occurrences[-1].reason


def test_a_forbidden_rendering_counts_only_outside_an_allowed_one() -> None:
    chief = entry("chef d'état-major", "chief of staff", forbidden=("chief",))
    (good,) = judge("le chef d'état-major", "the chief of staff", chief)
    (bad,) = judge("le chef d'état-major", "the army chief", chief)
    assert good.status is PRESENT
    assert (bad.status, bad.rendering) == (FORBIDDEN, "chief")


def test_a_short_term_does_not_take_the_place_of_a_longer_one() -> None:
    entries = (
        entry("ministre", "minister"),
        entry("ministre des affaires étrangères", "foreign minister"),
    )
    occurrences = judge(
        "Le ministre et le ministre des Affaires étrangères",
        "The foreign minister and the minister",
        *entries,
    )
    assert [occurrence.rendering for occurrence in occurrences] == ["minister", "foreign minister"]


def test_a_place_taken_by_another_entry_is_said() -> None:
    entries = (entry("CICR", "ICRC", NAME, ("Red Cross",)), entry("Croix-Rouge", "Red Cross", NAME))
    first, second = judge("le CICR, la Croix-Rouge", "the Red Cross", *entries)
    assert first.status is PRESENT
    assert second.reason == "“Red Cross” stands in the translation, but renders another entry there"


@pytest.mark.parametrize(
    ("text", "translation", "entries", "renderings"),
    [
        (
            "L’accord suit le marché conclu hier.",
            "After the deal struck yesterday comes the agreement.",
            [entry("accord", "agreement", alternatives=("deal",)), entry("marché", "deal")],
            ["agreement", "deal"],
        ),
        (
            "l'enquête, la sonde et le forage",
            "a probe, an investigation and a drill",
            [
                entry("enquête", "investigation", alternatives=("probe",)),
                entry("sonde", "probe", alternatives=("drill",)),
                entry("forage", "drill"),
            ],
            ["investigation", "probe", "drill"],
        ),
        # The two occurrences of an entry keep their order.
        (
            "la victime, la victime et le blessé",
            "a casualty, a victim and a victim",
            [entry("victime", "victim", alternatives=("casualty",)), entry("blessé", "casualty")],
            ["victim", "victim", "casualty"],
        ),
        # A place is not left to what stands in a part of it.
        (
            "le ministre et le ministre de l'Intérieur",
            "the interior minister, the home secretary",
            [
                entry("ministre", "minister"),
                entry("ministre de l'Intérieur", "interior minister", TERM, ("home secretary",)),
            ],
            ["", "interior minister"],
        ),
    ],
)
def test_a_rendering_makes_room_for_another_entry(
    text: str, translation: str, entries: list[Entry], renderings: list[str]
) -> None:
    occurrences = judge(text, translation, *entries)
    assert [occurrence.rendering for occurrence in occurrences] == renderings
    placed = [one.target_start for one in occurrences if one.entry_id == entries[0].source]
    assert placed == sorted(placed, key=lambda place: place or 0)


@given(st.lists(st.sets(st.integers(0, 4)), max_size=5))
def test_as_many_find_a_place_as_can(choices: list[set[int]]) -> None:
    keys: list[Key] = [("", (str(index),)) for index in range(len(choices))]
    spans = {
        key: [(place, place + 1) for place in sorted(own)]
        for key, own in zip(keys, choices, strict=True)
    }
    found = [span for span in assigned(keys, spans) if span]
    most = max(
        sum(place in own for place, own in zip(order, choices, strict=False))
        for order in permutations(range(5))
    )
    assert len(set(found)) == len(found) == most


def test_what_is_kept_is_kept_letter_for_letter() -> None:
    orsay = entry("Quai d'Orsay", "Quai d'Orsay", KEEP)
    statuses = [
        judge("Au Quai d’Orsay.", translation, orsay)[0].status
        for translation in ("the Quai d'Orsay", "the quai d'Orsay", "the QUAI D'ORSAY")
    ]
    assert statuses == [PRESENT, MISSING, MISSING]


def test_ignoring_case_concerns_both_languages() -> None:
    ministry = entry("ministère des Finances", "Ministry of Finance", case=CaseRule.IGNORE)
    (occurrence,) = judge("le ministère des finances", "the ministry of finance", ministry)
    assert occurrence.status is PRESENT


@pytest.mark.parametrize(
    ("source", "target", "text", "hint"),
    [
        ("obus", "shell", "des obus", ("obus", "shell")),
        ("traité", "treaty", "les traités", ("traités", "treaties")),
        ("chef d'État", "head of state", "des chefs d’État", ("chefs d’État", "heads of state")),
        ("secrétaire général", "secretary-general", "les secrétaires généraux",
         ("secrétaires généraux", "secretaries-general")),
        ("chargé d'affaires", "chargé d'affaires", "les chargés d'affaires",
         ("chargés d'affaires", "chargés d'affaires")),
        ("nord-coréen", "North Korean", "soldats nord-coréens", ("nord-coréens", "North Korean")),
        ("nord-coréen", "North Korean", "les Nord-Coréens", ("Nord-Coréens", "North Koreans")),
        ("nord-coréen", "North Korean", "armée nord-coréenne", ("nord-coréenne", "North Korean")),
        ("porte-parole", "spokesperson", "les porte-paroles", ("porte-paroles", "spokespersons")),
        ("avion", "aircraft", "deux avions", ("avions", "aircraft")),
        ("traité", "treaty", "LES TRAITÉS", ("TRAITÉS", "treaty")),
        ("national", "national", "nationaux", ("nationaux", "national")),
        ("plat", "dish", "des plats", ("plats", "dishes")),
        ("turc", "Turkish", "turcs", ("turcs", "Turkish")),
        ("dignitaire", "dignitary", "les dignitaires", ("dignitaires", "dignitaries")),
    ],
)  # fmt: skip
def test_hints_follow_the_number(
    source: str, target: str, text: str, hint: tuple[str, str]
) -> None:
    found = hints(Matcher([entry(source, target)]).matches(text))
    assert [(one.source, one.target) for one in found] == [hint]


@pytest.mark.parametrize(
    ("source", "target", "text", "asked"),
    [
        ("abroger", "repeal", "La loi a été abrogée.", "repealed"),
        ("abroger", "to repeal", "Il veut abroger la loi.", "repeal"),
        ("abroger", "to repeal", "Il abroge la loi.", "repeals"),
        ("acheminer", "ferry", "Ils acheminent de l'eau.", "ferry"),
        ("acheminer", "ferry", "Ils acheminaient de l'eau.", "ferried"),
        ("entrer en vigueur", "take effect", "Elle entre en vigueur.", "takes effect"),
        ("entrer en vigueur", "take effect", "Elle est entrée en vigueur.", "taken effect"),
        ("entrer en vigueur", "take effect", "Elle entrera en vigueur.", "take effect"),
        ("mettre en œuvre", "carry out", "Un plan mis en œuvre.", "carried out"),
        # an infinitive that is a noun, and a verb with a target that is none
        ("pouvoir", "power", "Les pouvoirs du roi.", "powers"),
        ("être en lice", "in the running", "Il est en lice.", "in the running"),
    ],
)
def test_the_target_of_a_verb_is_inflected(source: str, target: str, text: str, asked: str) -> None:
    (hint,) = hints(Matcher([entry(source, target)]).matches(text))
    assert hint.target == asked


@pytest.mark.parametrize(
    ("target", "translation", "rendering"),
    [
        ("repeal", "They are repealing it.", "repealing"),
        ("to repeal", "He wants to repeal it.", "repeal"),
        ("take back", "It was taken back.", "taken back"),
        ("take back", "They took it.", ""),
        ("carry", "A carrier.", ""),
    ],
)
def test_any_form_of_a_verb_renders_it(target: str, translation: str, rendering: str) -> None:
    (occurrence,) = judge("Abroger la loi.", translation, entry("abroger", target))
    assert occurrence.rendering == rendering
    assert (occurrence.status is PRESENT) is bool(rendering)


def test_one_hint_for_each_entry_at_its_first_use() -> None:
    matcher = Matcher([entry("traité", "treaty"), entry("OTAN", "NATO", NAME)])
    found = hints(matcher.matches("Le traité, l’OTAN, des traités, OTAN."))
    assert [(one.source, one.target) for one in found] == [("traité", "treaty"), ("OTAN", "NATO")]


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("city", "cities"), ("day", "days"), ("bus", "buses"), ("veto", "vetoes"), ("wife", "wives"),
     ("woman", "women"), ("German", "Germans"), ("church", "churches"), ("crisis", "crises"),
     ("person", "people"), ("chief", "chiefs")],
)  # fmt: skip
def test_english_plurals(singular: str, plural: str) -> None:
    assert english_plurals(singular)[0] == plural


@pytest.mark.parametrize(
    ("target", "plural"),
    [("attorney general", "attorneys general"), ("commander-in-chief", "commanders-in-chief"),
     ("vice president", "vice presidents"), ("artillery shells", "artillery shells")],
)  # fmt: skip
def test_english_plural_phrases(target: str, plural: str) -> None:
    assert english_plural_phrase(target, noun=True) == plural


ENTRIES = [
    entry("ONU", "UN", NAME, ("United Nations",), ("ONU",)),
    entry("ministre", "minister"),
    entry("ministre d'État", "minister of state", alternatives=("state minister",)),
    entry("Quai d'Orsay", "Quai d'Orsay", KEEP),
]
FRENCH = ["ONU", "ministre", "ministres", "ministre d'État", "Quai d'Orsay", "et", "l'"]
ENGLISH = ["UN", "ONU", "minister", "Ministers", "state", "of", "Quai", "d'Orsay", "'s", "-", "the"]


@given(
    st.lists(st.sampled_from(FRENCH), max_size=8).map(" ".join),
    st.lists(st.sampled_from(ENGLISH), max_size=12).map(" ".join) | st.text(max_size=40),
)
def test_verdicts_are_complete_and_places_are_used_once(text: str, translation: str) -> None:
    matches = Matcher(ENTRIES).matches(text)
    occurrences = verify("s", matches, translation)
    assert [(o.entry_id, o.start) for o in occurrences] == [(m.entry.id, m.start) for m in matches]
    used: set[int] = set()
    for occurrence in occurrences:
        assert bool(occurrence.reason) is (occurrence.status is not PRESENT)
        if occurrence.target_start is not None and occurrence.target_end is not None:
            place = set(range(occurrence.target_start, occurrence.target_end))
            assert not place & used
            used |= place
            assert translation[min(place) : max(place) + 1] == occurrence.rendering
