"""Capitals are read as small letters with their accents; names and acronyms stay what they are."""

from __future__ import annotations

import pytest

from pipeline.language.capitals import in_capitals, in_small_letters


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("LE PRÉSIDENT DÉMISSIONNE", "Le président démissionne"),
        (
            "LES ELUS RECLAMENT DES ELECTIONS ANTICIPEES.",
            "Les élus réclament des élections anticipées.",
        ),
        ("L'OTAN RENFORCE SA PRÉSENCE EN ESTONIE", "L'OTAN renforce sa présence en Estonie"),
        ("L'EUROPE FACE A LA CRISE DE L'ENERGIE", "L'Europe face à la crise de l'énergie"),
        ("IL A ETE TUE PAR BALLES A BOGOTA", "Il a été tué par balles à Bogota"),
        ("LES DEPUTES ONT ADOPTE LA LOI", "Les députés ont adopté la loi"),
        ("BLOCAGE DE L'AUTOROUTE A7 : FIN", "Blocage de l'autoroute A7 : fin"),
        ("LOUIS XIV EST MORT. VIVE LE ROI !", "Louis XIV est mort. Vive le roi !"),
        ("DEUX MORTS PRÈS DE RENNES", "Deux morts près de Rennes"),
        ("LES PECHEURS DE SAINT-MALO DANS LA FORET", "Les pêcheurs de Saint-Malo dans la forêt"),
        ("LA BCE RELÈVE SES TAUX", "La BCE relève ses taux"),
        ("LE MARCHÉ MARCHE : LA BNP AUSSI", "Le marché marche : la BNP aussi"),
    ],
)
def test_words_in_capitals_are_read_as_small_letters(text: str, small: str) -> None:
    assert in_capitals(text)
    assert in_small_letters(text) == small


@pytest.mark.parametrize(
    "text",
    [
        "SNCF",
        "UE, OTAN, ONU",
        "L'ONU ET L'OTAN",
        "MACRON",
        "A320",
        "Louis XIV",
        "Le président",
        "2024",
        "",
    ],
)
def test_names_acronyms_and_small_letters_are_no_words_in_capitals(text: str) -> None:
    assert not in_capitals(text)


@pytest.mark.parametrize("piece", ["E", "E ", "AE-", "É.", "A'"])
def test_reading_capitals_ends_in_any_text(piece: str) -> None:
    assert len(in_small_letters(piece * 500)) == 500 * len(piece)
