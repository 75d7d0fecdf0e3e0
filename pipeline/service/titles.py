"""A job in, the titles and people of its text out; what is to stand there in, settings out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from pipeline.jobs.folder import known_job
from pipeline.jobs.store import open_store
from pipeline.text import clean

NAMES = ("title", "title_en", "subtitle", "subtitle_en", "byline", "date")
"""What can be written anew, as the settings of the section ``front`` are called."""

_LONGEST = 300


def titles(output: Path, name: str) -> dict[str, str]:
    """Give what the text is headed by, "" where there is nothing; raises JobError before."""
    with closing(open_store(known_job(output, name).database)) as store:
        document = store.document()
    front = document.front
    return dict(
        zip(
            NAMES,
            (
                document.title,
                front.title_en,
                front.subtitle,
                front.subtitle_en,
                document.author,
                document.date,
            ),
            strict=True,
        )
    )


def retitled(output: Path, name: str, wanted: Mapping[str, str]) -> dict[str, object]:
    """Give the settings that a run needs for titles that are ``wanted`` otherwise than they stand.

    "" gives back what the text itself says. Other spaces, or an end that is cut, are no change.
    """
    before = {key: _line(value) for key, value in titles(output, name).items()}
    after = {key: _line(wanted[key]) for key in NAMES}
    return {
        f"front.{key}": value
        for key, value in after.items()
        if value.split() != before[key].split()
    }


def _line(text: str) -> str:
    """Give a text as one line of bounded length; its no-break spaces stay."""
    return re.sub("[ \n]+", " ", clean(text)[0]).strip()[:_LONGEST]
