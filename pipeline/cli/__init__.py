"""Arguments in, calls to pipeline.service, words and exit codes out.

Exit codes: 0 done; 1 done, but a finding needs mending before printing (with --strict); 2 to 7 an
error, as in pipeline.errors; 130 interrupted. A command is a function in one of this package's
modules and a line in COMMANDS. The service is imported inside the commands, so that
`enregard --help` answers without loading it.
"""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.cli.base import Group
from pipeline.cli.batch import batch_command
from pipeline.cli.compare import compare
from pipeline.cli.completion import completion
from pipeline.cli.desk import desk
from pipeline.cli.dismiss import dismiss
from pipeline.cli.export import export
from pipeline.cli.glossary import glossary
from pipeline.cli.jobs import (
    list_command,
    publish,
    resume_command,
    run_command,
    segment,
    show,
)
from pipeline.cli.machine import doctor, engines
from pipeline.cli.memory import memory
from pipeline.cli.organise import archive, delete, rename_command
from pipeline.cli.quality import quality
from pipeline.cli.replace import replace
from pipeline.cli.review import review

# In the order of a user's work.
COMMANDS = (
    run_command,
    resume_command,
    batch_command,
    list_command,
    show,
    quality,
    review,
    replace,
    dismiss,
    publish,
    compare,
    export,
    memory,
    rename_command,
    archive,
    delete,
    glossary,
    segment,
    desk,
    engines,
    doctor,
    completion,
)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="enregard")
def main() -> None:
    """Translate French texts to English offline, and publish the two side by side.

    \b
    enregard run article.txt          translate and publish a text
    enregard show JOB --segments      see what was done, sentence by sentence
    enregard review JOB               decide on what the glossary did
    enregard dismiss JOB              list the findings, and dismiss those that are none
    enregard desk                     do all of this in the browser

    Nothing leaves this machine but by `batch --scheduler`, for machines of your own.
    """  # noqa: D301


for _command in COMMANDS:
    main.add_command(_command)
