"""The parser of CommonMark out, taught whole tables, notes and indented prose.

What it makes of a table is one token with the table's lines, of a note one with its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.documents.tables import table_in, without_end

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token as Token

# Quotations count one, lists two. Beyond it the parser would skip text without a word.
MAX_NESTING = 100
# "[Rires]: oui" has the form of a link definition, but is words of the text.
_LINK_DEFINITION = re.compile(
    r"\[(?!\^)(?:[^\[\]\\]|\\.){1,999}\]:\s*(?:<|\S*[/#:@]|\S*\.\w)", re.DOTALL
)
# "![](a.png){width=50%}", as pandoc and kramdown read it.
_ATTRIBUTES = re.compile(r"\{(?:[:.#][^{}\n]*|[\w-]+=[^{}\n]*)\}")
# "# Titre {#nom .classe}": it says how the words before it are set.
LAST_ATTRIBUTES = re.compile(r"(?<=\S)[ \t]+\{(?:[:.#][^{}\n]*|-)\}[ \t]*\Z")
# Pandoc's raised and lowered letters: "XIX^e^", "M^me^", "H~2~O".
_RAISED = re.compile(r"(?P<sign>[\^~])(?P<text>[\w+-]{1,10})(?P=sign)(?!~)")
_RAISED_TAG = {"^": "sup", "~": "sub"}
# The lines around a part that pandoc and Quarto set apart: "::: {.encadre}", ":::".
_DIV = re.compile(r":{3,}[ \t]*(?:[\w-]+)?[ \t]*(?:\{[^{}\n]*\})?[ \t]*:*[ \t]*")
# "Term" and below it ":   what it is".
_DEFINITION = re.compile(r":(?: {2,}|\t)[ \t]*(?=\S)")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,80})\]:[ \t]*(?P<text>.*)")


def parser_of_text() -> MarkdownIt:
    """Make a parser; it is slow to make."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import reference, table

    def link_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        return bool(_LINK_DEFINITION.match(state.src, position)) and reference(
            state, start, end, silent
        )

    def whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Find a table as the library does, and give its lines: it drops cells beyond its head."""
        before = len(state.tokens)
        if not table(state, start, end, silent):
            return False
        if not silent:
            del state.tokens[before:]
            token = state.push("table", "", 0)
            token.content = _lines(state, start, state.line)
            token.map = [start, state.line]
        return True

    def columns(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Find a paragraph that is a table without bars: of tabs, of columns, drawn with signs."""
        line = start
        while line < end and not state.isEmpty(line):
            line += 1
        lines = [
            without_end(state.src[state.bMarks[n] : state.eMarks[n]]) for n in range(start, line)
        ]
        bars = "|" in lines[0] and "+" not in lines[0]
        if silent or state.level or bars or table_in(lines)[1] != len(lines):
            return False
        token = state.push("columns", "", 0)
        token.content, token.map = "\n".join(lines), [start, line]
        state.line = line
        return True

    def note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Find a note: ``[^1]: `` and what follows, up to an empty line or the next note."""
        found = _NOTE.fullmatch(_lines(state, start, start + 1))
        if found is None or state.is_code_block(start):
            return False
        if silent:
            return True
        line = start + 1
        while line < end and not state.isEmpty(line):
            if (
                _NOTE.fullmatch(_lines(state, line, line + 1))
                or state.sCount[line] < state.blkIndent
            ):
                break
            line += 1
        more = _lines(state, start + 1, line)
        token = state.push("note", "", 0)
        token.info, token.map = found["name"], [start, line]
        inline = state.push("inline", "", 0)
        inline.content = f"{found['text']}\n{more}".strip()
        inline.map, inline.children = [start, line], []
        while (after := _indented(state, line, end)) > line:
            first = next(n for n in range(line, after) if not state.isEmpty(n))
            state.push("note", "", 0)
            inline = state.push("inline", "", 0)
            inline.content = _lines(state, first, after).strip()
            inline.map, inline.children = [first, after], []
            line = after
        state.line = line
        return True

    def div(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
        """Pass over a line that begins or ends a part set apart: it is markup, not text."""
        if not _DIV.fullmatch(_lines(state, start, start + 1)):
            return False
        if not silent:
            state.line = start + 1
        return True

    def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Find what a term is, up to an empty line or the next definition: a paragraph."""
        sign = _DEFINITION.match(_lines(state, start, start + 1))
        if sign is None or silent:
            return sign is not None
        line = start + 1
        while line < end and not state.isEmpty(line):
            if _DEFINITION.match(_lines(state, line, line + 1)):
                break
            line += 1
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content = _lines(state, start, line)[sign.end() :].strip()
        inline.map, inline.children = [start, line], []
        state.push("paragraph_close", "p", -1)
        state.line = line
        return True

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    parser.enable("table")
    for name, type_ in (("image", "image"), ("link", "link_open"), ("html_inline", "html_inline")):
        _tell_places(parser, name, type_)
    parser.block.ruler.at("reference", link_definition)
    parser.block.ruler.at("table", whole_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "columns", columns)
    parser.block.ruler.before("fence", "div", div, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before(
        "fence", "definition", definition, {"alt": ["paragraph", "reference"]}
    )
    parser.block.ruler.before("reference", "note", note, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("escape", "attributes", _attributes)
    parser.inline.ruler.before("escape", "raised", _raised)
    # An indented paragraph is prose that somebody indented: only a fence makes code.
    parser.disable("code")
    return parser


def _attributes(state: StateInline, _silent: bool) -> bool:
    """Pass over the attributes behind the words of a block."""
    match = LAST_ATTRIBUTES.search(state.src) if state.src[state.pos] == "{" else None
    if match is None or match.group().strip() != state.src[state.pos :].strip():
        return False
    state.pos = len(state.src)
    return True


def _raised(state: StateInline, silent: bool) -> bool:
    """Find raised or lowered letters, and give them as HTML has them."""
    match = _RAISED.match(state.src, state.pos)
    if match is None or state.src[state.pos - 1 : state.pos] == match["sign"]:
        return False
    if not silent:
        tag = _RAISED_TAG[match["sign"]]
        for type_, content in (
            ("html_inline", f"<{tag}>"),
            ("text", match["text"]),
            ("html_inline", f"</{tag}>"),
        ):
            state.push(type_, "", 0).content = content
    state.pos = match.end()
    return True


def _tell_places(parser: MarkdownIt, name: str, type_: str) -> None:
    """Make a rule for inline text say of its token where it stands; attributes are of an image."""
    from markdown_it import rules_inline

    rule = getattr(rules_inline, name)

    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        attributes = _ATTRIBUTES.match(state.src, state.pos) if name == "image" else None
        state.pos = attributes.end() if attributes else state.pos
        for token in () if silent else state.tokens[before:]:
            if token.type == type_:
                token.meta = {"start": start, "end": state.pos}
                break
        return True

    parser.inline.ruler.at(name, placed)


def _indented(state: StateBlock, line: int, end: int) -> int:
    """Give where an indented paragraph behind empty lines ends: one more of the note above it."""
    first = line
    while first < end and state.isEmpty(first):
        first += 1
    after = first
    if first > line:
        while (
            after < end and not state.isEmpty(after) and state.sCount[after] >= state.blkIndent + 4
        ):
            after += 1
    return after if after > first else line


def _lines(state: StateBlock, start: int, end: int) -> str:
    """Give lines of a block without the marks of quotations and lists that they stand in."""
    return "\n".join(
        state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        for line in range(start, end)
    )
