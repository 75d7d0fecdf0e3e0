"""Texts and wishes from a form in; jobs that can be run, and what could not be taken, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EnregardError
from pipeline.service.jobs import add_text, make_plan


@dataclass(frozen=True, slots=True)
class NewText:
    """A text to make a job of: the name of its file and its bytes."""

    name: str
    data: bytes

    @classmethod
    def pasted(cls, text: str, title: str = "", byline: str = "") -> NewText:
        """Make a Markdown file of a text that was pasted; title and byline are its front matter."""
        facts = [("title", title), ("author", byline)]
        lines = [f"{key}: {_line(value)}" for key, value in facts if value.strip()]
        front = "\n".join(["---", *lines, "---", "", ""]) if lines else ""
        words = " ".join(title.split()) or " ".join(text.split()[:6])
        name = "".join(each if each.isalnum() else "-" for each in words)[:60].strip("-")
        return cls(f"{name or 'texte'}.md", (front + text.replace("\r\n", "\n")).encode())


def _line(value: str) -> str:
    return '"' + " ".join(value.split()).replace("\\", "").replace('"', "”") + '"'


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an editor chose for new jobs; "" leaves it to the settings.

    ``glossaries`` are added to those of the settings, by name or path; ``force`` takes texts much
    of which is not French.
    """

    engine: str = ""
    layout: str = ""
    page_size: str = ""
    dress: str = ""
    house: str = ""
    title: str = ""
    byline: str = ""
    glossaries: tuple[str, ...] = ()
    thorough: bool = False
    force: bool = False

    @property
    def flags(self) -> dict[str, object]:
        """The wishes as settings by dotted name."""
        wished: dict[str, object] = {
            "engine.name": self.engine,
            "publish.layout": self.layout,
            "publish.page_size": self.page_size,
            "publish.dress": self.dress,
            "publish.house": self.house,
            "front.title": self.title,
            "front.byline": self.byline,
            "translate.thorough": self.thorough,
        }
        return {name: value for name, value in wished.items() if value}


@dataclass(frozen=True, slots=True)
class Added:
    """The jobs that were made, by name, and what is wrong with each text that was refused."""

    jobs: tuple[str, ...]
    refused: tuple[EnregardError, ...]


def add_texts(output: Path, config: Path | None, texts: Iterable[NewText], wishes: Wishes) -> Added:
    """Make a job of each text; one that is unfit keeps no other from its job.

    Raises ConfigError, GlossaryError or EngineError where the wishes cannot be met.
    """
    flags = {**wishes.flags, "output": str(output)}
    plan = make_plan(config, wishes.glossaries, None, flags)
    jobs: list[str] = []
    refused: list[EnregardError] = []
    for text in texts:
        try:
            jobs.append(add_text(text.name, text.data, plan, wishes.force))
        except EnregardError as error:
            refused.append(error)
    return Added(tuple(dict.fromkeys(jobs)), tuple(refused))
