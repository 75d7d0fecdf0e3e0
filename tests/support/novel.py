"""Nothing in; a short book in two parts, with a preface and a conclusion outside them, out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.config import load_settings
from pipeline.jobs.plan import registered
from pipeline.model import BlockKind, EditionContent, EntryKind
from pipeline.stages.publish.dress import dress_of
from tests.support.render_sample import H, P, make_content

TEXT = ("Le conseil a adopté la charte de Saint-Aubert.", "The council adopted the charter.")


def heading(level: int, french: str, english: str) -> tuple[BlockKind, int, str, list[Any]]:
    return H, level, "", [(french, english)]


def paragraph(count: int = 1) -> tuple[BlockKind, int, str, list[Any]]:
    return P, 0, "", [TEXT] * count


def novel() -> EditionContent:
    """Give a text in two parts, with a preface and a conclusion outside them."""
    content = make_content(
        [
            heading(1, "Le Bac", "The Ferry"),
            heading(2, "Préface", "Preface"),
            paragraph(60),
            heading(2, "Première partie : la rive", "Part One: The Bank"),
            heading(3, "Le départ", "Departure"),
            paragraph(30),
            heading(3, "L'attente", "Waiting"),
            paragraph(30),
            heading(2, "Deuxième partie : le fleuve", "Part Two: The River"),
            heading(3, "La crue", "The Flood"),
            paragraph(30),
            heading(2, "Troisième partie : fin", "Part Three: The End"),
            paragraph(),
        ],
        terms=[("charte", "charter", EntryKind.TERM, "")],
        author="Maëlle Corvec",
    )
    settings = load_settings(registered(), flags={"publish.dress": "print", "publish.book": True})
    return replace(content, dress=dress_of(settings.publish))
