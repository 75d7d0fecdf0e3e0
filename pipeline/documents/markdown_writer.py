"""A Markdown text and the English of its blocks in; the text in English, else as it is, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents.decoding import readable
from pipeline.documents.frontmatter import front_matter, saying
from pipeline.documents.html_writer import inside
from pipeline.documents.markdown import MarkdownSlot, MarkdownWalk
from pipeline.documents.target import EnglishBlock, paired
from pipeline.documents.weave import weave
from pipeline.model import BlockKind, InlineKind, InlineMark

_TAGS = {
    InlineKind.EMPHASIS: ("*", "*"),
    InlineKind.STRONG: ("**", "**"),
    InlineKind.CODE: ("`", "`"),
    InlineKind.SUPERSCRIPT: ("<sup>", "</sup>"),
    InlineKind.SUBSCRIPT: ("<sub>", "</sub>"),
}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"(#{1,6}(?=\s)|[-+](?=\s)|>|\d{1,9}(?=[.)]\s))")
_COMMENT = re.compile(r"<!--.*?--!?>", re.DOTALL)


def write_markdown(
    data: bytes, encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English in the place of the French; see ``pipeline.documents.writing``.

    Line ends are those of the file; what reading mended stays mended.
    """
    whole, _ = readable(data, encoding, tabs=True)
    front = front_matter(whole)
    head, text = whole[: front.end], whole[front.end :]
    walk = MarkdownWalk(text, 0)
    slots = [slot for slot in walk.slots() if slot.block.text.strip()]
    own = paired((slot.block for slot in slots), targets)
    if not bilingual:
        for target in targets:
            if target.front:
                head = saying(head, target.front, target.text)
    made = head + _spliced(text, slots, own, bilingual)
    newline = "\r\n" if b"\r\n" in data else "\n"
    return made.replace("\n", newline).encode()


def _spliced(
    text: str, slots: Sequence[MarkdownSlot], targets: Sequence[EnglishBlock], bilingual: bool
) -> str:
    lines: dict[tuple[int, int], list[str]] = {}
    changed: set[tuple[int, int]] = set()
    first: dict[tuple[int, int], MarkdownSlot] = {}
    notes: list[str] = []
    for slot, target in zip(slots, targets, strict=True):
        place = slot.start, slot.end
        if slot.extra:
            notes.append(f"\n[^n{target.block.marker[1:]}]: {_words(slot, target)}\n")
        elif slot.start >= 0 and slot.block.kind is not BlockKind.CODE:
            first.setdefault(place, slot)
            if bilingual:
                target = _called_once(target)
            opens_stanza = slot.block.kind is BlockKind.VERSE and slot.block.level == 1
            gap = [""] if opens_stanza and place in lines else []
            lines.setdefault(place, []).extend([*gap, _words(slot, target)])
            if target.changed:
                changed.add(place)
    made: list[str] = []
    done = 0
    own_notes = False
    for place in sorted(lines):
        start, end = place
        if place not in changed or start < done:
            continue
        if bilingual:
            english = _below(lines[place], text[:start], first[place])
            own_notes = own_notes or "[^n" in english
            made += [text[done:end], english]
            done = end
            continue
        replaced = text[start:end]
        barred = first[place].block.kind is BlockKind.VERSE and replaced.startswith("|")
        begin, end_of_line = ("| ", "\n") if barred else ("", "  \n")
        english = end_of_line.join(begin + line for line in lines[place])
        if len(lines[place]) > 1:
            english = english.replace("\n", "\n" + _prefix(text, start, end))
        own_notes = own_notes or "[^n" in english
        comments = "".join(f" {each}" for each in _COMMENT.findall(replaced))
        made += [text[done:start], english, comments]
        done = end
    return "".join((*made, text[done:], *(notes if own_notes else ())))


def _called_once(target: EnglishBlock) -> EnglishBlock:
    """Give a target without calls for notes; a note inside the text has one in each language."""
    marks = tuple(
        mark
        for mark in target.marks
        if mark.kind is not InlineKind.NOTE or mark.value.startswith("*")
    )
    return replace(target, marks=marks) if target.changed else target


def _below(lines: Sequence[str], before: str, slot: MarkdownSlot) -> str:
    """Give the English that stands below a French text: as a paragraph where it may be one."""
    alone = slot.block.kind is BlockKind.PARAGRAPH and slot.page is None
    if alone and (not before or before.endswith("\n")):
        return "\n\n" + "  \n".join(lines)
    return "".join(f"<br>{line}" for line in lines)


def _prefix(text: str, start: int, end: int) -> str:
    """Give what stands before the second line of a paragraph: marks of quotations, indents."""
    line = text.find("\n", start, end) + 1
    return "" if not line else re.match(r"[ >]*", text[line:])[0]  # type: ignore[index]


def _words(slot: MarkdownSlot, target: EnglishBlock) -> str:
    if slot.page is not None:
        return inside(slot.page, target)

    def tags(mark: InlineMark) -> tuple[str, str]:
        if mark.kind is InlineKind.LINK:
            return "[", f"]({_address(mark.value)})"
        if mark.kind is InlineKind.LANGUAGE:
            return f'<span lang="{mark.value}">', "</span>"
        if mark.kind is InlineKind.NOTE:
            name = f"n{mark.value[1:]}" if mark.value[:1] == "*" else mark.value
            return (f"[^{name}]" if slot.signed or name != mark.value else f"<sup>{name}</sup>"), ""
        return _TAGS.get(mark.kind, ("", ""))

    woven = weave(target.text, target.marks, tags, lambda text: _SPECIAL.sub(r"\\\1", text))
    woven = _LINE_START.sub(r"\\\1", woven, count=1) if _LINE_START.match(woven) else woven
    if slot.images:
        alone = slot.images.count("![](") == 1 and not target.marks and _only_image(slot, target)
        return slot.images.replace("![]", f"![{woven}]", 1) if alone else f"{woven} {slot.images}"
    return woven


def _only_image(slot: MarkdownSlot, target: EnglishBlock) -> bool:
    drawn = slot.end - slot.start <= len(target.block.text) + len(slot.images) + 2
    return slot.block.kind is BlockKind.IMAGE or drawn


def _address(value: str) -> str:
    return f"<{value}>" if re.search(r"[\s()]", value) else value
