"""A translated text, its scores and what was decided in; the content of its edition out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.config import PublishSettings
from pipeline.decisions import Decided
from pipeline.documents.title import shown_title
from pipeline.model import EditionContent, Entry, House, Provenance, Scores, Translated
from pipeline.stages.publish.dress import dress_of
from pipeline.text import opening


def edition_content(
    text: Translated,
    scores: Scores,
    entries: Iterable[Entry],
    decided: Decided,
    provenance: Provenance,
    settings: PublishSettings,
    house: House | None = None,
) -> EditionContent:
    """Gather what an edition shows; ``entries`` cover those of the text's occurrences."""
    text = _titled(text)
    by_id = {entry.id: entry for entry in entries}
    used = {each.entry_id: by_id[each.entry_id] for each in text.occurrences}
    return EditionContent(
        document=text.document,
        target_title=_target_title(text),
        segments=text.segments,
        translations=text.translations,
        entries=tuple(used.values()),
        occurrences=text.occurrences,
        findings=tuple(each for each in scores.findings if not each.dismissed),
        metrics=scores.metrics,
        provenance=provenance,
        reference_scores=scores.reference_scores,
        dismissed=tuple(each for each in scores.findings if each.dismissed),
        ranks=scores.ranks,
        dress=dress_of(settings, house),
        reviewed=decided.reviewed(text.segments, text.translations),
    )


def _titled(text: Translated) -> Translated:
    """Give a text that has no title of its own its first words as one."""
    title = shown_title(text.document, text.segments)
    return replace(text, document=replace(text.document, title=title))


def _target_title(text: Translated) -> str:
    """Give the translation of the block that is the title, else that of the first words."""
    document = text.document
    title = next((block.index for block in document.blocks if block.text == document.title), None)
    pairs = zip(text.segments, text.translations, strict=True)
    texts = [translation.text for segment, translation in pairs if segment.block == title]
    return " ".join(texts) or opening(text.translations[0].text)
