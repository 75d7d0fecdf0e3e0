"""HTML or XHTML in; its tags, texts and comments out, each with its place in the source.

A parser that keeps places, so that a document can be written back with nothing else changed, and
that loses nothing however deep elements nest. It follows the tokenizer of the HTML standard where
that decides what is text: comments (also unclosed ones), raw text in scripts, bogus markup.
Entities that a document declares itself are never expanded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<attributes>(?>[\s/]++|[^\s/>\"'=]++(?>\s*+=\s*+(?>\"[^\"]*+\"|'[^']*+'|"
    r"[^\s>\"'][^\s>]*+)?)?|[\"'=][^\s/>]*+)*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/>\"'=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|"
    r"(?P<bare>[^\s>\"'][^\s>]*)))?"
)
_COMMENT_END = re.compile(r"--!?>|(?<=<!--)-?>")
_RAW = ("script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea")
# In these, entities are text; in the other raw elements they are letters.
_WITH_ENTITIES = ("title", "textarea")


@dataclass(frozen=True, slots=True)
class Markup:
    """A text, a tag or a comment: ``source[start:end]``.

    ``kind`` is "text", "open", "close", "comment" or "other" (doctypes, declarations). Of a tag
    ``name`` is in lower case without its prefix; ``attributes`` are decoded, ``spans`` the places
    of their values. ``empty`` is true of ``<br/>``. ``text`` is what a text says, entities decoded.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    empty: bool = False


def pieces(source: str, xml: bool = False) -> Iterator[Markup]:
    """Give the pieces of a source in order, without gaps; ``xml``: no text is raw."""
    place = 0
    while place < len(source):
        opening = source.find("<", place)
        if opening < 0:
            yield _text(source, place, len(source))
            return
        piece = _markup(source, opening)
        if piece is None:
            # "a < b": this sign is text, and so is what follows up to the next.
            following = source.find("<", opening + 1)
            end = len(source) if following < 0 else following
            yield _text(source, place, end)
            place = end
            continue
        if opening > place:
            yield _text(source, place, opening)
        yield piece
        place = piece.end
        if piece.kind == "open" and piece.name in _RAW and not xml:
            end = _raw_end(source, place, piece.name)
            if end > place:
                text = source[place:end]
                if piece.name in _WITH_ENTITIES:
                    text = html.unescape(text)
                yield Markup("text", place, end, text=text)
            place = end


def _text(source: str, start: int, end: int) -> Markup:
    return Markup("text", start, end, text=html.unescape(source[start:end]))


def _markup(source: str, start: int) -> Markup | None:
    """Give the markup that begins at a "<", or None where that is text."""
    if source.startswith("<!--", start):
        closing = _COMMENT_END.search(source, start + 4)
        # An unclosed comment takes all that follows: what was hidden stays hidden.
        return Markup("comment", start, closing.end() if closing else len(source))
    if source.startswith("<![CDATA[", start):
        closing_at = source.find("]]>", start)
        end = len(source) if closing_at < 0 else closing_at + 3
        return Markup("text", start, end, text=source[start + 9 : max(start + 9, end - 3)])
    following = source[start + 1 : start + 2]
    if following in ("!", "?") or (following == "/" and not _is_letter(source, start + 2)):
        if following == "/" and start + 2 >= len(source):
            return None
        if source[start : start + 9].upper() == "<!DOCTYPE":
            return Markup("other", start, _doctype_end(source, start))
        end = source.find(">", start)
        return Markup("comment", start, len(source) if end < 0 else end + 1)
    if not _is_letter(source, start + (2 if following == "/" else 1)):
        return None
    match = _TAG.match(source, start)
    if match is None:
        # A tag that never ends, or with quotes that never close, ends at the next ">".
        end = source.find(">", start)
        begun = re.match(r"</?([A-Za-z][^\s/>]*)", source[start : start + 80])
        return Markup(
            "close" if following == "/" else "open",
            start,
            len(source) if end < 0 else end + 1,
            _local(begun[1]) if begun else "",
        )
    name = _local(match["name"])
    if match["close"]:
        return Markup("close", start, match.end(), name)
    attributes: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    for found in _ATTRIBUTE.finditer(source, match.start("attributes"), match.end("attributes")):
        key = found["name"].lower()
        if key in attributes:
            continue
        group = next((g for g in ("double", "single", "bare") if found[g] is not None), "")
        attributes[key] = html.unescape(found[group]) if group else ""
        if group:
            spans[key] = found.span(group)
    empty = match["attributes"].rstrip().endswith("/")
    return Markup("open", start, match.end(), name, "", attributes, spans, empty)


def _is_letter(source: str, place: int) -> bool:
    letter = source[place : place + 1]
    return letter.isascii() and letter.isalpha()


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _doctype_end(source: str, start: int) -> int:
    """Give the end of a doctype; an internal subset in brackets is part of it."""
    match = re.compile(r"[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL).match(source, start)
    return match.end() if match else len(source)


def _raw_end(source: str, start: int, name: str) -> int:
    closing = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(source, start)
    return closing.start() if closing else len(source)
