"""What the engine is asked for a text, and how its English is put back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Hint, Request
from pipeline.stages.translate.prepare import Lone, plain, prepare, uncoded


def asked(source: str) -> list[str]:
    return [way.source for way in prepare(source)]


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("Le ministre est à Paris.", "Le ministre est à Paris."),
        ("LE PRÉSIDENT DÉMISSIONNE.", "Le président démissionne."),
        ("ATTENTION : défense d'entrer !", "Attention : défense d'entrer !"),
        ("Le roman « LE ROUGE ET LE NOIR » parut.", "Le roman « Le rouge et le noir » parut."),
        ("Il est STRICTEMENT INTERDIT de fumer.", "Il est strictement interdit de fumer."),
        ("Il ne faut JAMAIS ouvrir.", "Il ne faut jamais ouvrir."),
        ("Le 1ᵉʳ mai, Mᵐᵉ Roy, la ﬁlière\u00a0: 5\u202f%", "Le 1er mai, Mme Roy, la filière : 5 %"),
        ("Elle emploie une soixantaine de salariés.", "Elle emploie environ 60 salariés."),
        ("Alerte jusqu'à mardi 6 heures.", "Alerte jusqu'à mardi 6:00."),
        ("Rendez-vous lundi 14 h.", "Rendez-vous lundi 14:00."),
        ("Lundi 6 heures de route.", "Lundi 6 heures de route."),
        # Of Roman numerals engines make another number.
        ("Il est né au XVe siècle.", "Il est né au 15e siècle."),
        ("Du XVe au XVIIe siècle, la ville prospère.", "Du 15e au 17e siècle, la ville prospère."),
        ("Aux XIXe et XXe siècles, tout change.", "Aux 19e et 20e siècles, tout change."),
        ("Au Ier siècle avant notre ère, Rome.", "Au 1er siècle avant notre ère, Rome."),
        ("La IVe et la Ve République.", "La 4e et la 5e République."),
        ("Le XVIe arrondissement et Louis XVI.", "Le 16e arrondissement et Louis XVI."),
        ("François Ier et le IIXe siècle.", "François Ier et le IIXe siècle."),
        ("Une dizaine d’entre eux sont là.", "Environ 10 d'entre eux sont là."),
        ("Près d’une centaine d'élus.", "Près de 100 élus."),
        ("Une dizaine de milliers d'euros.", "Environ 10 000 euros."),
        ("Une quarantaine de 14 jours.", "Une quarantaine de 14 jours."),
        ("Elle a passé la cinquantaine.", "Elle a passé la cinquantaine."),
        ("Suivez @nom et #AlerteMeteo.", "Suivez AX100 et AX200."),
        ("L'Airbus AX100 de @nom.", "L'Airbus AX100 de X0X100."),
    ],
)
def test_the_engine_is_asked_in_words_that_it_knows(source: str, asks: str) -> None:
    assert asked(source) == [asks]


@pytest.mark.parametrize(
    "source",
    [
        "PARIS (AFP) - Le ministre a présenté son budget.",
        "Emmanuel MACRON a rencontré Olaf SCHOLZ à Berlin.",
        "Marine LE PEN et Bruno LE MAIRE débattent.",
        "M. Olivier FAURE a parlé.",
        "La SNCF et la RATP sont en grève.",
        "BNP PARIBAS annonce des suppressions de postes.",
        "UE, OTAN, ONU",
        "SNCF",
    ],
)
def test_surnames_acronyms_and_datelines_stay(source: str) -> None:
    assert asked(source) == [source]


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        ("Taux de chômage", ["Taux de chômage", "taux de chômage"]),
        ("SOMMAIRE", ["Sommaire", "sommaire"]),
        ("Jean Martin", ["Jean Martin"]),
        ("Oui.", ["Oui."]),
        ("200 g de farine", ["200 g de farine"]),
    ],
)
def test_a_line_of_few_words_is_asked_with_a_small_initial_too(
    source: str, ways: list[str]
) -> None:
    assert asked(source) == ways


@pytest.mark.parametrize(
    ("source", "english", "delivered"),
    [
        ("LE PRÉSIDENT DÉMISSIONNE", "The President resigns", "THE PRESIDENT RESIGNS"),
        ("ATTENTION : entrez !", "Attention: come in!", "ATTENTION: come in!"),
        (
            "Il dit « SORTEZ D'ICI » et « oui ».",
            'He says "Get out" and "yes".',
            'He says "GET OUT" and "yes".',
        ),
        ("Il dit « SORTEZ D'ICI ».", "He tells them to get out.", "He tells them to get out."),
        ("Suivez @nom_a et #Un.", "Follow AX200 and AX100.", "Follow #Un and @nom_a."),
        ("ÉCRIRE À a.b@exemple.fr", "Write to AX100", "WRITE TO a.b@exemple.fr"),
        ("« Il faut choisir.", '"We must choose."', '"We must choose.'),
        ("“Il faut choisir.", '"We must choose."', '"We must choose.'),
        ("Il pleut », dit-il.", '"It is raining," he says.', 'It is raining," he says.'),
        ("Il a dit « oui ». « Non.", 'He said "yes". "No."', 'He said "yes". "No.'),
    ],
)
def test_capitals_and_literals_are_put_back(source: str, english: str, delivered: str) -> None:
    way = prepare(source)[0]
    assert way.restored(english) == delivered
    assert way.restored(way.asked(delivered)) == delivered


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("« Il faut choisir.", "« Il faut choisir. »"),
        ("“Il faut choisir.", "“Il faut choisir.”"),
        ("Il pleut », dit-il.", "« Il pleut », dit-il."),
        ("« Il pleut », dit-il.", "« Il pleut », dit-il."),
        ("» Il « pleut", "» Il « pleut"),
        ("« Il a dit “oui” et non.", "« Il a dit “oui” et non. »"),
        # Marks that are no quotation, or none of their own.
        ("» Lire aussi", "» Lire aussi"),
        ("Accueil » Actualités", "Accueil » Actualités"),
        ("Un écran de 15” est vendu.", "Un écran de 15” est vendu."),
        ("„Guten Tag“, dit-il.", "„Guten Tag“, dit-il."),
        ('Il dit “oui".', 'Il dit “oui".'),
    ],
)
def test_a_quotation_is_asked_with_both_its_marks(source: str, asks: str) -> None:
    assert prepare(source)[0].source == asks


def test_no_draft_is_none_of_half_a_quotation() -> None:
    for source in ("« Il faut choisir.", "Il pleut », dit-il."):
        assert not prepare(source)[0].request(Request(source)).draft


def test_an_initial_made_small_is_raised_again() -> None:
    assert prepare("Ordinateur")[1].restored("computer") == "Computer"


@pytest.mark.parametrize(
    ("english", "kept"),
    [
        ("AX100 here", True),
        ("Ax100 here", False),
        ("AX1000", False),
        ("AX100, AX100", False),
        ("", False),
    ],
)
def test_a_code_is_kept_once_and_whole(english: str, kept: bool) -> None:
    assert prepare("Ici @nom.")[0].kept(english) is kept


@pytest.mark.parametrize(
    ("source", "hint", "given"),
    [
        (
            "LE BÉNÉFICE NET DOUBLE",
            Hint("BÉNÉFICE NET", "net income"),
            Hint("bénéfice net", "net income"),
        ),
        ("CONSEIL MUNICIPAL : VOTE", Hint("CONSEIL", "council"), Hint("Conseil", "council")),
        (
            "Le bénéﬁce net double.",
            Hint("bénéﬁce net", "net income"),
            Hint("bénéfice net", "net income"),
        ),
        ("Le compte @mairie de la mairie", Hint("@mairie", "@mairie"), Hint("AX100", "AX100")),
        ("Le compte @mairie_staubin.", Hint("mairie", "town hall"), None),
    ],
)
def test_hints_are_given_in_the_words_of_what_is_asked(
    source: str, hint: Hint, given: Hint | None
) -> None:
    assert prepare(source)[0].hint(hint) == given


def test_literals_whose_codes_get_lost_are_hints_for_themselves() -> None:
    way, hints = uncoded("Le 1ᵉʳ compte @nom.")
    assert way.source == "Le 1er compte @nom."
    assert hints == (Hint("@nom", "@nom"),)


@given(st.text(max_size=60))
def test_any_text_can_be_prepared_and_its_literals_put_back(source: str) -> None:
    for way in prepare(source):
        assert way.kept(way.source) or not way.codes
        if not way.capitals and not way.raised and way.lone is Lone.NONE:
            assert way.restored(way.source) == plain(source)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2,4 Md€, dont 800 M€", "2,4 milliards d'euros, dont 800 millions d'euros"),
        ("12 Mds d’euros", "12 milliards d'euros"),
        ("45,6 MEUR et 10 kEUR", "45,6 millions d'euros et 10 000 euros"),
        ("3 M$", "3 millions de dollars"),
        ("5 km, 30 Mbit, le M€", "5 km, 30 Mbit, le M€"),
        ("Me Tran plaide.", "L'avocat Tran plaide."),
        ("Hier, selon Me Léa Tran, oui.", "Hier, selon l'avocat Léa Tran, oui."),
        ("La plaidoirie de Me Ndiaye", "La plaidoirie de l'avocat Ndiaye"),
        ("Il répond à Mes Tran et Roux.", "Il répond aux avocats Tran et Roux."),
        ("Mes Léa Tran et Luc Roux plaident.", "Les avocats Léa Tran et Luc Roux plaident."),
        ("Son avocat, Me Luc Roux, sort.", "Son avocat, Luc Roux, sort."),
        ("en l'étude de Me Achard", "en l'étude de Achard"),
        ("Il me parle. Mes amis et moi, à Me.", "Il me parle. Mes amis et moi, à Me."),
        ("1,5 k€", "1,5 k€"),
    ],
)
def test_an_amount_in_shorthand_is_asked_for_in_words(text: str, asked: str) -> None:
    assert plain(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("À 11 h 29, puis à 20h45.", "À 11:29, puis à 20:45."),
        ("de 21 h à 6 h du matin", "de 21:00 à 6:00 du matin"),
        ("Entre 8 h 30 et 17 h,", "Entre 8:30 et 17:00,"),
        ("entre 14 h et 17 heures", "entre 14:00 et 17:00"),
        ("vers 0 h 15, dès 19 heures, à partir de 20 h", "vers 0:15, dès 19:00, à partir de 20:00"),
        ("à 5 heures de l’après-midi", "à 5:00 de l’après-midi"),
        # Lengths of time, and what is none.
        (
            "à 3 heures de route, 35 heures par semaine",
            "à 3 heures de route, 35 heures par semaine",
        ),
        ("entre 3 et 5 heures, pendant 24 h", "entre 3 et 5 heures, pendant 24 h"),
        ("24 h/24, à 90 km/h, vers 9 h et demie", "24 h/24, à 90 km/h, vers 9 h et demie"),
        ("après 3 heures de débats, à l’heure", "après 3 heures de débats, à l’heure"),
        (
            "limité à 10 heures par jour, réduit à 2 heures",
            "limité à 10 heures par jour, réduit à 2 heures",
        ),
        ("jusqu’à 20 heures par semaine", "jusqu’à 20 heures par semaine"),
        ("Il passe à 12 heures hebdomadaires.", "Il passe à 12 heures hebdomadaires."),
        ("Le train passe à 12 heures.", "Le train passe à 12:00."),
        (
            "à 3 heures en train de Nice, à 4 heures à pied",
            "à 3 heures en train de Nice, à 4 heures à pied",
        ),
        ("Il part à 19 heures en train.", "Il part à 19:00 en train."),
        ("à 3 heures seulement de Paris", "à 3 heures seulement de Paris"),
        ("Le trajet dure de 2 h à 3 h.", "Le trajet dure de 2 h à 3 h."),
        ("Il travaille de 6 h à 8 h par jour.", "Il travaille de 6 h à 8 h par jour."),
        (
            "Ouvert de 8 h à 12 h, puis entre 14 h et 18 h.",
            "Ouvert de 8:00 à 12:00, puis entre 14:00 et 18:00.",
        ),
    ],
)
def test_a_time_of_day_is_asked_for_with_a_colon(text: str, asked: str) -> None:
    assert plain(text) == asked
