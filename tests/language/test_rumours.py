"""Where the French conditional tells a rumour, and where it does not."""

from __future__ import annotations

import pytest

from pipeline.language.rumours import rumours


def told(text: str) -> list[str]:
    return [text[each.start : each.end] for each in rumours(text)]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Le suspect se serait enfui.", ["se serait enfui"]),
        ("Un groupe s’en serait finalement porté acquéreur.", ["s’en serait finalement porté"]),
        ("Il aurait été aussitôt arrêté.", ["aurait été aussitôt arrêté"]),
        ("Il aurait, à l’insu de tous, prélevé 3 euros.", ["aurait, à l’insu de tous, prélevé"]),
        ("Il aurait lui-même demandé sa libération.", ["aurait lui-même demandé"]),
        ("Le feu serait dû à un mégot.", ["serait dû"]),
        ("« Non », aurait-il répondu.", ["aurait-il répondu"]),
        ("L’unique enchérisseur aurait été le peintre lui-même.", ["aurait été"]),
        # The past first: what else is told of it may be what was to come.
        ("Le camp serait vide : tous auraient fui.", ["auraient fui", "serait"]),
        ("Il aurait dormi sans que nul ne le sache.", ["aurait dormi"]),
        ("Il aurait dû fuir.", []),
        ("Si tu venais, il aurait gagné.", []),
        ("N’eût été la neige, ils seraient arrivés à temps.", []),
        ("Sans toi, il serait mort.", []),
        ("Il serait mort sans ton aide.", []),
        ("Ceux qui auraient perdu leur billet peuvent entrer.", []),
        ("On aurait juré que la maison dormait.", []),
        ("Le maire annonce que la rue serait fermée.", []),
        ("L’aurait-on écouté, on aurait évité le drame.", []),
    ],
)
def test_a_rumour_is_told(text: str, verbs: list[str]) -> None:
    assert told(text) == verbs


def test_what_may_not_have_happened_is_marked() -> None:
    (law,) = rumours("Elle a rejeté la loi qui aurait permis la chasse.")
    (no,) = rumours("Il n’aurait pas répondu.")
    assert (law.is_relative, law.is_denied) == (True, False)
    assert (no.is_relative, no.is_denied) == (False, True)
