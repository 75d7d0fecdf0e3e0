"""The commands about glossary files: check, show, convert, merge, extract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import (
    FILE,
    Group,
    config_option,
    engine_option,
    json_option,
    output_folder,
    output_option,
)
from pipeline.cli.display import print_json, print_table
from pipeline.cli.words import counted, echo, one_line
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.model import Entry


sentences_option = click.option(
    "--sentences",
    type=click.IntRange(1, 10_000),
    default=100,
    show_default=True,
    help="How many sentences of the text are translated at the most.",
)


@click.group(cls=Group)
def glossary() -> None:
    """Check, show, convert and merge glossaries, and propose entries for a text.

    A glossary is a file in YAML, CSV, TSV or TBX, or the name of one in a folder 'glossaries'.
    """


@glossary.command()
@click.argument("files", nargs=-1, required=True, metavar="GLOSSARY...")
@click.option("--text", type=FILE, metavar="FILE", help="Tell which entries it never uses.")
@click.option("--encoding", metavar="NAME", help="Encoding of the text [default: utf-8].")
@click.option(
    "--scope", "scopes", multiple=True, metavar="LABEL", help="A scope that the text belongs to."
)
@engine_option("Tell also what a run with this engine renders as asked anyway; needs --text.")
@sentences_option
@config_option
@click.option("--alone", is_flag=True, help="Without the glossaries of the settings below them.")
@json_option
def check(
    files: Sequence[str],
    text: Path | None,
    encoding: str | None,
    scopes: Sequence[str],
    engine: str | None,
    sentences: int,
    config: Path | None,
    alone: bool,
    as_json: bool,
) -> None:
    """Tell what to mend in glossaries before they are used together, the last one winning.

    The glossaries of the settings are used with them, as in a run: what takes the place of one of
    their entries is told, and nothing else about them.

    Errors must be mended, warnings will surprise, notes are worth a look. Exits with 1 if there
    are errors.
    """
    from pipeline.service import glossary, linting

    trial = glossary.Trial(engine, sentences, _told) if engine else None
    problems = linting.check_glossaries(files, text, encoding, scopes, trial, config, alone)
    for problem in problems:
        if as_json:
            print_json(asdict(problem))
        else:
            place, said = f"{problem.path}:{problem.line}", f"{problem.level}: {problem.message}"
            echo(one_line(f"{place}: {said} [{problem.rule}]"))
    counts = Counter(problem.level for problem in problems)
    if not as_json:
        echo(", ".join(counted(counts[level], level.value) for level in linting.Level))
    if counts[linting.Level.ERROR]:
        raise SystemExit(1)


@glossary.command()
@click.argument("files", nargs=-1, metavar="[GLOSSARY...]")
@click.option(
    "--find", metavar="WORDS", default="", help="Only entries about these words, in full."
)
@json_option
def show(files: Sequence[str], find: str, as_json: bool) -> None:
    """Show the entries that a job with these glossaries has.

    Without a GLOSSARY, those of the default settings are shown.
    """
    from pipeline.service import glossary

    entries = glossary.show_glossaries(files, find)
    if as_json:
        for entry in entries:
            print_json(asdict(entry))
    elif find:
        for entry in entries:
            _show_entry(entry, glossary.forms_of(entry))
        echo(f"{counted(len(entries), 'entry', 'entries')} about {find!r}")
    else:
        print_table(
            ["source", "target", "kind", "scope", "place"],
            [
                [entry.source, entry.target, entry.kind, entry.scope, f"{entry.file}:{entry.line}"]
                for entry in entries
            ],
        )


@glossary.command()
@click.argument("source", metavar="GLOSSARY")
@click.argument("target", type=FILE, metavar="FILE")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@json_option
def convert(source: str, target: Path, force: bool, as_json: bool) -> None:
    """Write a GLOSSARY in the format that FILE's name says: .yaml, .csv, .tsv or .tbx."""
    from pipeline.service import glossary

    count = glossary.convert_glossary(source, target, force)
    if as_json:
        print_json({"file": str(target), "entries": count})
    else:
        echo(f"{counted(count, 'entry', 'entries')} written to {target}")


@glossary.command()
@click.argument("files", nargs=-1, required=True, metavar="GLOSSARY...")
@click.option(
    "-o", "--to", "target", type=FILE, required=True, metavar="FILE", help="File to write."
)
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@json_option
def merge(files: Sequence[str], target: Path, force: bool, as_json: bool) -> None:
    """Write glossaries as one; where two say something of the same words, the later one wins."""
    from pipeline.service import glossary

    merged = glossary.merge_glossaries(files, target, force)
    if as_json:
        print_json(
            {"file": str(target), "entries": merged.entries, "given_way": list(merged.given_way)}
        )
        return
    for sentence in merged.given_way:
        echo(one_line(sentence))
    echo(f"{counted(merged.entries, 'entry', 'entries')} written to {target}")


