"""Titles and people: what the file says, what was given instead, and the blocks they become."""

import pytest

from pipeline.config import FrontSettings, ReadSettings, load_settings
from pipeline.jobs.plan import registered
from pipeline.model import BlockKind, Document
from pipeline.stages.read.front import with_front
from pipeline.stages.read.stage import read

TEXT = """---
title: Le chat
subtitle: Une histoire
kicker: Chronique
source: La Dépêche
series: [un, deux]
---

Le chat dort.
"""


def settings_with(**given: str) -> tuple[ReadSettings, FrontSettings]:
    flags = {f"front.{name}": value for name, value in given.items()}
    settings = load_settings(registered(), flags=flags)
    return settings.read, settings.front


def document(text: str = TEXT, name: str = "a.md") -> Document:
    return read(text.encode(), name, settings_with()[0])


def texts(found: Document) -> list[str]:
    return [block.text for block in found.blocks]


def test_title_subtitle_and_kicker_of_the_file_are_blocks_to_translate() -> None:
    found = document()
    assert texts(found) == ["Le chat", "Une histoire", "Chronique", "Le chat dort."]
    assert [block.index for block in found.blocks] == [0, 1, 2, 3]
    assert found.blocks[0].kind is BlockKind.HEADING
    assert found.front.source == "La Dépêche"


def test_what_is_given_counts_instead_and_giving_it_again_changes_nothing() -> None:
    _, given = settings_with(title="Le chien", subtitle="Autre", byline="A. Roy", rights="© Phare")
    found = with_front(document(), given)
    assert texts(found) == ["Le chien", "Autre", "Chronique", "Le chat dort."]
    assert (found.title, found.author, found.front.rights) == ("Le chien", "A. Roy", "© Phare")
    assert with_front(found, given) == found


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_text_without_a_title_gets_the_one_given(name: str) -> None:
    _, given = settings_with(title="Le chat", kicker="Récit")
    found = with_front(document("Il dort.", name), given)
    assert texts(found) == ["Le chat", "Récit", "Il dort."]
    assert with_front(document("Il dort.", name)) == document("Il dort.", name)
