"""Sentences in, shown one by one on a terminal; what a person decides on each, stored at once.

What is shown is always the newest English: a sentence that was just written is shown as written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pipeline.cli.stepping import Stepping
from pipeline.cli.words import counted, echo, one_line, printable
from pipeline.errors import UsageError
from pipeline.model import Origin, SentenceState

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.service.beside import Known, Passage
    from pipeline.service.review import Decision, Review, ReviewSentence

_PROMPT = "[a]ccept [s]ign off [e]dit [n]ext [b]ack [?] [q]uit"
_HELP = """\
a         accept: the sentence is read as it stands, and on to the next
s         sign it off for print, and on
rest      accept this one and all that are still open
e         edit: French and English in your editor ($EDITOR), or here
o         take over what stood here before the French was reworded
t         take what the memory offers first
m         note something about it
u         undo what you decided last
12        go to sentence 12
/word     go to the next sentence with these words
n, b      next, back
q         stop; what you decided is stored"""
_MARK = "# Write the English below this line."
# What an editor puts in to wrap lines; a no-break space is the text's own.
_WRAPS = re.compile(r"[ \t\r\n]+")


class SentenceWalk(Stepping["ReviewSentence"]):
    """A walk over sentences."""

    prompt = _PROMPT
    help = _HELP
    thing = "sentence"

    def __init__(
        self,
        opened: Review,
        sentences: Sequence[ReviewSentence],
        reviewer: str,
        offered: Callable[[str, str], Sequence[Known]],
    ) -> None:
        """Walk these; ``offered`` gives what the memory has like a French one, but its English."""
        super().__init__(sentences)
        self._opened = opened
        self._reviewer = reviewer
        self._offered = offered
        self._done: list[tuple[int, ReviewSentence]] = []

    def number(self, item: ReviewSentence) -> int:
        """The number of a sentence in the text."""
        return item.number

    def texts(self, item: ReviewSentence) -> str:
        """Its French and its English."""
        return f"{item.source}\n{item.target}"

    def _mark(self, state: SentenceState) -> None:
        name = self._name()
        self._decide([self.here.marked(state, name)], state=state, reviewer=name)
        self._at += 1

    def _accept(self) -> None:
        self._mark(SentenceState.READ)

    def _sign_off(self) -> None:
        self._mark(SentenceState.SIGNED_OFF)

    def _rest(self) -> None:
        name, count = self._name(), 0
        for place, each in enumerate(self._items):
            if each.state is SentenceState.OPEN and (place >= self._at):
                self._at = place
                self._decide(
                    [each.marked(SentenceState.READ, name)],
                    state=SentenceState.READ,
                    reviewer=name,
                )
                count += 1
        echo(f"{counted(count, 'sentence')} accepted")
        self._at = len(self._items)

    def _edit(self) -> None:
        text = edited(self.here.source, self.here.target)
        if text is not None:
            self._write(text)

    def _write(self, text: str) -> None:
        from pipeline.service import review

        # The text as it is stored: what is decided next is decided on that one.
        text = review.write(self.here.source, text).text or ""
        made = self.here.written(text, self._reviewer)
        state = SentenceState.READ if self._reviewer else SentenceState.OPEN
        self._decide(made, text=text, state=state, reviewer=self._reviewer)

    def _older(self) -> None:
        earlier = self.here.earlier
        if earlier is None or not earlier.target:
            raise UsageError("nothing else stood here before")
        self._write(earlier.target)

    def _take(self) -> None:
        offered = self._offered(self.here.source, self.here.target)
        if not offered:
            raise UsageError("the memory has nothing else for this sentence")
        self._write(offered[0].text)

    def _note(self) -> None:
        text = asked("note", self.here.note)
        if text == self.here.note:
            echo("unchanged")
            return
        self._decide([self.here.noted(text, self._reviewer)], note=text)

    def _undo(self) -> None:
        if not self._done:
            raise UsageError("nothing is decided that could be undone")
        place, before = self._done.pop()
        after, self._at = self._items[place], place
        decisions: list[Decision] = []
        if after.target != before.target:
            decisions += before.written(before.target if before.is_written else None)
        decisions.append(before.marked(before.state, before.reviewer))
        if after.note != before.note:
            decisions.append(before.noted(before.note, self._reviewer))
        self._opened.decide(decisions)
        self._items[place] = before
        echo("undone")

    @property
    def keys(self) -> Mapping[str, Callable[[], None]]:
        """What is done for each key."""
        return {
            "a": self._accept,
            "s": self._sign_off,
            "rest": self._rest,
            "e": self._edit,
            "o": self._older,
            "t": self._take,
            "m": self._note,
            "u": self._undo,
        }

    def _name(self) -> str:
        if not self._reviewer:
            self._reviewer = self._opened.name_reviewer(click.prompt("your name"))
        return self._reviewer

    def _decide(
        self,
        decisions: Sequence[Decision],
        text: str | None = None,
        state: SentenceState | None = None,
        reviewer: str = "",
        note: str | None = None,
    ) -> None:
        before = self.here
        self._opened.decide(decisions)
        self.decided += len(decisions)
        made = before.translation
        if text is not None:
            made = replace(made, text=text, origin=Origin.PERSON)
        self._items[self._at] = replace(
            before,
            translation=made,
            state=before.state if state is None else state,
            reviewer=before.reviewer if state is None else reviewer,
            note=before.note if note is None else note,
            weak_words=() if text is not None else before.weak_words,
            occurrences=() if text is not None else before.occurrences,
        )
        self._done.append((self._at, before))
        echo("saved")

    def show(self) -> None:
        """Show the sentence, what is known of it and how far it is."""
        from rich.console import Console
        from rich.text import Text

        here = self.here
        whose = "written by a person" if here.is_written else ""
        state = here.state.replace("-", " ") + (f" by {here.reviewer}" if here.reviewer else "")
        head = ", ".join(filter(None, (f"{here.number} of {self._total()}", here.id, state, whose)))
        found = here.occurrences
        lines = [
            Text(one_line(head), style="bold"),
            _marked(here.source, [(each.start, each.end, "bold") for each in found]),
            _marked(
                here.target,
                [
                    (each.target_start, each.target_end, "bold")
                    for each in found
                    if each.target_start is not None and each.target_end is not None
                ]
                + [(start, end, "underline") for start, end in here.weak_words],
            ),
        ]
        lines += [Text(f"! {each.severity}: {one_line(each.message)}") for each in here.findings]
        if here.earlier:
            lines.append(Text(f"before: {one_line(here.earlier.source)}"))
            lines.append(Text(f"        {one_line(here.earlier.target)}"))
        for each in self._offered(here.source, here.target):
            lines.append(Text(f"memory {each.likeness:.0%}: {one_line(each.text)}"))
            if each.likeness < 1:
                lines.append(_compared(each.french))
        if here.note:
            lines.append(Text(f"note: {one_line(here.note)}"))
        console = Console(highlight=False)
        console.print()
        for line in lines:
            console.print(line)

    def _total(self) -> int:
        return max(each.number for each in self._items)


def edited(source: str, target: str) -> str | None:
    """Ask for the English of a sentence; say so, and give None, where it stays as it is."""
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        text = _from_editor(source, target)
    else:
        text = asked("English", target)
    if not text or text in (target, _unwrapped(target)):
        echo("unchanged")
        return None
    return text


def asked(question: str, text: str) -> str:
    """Ask on the line for a text; left as it is shown, it stays what it was.

    A line shows some characters as others, which must not come back as what the person wrote.
    """
    shown = one_line(text)
    answer = str(click.prompt(question, default=shown, show_default=bool(shown)))
    return text if answer == shown else answer


def _from_editor(source: str, target: str) -> str:
    """Give what stands below the mark in the person's editor; "" where nothing was saved."""
    ours = [*(f"# {line}" for line in source.splitlines()), _MARK]
    written = (click.edit("\n".join([*ours, target, ""])) or "").splitlines()
    if _MARK in written:
        below = written[written.index(_MARK) + 1 :]
    else:
        below = [line for line in written if line not in ours]
    return _unwrapped("\n".join(below))


def _unwrapped(text: str) -> str:
    return _WRAPS.sub(" ", text).strip(" ")


def _compared(french: Sequence[Passage]) -> Text:
    """Give the memory's French laid over that of the sentence: [-gone-] and {+new+} are marked."""
    from rich.text import Text

    marks = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    pieces = (f"{marks[one.kind][0]}{one.text}{marks[one.kind][1]}" for one in french)
    return Text(f"       {one_line(''.join(pieces))}")


def _marked(text: str, spans: Iterable[tuple[int, int, str]]) -> Text:
    """Give a sentence with the words between some offsets marked."""
    from rich.text import Text

    marked = Text(printable(text.replace("\n", " ")))
    for start, end, style in spans:
        marked.stylize(style, start, end)
    return marked