@glossary.command()
@click.argument("file", type=FILE, metavar="FILE")
@config_option
@click.option(
    "--glossary",
    "names",
    multiple=True,
    metavar="GLOSSARY",
    help="Leave out what this one has too; may be repeated.",
)
@engine_option("Which engine is asked for its renderings [default: auto].")
@click.option("--no-engine", is_flag=True, help="Ask none; the targets are left for you to write.")
@sentences_option
@click.option(
    "--least",
    type=click.IntRange(1, 1_000),
    default=2,
    show_default=True,
    help="How often a term must stand in the text.",
)
@click.option(
    "--least-names",
    type=click.IntRange(1, 1_000),
    default=1,
    show_default=True,
    help="How often a name must stand in it.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 10_000),
    default=100,
    show_default=True,
    help="How many entries are proposed at the most.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the text [default: utf-8].")
@click.option(
    "-o", "--to", "target", type=FILE, metavar="FILE", help="File to write [default: print]."
)
@click.option("--force", is_flag=True, help="Replace that file if it exists.")
@json_option
def extract(
    file: Path,
    config: Path | None,
    names: Sequence[str],
    engine: str | None,
    no_engine: bool,
    sentences: int,
    least: int,
    least_names: int,
    most: int,
    encoding: str | None,
    target: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Propose a glossary for a FILE: its names, the terms it repeats, and their renderings.

    What is proposed is YAML to edit: each entry says in a comment how often it stands in the text,
    which renderings the model gives, and how often each. Entries of the glossaries of the settings
    and of those named are left out.
    """
    from pipeline.service import glossary

    if no_engine and engine:
        raise UsageError("--engine and --no-engine contradict each other; give one of them")
    trial = None if no_engine else glossary.Trial(engine, sentences, _told)
    proposals = glossary.extract_entries(
        file, trial, names, config, encoding, least, most, least_names
    )
    if as_json:
        for proposal in proposals:
            print_json(asdict(proposal))
        return
    text = glossary.proposals_file(file, proposals)
    if target is None:
        echo(text, nl=False)
    else:
        glossary.write_proposals(text, target, force)
        echo(f"{counted(len(proposals), 'entry', 'entries')} proposed in {target}")


@glossary.command()
@click.argument("jobs", nargs=-1, required=True, metavar="JOB...")
@click.option("--entry", "sources", multiple=True, metavar="TEXT", help="Only this French; repeat.")
@click.option(
    "-o",
    "--to",
    "target",
    type=FILE,
    metavar="FILE",
    help="Put them in this glossary, made if it is not there [default: print].",
)
@click.option("--force", is_flag=True, help="Replace that file instead of adding to it.")
@output_option
@json_option
def suggest(
    jobs: Sequence[str],
    sources: Sequence[str],
    target: Path | None,
    force: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Propose entries for what people corrected in JOBs: terms changed alike twice, and names.

    Each says how often it was corrected, from what, and where. With --to they are put in a glossary
    file, whose own entries, comments and layout stay; of the same words the target gives way.
    """
    from pipeline.service import learning

    found = learning.suggest(output_folder(output), jobs)
    if sources:
        found = learning.chosen(found, sources)
    if as_json:
        for each in found:
            print_json(asdict(each))
    if target is not None:
        for sentence in learning.accept(found, target, force) if found else ():
            echo(one_line(sentence), err=True)
        echo(f"{counted(len(found), 'entry', 'entries')} put in {target}", err=True)
    elif not as_json:
        echo(learning.suggestions_file(jobs[0], found), nl=False)


def _show_entry(entry: Entry, forms: str) -> None:
    values = [
        ("source", entry.source),
        ("found as", forms),
        ("target", entry.target),
        ("kind", entry.kind),
        ("variants", " | ".join(entry.variants)),
        ("alternatives", " | ".join(entry.alternatives)),
        ("forbidden", " | ".join(entry.forbidden)),
        ("case", entry.case),
        ("note", entry.note),
        ("scope", entry.scope),
        ("id", entry.id),
        ("place", f"{entry.file}:{entry.line}"),
    ]
    for name, value in values:
        if value:
            echo(f"{name:<13}{value}")
    echo()


def _told(done: int, total: int) -> None:
    echo(f"translated  {done}/{total}", err=True)
