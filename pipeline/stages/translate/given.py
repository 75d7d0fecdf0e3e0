"""A document and its segments in; the English that a person gave its titles beside it, out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.documents.title import shown_title
from pipeline.errors import InputError
from pipeline.model import Document, Segment


def given_english(document: Document, segments: Sequence[Segment]) -> dict[str, str]:
    """Give by segment the English that the front matter or the run has for titles.

    Raises InputError where a title has several sentences, for which one English cannot stand.
    """
    front = document.front
    given = {
        source: english
        for source, english in (
            (shown_title(document, segments), front.title_en),
            (front.subtitle, front.subtitle_en),
            (front.kicker, front.kicker_en),
        )
        if source and english
    }
    found: dict[str, str] = {}
    for block in document.blocks[:3]:
        if block.text not in given:
            continue
        inside = [each.id for each in segments if each.block == block.index]
        if len(inside) != 1:
            raise InputError(
                f"“{block.text}” is {len(inside)} sentences, and cannot have one English for all",
                "leave its English out, and write that of each sentence in review",
            )
        found[inside[0]] = given[block.text]
    return found
