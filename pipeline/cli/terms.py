"""The glossary's occurrences in, shown one by one on a terminal; what is decided on each out.

What is shown is always the newest English: a sentence that was just written is shown as written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pipeline.cli.stepping import Stepping
from pipeline.cli.walk import asked, edited
from pipeline.cli.words import echo, one_line, printable
from pipeline.errors import UsageError
from pipeline.model import METHODS, EntryKind, Verdict

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.service.review import Decision, Review, ReviewItem

UNDO = ("verdict", "sentence", "entry")
_HELP = """\
a         accept: the rendering is right as it stands, and on to the next
d         decline: the entry does not apply here
e         edit the sentence: French and English in your editor ($EDITOR), or here
c         change the entry's renderings in this job
u         take a decision back
12        go to occurrence 12
/word     go to the next whose sentence has these words
n, b      next, back
q         stop; what you decided is stored"""


class TermWalk(Stepping["ReviewItem"]):
    """A walk over occurrences."""

    prompt = "[a]ccept [d]ecline [e]dit [c]hange entry [u]ndo [n]ext [b]ack [?] [q]uit"
    help = _HELP
    thing = "occurrence"

    def __init__(self, opened: Review, items: Sequence[ReviewItem]) -> None:
        """Walk these occurrences."""
        super().__init__(items)
        self._opened = opened

    @property
    def keys(self) -> Mapping[str, Callable[[], None]]:
        """What is done for each key."""
        return {
            "a": lambda: self._judge(Verdict.ACCEPTED),
            "d": lambda: self._judge(Verdict.DECLINED),
            "e": self._edit,
            "c": self._change,
            "u": self._take_back,
        }

    def number(self, item: ReviewItem) -> int:
        """The number of an occurrence in the job."""
        return item.number

    def texts(self, item: ReviewItem) -> str:
        """Its sentence and its entry."""
        return "\n".join((item.source, item.target, item.entry.source, item.entry.target))

    def _judge(self, verdict: Verdict) -> None:
        self._decide(self.here.judged(verdict))
        self._items[self._at] = _with_verdict(self.here, verdict)
        self.next()

    def _edit(self) -> None:
        from pipeline.service import review

        here = self.here
        text = edited(here.source, here.target)
        if text is None:
            return
        decision = review.write(here.source, text)
        self._decide(decision)
        # Where the terms stand in it is seen by the next run.
        self._items = [
            _written(each, decision.text or "") if each.source == here.source else each
            for each in self._items
        ]

    def _change(self) -> None:
        from pipeline.service import review

        entry = self.here.entry
        if entry.kind is EntryKind.KEEP:
            raise UsageError(
                "a text to keep has no other target; decline it here, or edit the sentence"
            )
        target = asked("target", entry.target)
        others = asked("alternatives, parted by |", " | ".join(entry.alternatives))
        alternatives = tuple(each.strip() for each in others.split("|") if each.strip())
        if (target, alternatives) == (entry.target, tuple(entry.alternatives)):
            echo("unchanged")
            return
        self._decide(review.change(entry.source, target, alternatives))
        changed = replace(entry, target=target, alternatives=alternatives)
        self._items = [
            replace(each, entry=changed) if each.entry.source == entry.source else each
            for each in self._items
        ]
        self.next()

    def _take_back(self) -> None:
        what = click.prompt("take back the", type=click.Choice(UNDO), default="verdict")
        decision = undone(self.here, what)
        if not self._opened.standing([decision]):
            raise UsageError(f"no {what} was decided on here that could be taken back")
        self._decide(decision)
        if what == "verdict":
            self._items[self._at] = _with_verdict(self.here, Verdict.NONE)
        self.next()

    def _decide(self, decision: Decision) -> None:
        self._opened.decide([decision])
        self.decided += 1
        echo("saved")

    def show(self) -> None:
        """Show the occurrence in its sentence, and what became of it."""
        from rich.console import Console
        from rich.text import Text

        item = self.here
        found, entry = item.occurrence, item.entry
        place = f"{self._at + 1} of {len(self._items)}"
        lines = [
            Text(f"{place}  {found.segment_id}  {found.status}", style="bold"),
            _marked(item.source, found.start, found.end),
            _marked(item.target, found.target_start, found.target_end),
            Text(f"glossary: {one_line(entry.source)} = {one_line(entry.target)}"),
        ]
        if found.method:
            lines.append(Text(f"{found.method}: {METHODS.get(found.method, '')}"))
        if found.reason:
            lines.append(Text(one_line(found.reason)))
        if found.decision is not Verdict.NONE:
            lines.append(Text(f"decision: {found.decision}"))
        console = Console(highlight=False)
        console.print()
        for line in lines:
            console.print(line)


def undone(item: ReviewItem, what: str) -> Decision:
    """Give the decision that takes a kind of decision back."""
    from pipeline.service import review

    if what == "sentence":
        return review.write(item.source, None)
    if what == "entry":
        return review.change(item.entry.source, None)
    return item.judged(Verdict.NONE)


def _with_verdict(item: ReviewItem, verdict: Verdict) -> ReviewItem:
    return replace(item, occurrence=replace(item.occurrence, decision=verdict))


def _written(item: ReviewItem, text: str) -> ReviewItem:
    occurrence = replace(item.occurrence, target_start=None, target_end=None)
    return replace(item, target=text, occurrence=occurrence)


def _marked(text: str, start: int | None, end: int | None) -> Text:
    """Give a sentence with the words between two offsets marked."""
    from rich.text import Text

    if start is None or end is None:
        return Text(one_line(text))
    before, here, after = (printable(part) for part in (text[:start], text[start:end], text[end:]))
    return Text.assemble(before, (here, "reverse bold"), after)
