"""A translated text in; the same with the English titles that a person gave beside it, out."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import PublishError
from pipeline.model import Origin, Translated


def given_english(text: Translated) -> Translated:
    """Give the titles the English that stands in the front matter or was given with the run.

    What a person wrote in review counts more. Raises PublishError where a title has several
    sentences, for which one English cannot stand.
    """
    front = text.document.front
    given = {
        source: english
        for source, english in (
            (text.document.title, front.title_en),
            (front.subtitle, front.subtitle_en),
            (front.kicker, front.kicker_en),
        )
        if source and english
    }
    wanted: dict[str, str] = {}
    for block in text.document.blocks[:3]:
        if block.text not in given:
            continue
        inside = [each.id for each in text.segments if each.block == block.index]
        if len(inside) != 1:
            raise PublishError(
                f"“{block.text}” is {len(inside)} sentences, and cannot have one English for all",
                "leave its English out, and write that of each sentence in review",
            )
        wanted[inside[0]] = given[block.text]
    wanted = {
        each.segment_id: wanted[each.segment_id]
        for each in text.translations
        if each.segment_id in wanted and each.origin is not Origin.PERSON
    }
    if not wanted:
        return text
    translations = tuple(
        replace(each, text=wanted[each.segment_id], origin=Origin.PERSON, finished=True)
        if each.segment_id in wanted
        else each
        for each in text.translations
    )
    occurrences = tuple(
        replace(each, target_start=None, target_end=None) if each.segment_id in wanted else each
        for each in text.occurrences
    )
    return replace(text, translations=translations, occurrences=occurrences)
