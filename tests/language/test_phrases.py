"""The terms written by hand: well formed, and in the dictionary as they are written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.language.dictionary import dictionary
from pipeline.language.dictionary.english_forms import verb_forms
from pipeline.language.dictionary.entries import BEFORE_VERBS, VERBS, parsed
from pipeline.language.dictionary.keys import places
from tools.dictionary_phrases import DATA, PHRASES, lines, phrase, read
from tools.dictionary_usage import count, times
from tools.dictionary_usage import read as read_usage


def test_the_shipped_lines_are_those_of_the_files() -> None:
    learnt = (DATA / "dictionary.tsv").read_text(encoding="utf-8").splitlines()
    shipped = (DATA / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    assert set(shipped) == set(lines(read(PHRASES), learnt, read_usage())), (
        "run tools/dictionary_phrases.py"
    )


def test_every_file_has_terms_one_a_line() -> None:
    for path in PHRASES.glob("*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert phrase(line), f"{path.name}: {line}"


def test_verb_phrases_begin_with_an_infinitive_and_their_english_with_a_verb() -> None:
    wrong = [
        each.head
        for each in read(PHRASES).values()
        for verb in [next(w.lower for w in places(each.head) if w.lower not in BEFORE_VERBS)]
        if each.kind == "V"
        and (not verb.endswith(("er", "ir", "re")) or each.renderings[0].startswith("to "))
    ]
    assert not wrong


@pytest.mark.parametrize(
    "line",
    [
        "sans\tfin",
        "un\tone\tx",
        "a~b\ta~b\tn",
        "a\tb|\tn",
        "un deux trois quatre cinq six sept huit neuf\tnine\tn",
    ],
)
def test_what_is_no_term_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\t|unpack"):
        phrase(line)


@pytest.mark.parametrize(
    ("french", "surface", "english"),
    [
        ("Les ONG tirent la sonnette d’alarme.", "tirent la sonnette d’alarme", "sound the alarm"),
        ("Il a marqué dans le temps additionnel.", "temps additionnel", "stoppage time"),
        ("Ils ont vendu à vil prix.", "à vil prix", "at a knockdown price"),
        ("Il a pris la fuite.", "pris la fuite", "fled"),
        ("L’écart s’est creusé.", "s’est creusé", "widened"),
        ("Les écarts se creusent.", "se creusent", "widen"),
        ("La crise va s’enliser.", "s’enliser", "get bogged down"),
        ("Elles avaient été relaxées.", "relaxées", "acquitted"),
        ("Elles ont été limogées.", "limogées", "sacked"),
        ("Il eut tôt fait de partir.", "eut tôt fait de", "soon"),
        ("Il s’en est pris au maire.", "s’en est pris", "attacked"),
        ("Ils s’en prennent au maire.", "s’en prennent", "attack"),
    ],
)
def test_a_phrase_is_found_as_it_is_inflected(french: str, surface: str, english: str) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == surface)
    assert term.sure
    assert term.renderings[0].text == english


def test_a_phrase_is_not_answered_by_its_words() -> None:
    (french, literal) = "Il a signé une passe décisive.", "He signed a decisive pass."
    assert "passe décisive" in [
        term.surface for term in dictionary().answered(french, literal).unanswered
    ]
    answers = dictionary().answered(french, "He provided an assist.")
    assert "passe décisive" not in [term.surface for term in answers.unanswered]


@pytest.mark.parametrize(
    ("french", "never"),
    [
        # A participle is no noun, and one is not many.
        ("Un village coupé du monde.", "World Cup"),
        ("Les bateaux rentrent au port.", "doorstep"),
        # Many of what a noun is of are no many of it.
        ("Le camp des réfugiés.", "refugee camps"),
        ("Des mesures étaient prises.", "popular"),
        # Forms of a verb are not the noun spelt like its infinitive, nor those of modal verbs.
        ("Il put entrer.", "power"),
        ("Un réservoir pouvant contenir tout.", "power"),
        ("Il dut partir.", "duty"),
        ("Ils durent partir.", "last"),
        ("Nous soupons tard.", "suppers"),
        # Words that share a stem.
        ("Il nous faut des saisons entières.", "for lack of"),
        ("Un moine de Solesmes.", "less than"),
        ("Six seulement sont rentrés.", "if only"),
        ("Le fait est rare.", "facts"),
        ("Elle ne cite d'aucun témoin.", "some people"),
        ("Il cherche qui est vivant.", "is living being"),
        # What « Smic » stands for has no capital of its own.
        ("Le Smic augmente.", "Minimum wage"),
    ],
)
def test_a_term_is_not_found_in_other_words(french: str, never: str) -> None:
    assert never not in [term.renderings[0].text for term in dictionary().terms(french)]


@pytest.mark.parametrize(
    ("french", "surface", "english"),
    [
        # A noun that is a verb where it stands.
        ("La route demeure fermée.", "demeure", "remains"),
        ("On a aperçu un loup.", "aperçu", "saw"),
        ("Il a juré hier.", "juré", "swore"),
        ("Le train dessert Lyon.", "dessert", "serves"),
        ("La vieille demeure est vide.", "demeure", "house"),
        ("Le juré est malade.", "juré", "juror"),
        ("Un dessert sucré.", "dessert", "dessert"),
    ],
)
def test_a_word_is_the_verb_or_the_noun_that_it_is_there(
    french: str, surface: str, english: str
) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == surface)
    assert term.renderings[0].text == english


@pytest.mark.parametrize(
    ("french", "name"),
    [
        ("« Pierre a dit non. »", "Pierre"),
        ("Prudence arrive demain.", "Prudence"),
        ("Rose est partie.", "Rose"),
        ("Rose, 34 ans, attend.", "Rose"),
        ("Constant Durand a parlé.", "Constant"),
        ("Olive et Marguerite chantent.", "Olive"),
        ("Hier, Pierre est parti.", "Pierre"),
        ("Le général Pat Ryder a parlé.", "Pat"),
        ("Tim Cook a parlé.", "Tim"),
    ],
)
def test_a_first_name_is_no_word(french: str, name: str) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == name)
    assert [each.text for each in term.renderings] == [name]


@pytest.mark.parametrize(
    ("french", "surface", "english"),
    [
        ("La prudence règne.", "prudence", "caution"),
        ("Prudence : la mer monte.", "Prudence", "caution"),
        ("Pierre taillée et bois.", "Pierre taillée", "chipped stone"),
        ("Constant dans l'effort, il gagne.", "Constant", "constant"),
    ],
)
def test_a_word_with_the_capital_of_its_sentence_is_no_name(
    french: str, surface: str, english: str
) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == surface)
    assert term.renderings[0].text == english


@pytest.mark.parametrize(
    ("french", "surface", "english"),
    [
        # « Être » is said in the form it has, whatever the phrase was learnt as.
        ("Ils étaient au courant.", "étaient au courant", "were aware"),
        ("Il est à l'origine de la crise.", "est à l'origine de", "is behind"),
        ("Il était d'accord.", "était d'accord", "agreed"),
        # What begins with no verb is not conjugated.
        ("Les deux championnats du monde.", "championnats du monde", "world championships"),
        ("La liste des offrandes.", "offrandes", "offerings"),
        # Behind a form of « être » there is no present; an adjective may be spelt like one.
        ("Elle est prête à partir.", "prête", "ready"),
        # A second participle has the auxiliary of the first.
        ("Il a pris et chanté.", "chanté", "sang"),
        # « De carrière » are no « carrières ».
        ("Il travaille dans des carrières.", "carrières", "careers"),
        ("Ses portes sont fermées.", "portes", "doors"),
        ("Les acouphènes gênent.", "acouphènes", "tinnitus"),
        # What stands before a term may alone tell that there are several.
        ("Les taux d'intérêt baissent.", "taux d'intérêt", "interest rates"),
        ("Le taux d'intérêt baisse.", "taux d'intérêt", "interest rate"),
        ("Il a vu deux bras de mer.", "bras de mer", "inlets"),
        ("Le pays d'accueil paie.", "pays d'accueil", "host country"),
        ("Trois pays d'accueil paient.", "pays d'accueil", "host countries"),
        ("Il a pris trois mois avec sursis.", "mois avec sursis", "months suspended"),
        ("Les taux montent.", "taux", "rates"),
        ("Ce sont des êtres vivants.", "êtres vivants", "living beings"),
        ("Le taux monte.", "taux", "rate"),
        # « On », « je » and « tu » have a verb without -s in English, others between or not.
        ("On navigue à vue.", "navigue à vue", "play it by ear"),
        (
            "On se regarde en chiens de faïence.",
            "se regarde en chiens de faïence",
            "glare at each other",
        ),
        (
            "Il se regarde en chiens de faïence.",
            "se regarde en chiens de faïence",
            "glares at each other",
        ),
        ("Je tiens bon.", "tiens bon", "hold firm"),
        ("Elle tient bon.", "tient bon", "holds firm"),
        # « Nous » tells a verb from the noun that is spelt alike.
        ("Nous tenons bon.", "tenons bon", "hold firm"),
        ("Nous coupons les ponts.", "coupons les ponts", "sever all ties"),
        ("Les coupons sont périmés.", "coupons", "coupons"),
        ("Il a sillonné le pays.", "sillonné le pays", "criss-crossed the country"),
    ],
)
def test_a_term_is_rendered_as_it_stands(french: str, surface: str, english: str) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == surface)
    assert term.renderings[0].text == english


@pytest.mark.parametrize(
    ("french", "surface"),
    [("Il n'a ni fin ni une cesse.", "cesse"), ("La cesse du bruit.", "cesse")],
)
def test_a_word_behind_an_article_is_no_verb(french: str, surface: str) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == surface)
    assert not any(each.kind in VERBS for each in term.renderings)


@pytest.mark.parametrize("french", ["Il la verse.", "Qui le verse ?", "Marie la verse."])
def test_a_pronoun_before_a_verb_is_no_article(french: str) -> None:
    term = next(each for each in dictionary().terms(french) if each.surface == "verse")
    assert {"pays", "pours"} <= {each.text for each in term.renderings if each.kind in VERBS}


@pytest.mark.parametrize("name", ["Liège", "Menton", "Havre", "Olivier"])
def test_a_common_word_with_a_capital_is_answered_by_itself(name: str) -> None:
    answers = dictionary().answered(f"Elle habite {name}.", f"She lives in {name}.")
    assert name not in [term.surface for term in answers.unanswered]


@pytest.mark.parametrize(
    ("phrase", "french", "infinitive", "english"),
    [
        ("flatly refuse", "refuse", "refuser", "flatly refuses"),
        ("acquit", "relaxé", "relaxer", "acquitted"),
        ("rely on", "compte", "compter", "relies on"),
        ("be the focus", "cristallisent", "cristalliser", "are the focus"),
        ("be the focus", "cristallisera", "cristalliser", "be the focus"),
        ("travel", "voyageait", "voyager", "travelled"),
        ("fuel", "alimentant", "alimenter", "fuelling"),
        ("reveal", "révélant", "révéler", "revealing"),
        ("at odds", "oppose", "opposer", "at odds"),
        ("out of work", "chôme", "chômer", "out of work"),
    ],
)
def test_the_verb_of_an_english_phrase_is_inflected(
    phrase: str, french: str, infinitive: str, english: str
) -> None:
    assert verb_forms(phrase, french, infinitive)[0] == english


def shown(line: str, used: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give a term's renderings with their safety, if translators chose them so often."""
    chosen = {tuple(text.split()): times for text, times in used.items()}
    entry = parsed(phrase(line).line(("0", "0"), chosen))
    return [(each.text, round(100 * each.safe)) for each in entry.renderings]


