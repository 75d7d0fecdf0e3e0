"""Markdown in, a draft out: CommonMark blocks as plain text, and YAML front matter.

Every word is kept. What is not the text's own words stays out: the targets and titles of links, the
name of a code block's language, thematic breaks (``***`` carries no words), and front matter other
than title, author and date. Inline marks (emphasis, links, images) are read for their text; HTML,
tables and footnotes are text too, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.model import Block, BlockKind
from pipeline.stages.read.draft import Draft, numbered
from pipeline.text import clean, readable
from pipeline.yamlfile import line_of, parse_yaml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

# An empty line after the first --- makes that line a thematic break.
_FRONT_MATTER = re.compile(
    r"--- *\n(?! *\n)(?P<yaml>.*?)^(?:---|\.\.\.) *(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FACTS = ("title", "author", "date", "scope")
# Quotations count one, lists two. Beyond it the parser would skip text without a word.
_MAX_NESTING = 100
# "[^1]: Ibid." and "[Rires]: oui" have the form of link definitions, but are words of the text.
_LINK_DEFINITION = re.compile(
    r"\[(?!\^)(?:[^\[\]\\]|\\.){1,999}\]:\s*(?:<|\S*[/#:@]|\S*\.\w)", re.DOTALL
)


def read_markdown(data: bytes, encoding: str) -> Draft:
    """Read Markdown.

    Raises InputError where the bytes are not text in ``encoding``, where its front matter is not
    valid YAML, or where quotations and lists nest deeper than any text needs.
    """
    text, notices = readable(data, encoding)
    front = _FRONT_MATTER.match(text)
    if front is None:
        return Draft(numbered(_blocks(text, 0)), notices=notices)
    lines_before = text.count("\n", 0, front.end())
    blocks = numbered(_blocks(text[front.end() :], lines_before))
    facts = _front_matter(front["yaml"])
    scopes = tuple(label.strip() for label in facts.pop("scope").split(",") if label.strip())
    return Draft(blocks, **facts, scopes=scopes, notices=notices)


def _blocks(text: str, lines_before: int) -> Iterator[Block]:
    markers: list[str] = []  # of the open list items, outermost first; "" once a block bears it
    quotes = 0
    heading = 0
    for token in _parser().parse(text):
        match token.type:
            case "blockquote_open":
                _check_nesting(token, lines_before)
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "list_item_open":
                _check_nesting(token, lines_before)
                yield from _number_alone(markers)
                markers.append(token.info + token.markup)
            case "list_item_close":
                yield from _number_alone(markers)
                markers.pop()
            case "heading_open" | "paragraph_open":
                heading = int(token.tag[1:] or 0)
            case "inline":
                words = _words(token.children or ())
                if heading:
                    yield from _number_alone(markers)
                    yield Block(0, BlockKind.HEADING, words, level=heading)
                elif words:
                    yield _paragraph(words, quotes, markers)
            case "fence" | "code_block":
                yield from _number_alone(markers)
                yield Block(0, BlockKind.CODE, _code(token))


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import reference

    def link_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        return bool(_LINK_DEFINITION.match(state.src, position)) and reference(
            state, start, end, silent
        )

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    parser.block.ruler.at("reference", link_definition)
    # An indented paragraph is prose that somebody indented: only a fence makes code.
    parser.disable("code")
    return parser


def _check_nesting(opening: Token, lines_before: int) -> None:
    if opening.level + 1 >= _MAX_NESTING:
        line = lines_before + (opening.map[0] if opening.map else 0) + 1
        raise InputError(
            f"line {line}: quotations and lists are nested too deep to be read; remove some of the "
            "marks or spaces that begin this line"
        )


def _paragraph(words: str, quotes: int, markers: list[str]) -> Block:
    """Make the first paragraph of a list item bear its marker; those after it have none."""
    if markers:
        marker, markers[-1] = markers[-1], ""
        return Block(0, BlockKind.LIST_ITEM, words, level=len(markers), marker=marker)
    if quotes:
        return Block(0, BlockKind.QUOTE, words, level=quotes)
    return Block(0, BlockKind.PARAGRAPH, words)


def _number_alone(markers: list[str]) -> Iterator[Block]:
    """Keep a list item's number that no paragraph bears: "1984." may be a line of its own."""
    if markers and markers[-1][:1].isdigit():
        yield Block(0, BlockKind.LIST_ITEM, markers[-1], level=len(markers))
        markers[-1] = ""


def _words(inline: Iterable[Token]) -> str:
    """Give the text of inline tokens on one line, runs of spaces as one.

    It is cleaned once more: ``&#x202E;`` stands for a character that cleaning takes out.
    """
    return re.sub(r"[ \n]+", " ", clean("".join(_pieces(inline)))[0]).strip()


def _pieces(inline: Iterable[Token]) -> Iterator[str]:
    for token in inline:
        if token.type == "image":
            yield from _pieces(token.children or ())
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        else:
            yield token.content


def _code(token: Token) -> str:
    """Give the lines of code; words after a fence are its first line, one word its language."""
    first = f"{token.info.strip()}\n" if len(token.info.split()) > 1 else ""
    return (first + token.content).strip("\n")


def _front_matter(content: str) -> dict[str, str]:
    # The line break stands for the opening ---, so that errors name the lines of the file.
    values, lines = parse_yaml("\n" + content, "front matter", InputError)
    if not isinstance(values, dict | None):
        raise InputError(
            "front matter: write lines such as 'title: Le titre' between the --- lines, or put an "
            "empty line after the first --- if the text begins there"
        )
    facts = {}
    for key in _FACTS:
        value = (values or {}).get(key, "")
        if not isinstance(value, str | int | float):
            raise InputError(
                f"front matter:{line_of(lines, (key,))}: {key} must be one line of text"
            )
        facts[key] = " ".join(clean(str(value))[0].split())
    return facts
