"""The commands of the house memory: what people approved, over all jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.base import FILE, force_option, json_option, output_folder, output_option
from pipeline.cli.display import print_json
from pipeline.cli.words import counted, echo, one_line


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
@click.option(
    "--in",
    "where",
    type=click.Choice(["memory", "jobs"]),
    help="Search the memory alone, or the jobs.",
)
@output_option
@json_option
def search(
    words: tuple[str, ...], like: bool, where: str | None, output: Path | None, as_json: bool
) -> None:
    """Give the sentences that have all the WORDS, in French or English.

    What people approved comes first, then what stands in the jobs.
    """
    from pipeline.service import memory as service
    from pipeline.service.search import everywhere

    folder, text = output_folder(output), " ".join(words)
    if like:
        alike = service.suggestions(folder, text)
        for each in alike:
            if as_json:
                print_json(asdict(each))
            else:
                pair = each.pair
                about = (pair.job, pair.author, pair.at[:10])
                _show(f"{each.likeness:.0%}", pair.source, each.text, about)
        if not alike and not as_json:
            echo("nothing in the memory is nearly this sentence", err=True)
        return
    found = everywhere(folder, text, where=where)
    for hit in found:
        if as_json:
            print_json(asdict(hit))
        else:
            _show(
                hit.origin,
                hit.source,
                hit.target,
                (hit.job, hit.segment_id, hit.author, hit.at[:10]),
            )
    if not found and not as_json:
        echo("nothing has all these words", err=True)


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


def _show(head: str, source: str, target: str, about: Sequence[str]) -> None:
    echo(f"{head}  {one_line(source)}")
    echo(f"{'':{len(head)}}  {one_line(target)}")
    echo(f"{'':{len(head)}}  ({one_line(', '.join(filter(None, about)))})")
