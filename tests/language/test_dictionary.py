"""The dictionary: what it knows of French words as they stand in texts; what answers them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.context import stretches
from pipeline.language.dictionary.keys import places

# French sentence, a term of it, its first rendering.
FIRST = (
    ("L'ouragan a frappé la côte.", "ouragan", "hurricane"),
    ("Des ouragans violents.", "ouragans", "hurricanes"),
    ("Il a accepté des pots-de-vin.", "pots-de-vin", "bribes"),
    ("Un pot-de-vin suffit.", "pot-de-vin", "bribe"),
    ("Elle préfère la terre battue.", "terre battue", "beaten earth"),
    ("Le PDG de l'entreprise.", "PDG", "CEO"),
    ("Les pays de l’OPEP.", "OPEP", "OPEC"),
    ("L'ONU et le VIH", "VIH", "HIV"),
    ("L'ONU et le VIH", "ONU", "UN"),
    ("Un phoque sur la plage.", "phoque", "seal"),
    ("Les phoques dorment.", "phoques", "seals"),
    # Spelt alike in both numbers, which the word before tells; or only in the plural.
    ("Les obus pleuvaient sur nous.", "obus", "shells"),
    ("Un obus a explosé.", "obus", "shell"),
    ("Ils ont tiré 60 000 obus.", "obus", "shells"),
    ("Deux souris dorment.", "souris", "mice"),
    ("Les 12 héros sont là.", "héros", "heroes"),
    ("Les obsèques du maire.", "obsèques", "funeral"),
    ("Les pilonnages ont repris.", "pilonnages", "shelling"),
    ("Un manège pour enfants.", "manège", "merry-go-round"),
    ("Il exige une caution.", "caution", "deposit"),
    ("Elle gagne la course haut la main.", "haut la main", "hands down"),
    ("Trois passes décisives.", "passes décisives", "assists"),
    ("Une passe décisive.", "passe décisive", "assist"),
    ("Il viendra mardi.", "mardi", "Tuesday"),
    ("En janvier, déjà.", "janvier", "January"),
    ("L'été sera chaud.", "été", "summer"),
    ("Le tchétchène est une langue.", "tchétchène", "Chechen"),
    ("Une écrivaine danoise.", "danoise", "Danish"),
    ("Des forces danoises.", "danoises", "Danish"),
    ("Il vit en Allemagne.", "Allemagne", "Germany"),
    ("Il vit à Londres.", "Londres", "London"),
    ("Les États-Unis d'abord.", "États-Unis", "United States"),
    ("Les Etats-Unis d'abord.", "Etats-Unis", "United States"),
    ("LES ÉTATS-UNIS D'ABORD", "ÉTATS-UNIS", "United States"),
    ("LA BELGIQUE", "BELGIQUE", "Belgium"),
    ("Le Premier ministre parle.", "Premier ministre", "Prime Minister"),
    ("Son beau-frère est là.", "beau-frère", "brother-in-law"),
    ("Le cœur bat.", "cœur", "heart"),
    ("Il a gagné la course.", "gagné", "won"),
    # A name or an acronym that is spelt alike hides no word.
    ("L'eau est froide.", "eau", "water"),
    ("Qu'il vienne demain.", "vienne", "comes"),
    ("Une médaille hongroise.", "hongroise", "Hungarian"),
    ("Il est mort du sida.", "sida", "AIDS"),
    ("Il a saisi le rouleau.", "saisi", "seized"),
    ("Des infirmiers kényans.", "kényans", "Kenyan"),
    ("Les Kényans votent.", "Kényans", "Kenyans"),
    # A participle behind an article is a noun where there is one.
    ("Il décrit les tracés en détail.", "tracés", "routes"),
    ("Il les a échappées.", "échappées", "escaped"),
    # Of the forms of an English verb, that which the French form wants.
    ("La directrice démissionne.", "démissionne", "resigns"),
    ("Il ne démissionne pas.", "démissionne", "resign"),
    # Adverbs part a verb from the rest of its phrase; a negation makes another one of it.
    ("Il nous mène encore en bateau.", "mène encore en bateau", "strings along"),
    ("Ils revenaient pourtant de loin.", "revenaient pourtant de loin", "came back from the brink"),
    ("Il nous mène manifestement en bateau.", "mène manifestement en bateau", "strings along"),
    ("Ils n'ont pas voix au chapitre.", "voix au chapitre", "say in the matter"),
)


def found(text: str, surface: str) -> SourceTerm:
    """The term of a text with this surface."""
    return next(term for term in dictionary().terms(text) if term.surface == surface)


@pytest.mark.parametrize(("text", "surface", "english"), FIRST)
def test_first_rendering(text: str, surface: str, english: str) -> None:
    assert found(text, surface).renderings[0].text == english


@pytest.mark.parametrize(
    ("text", "surface", "english"),
    [
        ("La banquise fond.", "banquise", "ice floe"),
        ("La banquise fond.", "banquise", "pack ice"),
        ("Les Tchétchènes partent.", "Tchétchènes", "Chechens"),
        ("Les Danoises partent.", "Danoises", "Danes"),
        ("Des Allemands partent.", "Allemands", "Germans"),
        ("Les merises virevoltaient.", "virevoltaient", "flitted"),
        ("Il a jeté son sac.", "jeté", "threw"),
        ("Il exige une caution.", "caution", "bail"),
        ("Elle préfère la terre battue.", "terre battue", "clay"),
        # The participle of « mettre »; that of « miser » ends in -é.
        ("Sa voile s'était mise en torche.", "mise", "put"),
    ],
)
def test_among_renderings(text: str, surface: str, english: str) -> None:
    assert english in [each.text for each in found(text, surface).renderings]


def test_function_words_are_no_terms() -> None:
    surfaces = [term.surface for term in dictionary().terms("Il y a qu'elle n'est pas avec nous.")]
    assert surfaces == []


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("La suite a déplu.", "suite"),
        ("La grâce a été refusée.", "grâce"),
        ("La face a changé.", "face"),
        ("Leur mêlée a reculé.", "mêlée"),
    ],
)
def test_the_verb_has_is_no_preposition(text: str, alone: str) -> None:
    assert dictionary().terms(text)[0].surface == alone


def test_a_capital_may_lack_its_accent() -> None:
    assert dictionary().terms("A la suite de la panne")[0].surface == "A la suite de"
    assert dictionary().terms("SUITE A UNE PANNE")[0].surface == "SUITE A"


def test_participle_is_not_summer() -> None:
    assert all(term.surface != "été" for term in dictionary().terms("Il a été vu."))


def test_spans_are_those_of_the_text() -> None:
    text = "Jusqu'à l’ouragan… «\u00a0pots-de-vin\u00a0» et coeur\u00a0!"
    for term in dictionary().terms(text):
        assert text[term.start : term.end] == term.surface


def test_punctuation_parts_terms() -> None:
    assert "terre battue" not in [
        term.surface for term in dictionary().terms("La terre, battue par les vents")
    ]


def test_rare_words_are_told_from_frequent_ones() -> None:
    assert found("Un ouragan", "ouragan").seen < 50 < found("Le pays", "pays").seen


def test_renderings_are_fractions_best_first() -> None:
    for term in dictionary().terms("La commission des affaires étrangères examinera le rapport."):
        assert term.renderings
        shares = [each.probability for each in term.renderings]
        assert all(0 <= share <= 1 for share in shares)
        assert all(0 <= each.safe <= 1 and 0 <= each.back <= 1 for each in term.renderings)


def test_unanswered_words_are_found_on_both_sides() -> None:
    french = "L'ouragan a frappé la banquise mardi."
    english = "The storm struck the ice floes on Tuesday, said Herbert."
    answers = dictionary().answered(french, english)
    assert [term.surface for term in answers.unanswered] == ["ouragan"]
    assert [english[slice(*span)] for span in answers.unaccounted] == ["storm", "said", "Herbert"]


def test_answers_in_other_inflections_count() -> None:
    answers = dictionary().answered("Il aime les chevaux.", "He liked his horse.")
    assert not answers.unanswered


@pytest.mark.parametrize(
    ("french", "surface", "english"),
    [
        ("On navigue à vue.", "navigue à vue", "We're playing it by ear."),
        ("Ils coupent les ponts.", "coupent les ponts", "They are cutting all ties."),
        ("Il reste un doute.", "reste", "A doubt remains."),
        ("Elle a mélangé les cartes.", "mélangé", "She mixed the cards."),
        ("Il a déplié la carte.", "déplié", "He unfolded the map."),
        ("Ils paniquaient.", "paniquaient", "They were panicking."),
    ],
)
def test_what_the_lexicon_misreads_answers_all_the_same(
    french: str, surface: str, english: str
) -> None:
    answers = dictionary().answered(french, english)
    assert surface not in [term.surface for term in answers.unanswered]


def test_an_object_within_a_phrase_does_not_part_it() -> None:
    english = "The mayor took them for a ride."
    answers = dictionary().answered("Le maire les a menés en bateau.", english)
    (answer,) = (each for each in answers.terms if each.term.surface == "menés en bateau")
    assert [english[slice(*span)] for span in answer.spans] == ["took them for a ride"]


def test_no_word_is_rendered_by_two_forms_of_another() -> None:
    texts = [each.text for each in found("La réforme piétine.", "piétine").renderings]
    assert {"tramples", "stalls"} <= set(texts)
    assert {"trample", "trampling", "stall"}.isdisjoint(texts)


def test_french_left_in_the_english_is_no_answer() -> None:
    answers = dictionary().answered("Un ouragan arrive.", "A ouragan is coming.")
    assert "ouragan" in [term.surface for term in answers.unanswered]


def test_names_are_answered_by_themselves() -> None:
    answers = dictionary().answered("Zdravko Krzywicki parle.", "Zdravko Krzywicki is speaking.")
    assert not answers.unanswered


@pytest.mark.parametrize("word", "hurricane Hurricanes well-known bribes Chechens won't".split())
def test_english_words(word: str) -> None:
    assert dictionary().english_word(word)


@pytest.mark.parametrize("word", "capulary glaced ouragan banquise".split())
def test_words_that_are_not_english(word: str) -> None:
    assert not dictionary().english_word(word)


@pytest.mark.parametrize(
    ("french", "english", "strange"),
    [
        ("La capsule de l'OPEP", "The OPEP's capule", ["OPEP", "capule"]),
        ("Un ouragan à Kokoda", "An ouragan at Kokoda", ["ouragan"]),
        ("Brésilien et Taïnos", "Brasile and Taiyan", ["Brasile", "Taiyan"]),
        ("Les artères d'Oakland", "The arteries of Oakland", []),
        ("Zdravko parle à MIP", "Zdravko speaks at MIP", []),
    ],
)
def test_strange_words_are_none_of_english_nor_names_of_the_french(
    french: str, english: str, strange: list[str]
) -> None:
    assert [word.text for word in dictionary().strange(french, english)] == strange


def test_where_the_words_before_a_word_begin_is_told_for_all_at_once() -> None:
    """Looked for from each word alone, a text without marks would take quadratic time."""
    text = "Le vent rouge souffle, la mer est grise ; adieu"
    assert stretches(text, places(text)) == [0, 0, 0, 0, 4, 4, 4, 4, 8]


def test_rude_words_are_not_offered() -> None:
    for word in "merde putain con pute".split():
        assert not any(term.renderings for term in dictionary().terms(word))


@settings(deadline=None)
@given(st.text() | st.text(alphabet="abcdeéÉœŒ ’'-.\u0301ùLSQU\u00a0 pot vin", max_size=80))
def test_any_text(text: str) -> None:
    terms = dictionary().terms(text)
    assert all(0 <= term.start < term.end <= len(text) for term in terms)
    assert all(one.end <= other.start for one, other in pairwise(terms))
    answers = dictionary().answered(text, text)
    assert all(0 <= start < end <= len(text) for start, end in answers.unaccounted)
