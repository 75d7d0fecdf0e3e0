"""The commands of the house memory: what people approved, over all jobs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import FILE, force_option, json_option, output_folder, output_option
from pipeline.cli.display import print_json
from pipeline.cli.words import counted, echo, one_line

if TYPE_CHECKING:
    from pipeline.service.memory import ApprovedPair


@click.group()
def memory() -> None:
    """Import, search, export and forget what people approved, over all jobs.

    What a person writes or reads in a job is kept beside the jobs, and used where the same sentence
    stands again. The settings memory.use and memory.learn switch that off.
    """


@memory.command("import")
@click.argument("file", type=FILE)
@click.option("--by", "author", default="", metavar="NAME", help="Whose work it is.")
@output_option
def import_command(file: Path, author: str, output: Path | None) -> None:
    """Add the sentences of a FILE: TMX, XLIFF, CSV or a bilingual table."""
    from pipeline.service import memory as service

    new, seen = service.import_memory(output_folder(output), file, author)
    echo(f"{counted(seen, 'sentence')} read, {new:,} new")


@memory.command("export")
@click.argument("file", type=FILE)
@force_option
@output_option
def export_command(file: Path, force: bool, output: Path | None) -> None:
    """Write the memory to a FILE: .tmx or .csv."""
    from pipeline.service import memory as service

    count = service.export_memory(output_folder(output), file, force)
    echo(f"{counted(count, 'pair')} written")


@memory.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--like", is_flag=True, help="Give what is nearly this French sentence instead.")
@output_option
@json_option
def search(words: tuple[str, ...], like: bool, output: Path | None, as_json: bool) -> None:
    """Give the sentences that have all the WORDS, in French or English."""
    from pipeline.service import memory as service

    folder, text = output_folder(output), " ".join(words)
    if like:
        for each in service.suggestions(folder, text):
            if as_json:
                print_json(asdict(each))
            else:
                _show(each.pair, f"{each.likeness:.0%}", each.text)
        return
    for pair in service.search_memory(folder, text):
        if as_json:
            print_json(asdict(pair))
        else:
            _show(pair, pair.origin, pair.target)


@memory.command()
@click.option("--sentence", default="", metavar="FRENCH", help="This French sentence.")
@click.option("--job", default="", metavar="JOB", help="What came from this job.")
@output_option
def forget(sentence: str, job: str, output: Path | None) -> None:
    """Remove a sentence from the memory, or what came from a job."""
    from pipeline.service import memory as service

    echo(f"{counted(service.forget(output_folder(output), sentence, job), 'pair')} forgotten")


@memory.command()
@output_option
@json_option
def stats(output: Path | None, as_json: bool) -> None:
    """Tell how much the memory holds."""
    from pipeline.service import memory as service

    found = service.stats(output_folder(output))
    if as_json:
        print_json({**asdict(found), "origins": dict(found.origins)})
        return
    echo(f"{counted(found.pairs, 'pair')} of {counted(found.sentences, 'French sentence')}")
    for origin, count in found.origins:
        echo(f"{count:>9,}  {origin}")


def _show(pair: ApprovedPair, head: str, text: str) -> None:
    about = ", ".join(filter(None, (pair.job, pair.author, pair.at[:10])))
    echo(f"{head}  {one_line(pair.source)}")
    echo(f"{'':{len(head)}}  {one_line(text)}")
    echo(f"{'':{len(head)}}  ({one_line(about)})")
