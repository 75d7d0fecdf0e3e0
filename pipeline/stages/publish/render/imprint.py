"""An edition's content in; what it says in print of itself, in both languages, out."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.typography import printable
from pipeline.model import EditionContent
from pipeline.stages.publish.render.view import Pair
from pipeline.stages.publish.render.words import WORDS


def origin(content: EditionContent) -> Pair:
    """Return the line below the title: this is the original, that a machine's, read by whom."""
    return Pair(
        WORDS["fr"]["original"],
        WORDS["en"]["by_machine_and"].format(reading=_reading(content, "en")),
    )


def imprint(content: EditionContent) -> Pair | None:
    """Return what stands after the text, lines on each side; None where nothing does."""
    if "imprint" not in content.dress.parts:
        return None
    lines = list(_lines(content))
    made = provenance_line(content)
    return Pair(
        "\n".join(line.source for line in lines),
        "\n".join([*(line.target for line in lines), made]),
    )


def _lines(content: EditionContent) -> Iterator[Pair]:
    front = content.document.front
    if front.source:
        yield _both("source", value=printable(front.source))
    if front.rights:
        yield Pair(printable(front.rights), printable(front.rights))
    if front.credit:
        yield _both("credit", value=printable(front.credit))
    if "notice" in content.dress.parts:
        yield _both("notice")


def provenance_line(content: EditionContent) -> str:
    """Return what the edition was made from, in one line: enough to tell it from another."""
    made = content.provenance
    parts = [
        f"Enregard {made.program_version}",
        f"{made.engine.title} {made.engine.version}".strip(),
        f"source {made.input_sha256[:12]}",
        f"glossary {made.glossary_sha256[:12]}" if made.glossary_names else "",
        f"decisions {made.decisions_sha256[:12]}" if made.decisions_sha256 else "",
        f"settings {made.config_sha256[:12]}",
        made.created[:10],
    ]
    return printable(" · ".join(part for part in parts if part))


def _both(name: str, **values: str) -> Pair:
    return Pair(*(WORDS[language][name].format(**values) for language in ("fr", "en")))


def _reading(content: EditionContent, language: str) -> str:
    """Say who has read the English, and whether all of it."""
    names = ", ".join(dict.fromkeys(printable(each.reviewer) for each in content.reviewed))
    if not names:
        return WORDS[language]["unread"]
    whole = len(content.reviewed) == len(content.segments)
    return WORDS[language]["read_by" if whole else "partly_read_by"].format(names=names)
