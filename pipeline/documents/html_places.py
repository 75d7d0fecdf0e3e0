"""Runs of a line of HTML in; where it stands in its source, and the tags of its marks, out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.inline import LINE, Stretch, Style
from pipeline.documents.markup import Markup
from pipeline.model import InlineKind

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
