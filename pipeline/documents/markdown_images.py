"""The inline tokens of a Markdown text in; its images, with their places in it, out.

The words that stand for an image are a block of their own, no part of the sentence that it stands
in; the parser says where each image begins and ends (see ``markdown_parser``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.documents.markup import Markup, pieces

if TYPE_CHECKING:
    from pipeline.documents.markdown_parser import Token

Place = tuple[int, int]
_BREAK = re.compile(r"(?:\\\n|\s)*")


def tail_of(token: Token, content: str) -> str:
    """Give what stands behind the words of an image: its address, or the name of one."""
    start, end = place_of(token)
    tail = content[start + len(token.content) + 3 : end]
    if tail.startswith("(") or (tail.startswith("[") and not tail.startswith("[]")):
        return tail
    # The words are the name of the address, and will be others.
    return f"[{token.content}]{tail.removeprefix('[]')}"


def place_of(token: Token) -> Place:
    """Give where an image, a link or a tag stands in the text of its tokens."""
    return token.meta["start"], token.meta["end"]


def image_in(token: Token) -> Markup | None:
    """Give the image that a tag is."""
    found = pieces(token.content) if token.type == "html_inline" else ()
    return next((piece for piece in found if piece.kind == "open" and piece.name == "img"), None)


def objects(tokens: Sequence[Token]) -> Iterator[Place]:
    """Give the places of images, each with the link around it that has nothing else in it."""
    done = 0
    for number, token in enumerate(tokens):
        if number < done:
            continue
        if token.type == "link_open":
            close = next(
                (at for at in range(number, len(tokens)) if tokens[at].type == "link_close"), number
            )
            inner = [each for each in tokens[number + 1 : close] if each.content.strip()]
            if inner and all(map(_is_image, inner)):
                yield place_of(token)
                done = close + 1
        elif _is_image(token):
            yield place_of(token)


def _is_image(token: Token) -> bool:
    return token.type == "image" or image_in(token) is not None


def between(content: str, images: Sequence[Place]) -> Place:
    """Give where the words of a text stand, without the images before and behind them."""
    first, last = 0, len(content)
    for start, end in images:
        if content[first:start].strip():
            break
        first = end
    for start, end in reversed(images):
        if start < first or content[end:last].strip():
            break
        last = start
    if first:
        first = _BREAK.match(content, first).end()  # type: ignore[union-attr]
    return first, max(first, len(content[:last].rstrip()))
