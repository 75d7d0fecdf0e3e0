"""A document and its sentences in; the title that its edition bears out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Document, Segment
from pipeline.text import opening


def shown_title(document: Document, segments: Sequence[Segment]) -> str:
    """Give the title where it stands in the text, else the first words of the text."""
    stands = any(block.text == document.title for block in document.blocks)
    return document.title if stands or not segments else opening(segments[0].source)
