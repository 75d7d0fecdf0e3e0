"""Typesetting changes spaces and quotation marks where each language asks, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.typography import typeset

MARKS = "aé1 5'\"«»‹›:;!?.,…%€()—-/&\u00a0\u202f\u2009“”’@wM°nh"


def printed(text: str, language: str) -> str:
    return "".join(typeset(text, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il part ; pourquoi ? Non !", "Il part_; pourquoi_? Non_!"),
        ("Il part; pourquoi? Non!", "Il part_; pourquoi_? Non_!"),
        ("Il dit : oui", "Il dit~: oui"),
        ("«Oui»", "«_Oui_»"),
        ("« Oui ?! »", "«_Oui_?!_»"),
        ("« l'« Europe » »", "«_l’«_Europe_»_»"),
        ("1 200 000 € et 25 %", "1_200_000~€ et 25~%"),
        ("en 2024 150 soldats", "en 2024 150 soldats"),
        ("M. Dupont, n° 5, art. 3", "M.~Dupont, n°~5, art.~3"),
        ("— Viens.", "—~Viens."),
        ("à 3 h 15 et à 20 h, le 1er mai 2026", "à 3~h~15 et à 20~h, le 1er~mai 2026"),
        ("les 3 hommes ; en mai ; 45 mars", "les 3 hommes_; en mai_; 45 mars"),
        ('C\'est "bien".', "C’est “bien”."),
        ("à 14:30", "à 14:30"),
        ("https://a.fr/x?y=1;z: x", "https://a.fr/x?y=1;z: x"),
        ("a@b.fr; c", "a@b.fr; c"),
        ("&eacute; x", "&eacute; x"),
        ("std::x", "std::x"),
        ("» suite", "» suite"),
    ],
)
def test_french(text: str, expected: str) -> None:
    assert printed(text, "fr").replace("\u202f", "_").replace("\u00a0", "~") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no"; she said "yes".', "He said “no”; she said “yes”."),
        ('"A," he said. "B."', "“A,” he said. “B.”"),
        ("It's Macron's.", "It’s Macron’s."),
        ('"The "Phare" is lit," he said.', "“The “Phare” is lit,” he said."),
        ('""Phare" is lit", or "in the "Phare"".', "““Phare” is lit”, or “in the “Phare””."),
        ('"The plan "of old, he said.', '"The plan "of old, he said.'),
        ("the 'plan' and '90s", "the 'plan' and '90s"),
        ('5" of "rain', '5" of "rain'),
        ("Why ? Because !", "Why ? Because !"),
        ("Mr Roy and Dr. Vial, at 3:15 a.m.", "Mr~Roy and Dr.~Vial, at 3:15~a.m."),
        ("on 14 September, in May 2026", "on 14~September, in May 2026"),
        ("EUR 3.4 billion, No. 5, art. 7", "EUR~3.4~billion, No.~5, art.~7"),
        (
            "No one, 3 ambulances, 12 Mayors, Ms of old",
            "No one, 3 ambulances, 12 Mayors, Ms of old",
        ),
        ('x="1"', 'x="1"'),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert printed(text, "en").replace("\u00a0", "~") == expected


@given(st.text(st.sampled_from(MARKS), max_size=30), st.sampled_from(["fr", "en"]))
def test_only_spaces_and_quotes_change_and_only_once(text: str, language: str) -> None:
    pieces = typeset(text, language)
    assert len(pieces) == len(text)
    once = "".join(pieces)
    assert printed(once, language) == once
    assert bare(once) == bare(text)


def bare(text: str) -> str:
    quotes = {ord("’"): "'", ord("“"): '"', ord("”"): '"'}
    return "".join(text.split()).translate(quotes)
