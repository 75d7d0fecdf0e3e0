"""What the commands share: the group that turns errors into one line, and common options."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.cli.words import echo, one_line, said
from pipeline.errors import EnregardError, JobError, UsageError, remedy_of, within_memory

Command = TypeVar("Command", bound=Callable[..., Any])


class FilePath(click.Path):
    """The path of a file or folder; an empty one is a mistake, never the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take a path; raises UsageError for an empty one, such as of a variable without value."""
        if not str(value).strip():
            name = param.human_readable_name if param else "path"
            label = f"--{name}" if isinstance(param, click.Option) else name.upper()
            raise UsageError(f"{label} is empty", "name a file or a folder")
        return super().convert(value, param, ctx)


FILE = FilePath(path_type=Path)


class Group(click.Group):
    """The commands in the order of a user's work, and errors as one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the commands in the order they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; say in one line what a user can mend, and exit with its code."""
        try:
            with within_memory(JobError):
                return super().invoke(ctx)
        except EnregardError as error:
            echo(f"enregard: {said(error)}", err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            # click says Abort where the person stopped at a question.
            echo("enregard: interrupted; run the same again to go on from there", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            # The reader (`| head`) has gone; there is nobody left to tell.
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
            ctx.exit(0)
        except RecursionError:
            echo("enregard: something is nested too deep; flatten or split the text", err=True)
            ctx.exit(6)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            reason = (error.strerror or str(error)).lower()
            told = f"{place}{reason}; {remedy_of(error)}; nothing stored is lost"
            echo(f"enregard: {one_line(told)}", err=True)
            ctx.exit(6)


class Registered(click.ParamType):  # type: ignore[type-arg]  # no generic in click 8.1
    """A name that a registry holds, which is loaded only when its names are asked for."""

    name = "name"

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def get_metavar(
        self,
        param: click.Parameter,  # noqa: ARG002
        ctx: click.Context | None = None,  # noqa: ARG002
    ) -> str:
        """Give the names as the help shows them."""
        from pipeline.service import registries

        return f"[{'|'.join(registries.names_of(self._kind))}]"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> str:
        """Take a name that is there; raises UsageError for another."""
        from pipeline.service import registries

        registries.require(self._kind, value)
        return value


def engine_option(words: str) -> Callable[[Command], Command]:
    """Give what adds ``--engine`` with its help."""
    return click.option("--engine", type=Registered("engine"), help=words)


def config_option(command: Command) -> Command:
    """Add ``--config``."""
    return click.option(
        "--config", type=FILE, metavar="FILE", help="Your settings (see config/default.yaml)."
    )(command)


def output_option(command: Command) -> Command:
    """Add ``--output``."""
    return click.option(
        "--output",
        type=FILE,
        metavar="DIR",
        envvar="ENREGARD_OUTPUT",
        help="Folder that holds the jobs [$ENREGARD_OUTPUT; default: output].",
    )(command)


def set_option(command: Command) -> Command:
    """Add ``--set``."""
    return click.option(
        "--set",
        "assigned",
        multiple=True,
        metavar="KEY=VALUE",
        help="A single setting, for example publish.layout=facing-pages; may be repeated.",
    )(command)


def settings_of(assigned: Sequence[str]) -> dict[str, object]:
    """Give the settings that ``--set`` names, by dotted name; raises UsageError for no setting."""
    from pipeline.service import registries

    return dict(registries.setting(each) for each in assigned)


def settings_given(
    assigned: Sequence[str], scopes: Sequence[str], flags: Mapping[str, object]
) -> dict[str, object]:
    """Give the settings of ``--set``, then those of the flags that were given, and the scopes."""
    named = {key: value for key, value in flags.items() if value is not None}
    return settings_of(assigned) | named | ({"scopes": list(scopes)} if scopes else {})


def force_option(command: Command) -> Command:
    """Add ``--force``."""
    return click.option("--force", is_flag=True, help="Replace a file that is there.")(command)


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")(command)


def agreed(question: str, yes: bool, otherwise: str) -> bool:
    """Ask a person whether to go on, unless ``yes`` says so.

    Raises UsageError, which says ``otherwise`` what to do, where nobody is there to be asked.
    """
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(otherwise)
    return click.confirm(question)


def output_folder(output: Path | None) -> Path:
    """Give the folder that holds the jobs."""
    from pipeline.service.outputs import output_path

    return output_path(output)
