"""Decoding is strict and names the remedy; what was spoilt before is read back or told of."""

from __future__ import annotations

import pytest

from pipeline.documents.decoding import decode, readable
from pipeline.errors import InputError

FRENCH = "L’été à Besançon coûte 12 €.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode(), "utf-8"),
        (FRENCH.encode("utf-8-sig"), "utf-8"),
        (FRENCH.encode("utf-8-sig"), "UTF8"),
        (FRENCH.encode("cp1252"), "cp1252"),
        (FRENCH.encode("utf-16"), "utf-16"),
    ],
)
def test_decodes_what_is_named(data: bytes, encoding: str) -> None:
    assert decode(data, encoding) == FRENCH


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (b"", "utf-8", "empty"),
        (b" \r\n\t", "utf-8", "empty"),
        ("\u00a0\n".encode(), "utf-8", "empty"),
        (FRENCH.encode("cp1252"), "utf-8", "in the encoding cp1252"),
        (FRENCH.encode("utf-16"), "utf-8", "in the encoding utf-16"),
        (b"un\ndeux\n\x81\x8d", "utf-8", "line 3"),
        (b"\x89PNG\x00\x00\x00\x0d" * 40, "utf-8", "binary"),
        (b"texte", "klingon", "not known"),
        (b"texte", "rot13", "not known"),
        (b"texte", "a\x00b", "not known"),
    ],
)
def test_refuses_with_a_remedy(data: bytes, encoding: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        decode(data, encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "advice"),
    [
        ("Le prix est de 3 €. L'œuvre.", "iso8859-15", "iso8859-15"),
        ("Le cœur de l'Œuvre bat à Paris, Šárka.", "iso8859-15", "iso8859-15"),
        ("Le prix est de 3 €, l’œuvre « à part »…", "cp1252", "cp1252"),
        ("Il a bu ½ litre d'eau à Épinal.", "cp1252", "cp1252"),
        ("L’été, à Besançon, l’élève a été reçue.", "mac-roman", "mac-roman"),
        ("Été à Besançon, où l'élève a été reçue.", "cp850", "cp850"),
    ],
)
def test_the_advice_is_the_encoding_that_reads_as_french(
    text: str, encoding: str, advice: str
) -> None:
    with pytest.raises(InputError, match=rf"in the encoding {advice}$"):
        decode(text.encode(encoding), "utf-8")
    assert decode(text.encode(encoding), advice) == text


def test_a_few_spoilt_bytes_in_a_utf_8_text_are_named_as_such() -> None:
    data = "L’été à Besançon.\n".encode() * 3 + "Un caf\xe9.\n".encode("latin-1")
    with pytest.raises(InputError, match=r"UTF-8 but for some bytes \(first on line 4\)"):
        decode(data, "utf-8")


def test_an_encoding_that_a_person_named_wrongly_is_told_of() -> None:
    data = "Le prix est de 3 €.\nL'œuvre.".encode("iso8859-15")
    _, (notice,) = readable(data, "cp1252")
    assert "reads better as iso8859-15 than as cp1252 (line 1)" in notice.message
    assert readable(data, "iso8859-15")[1] == ()
    assert readable("L’œuvre à 3 €, ½ litre.".encode("cp1252"), "cp1252")[1] == ()


SPOILT = "Le préfet a reçu l’élue à l’hôtel, « à côté » : 3 € — c’est fini…"


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1252", "cp1252"), ("latin-1", "cp1252"), ("mac-roman", "mac-roman")]
)
def test_utf_8_that_was_read_as_something_else_is_read_back(codec: str, name: str) -> None:
    text, notices = readable(f"Bon.\n{SPOILT.encode().decode(codec)}".encode(), "utf-8")
    assert text == f"Bon.\n{SPOILT}"
    assert f"looks like UTF-8 read as {name}, line 2" in notices[0].message
    assert notices[0].line == 2


def test_what_was_spoilt_twice_is_read_back_and_lost_no_break_spaces_are_no_matter() -> None:
    twice = SPOILT.encode().decode("latin-1").encode().decode("latin-1")
    assert readable(twice.encode(), "utf-8")[0] == SPOILT
    assert readable("lue Ã  l’hÃ´tel, 3Â €".replace("’", "'").encode(), "utf-8")[0] == (
        "lue à l'hôtel, 3\u00a0€"
    )


@pytest.mark.parametrize(
    "text",
    ["Le signe « Ã© » s’affiche au lieu de « é ».", "São Paulo, l’Âge d’or, ÂGE, Ã", "√2 ≈ 1,41"],
)
def test_a_text_about_such_signs_is_left_as_it_is(text: str) -> None:
    assert readable(text.encode(), "utf-8")[0] == text


def test_letters_of_typesetters_are_read_as_letters_and_counted() -> None:
    written = "Les ﬁnances, l’oﬃcier.\nLe 1ᵉʳ mai, Mᵐᵉ Roy, XIXᵉ.\n𝐔𝐫𝐠𝐞𝐧𝐭 : ｌｅ 𝟏𝟐, 和，平"
    text, notices = readable(written.encode(), "utf-8")
    assert text == "Les finances, l’officier.\nLe 1er mai, Mme Roy, XIXe.\nUrgent : le 12, 和，平"
    assert [notice.message for notice in notices] == [
        "2 ligatures read as letters, first on line 1",
        "5 superior letters read as letters, first on line 2",
        "10 styled letters read as letters, first on line 3",
    ]


def test_superior_letters_of_phonetics_and_powers_stay() -> None:
    text = "Le son [pʰ], [kʷ] ; 10ⁿ, 5 m², n° 7."
    assert readable(text.encode(), "utf-8") == (text, ())
