"""What is to be copied letter for letter is found, whole, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.language.literals import literal_spans


@pytest.mark.parametrize(
    ("text", "literals"),
    [
        (
            "Voir https://exemple.fr/a?b=1&c=deux#trois (gratuit).",
            ["https://exemple.fr/a?b=1&c=deux#trois"],
        ),
        ("Voir www.senat.fr/rap/r22-123.html.", ["www.senat.fr/rap/r22-123.html"]),
        ("Écrivez à jean.dupont+vote@mairie-vitre.fr !", ["jean.dupont+vote@mairie-vitre.fr"]),
        (
            "Les comptes @LCI et @maire_staubin, #AlerteMeteo.",
            ["@LCI", "@maire_staubin", "#AlerteMeteo"],
        ),
        (
            r"Dans C:\Users\rapport.docx et sur \\serveur\partage.",
            [r"C:\Users\rapport.docx", r"\\serveur\partage"],
        ),
        ("On écrit x = 2y + 3 et la droite passe.", ["x = 2y + 3"]),
        ("Si a + b = c, alors c − a = b.", ["a + b = c", "c − a = b"]),
        (
            "La relation E = mc² ou E = mc2, puis f(x) = 3x² - 2x + 1.",
            ["E = mc²", "E = mc2", "f(x) = 3x² - 2x + 1"],
        ),
        ("Il faut x₁ < x₂ et v = d / t.", ["x₁ < x₂", "v = d / t"]),
        # English writes its decimals otherwise; units, verbs, words and tags are no variables.
        ("R = 8,314 et 1 h = 60 min ; il a < 3 ans, le prix = 3 euros, <b>a, a<b>.", []),
        ("Le fichier /home/moi/contrat_signe.odt manque.", ["/home/moi/contrat_signe.odt"]),
        ("Le site lemonde.fr et budget-v3_FINAL.xlsx", ["lemonde.fr", "budget-v3_FINAL.xlsx"]),
        (
            "Appelez le 02 99 75 05 21, le 01.44.55.66.77 ou le +33 6 12 34 56 78.",
            ["02 99 75 05 21", "01.44.55.66.77", "+33 6 12 34 56 78"],
        ),
        ("La fonction calculer_moyenne() renvoie 127.0.0.1.", ["calculer_moyenne()", "127.0.0.1"]),
        ("Les serveurs 192.168.0.1 et 255.255.255.0.", ["192.168.0.1", "255.255.255.0"]),
        ("1.000.000.000 d'euros, 1.234.567.890 et 12.345.678.901", []),
        ("12 345 678 euros le 12.10.2023 à 10.30, n°5, 24h/24 et/ou 3,5 km/h", []),
        ("Il a dit non.Puis M.Dupont, l'U.R.S.S. et c.-à-d. p.ex. C# : fin.mais CO_ et", []),
    ],
)
def test_literals_are_found_whole(text: str, literals: list[str]) -> None:
    assert [text[start:end] for start, end in literal_spans(text)] == literals


@pytest.mark.parametrize(
    "piece", ["a_", "a.", "\\\\.", "/a", "@", "#_", "0 12 ", "+1 2 ", "1.", "C:\\"]
)
def test_looking_for_literals_ends_in_any_text(piece: str) -> None:
    spans = literal_spans(piece * 2_000 + "!")
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
