"""What writers get: a block of a document with its English, and how the two lists come together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile

from pipeline.errors import PublishError
from pipeline.model import Block, InlineMark


@dataclass(frozen=True, slots=True)
class EnglishBlock:
    """A block, the English that stands for it, and the marks of the English.

    ``front`` is "title", "subtitle" or "kicker" where the block is that of its document.
    """

    block: Block
    text: str
    marks: tuple[InlineMark, ...] = ()
    front: str = ""

    @property
    def changed(self) -> bool:
        """Whether the English is not the very text of the block."""
        return (self.text, self.marks) != (self.block.text, self.block.marks)


def paired(blocks: Iterable[Block], targets: Sequence[EnglishBlock]) -> list[EnglishBlock]:
    """Give the target of each block of a walk.

    Titles that the document has outside its blocks, or that somebody gave it, have none here; one
    that was given instead of a block is that block's English. Raises PublishError where the
    document is not the one that was translated.
    """
    found = list(blocks)
    titles = list(takewhile(lambda target: target.front, targets))
    rest = list(targets[len(titles) :])
    headed = len(found) - len(rest)
    own = _titled(found[: max(0, headed)], titles)
    if headed != len(own) or any(
        block.text != target.block.text for block, target in zip(found[headed:], rest, strict=True)
    ):
        raise PublishError(
            "the document is read differently now than when it was translated", "run the text again"
        )
    return [*own, *rest]


def _titled(blocks: Sequence[Block], titles: Sequence[EnglishBlock]) -> list[EnglishBlock]:
    """Give the English of those first blocks of a document that are its titles, or were."""
    own: list[EnglishBlock] = []
    for number, title in enumerate(titles):
        if len(own) == len(blocks):
            break
        block = blocks[len(own)]
        same = title.block.text == block.text
        instead = title.block.kind is block.kind and all(
            each.block.text != block.text for each in titles[number:]
        )
        if same or instead:
            own.append(title if same else replace(title, block=block))
    return own


def grouped(
    groups: Sequence[Sequence[Block]], targets: Sequence[EnglishBlock]
) -> list[list[EnglishBlock]]:
    """Give the targets of the blocks of each part of a walk; raises as ``paired`` does."""
    rest = iter(paired(chain.from_iterable(groups), targets))
    return [list(islice(rest, len(group))) for group in groups]
