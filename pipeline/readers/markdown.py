"""Markdown in, a draft out: CommonMark blocks as plain text, and YAML front matter.

Inline marks (emphasis, links) are read for their text; HTML is text too, never markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.model import Block, BlockKind
from pipeline.readers.draft import Draft, numbered
from pipeline.yamlfile import line_of, parse_yaml

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = ("title", "author", "date")
_MAX_QUOTE_OR_LIST_DEPTH = 20


def read_markdown(text: str) -> Draft:
    """Read clean Markdown; raises InputError where its front matter is not valid YAML."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    options = {"html": False, "maxNesting": _MAX_QUOTE_OR_LIST_DEPTH}
    parser = MarkdownIt("commonmark", options).use(front_matter_plugin)
    blocks: list[Block] = []
    facts: dict[str, str] = {}
    markers: list[str] = []
    quotes = 0
    for token in parser.parse(text):
        match token.type:
            case "front_matter":
                facts = _front_matter(token.content)
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "list_item_open":
                markers.append(f"{token.info}{token.markup}" if token.info else token.markup)
            case "list_item_close":
                markers.pop()
            case "heading_open":
                blocks.append(Block(0, BlockKind.HEADING, "", level=int(token.tag[1])))
            case "paragraph_open":
                blocks.append(_open_paragraph(quotes, markers))
            case "inline":
                opened = blocks.pop()
                blocks.append(
                    Block(0, opened.kind, _plain(token), level=opened.level, marker=opened.marker)
                )
            case "fence" | "code_block":
                blocks.append(Block(0, BlockKind.CODE, token.content.strip("\n")))
    return Draft(numbered(blocks), **facts)


def _open_paragraph(quotes: int, markers: list[str]) -> Block:
    if markers:
        return Block(0, BlockKind.LIST_ITEM, "", level=len(markers), marker=markers[-1])
    if quotes:
        return Block(0, BlockKind.QUOTE, "", level=quotes)
    return Block(0, BlockKind.PARAGRAPH, "")


def _plain(inline: Token) -> str:
    """Give the text of an inline token; a line break within a paragraph is a space."""
    parts = []
    for child in inline.children or ():
        if child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return " ".join("".join(parts).split(" ")).strip()


def _front_matter(content: str) -> dict[str, str]:
    values, lines = parse_yaml(content, "front matter", InputError)
    if not isinstance(values, dict | None):
        raise InputError(
            "front matter: write lines such as 'title: Le titre' between the --- lines"
        )
    facts = {}
    for key in _FRONT_MATTER:
        value = (values or {}).get(key, "")
        if not isinstance(value, str | int | float):
            raise InputError(
                f"front matter:{line_of(lines, (key,))}: {key} must be one line of text"
            )
        facts[key] = " ".join(str(value).split())
    return facts
