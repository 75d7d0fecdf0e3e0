"""The one error tree: what went wrong in; what is wrong, where, and its remedies apart out.

::

    EnregardError
    ├── UsageError      the command or its arguments cannot work as given      exit 2
    ├── InputError      the text to translate is missing, unreadable or unfit  exit 3
    ├── ConfigError     a configuration file is not valid                      exit 4
    ├── GlossaryError   a glossary file is not valid                           exit 4
    ├── EngineError     no usable translation engine, or a broken model        exit 5
    ├── JobError        a job is busy, damaged or cannot be stored             exit 6
    └── PublishError    the edition cannot be built                            exit 7

Library code raises these and never exits or prints. A remedy that is something to do in the program
is a value: each face has words of its own for it, the command line in ``pipeline/cli/words.py``.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Act(Enum):
    """Something that a user can do in the program; the value says it in the words of no face."""

    FINISH_JOB = "finish the job {} first"
    SHOW_JOBS = "the list of jobs shows which there are"
    SHOW_SEGMENTS = "see the segments of {}"
    SHOW_FINDINGS = "see the findings of {}"
    EXPORT_DECISIONS = "make it by exporting the decisions of a job"
    REBUILD_EDITION = "rebuild the edition"
    TURN_ON = "turn {} on in the settings and rebuild the edition"
    LOOK_IN_FOLDER = "look for it in the folder {}"
    CHOOSE_OUTPUT = "choose another folder for the jobs"
    RUN_ELSEWHERE = "run the text again in another folder for the jobs"
    NAME_TEXT = "name a text"
    CHOOSE_PORT = "choose another port, or none for a free one"
    CHOOSE_ENCODING = "read it again in the encoding {}"
    NAME_ENCODING = "name the right encoding"
    REPLACE_FILE = "let it be replaced"
    CHOOSE_TARGET = "choose another folder to write to"
    SHOW_ENGINES = "see which engines are installed"
    CHOOSE_ENGINE = "choose the engine {}"
    INSTALL_PACKAGE = "install a package from its file"
    TRANSLATE_ANYWAY = "translate it all the same"
    BRING_PACKAGE = "bring the package's file from another machine and install it"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about an error: an act, and what it is done to (a job, a folder, a name)."""

    act: Act
    subject: str = ""

    def __str__(self) -> str:
        return self.act.value.format(self.subject)


class EnregardError(Exception):
    """Base of every error a user can meet; carries the process exit code.

    ``where`` is the file (with its line), folder or job at fault. ``what`` is a clause; where it
    begins with "…", it goes on from the place: "article.txt" and "… does not exist". ``remedies``
    are the ways out, any one of which will do: plain words where those are the same in every face.
    """

    exit_code = 1

    def __init__(self, what: str, *remedies: str | Remedy, where: object = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedies = remedies
        self.where = str(where)

    def __str__(self) -> str:
        return self.line(str)

    @property
    def fault(self) -> str:
        """Say what is wrong and where, in one clause."""
        if not self.where:
            return self.what
        joint = "" if self.what.startswith("…") else ": "
        return f"{self.where}{joint}{self.what.removeprefix('…')}"

    def line(self, worded: Callable[[Remedy], str]) -> str:
        """Say what is wrong, where, and what to do about it in a face's words."""
        return "; ".join(filter(None, (self.fault, advice(self.remedies, worded))))


Way = str | list[str]
"""A remedy as JSON has it, to be told by another process."""


def packed(remedies: Iterable[str | Remedy]) -> list[Way]:
    """Give remedies as JSON has them."""
    return [each if isinstance(each, str) else [each.act.name, each.subject] for each in remedies]


def unpacked(ways: Iterable[Way]) -> tuple[str | Remedy, ...]:
    """Give the remedies that a process has told."""
    return tuple(each if isinstance(each, str) else Remedy(Act[each[0]], each[1]) for each in ways)


def pack(error: EnregardError) -> tuple[str, str, list[Way]]:
    """Give an error as JSON has it: what, where, and the remedies."""
    return error.what, error.where, packed(error.remedies)


def unpack(told: tuple[str, str, list[Way]], kind: type[EnregardError]) -> EnregardError:
    """Give the error that a process has told."""
    what, where, ways = told
    return kind(what, *unpacked(ways), where=where)


def counted(count: int, one: str, many: str = "") -> str:
    """Give a number with its noun, whose plural has an s unless it is given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def advice(remedies: tuple[str | Remedy, ...], worded: Callable[[Remedy], str]) -> str:
    """Say in a face's words what can be done: "this", "this, or that", "this, that, or those"."""
    ways = [each if isinstance(each, str) else worded(each) for each in remedies]
    return ", or ".join(filter(None, (", ".join(ways[:-1]), *ways[-1:])))


class UsageError(EnregardError):
    """The command or its arguments cannot work as given."""

    exit_code = 2


class InputError(EnregardError):
    """The text to translate is missing, unreadable or unfit."""

    exit_code = 3


class ConfigError(EnregardError):
    """A configuration file is not valid."""

    exit_code = 4


class GlossaryError(EnregardError):
    """A glossary file is not valid."""

    exit_code = 4


class EngineError(EnregardError):
    """No usable translation engine, or a model that cannot be trusted."""

    exit_code = 5


class JobError(EnregardError):
    """A job is missing, busy, damaged or cannot be stored."""

    exit_code = 6


class PublishError(EnregardError):
    """The edition cannot be built."""

    exit_code = 7


# What to do about a refusal of the system, by its number.
_FULL = "free some space"
_REMEDIES: Mapping[int, str] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EIO: "check the disk",
    errno.EMFILE: "close other programs",
    errno.ENFILE: "close other programs",
    errno.ENAMETOOLONG: "use a shorter name",
    errno.ENOENT: "check that the folder is still there",
}
_PERMISSIONS = "check the folder and its permissions"


def remedy_of(error: OSError) -> str:
    """Say what to do where the operating system refused."""
    return _REMEDIES.get(error.errno or 0, _PERMISSIONS)


# What an interpreter that lacks memory may say besides: "error return without exception set",
# "returned NULL without setting an exception", "can't start new thread".
_STARVED: Final = ("without exception", "without setting", "start new thread")


@contextmanager
def within_memory(
    error: type[EnregardError],
    what: str = "out of memory",
    remedy: str = "close other programs or split the text",
) -> Iterator[None]:
    """Turn a lack of memory into an error that says what to do."""
    try:
        yield
    except MemoryError:
        raise error(what, remedy) from None
    except (SystemError, RuntimeError) as cause:
        if not any(sign in str(cause) for sign in _STARVED):
            raise
        raise error(what, remedy) from None
