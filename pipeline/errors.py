"""The one error tree: what went wrong in, a line that says what to do out.

::

    EnregardError
    ├── UsageError      the command or its arguments cannot work as given      exit 2
    ├── InputError      the text to translate is missing, unreadable or unfit  exit 3
    ├── ConfigError     a configuration file is not valid                      exit 4
    ├── GlossaryError   a glossary file is not valid                           exit 4
    ├── EngineError     no usable translation engine, or a broken model        exit 5
    ├── JobError        a job is missing, busy, damaged or cannot be stored    exit 6
    └── PublishError    the edition cannot be built                            exit 7

Library code raises these and never exits or prints; the command line turns one into one line on
standard error and the exit code beside it. The message is a sentence for the user: what is wrong,
where, and what to do about it.
"""


class EnregardError(Exception):
    """Base of every error a user can meet; carries the process exit code."""

    exit_code = 1


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
