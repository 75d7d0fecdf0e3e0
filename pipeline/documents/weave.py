"""A text with marks that may overlap in; markup in which elements nest out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.model import InlineKind, InlineMark


def weave(
    text: str,
    marks: Sequence[InlineMark],
    tags: Callable[[InlineMark], tuple[str, str]],
    escape: Callable[[str], str],
    code: Callable[[str], str] | None = None,
) -> str:
    """Give a text with the tags of its marks (of a point only the first) around what they mark.

    Where two marks overlap, the inner one is closed and opened again. ``code`` writes what is
    marked as code, where other signs are special there than elsewhere.
    """
    spans = sorted(
        (mark for mark in marks if mark.start < mark.end),
        key=lambda mark: (mark.start, -mark.end, mark.kind is not InlineKind.LINK),
    )
    points = [mark for mark in marks if mark.start == mark.end]
    places = sorted({0, len(text), *(p for mark in marks for p in (mark.start, mark.end))})
    made: list[str] = []
    inside: list[InlineMark] = []
    for number, place in enumerate(places):
        closing = [mark for mark in inside if mark.end <= place]
        if closing:
            outermost = min(map(inside.index, closing))
            made += [tags(mark)[1] for mark in reversed(inside[outermost:])]
            again = [mark for mark in inside[outermost:] if mark.end > place]
            made += [tags(mark)[0] for mark in again]
            inside[outermost:] = again
        made += [tags(mark)[0] for mark in points if mark.start == place]
        for mark in spans:
            if mark.start == place:
                made.append(tags(mark)[0])
                inside.append(mark)
        following = places[number + 1] if number + 1 < len(places) else place
        coded = any(mark.kind is InlineKind.CODE for mark in inside)
        made.append((code if code and coded else escape)(text[place:following]))
    return "".join(made)
