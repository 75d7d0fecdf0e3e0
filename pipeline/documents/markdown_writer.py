"""A Markdown text and the English of its blocks in; the text in English, else as it is, out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents.decoding import readable
from pipeline.documents.frontmatter import front_matter, saying
from pipeline.documents.html_writer import inside
from pipeline.documents.markdown import MarkdownWalk
from pipeline.documents.markdown_places import MarkdownSlot
from pipeline.documents.target import EnglishBlock, paired
from pipeline.documents.weave import weave
from pipeline.model import TARGET_LANGUAGE, BlockKind, InlineKind, InlineMark

_TAGS = {
    InlineKind.EMPHASIS: ("*", "*"),
    InlineKind.STRONG: ("**", "**"),
    InlineKind.SUPERSCRIPT: ("<sup>", "</sup>"),
    InlineKind.SUBSCRIPT: ("<sub>", "</sub>"),
}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|]|&(?=#?\w{1,32};))")
# What makes a line that begins with it another thing than words; a number does by its dot.
_LINE_START = re.compile(r"(?:\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|~~~|[-=]+$))")
# What a task, or the kind of a remark that is set apart, begins with.
_SIGN = re.compile(r"(?P<sign>\[(?:[ xX]|![A-Za-z]+)\])(?:[ \t]*(?P<line>\n)|[ \t]|$)")
# Stands for the sign that opens a link until all is woven: "!" before it would make an image of it.
_LINK = "\ufdd0"
_LANGUAGE = re.compile(r"^(lang(?:uage)?[ \t]*[:=][ \t]*[\"']?)fr(?:-\w+)?([\"']?[ \t]*)$", re.M)
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
        if any(target.changed for target in (*targets, *own)):
            head = _LANGUAGE.sub(rf"\g<1>{TARGET_LANGUAGE}\g<2>", head)
    made = head + _spliced(text, slots, own, bilingual)
    newline = "\r\n" if b"\r\n" in data else "\n"
    return made.replace("\n", newline).encode()


def _spliced(
    text: str, slots: Sequence[MarkdownSlot], targets: Sequence[EnglishBlock], bilingual: bool
) -> str:
    lines: dict[tuple[int, int], list[str]] = {}
    changed: set[tuple[int, int]] = set()
    pictures: list[tuple[int, int, str]] = []
    first: dict[tuple[int, int], MarkdownSlot] = {}
    notes: list[str] = []
    for slot, target in zip(slots, targets, strict=True):
        place = slot.start, slot.end
        if slot.extra:
            notes.append(f"\n[^n{target.block.marker[1:]}]: {_words(slot, target)}\n")
        elif slot.start >= 0 and (slot.tail or (slot.page and slot.page.attribute)):
            if target.changed:
                pictures.append((*place, _picture(slot, target, bilingual)))
        elif slot.start >= 0 and slot.block.kind is not BlockKind.CODE:
            first.setdefault(place, slot)
            if bilingual:
                target = _called_once(target)
            opens_stanza = slot.block.kind is BlockKind.VERSE and slot.block.level == 1
            gap = [""] if opens_stanza and place in lines else []
            english = _words(slot, target, _opens(text, slot.start))
            lines.setdefault(place, []).extend([*gap, english])
            if target.changed:
                changed.add(place)
    pictures.sort()
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
            made += [_copied(text, done, end, pictures), english]
            done = end
            continue
        replaced = text[start:end]
        barred = first[place].block.kind is BlockKind.VERSE and replaced.startswith("|")
        begin, end_of_line = ("| ", "\n") if barred else ("", "  \n")
        first_line = _signed(lines[place][0], replaced)
        english = end_of_line.join(begin + line for line in (first_line, *lines[place][1:]))
        english = english.replace("\n", "\n" + _prefix(text, start, end))
        own_notes = own_notes or "[^n" in english
        comments = "".join(f" {each}" for each in _COMMENT.findall(replaced))
        kept = (
            f" {_copied(text, *each, pictures)}"
            for each in first[place].kept
            if start <= each[0] < end
        )
        made += [_copied(text, done, start, pictures), english, comments, *kept]
        done = end
    rest = _copied(text, done, len(text), pictures)
    return "".join((*made, rest, *(notes if own_notes else ())))


def _copied(text: str, start: int, end: int, pictures: Sequence[tuple[int, int, str]]) -> str:
    """Give a stretch of a text with the English of its images."""
    made = []
    begun = bisect_left(pictures, (start,))
    for first, last, english in pictures[begun : bisect_left(pictures, (end,))]:
        made += [text[start:first], english]
        start = last
    return "".join((*made, text[start:end]))


def _picture(slot: MarkdownSlot, target: EnglishBlock, bilingual: bool) -> str:
    """Give an image with its words in English, or in both languages on one line."""
    if bilingual:
        text = f"{target.block.text} – {target.text}"
        target = replace(target, text=text, marks=())
    return _words(slot, target, opens=False)


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


def _opens(text: str, place: int) -> bool:
    """Whether words at a place of a text could begin a block: not behind the sign of another."""
    return not re.search(r"[#|]", text[text.rfind("\n", 0, place) + 1 : place])


def _signed(english: str, french: str) -> str:
    """Give English whose French begins with the sign of a task or a remark with that sign."""
    found = _SIGN.match(french)
    escaped = _SPECIAL.sub(r"\\\1", found["sign"]) if found else ""
    if not found or not f"{english} ".startswith(f"{escaped} "):
        return english
    words = english[len(escaped) + 1 :]
    return found["sign"] + ((found["line"] or " ") + words if words else "")


def _words(slot: MarkdownSlot, target: EnglishBlock, opens: bool = True) -> str:
    """Give the Markdown of a target; ``opens``: it stands where a block could begin."""
    if slot.page is not None:
        return inside(slot.page, target)

    titles = dict(slot.titles)

    def tags(mark: InlineMark) -> tuple[str, str]:
        if mark.kind is InlineKind.CODE:
            return _fences(target.text[mark.start : mark.end])
        if mark.kind is InlineKind.LINK:
            title = titles.get(mark.value, "").replace('"', '\\"')
            said = f' "{title}"' if title else ""
            return _LINK, f"]({_address(mark.value)}{said})"
        if mark.kind is InlineKind.LANGUAGE:
            return f'<span lang="{mark.value}">', "</span>"
        if mark.kind is InlineKind.NOTE:
            name = f"n{mark.value[1:]}" if mark.value[:1] == "*" else mark.value
            return (f"[^{name}]" if slot.signed or name != mark.value else f"<sup>{name}</sup>"), ""
        return _TAGS.get(mark.kind, ("", ""))

    def code(text: str) -> str:
        return text.replace("|", "\\|") if slot.block.kind is BlockKind.CELL else text

    marks = _around_code(target.marks)
    woven = weave(target.text, marks, tags, lambda text: _SPECIAL.sub(r"\\\1", text), code)
    woven = woven.replace(f"!{_LINK}", "\\![").replace(_LINK, "[")
    if opens and (found := _LINE_START.match(woven)):
        woven = f"{found[0]}\\{woven[found.end() :]}"
    return f"![{woven}]{slot.tail}" if slot.tail else woven


def _around_code(marks: Sequence[InlineMark]) -> list[InlineMark]:
    """Give marks of which none begins or ends within code, the code inside the others."""
    codes = [mark for mark in marks if mark.kind is InlineKind.CODE]
    others = [mark for mark in marks if mark.kind is not InlineKind.CODE]
    for code in codes:
        others = [_widened(mark, code) for mark in others]
    return [*others, *codes]


def _widened(mark: InlineMark, code: InlineMark) -> InlineMark:
    start, end = mark.start, mark.end
    if code.start < end < code.end:
        end = code.end
    if code.start < start < code.end:
        start = code.start if mark.start < mark.end else end
    return replace(mark, start=start, end=end)


def _fences(code: str) -> tuple[str, str]:
    """Give what stands before and behind code: more signs than stand together in it."""
    fence = "`" * (max(map(len, re.findall("`+", code)), default=0) + 1)
    gap = " " if "`" in (code[:1], code[-1:]) else ""
    return fence + gap, gap + fence


def _address(value: str) -> str:
    return f"<{value}>" if re.search(r"[\s()]", value) else value
