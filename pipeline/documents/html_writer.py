"""A web page and the English of its blocks in; the page in English, else byte for byte, out."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.documents.decoding import decode_html, html_encoding
from pipeline.documents.html import HtmlWalk
from pipeline.documents.html_places import LANGUAGE_SPAN, NAME
from pipeline.documents.html_slots import Slot
from pipeline.documents.markup import pieces
from pipeline.documents.shown import said_again
from pipeline.documents.target import EnglishBlock, paired
from pipeline.documents.weave import weave
from pipeline.model import TARGET_LANGUAGE, InlineKind, InlineMark
from pipeline.text import clean

_TAGS = {
    InlineKind.EMPHASIS: "em",
    InlineKind.STRONG: "strong",
    InlineKind.SUPERSCRIPT: "sup",
    InlineKind.SUBSCRIPT: "sub",
    InlineKind.CODE: "code",
}
_TAG = re.compile(r"<[^<>]*>")
# In the first characters of a page that is XML too.
_XHTML, _HEAD = 'xmlns="http://www.w3.org/1999/xhtml"', 2_000
# What a page says of itself to programs that show its title and its first lines.
_SAID = frozenset("title description og:title og:description twitter:title dc.title".split())
_FRENCH = re.compile(r"fr(?:-[A-Za-z]+)?$", re.IGNORECASE)


def write_html(
    data: bytes, encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English in the place of the French; see ``pipeline.documents.writing``."""
    source = decode_html(data, encoding)
    walk = HtmlWalk(source)
    own = paired((slot.block for slot in walk.slots), targets)
    is_xml = _XHTML in source[:_HEAD]
    made = spliced(source, walk.slots, own, bilingual, is_xml)
    if not bilingual:
        made = in_english(retitled(made, [*_outside(walk.title, targets, own), *own]))
    codec = html_encoding(data, encoding)
    head = b"\xef\xbb\xbf" if codec == "utf-8-sig" else b""
    return head + made.encode(codec.removesuffix("-sig"), "xmlcharrefreplace")


def _outside(
    title: str, targets: Sequence[EnglishBlock], own: Sequence[EnglishBlock]
) -> list[EnglishBlock]:
    """Give the English of a page's title where it is none of its blocks, also if it was given."""
    if not title or any(each.front == "title" for each in own):
        return []
    return [
        replace(each, block=replace(each.block, text=title))
        for each in targets
        if each.front == "title"
    ]


def spliced(
    source: str, slots: Sequence[Slot], targets: Sequence[EnglishBlock], bilingual: bool, xml: bool
) -> str:
    """Give a source with the English in its slots; what did not change is not touched.

    Where it is to be ``bilingual``, the English stands on lines of its own below the French.
    """
    pairs = zip(slots, targets, strict=True)
    changed = sorted((pair for pair in pairs if pair[1].changed), key=lambda pair: pair[0].start)
    starts = [slot.start for slot, _ in changed]

    def stretch(start: int, end: int, place: int, within: bool = False) -> str:
        """Give a stretch of the source; ``within`` a slot only images have slots of their own."""
        made, done = [], start
        for slot, target in changed[place : bisect_left(starts, end)]:
            place += 1
            if slot.start < done or (within and not slot.attribute):
                continue
            made.append(source[done : slot.start])
            if bilingual:
                french = stretch(slot.start, slot.end, place, True)
                made.append(below(french, slot, target, xml))
            else:
                kept = (stretch(*span, bisect_left(starts, span[0]), True) for span in slot.objects)
                made.append(inside(replace(slot, kept="".join(kept)), target))
            done = slot.end
        return "".join((*made, source[done:end]))

    return stretch(0, len(source), 0)