def test_what_translators_choose_goes_first() -> None:
    line = "gardien\tguardian|keeper|goalkeeper|caretaker\tn?"
    assert shown(line, {})[0] == ("guardian", 0)
    used = {"goalkeeper": 40, "caretaker": 12, "guardian": 1}
    texts = [text for text, _ in shown(line, used)]
    assert texts == ["goalkeeper", "caretaker", "guardian", "keeper"]


def test_what_was_written_as_the_rule_stays_the_first() -> None:
    line = "serveur\tserver|host|waiter\tn"
    assert shown(line, {"waiter": 9}) == [("server", 100), ("waiter", 30), ("host", 30)]


def test_uses_are_counted_by_the_longest_rendering_that_stands_there() -> None:
    pairs = [
        ("Les eaux emportent le pont.", "The waters sweep away the bridge."),
        ("Le gardien dort.", "The caretakers are asleep."),
        ("Le gardien arrête le tir.", "The goalkeeper saves the shot."),
        ("Le gardien dort.", "Nobody is awake."),
    ]
    # Others, by which what stands anywhere by chance is told.
    pairs += [("Il pleut.", "It is raining.")] * 40
    usage = count(dictionary(), pairs)
    assert usage["gardien"] == {("caretaker",): 1, ("goalkeeper",): 1}
    assert usage["emporter"] == {("sweep", "away"): 1}


def test_of_renderings_alike_the_first_has_the_uses() -> None:
    chosen: dict[tuple[str, ...], int] = {("at", "the", "end", "of", "their", "tether"): 3}
    renderings = ["at the end of one's tether", "at the end of their tether", "on edge"]
    assert times(renderings, chosen) == [3, 0, 0]
