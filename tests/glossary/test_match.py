"""Finding glossary entries in French: inflection, elision, typography, boundaries."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.glossary import Matcher, hints
from pipeline.language.forms import french_forms
from pipeline.model import CaseRule, Entry, EntryKind, Hint


def entry(
    source: str,
    kind: EntryKind = EntryKind.TERM,
    variants: tuple[str, ...] = (),
    case: CaseRule = CaseRule.SMART,
) -> Entry:
    return Entry(f"{kind} {source}", source, "target", kind, variants=variants, case=case)


def name(source: str, *variants: str) -> Entry:
    return entry(source, EntryKind.NAME, variants)


def keep(source: str) -> Entry:
    return entry(source, EntryKind.KEEP)


def surfaces(text: str, *entries: Entry) -> list[str]:
    return [match.surface for match in Matcher(entries).matches(text)]


FOUND = [
    # plural and feminine
    ("ministre", "Les ministres et la ministre", ["ministres", "ministre"]),
    ("ministre de la défense", "ministres de la Défense", ["ministres de la Défense"]),
    ("ministre délégué", "les ministres déléguées", ["ministres déléguées"]),
    ("accord-cadre", "des accords-cadres", ["accords-cadres"]),
    ("général de division", "deux généraux de division", ["généraux de division"]),
    ("européen", "européens, européenne, européennes", ["européens", "européenne", "européennes"]),
    ("nord-coréen", "les troupes nord-coréennes", ["nord-coréennes"]),
    ("nord-coréen", "Les Nord-Coréens", ["Nord-Coréens"]),
    ("national", "nationale nationaux nationales", ["nationale", "nationaux", "nationales"]),
    ("nouveau traité", "de nouveaux traités, un nouvel", ["nouveaux traités"]),
    ("nouveau", "la nouvelle, les nouvelles", ["nouvelle", "nouvelles"]),
    ("travail", "des travaux", ["travaux"]),
    ("réseau", "les réseaux", ["réseaux"]),
    ("enjeu", "les enjeux", ["enjeux"]),
    ("pays", "les pays", ["pays"]),
    ("prix", "le prix", ["prix"]),
    ("négociateur", "la négociatrice, des négociatrices", ["négociatrice", "négociatrices"]),
    ("conseiller", "sa conseillère", ["conseillère"]),
    ("ambassadeur de France", "les ambassadeurs de France", ["ambassadeurs de France"]),
    ("haut-commissaire", "les hauts-commissaires", ["hauts-commissaires"]),
    ("chef d'état-major", "La cheffe d’état-major", ["cheffe d’état-major"]),
    ("œil", "les yeux", ["yeux"]),
    ("saisir la justice", "qu'ils saisissent la justice", ["saisissent la justice"]),
    ("nouvel accord", "de nouveaux accords", ["nouveaux accords"]),
    # the noun, not the verb
    ("traité", "Le traité a traité d'un autre traité traité ainsi.", ["traité", "traité"]),
    ("enquête", "La police enquête sur une longue enquête.", ["enquête"]),
    # case and accents
    ("coup d'État", "un coup d'état", ["coup d'état"]),
    ("État", "l'Etat et l’ÉTAT", ["Etat", "ÉTAT"]),
    ("corée du Nord", "CORÉE DU NORD, COREE DU NORD", ["CORÉE DU NORD", "COREE DU NORD"]),
    ("États-Unis", "aux ETATS-UNIS", ["ETATS-UNIS"]),
    ("Etats-Unis", "les États-Unis", ["États-Unis"]),
    ("œuvre", "les oeuvres, Œuvre, OEUVRE", ["oeuvres", "Œuvre", "OEUVRE"]),
    ("coeur", "le cœur", ["cœur"]),
    # elision
    *[
        ("OTAN", f"{before}OTAN", ["OTAN"])
        for before in ("l'", "L’", "d’", "qu'", "jusqu’", "lorsqu'", "puisqu’", "dʼ", "« l’", "'")
    ],
    # typography
    ("accord-cadre", "accord‐cadre accord‑cadre", ["accord‐cadre", "accord‑cadre"]),
    ("accord-cadre", "accord–cadre", ["accord–cadre"]),
    ("accord-cadre", "deux accords cadres", ["accords cadres"]),
    ("premier ministre", "la Première-ministre", ["Première-ministre"]),
    ("droit international", "droit\u00a0international", ["droit\u00a0international"]),
    ("droit international", "droit\u202f \tinternational", ["droit\u202f \tinternational"]),
    ("Quai d'Orsay", "le Quai d’Orsay", ["Quai d’Orsay"]),
    ("ministre", "le minis\u00adtre", ["minis\u00adtre"]),
    ("mer", "(mer), mer! «mer»…mer", ["mer", "mer", "mer", "mer"]),
    # hyphens that do not bind
    ("OTAN", "OTAN-Ukraine, pro-OTAN, anti-OTAN", ["OTAN", "OTAN", "OTAN"]),
    ("Ukraine", "le sommet OTAN-Ukraine et Russie–Ukraine", ["Ukraine", "Ukraine"]),
    ("ministre", "l’ex-ministre, cette ministre-là", ["ministre", "ministre"]),
    # articles
    ("les Nations unies", "Aux Nations Unies", ["Aux Nations Unies"]),
    ("les Nations unies", "celui des Nations unies", ["des Nations unies"]),
    ("Le Caire", "au Caire, du Caire, Le Caire", ["au Caire", "du Caire", "Le Caire"]),
    ("La Haye", "à La Haye, de la Haye", ["La Haye", "la Haye"]),
    ("l'Élysée", "à l’Élysée", ["l’Élysée"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "expected"), FOUND)
def test_terms_are_found(source: str, text: str, expected: list[str]) -> None:
    assert surfaces(text, entry(source)) == expected


NOT_FOUND = [
    (entry("ministre"), "administre ministres2 ministrer"),
    (entry("ministre"), "le vice-ministre"),
    (entry("État"), "l'état des routes"),
    (entry("marché"), "il marche, ils marchent"),
    (entry("appel"), "il appelle"),
    (entry("soutien"), "qu'il soutienne"),
    (entry("mandat"), "il mandate"),
    (entry("accord"), "il accorde"),
    (entry("port"), "la porte"),
    (entry("mer"), "la mère"),
    (entry("accord-cadre"), "accord - cadre, accord, cadre"),
    (entry("peut-être"), "il peut être vu"),
    (name("Oise"), "le Val-d'Oise"),
    (entry("cour"), "le cours du blé"),
    (keep("Sea-Watch"), "Sea Watch"),
    (entry("hui"), "aujourd’hui"),
    (entry("île"), "presqu'île"),
    (name("Pierre"), "Saint-Pierre, SAINT-PIERRE"),
    (name("Corée"), "Corées"),
    (name("États"), "les États-Unis"),
    (name("Pentagone"), "un pentagone"),
    (name("ONU"), "Onu, ONUs, l’ONU_fr, @ONU"),
    (name("un"), "voir un.org et www.un.org/fr"),
    (name("ONU"), "https://ONU.example/ONU?x=l'ONU contact@ONU.example ONU@exemple.fr"),
    (name("12"), "12,5 et 3.12"),
    (name("O"), "O’Brien"),
    (keep("Quai d'Orsay"), "quai d'Orsay, QUAI D'ORSAY, Quais d'Orsay"),
    (keep("Le Caire"), "au Caire, le Caire"),
    (entry("Élysée", case=CaseRule.EXACT), "Elysée, ÉLYSÉE, Élysées"),
]


@pytest.mark.parametrize(("wanted", "text"), NOT_FOUND, ids=lambda value: str(value)[-30:])
def test_other_words_are_left_alone(wanted: Entry, text: str) -> None:
    assert surfaces(text, wanted) == []


def test_the_case_rules() -> None:
    text = "otan OTAN Otan"
    assert surfaces(text, entry("OTAN", case=CaseRule.IGNORE)) == ["otan", "OTAN", "Otan"]
    assert surfaces(text, entry("Otan")) == ["OTAN", "Otan"]
    assert surfaces(text, entry("otan")) == ["otan", "OTAN", "Otan"]
    assert surfaces(text, entry("Otan", case=CaseRule.EXACT)) == ["Otan"]


def test_the_longest_entry_wins_and_the_walk_goes_on_behind_it() -> None:
    entries = [
        name("Conseil"),
        name("Conseil de sécurité"),
        name("sécurité des Nations unies"),
        name("Nations unies"),
    ]
    assert surfaces("Le Conseil de sécurité des Nations unies", *entries) == [
        "Conseil de sécurité",
        "Nations unies",
    ]


def test_a_longer_entry_that_fails_leaves_the_shorter_one() -> None:
    assert surfaces("chef d'état-major-là", entry("chef"), entry("chef d'état")) == ["chef"]


def test_among_equals_the_closer_spelling_wins_then_the_later_entry() -> None:
    lower, upper, last = entry("état"), entry("État"), entry("état", EntryKind.NAME)
    found = Matcher([lower, upper]).matches("L’État, un état, l’Etat")
    assert [match.entry for match in found] == [upper, lower, upper]
    assert Matcher([lower, last]).matches("état")[0].entry is last
    assert Matcher([last, lower]).matches("état")[0].entry is lower


def test_variants_find_their_entry() -> None:
    otan = name("OTAN", "Otan", "Alliance atlantique")
    found = Matcher([otan]).matches("L’Otan ou Alliance atlantique")
    assert [(match.surface, match.entry) for match in found] == [
        ("Otan", otan),
        ("Alliance atlantique", otan),
    ]


def test_a_verb_is_left_alone_only_where_the_entry_is_a_noun() -> None:
    armed = Entry("armed", "armé", "armed")
    assert surfaces("Un groupe armé est armé.", armed) == ["armé", "armé"]
    assert surfaces("Un groupe armé est armé.", entry("armé")) == []


def test_an_expansion_and_its_acronym_in_brackets_are_one_match() -> None:
    ngo = entry("organisation non gouvernementale", variants=("ONG",))
    text = "Les organisations non gouvernementales (ONG) et l'ONG (une ONG)."
    assert surfaces(text, ngo) == ["organisations non gouvernementales (ONG)", "ONG", "ONG"]
    (hint,) = hints(Matcher([ngo]).matches(text)[:1])
    assert hint == Hint("organisations non gouvernementales (ONG)", "targets")
    acronym = name("ONG")
    assert surfaces(text, acronym) == ["ONG", "ONG", "ONG"]


@pytest.mark.parametrize(
    ("source", "target", "text", "found"),
    [
        ("lit", "bed", "Elle lit un livre. Le lit est fait.", ["lit"]),
        ("plante", "seed", "Il plante un arbre, une plante.", ["plante"]),
        ("manque", "need", "Il manque de tout.", []),
        ("armé", "armed", "Un homme est armé.", ["armé"]),
        ("garanti", "guaranteed", "Il est garanti.", ["garanti"]),
        ("élève", "pupil", "Il élève des moutons avec un élève.", ["élève"]),
        ("grève", "strike", "Ils font grève, une longue grève.", ["grève", "grève"]),
    ],
)
def test_a_noun_is_not_found_in_a_verb_whatever_its_target_ends_in(
    source: str, target: str, text: str, found: list[str]
) -> None:
    assert surfaces(text, Entry(source, source, target)) == found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("grain", "Les graines."),
        ("gland", "Les glandes."),
        ("glacier", "Une glacière."),
        ("montant", "La puissance montante, des eaux montantes."),
        ("moteur", "La force motrice."),
        ("croissant", "Une demande croissante."),
        ("prier", "Une prière."),
    ],
)
def test_a_feminine_that_is_another_word_is_not_found(source: str, text: str) -> None:
    assert surfaces(text, entry(source)) == []
    assert surfaces(f"{source}.", entry(source)) == [source]


def test_what_is_kept_may_stand_in_an_address() -> None:
    assert surfaces("voir https://exemple.fr/X9", keep("X9"), name("fr")) == ["X9"]


def test_decomposed_text_keeps_its_own_offsets() -> None:
    text = unicodedata.normalize("NFD", "Les députés européens")
    (match,) = Matcher([entry("député européen")]).matches(text)
    assert match.surface == text[match.start : match.end]
    assert unicodedata.normalize("NFC", match.surface) == "députés européens"


def test_no_entries_and_no_text() -> None:
    assert Matcher([]).matches("Un texte.") == ()
    assert Matcher([entry("x")]).matches("") == ()


def test_function_words_and_acronyms_do_not_inflect() -> None:
    for word in ("des", "ONU", "G7", "F", "12"):
        assert french_forms(word).all == {word}


WORDS = ["l'", "d'", "ONU", "Onu", "ministre", "ministres", "général", "généraux", "état-major",
         "États-Unis", "ETATS-UNIS", "des", "du", "Nations", "unies", "cœur", "-", ".", ",", "«",
         "https://a.b/ONU", "x@ONU.fr", "1 250,5", "é", "e\u0301", "\u00ad", " "]  # fmt: skip
MATCHER = Matcher(
    [name("ONU", "Onu"), entry("ministre"), entry("général"), entry("état-major"),
     name("États-Unis"), name("les Nations unies"), entry("coeur"), keep("Onu"), entry("du"),
     entry("ministre général")]
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=25).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda glue: glue.join(words))
)


@given(texts | st.text(max_size=80))
def test_matches_are_sorted_disjoint_slices(text: str) -> None:
    found = MATCHER.matches(text)
    assert all(match.surface == text[match.start : match.end] != "" for match in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(texts)
def test_typography_does_not_change_what_is_found(text: str) -> None:
    def spans(variant: str) -> list[tuple[str, int, int]]:
        return [(match.entry.id, match.start, match.end) for match in MATCHER.matches(variant)]

    assert spans(text.replace("'", "’")) == spans(text)
    assert spans(text.replace(" ", "\u00a0")) == spans(text)
    assert spans(text.replace("-", "\u2011")) == spans(text)
