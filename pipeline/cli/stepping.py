"""Things to decide on in, shown one by one on a terminal; what the person types, done, out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

import click

from pipeline.cli.words import echo, said
from pipeline.errors import EnregardError, UsageError

Item = TypeVar("Item")


class Stepping(ABC, Generic[Item]):
    """A walk over some things; ``decided`` counts the decisions that were stored.

    A number goes to the thing that has it, ``/words`` to the next with these words, "q" stops; what
    the other keys do say the ``keys``. What is decided is stored at once, so that nothing is lost
    if the input ends anywhere.
    """

    prompt: ClassVar[str]
    help: ClassVar[str]
    thing: ClassVar[str]

    def __init__(self, items: Sequence[Item]) -> None:
        """Walk these."""
        self._items = list(items)
        self._at = 0
        self.decided = 0

    @property
    @abstractmethod
    def keys(self) -> Mapping[str, Callable[[], None]]:
        """What is done for each key."""

    @abstractmethod
    def number(self, item: Item) -> int:
        """The number of a thing."""

    @abstractmethod
    def texts(self, item: Item) -> str:
        """What is searched in a thing."""

    @abstractmethod
    def show(self) -> None:
        """Show the one that the walk is at."""

    @property
    def here(self) -> Item:
        """The one that the walk is at."""
        return self._items[self._at]

    def go(self) -> None:
        """Ask about one after another until the last, or until the person stops."""
        while self._at < len(self._items):
            self.show()
            try:
                answer = click.prompt(self.prompt, default="n", show_default=False).strip()
                if answer == "q":
                    return
                self._answer(answer)
            except click.Abort:
                # The end of the input is the end of the walk.
                echo()
                return
            except EnregardError as error:
                echo(f"enregard: {said(error)}", err=True)

    def _answer(self, answer: str) -> None:
        if answer.isdigit():
            self._jump(
                lambda each: self.number(each) == int(answer), f"there is no {self.thing} {answer}"
            )
        elif answer.startswith("/"):
            words = answer[1:].strip().casefold()
            self._jump(
                lambda each: words in self.texts(each).casefold(),
                f"no other {self.thing} has {words!r}",
            )
        elif (deed := {**self._always, **self.keys}.get(answer)) is not None:
            deed()
        else:
            raise UsageError(f"there is no key {answer[:20]!r}", "? lists them")

    @property
    def _always(self) -> dict[str, Callable[[], None]]:
        return {"": self.next, "n": self.next, "b": self._back, "?": self._help}

    def _jump(self, fits: Callable[[Item], bool], otherwise: str) -> None:
        places = [*range(self._at + 1, len(self._items)), *range(self._at + 1)]
        for place in places:
            if fits(self._items[place]):
                self._at = place
                return
        raise UsageError(otherwise)

    def next(self) -> None:
        """Go to the next."""
        self._at += 1

    def _back(self) -> None:
        self._at = max(self._at - 1, 0)

    def _help(self) -> None:
        echo(self.help)
