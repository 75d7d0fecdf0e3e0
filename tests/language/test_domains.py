"""What a text is about tells what its words mean."""

from __future__ import annotations

import pytest

from pipeline.language.domains import Domains, meanings, senses

COURT = (
    "Procès Delcourt : la défense plaide la relaxe",
    "Le parquet avait requis trois ans de prison contre le prévenu.",
    "L'avocate a dénoncé l'instruction. Son client n'aurait fait qu'obéir.",
)
SHOP = (
    "Le supermarché baisse ses prix",
    "Les rayons étaient vides depuis lundi.",
    "Chaque client reçoit un bon d'achat, avec une notice d'instruction.",
)


def meant(blocks: tuple[str, ...], number: int = 2) -> dict[str, tuple[str, ...]]:
    around = Domains(blocks).around(number)
    return {each.term: each.english for each in senses(blocks[number], around)}


def test_a_client_in_court_is_no_customer() -> None:
    assert Domains(COURT).around(2)[0] == "courts"
    found = meant(COURT)
    assert found["client"][0] == "client"
    assert found["instruction"][0] == "investigation"


def test_where_the_text_tells_nothing_a_word_may_mean_anything() -> None:
    assert meant(SHOP) == {}
    assert meant(COURT[2:], 0) == {}


def test_a_text_has_the_domain_of_its_neighbourhood() -> None:
    blocks = (*SHOP, *["Il pleut."] * 10, *COURT)
    text = Domains(blocks)
    assert "courts" not in text.around(0)
    assert "courts" in text.around(len(blocks) - 1)


def test_the_strongest_domain_says_what_a_word_means() -> None:
    domains = [name for name, table in meanings().items() if "client" in table]
    (first, *_) = senses("Son client est là.", [*domains, "courts"])
    assert first.domain == domains[0]


@pytest.mark.parametrize("name", sorted(meanings()))
def test_what_is_meant_is_written_as_the_dictionary_has_it(name: str) -> None:
    for french, english in meanings()[name].items():
        assert french == french.strip()
        assert english
        assert all(text == text.strip() and "~" not in text for text in english)
