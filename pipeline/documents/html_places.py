"""Runs of a line of HTML in; where it stands in its source, and the tags of its marks, out."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.inline import LINE, Stretch, Style
from pipeline.documents.markup import Markup
from pipeline.model import InlineKind

NAME = re.compile(r"\s(?:id|name)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)")
# Line breaks go with the words around them.
_WORDLESS, _MOST_WORDLESS = re.compile(r"(?:<(?!br\b)[^<>]*>|\s)*+"), 2_000
NO_TAGS = ("", "")
# A tag that opens, the one that closes it where there is one, and what it marks.
Pair = tuple[Markup | None, Markup | None, tuple[Style, ...]]
LANGUAGE_SPAN = '<span lang="{0}" xml:lang="{0}">'
_LANG = re.compile(r"\s(?:xml:)?lang\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)


def shared(raw: str, styles: Sequence[Style]) -> Iterator[str]:
    """Share a tag out between its marks, so that each can stand without the other."""
    for number, (kind, value) in enumerate(styles):
        if kind is InlineKind.LANGUAGE and number:
            yield LANGUAGE_SPAN.format(value)
        else:
            yield _LANG.sub("", raw) if len(styles) > 1 else raw


def extent(source: str, line: Sequence[Stretch]) -> tuple[int, int]:
    """Give the stretch of the source from the first to the last word of a line."""
    placed = [run for run in line if run.end > run.start and run.text != LINE and run.text.strip()]
    first, last = placed[0], placed[-1]
    head, tail = source[first.start : first.end], source[last.start : last.end]
    return (
        first.start + len(head) - len(head.lstrip(" \t\r\n\f")),
        last.end - len(tail) + len(tail.rstrip(" \t\r\n\f")),
    )


def raised(opening: Markup, closing: Markup, pairs: Sequence[Pair]) -> tuple[int, int]:
    """Give where a call for a note stands, with the element around it that raises it."""
    around = (
        (first.start, last.end)
        for first, last, styles in pairs
        if first and last and (InlineKind.SUPERSCRIPT, "") in styles
        if first.end == opening.start and closing.end == last.start
    )
    return next(around, (opening.start, closing.end))


def with_notes(
    line: Sequence[Stretch],
    notes: dict[int, tuple[int, str]],
    tags: dict[Style, tuple[str, str]],
    source: str,
) -> Iterator[Stretch]:
    """Put points in the place of the runs that call for notes; their markup is kept whole."""
    done = -1
    for run in line:
        if not any(kind is InlineKind.NOTE for kind, _ in run.styles):
            yield run
            continue
        found = next(((at, *notes[at]) for at in notes if at <= run.start < notes[at][0]), None)
        if found is None or found[0] == done:
            continue
        done, closing, raw = found
        label = " ".join(re.sub(r"<[^>]*>", "", html.unescape(source[done:closing])).split())
        style = (InlineKind.NOTE, label.strip("[]()"))
        is_raised = (InlineKind.SUPERSCRIPT, "") in run.styles and "<sup" not in raw
        tags[style] = (f"<sup>{raw}</sup>" if is_raised else raw, "")
        yield Stretch("", (style,), run.start, run.end)


def unworded(
    line: Sequence[Stretch],
    objects: Sequence[tuple[int, int]],
    pairs: Sequence[Pair],
    extent: tuple[int, int],
    source: str,
) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    """Give where markup stands in a line that bears no words, and the names of what bears some.

    An element in which no words are is kept whole: a page break, a linked image.
    """
    start, end = extent
    words = sorted(run.start for run in line if run.end > run.start and run.text.strip())
    spans = [span for span in objects if start <= span[0] and span[1] <= end]
    inside = [pair for pair in pairs if pair[0] and start <= pair[0].start < end]
    for opening, closing, _ in inside:
        place = bisect_left(words, opening.start) if opening else 0
        following = words[place] if place < len(words) else end
        is_before = closing is not None and closing.end <= min(following, end)
        if opening and closing and is_before and _is_wordless(opening, closing, source):
            spans.append((opening.start, closing.end))
    whole: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not whole or span[0] >= whole[-1][1]:
            whole.append(span)
    tags = sorted((opening.start, opening.end) for opening, _, _ in inside if opening)
    names = (
        name
        for first, last in tags
        if not (place := bisect_right(whole, (first, end))) or whole[place - 1][1] <= first
        for name in NAME.findall(source[first:last])
    )
    return tuple(whole), tuple(names)


def _is_wordless(opening: Markup, closing: Markup, source: str) -> bool:
    """Whether an element has tags alone in it, and says something itself."""
    size = closing.start - opening.end
    return (
        bool(opening.attributes)
        and size < _MOST_WORDLESS
        and bool(_WORDLESS.fullmatch(source, opening.end, closing.start))
    )


_AFTER_LABEL = re.compile(r"[\s.):\u00a0\u202f–-]+")


def without_label(line: Sequence[Stretch], source: str) -> list[Stretch]:
    """Take from the runs of a note the signs behind its number, which stands before them."""
    runs = list(line)
    for place, run in enumerate(runs):
        if run.text.strip():
            found = _AFTER_LABEL.match(run.text)
            if found and source.startswith(found[0], run.start):
                runs[place] = replace(
                    run, text=run.text[found.end() :], start=run.start + found.end()
                )
            break
    return runs