def inside(slot: Slot, target: EnglishBlock) -> str:
    """Give the HTML that stands in a slot: the English with its tags, and what has no words."""
    if slot.attribute:
        return html.escape(target.text)

    def tags(mark: InlineMark) -> tuple[str, str]:
        own = slot.tags.get((mark.kind, mark.value))
        if own:
            return own
        if mark.kind is InlineKind.NOTE:
            # A raised figure that nothing links is a call all the same.
            return f"<sup>{html.escape(mark.value)}</sup>", ""
        if mark.kind is InlineKind.LINK:
            return f'<a href="{html.escape(mark.value)}">', "</a>"
        if mark.kind is InlineKind.LANGUAGE:
            return LANGUAGE_SPAN.format(mark.value), "</span>"
        name = _TAGS.get(mark.kind, "span")
        return f"<{name}>", f"</{name}>"

    woven = weave(target.text, target.marks, tags, lambda text: html.escape(text, quote=False))
    said = {(mark.kind, mark.value) for mark in target.marks}
    if any(
        kind is InlineKind.LANGUAGE and not own[0] and (kind, value) not in said
        for (kind, value), own in slot.tags.items()
        if not value.startswith(TARGET_LANGUAGE)
    ):
        # What stands around it says another language, which these words are no longer in.
        woven = f"{LANGUAGE_SPAN.format(TARGET_LANGUAGE)}{woven}</span>"
    return _named_once(woven, slot.anchors) + slot.kept


def _named_once(woven: str, names: Sequence[str]) -> str:
    """Let no two tags have the same name, and have those names stand that no tag has."""
    given: set[str] = set()

    def named(name: re.Match[str]) -> str:
        again = name[0] in given
        given.add(name[0])
        return "" if again else name[0]

    woven = _TAG.sub(lambda tag: NAME.sub(named, tag[0]), woven)
    return woven + "".join(f"<a{name}></a>" for name in names if name not in given)


def below(french: str, slot: Slot, target: EnglishBlock, xml: bool) -> str:
    """Give the French of a slot as it stands, and the English below it; notes are called once."""
    if slot.attribute:
        return f"{french} – {html.escape(target.text)}"
    marks = tuple(mark for mark in target.marks if mark.kind is not InlineKind.NOTE)
    tags = {style: (NAME.sub("", first), last) for style, (first, last) in slot.tags.items()}
    bare = replace(slot, tags=tags, kept="", anchors=())
    english = inside(bare, replace(target, marks=marks))
    line = "<br/>" if xml else "<br>"
    return f'{french}{line}<span lang="en" xml:lang="en">{english}</span>'


def retitled(source: str, targets: Sequence[EnglishBlock]) -> str:
    """Give a page in whose head a title or summary that begins as a block does is in English."""
    spans: list[tuple[int, int]] = []
    if title := re.search(r"<title[^>]*>(.*?)</title", source, re.IGNORECASE | re.DOTALL):
        spans.append(title.span(1))
    for piece in pieces(source[: _head_end(source)]):
        said = piece.attributes.get("name") or piece.attributes.get("property") or ""
        if piece.name == "meta" and said.lower() in _SAID and "content" in piece.spans:
            spans.append(piece.spans["content"])
    for start, end in sorted(spans, reverse=True):
        text = " ".join(clean(html.unescape(source[start:end]))[0].split())
        fitting = [
            target for target in targets if target.changed and _begins(text, target.block.text)
        ]
        if fitting:
            target = max(fitting, key=lambda target: len(target.block.text))
            english = target.text + text[len(target.block.text) :]
            source = source[:start] + html.escape(english) + source[end:]
    return source


def _begins(text: str, words: str) -> bool:
    """Whether a text begins with whole words."""
    return bool(words) and text.startswith(words) and not text[len(words) :][:1].isalnum()


def _head_end(source: str) -> int:
    body = re.search(r"</head\b|<body\b", source, re.IGNORECASE)
    return body.start() if body else 0


def in_english(source: str, xml: bool = False) -> str:
    """Give a page that says it is in English where it said French."""
    spans = [
        piece.spans[name]
        for piece in pieces(source, xml)
        for name in ("lang", "xml:lang")
        if name in piece.spans and _FRENCH.match(piece.attributes[name])
    ]
    for start, end in sorted(spans, reverse=True):
        source = source[:start] + "en" + source[end:]
    return source


def translated_names(source: str, names: Mapping[str, str]) -> str:
    """Give a contents page with those of its texts in English that are texts of blocks."""
    made, done = [], 0
    for piece in pieces(source, xml=True):
        english = said_again(piece.text, names) if piece.kind == "text" else None
        if english is not None:
            made += [source[done : piece.start], html.escape(english, quote=False)]
            done = piece.end
    return "".join((*made, source[done:]))
