"""What writers get: a block of a document with its English, and how the two lists come together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pipeline.errors import PublishError
from pipeline.model import Block, InlineMark


@dataclass(frozen=True, slots=True)
class EnglishBlock:
    """A block, the English that stands for it, and the marks of the English."""

    block: Block
    text: str
    marks: tuple[InlineMark, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the English is not the very text of the block."""
        return (self.text, self.marks) != (self.block.text, self.block.marks)


def paired(
    blocks: Iterable[Block], targets: Sequence[EnglishBlock]
) -> tuple[EnglishBlock | None, list[EnglishBlock]]:
    """Give the target of each block of a walk; before them that of a title which is no block.

    Raises PublishError where the document is not the one that was translated.
    """
    found = [block.text for block in blocks]
    title = None
    rest = list(targets)
    if len(rest) == len(found) + 1:
        title, rest = rest[0], rest[1:]
    if found != [target.block.text for target in rest]:
        raise PublishError(
            "the document is read differently now than when it was translated", "run the text again"
        )
    return title, rest


def grouped(
    groups: Sequence[Sequence[Block]], targets: Sequence[EnglishBlock]
) -> list[list[EnglishBlock]]:
    """Give the targets of the blocks of each part of a walk; raises as ``paired`` does."""
    _, own = paired(chain.from_iterable(groups), targets)
    rest = iter(own)
    return [list(islice(rest, len(group))) for group in groups]
