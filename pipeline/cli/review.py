"""The command that walks the glossary's occurrences and stores what a person decides on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import FILE, force_option, json_option, output_folder, output_option
from pipeline.cli.detached import list_detached
from pipeline.cli.display import print_json, print_table
from pipeline.cli.options import REVIEW, REVIEW_DEEDS, check
from pipeline.cli.returned import bring_back
from pipeline.cli.terms import UNDO, TermWalk, undone
from pipeline.cli.updating import bring_up_to_date
from pipeline.cli.walk import SentenceWalk
from pipeline.cli.words import counted, echo, one_line
from pipeline.errors import UsageError
from pipeline.model import OccurrenceStatus, SentenceState, Verdict

if TYPE_CHECKING:
    from pipeline.service.review import Decision, Review, ReviewItem, ReviewSentence, Wanted


@click.command()
@click.argument("job")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in OccurrenceStatus]),
    help="Only occurrences of this status; may be repeated.",
)
@click.option("--entry", default="", metavar="TEXT", help="Only those of an entry, by its source.")
@click.option("--segment", default="", metavar="ID", help="Only those in a segment (b0012.s03).")
@click.option("--number", default=0, metavar="N", help="Only this one, by its number in the list.")
@click.option("--terms", is_flag=True, help="Walk the glossary's occurrences, not the sentences.")
@click.option("--in-order", is_flag=True, help="Walk in the order of the text, not worst first.")
@click.option("--list", "as_list", is_flag=True, help="List them, even on a terminal.")
@click.option("--accept", is_flag=True, help="Accept those shown as they stand.")
@click.option(
    "--decline", is_flag=True, help="Decide that the entry does not apply to those shown."
)
@click.option("--sentence", metavar="TEXT", help="Write the English of the --segment yourself.")
@click.option("--target", metavar="TEXT", help="Give the --entry another target in this job.")
@click.option(
    "--alternative",
    "alternatives",
    multiple=True,
    metavar="TEXT",
    help="With --target: another rendering that is right; may be repeated.",
)
@click.option(
    "--state",
    type=click.Choice([state.value for state in SentenceState]),
    help="Say how far you are with the sentences shown, or with --all.",
)
@click.option("--all", "every", is_flag=True, help="With --state: every sentence.")
@click.option(
    "--by",
    "reviewer",
    metavar="NAME",
    help="Who decides; remembered in the job [$ENREGARD_REVIEWER].",
)
@click.option("--undo", type=click.Choice(UNDO), help="Take a decision on those shown back.")
@click.option("--export", "export_to", type=FILE, metavar="FILE", help="Write the decisions.")
@click.option(
    "--import",
    "import_from",
    type=FILE,
    metavar="FILE",
    help="Add decisions, or a file that a colleague edited: .xlf, .tmx, .docx, .csv.",
)
@click.option("--dry-run", is_flag=True, help="With --import: show what it changes, store nothing.")
@force_option
@click.option("--detached", is_flag=True, help="List decisions whose sentences are gone.")
@click.option("--no-rebuild", is_flag=True, help="Store decisions; leave the edition as it is.")
@output_option
@json_option
def review(
    job: str,
    statuses: Sequence[str],
    entry: str,
    segment: str,
    number: int,
    terms: bool,
    in_order: bool,
    as_list: bool,
    accept: bool,
    decline: bool,
    sentence: str | None,
    target: str | None,
    alternatives: Sequence[str],
    state: str | None,
    every: bool,
    reviewer: str | None,
    undo: str | None,
    export_to: Path | None,
    import_from: Path | None,
    dry_run: bool,
    force: bool,
    detached: bool,
    no_rebuild: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Walk the sentences of a JOB, or what the glossary did in them, and decide on them.

    On a terminal you are asked about each sentence, those to read first before the others; --terms
    walks the glossary's occurrences. Otherwise these are listed, and options decide. Then what the
    decisions touch is translated again and the edition rebuilt.
    """
    from pipeline.service import review
    from pipeline.service.beside import known

    folder = output_folder(output)
    given = {
        "--accept": accept,
        "--decline": decline,
        "--sentence": sentence is not None,
        "--target": target is not None,
        "--alternative": alternatives,
        "--state": state,
        "--all": every,
        "--undo": undo,
        "--export": export_to,
        "--import": import_from,
        "--dry-run": dry_run,
        "--force": force,
        "--list": as_list,
        "--detached": detached,
        "--status": statuses,
        "--entry": entry,
        "--segment": segment,
        "--number": number,
    }
    check(given, REVIEW, REVIEW_DEEDS)
    decides = any(given[deed] for deed in REVIEW_DEEDS)
    wanted = review.Wanted(frozenset(map(OccurrenceStatus, statuses)), entry, segment, number)
    with review.open_review(folder, job) as opened:
        if dry_run and import_from is not None:
            bring_back(opened, import_from, "", dry_run, as_json)
            return
        name = _reviewer(opened, reviewer, needed=state not in (None, SentenceState.OPEN))
        if export_to is not None:
            count = opened.export_to(export_to, force)
            echo(f"{counted(count, 'decision')} written to {export_to}", err=True)
            return
        if detached:
            list_detached(opened.detached(), as_json)
            return
        items = wanted.among(opened.items())
        if as_list:
            _list(items, as_json)
            return
        if import_from is not None:
            decided = bring_back(opened, import_from, reviewer or "", dry_run, as_json)
        elif decides:
            decisions: list[Decision]
            if sentence is not None or (undo == "sentence" and wanted.is_segment):
                decisions = [review.write(opened.source_of(segment), sentence)]
            elif target is not None:
                decisions = [review.change(_entry_of(items), target, alternatives)]
            elif state is not None:
                decisions = [
                    each.marked(SentenceState(state), name)
                    for each in _sentences_of(opened, wanted, items, every)
                ]
            elif undo is not None:
                decisions = [undone(item, undo) for item in items]
            else:
                verdict = Verdict.ACCEPTED if accept else Verdict.DECLINED
                decisions = [item.judged(verdict) for item in items]
            if undo is not None:
                decisions = opened.standing(decisions)
                if not decisions:
                    raise UsageError(f"no {undo} was decided on here that could be taken back")
            if not decisions:
                raise UsageError("these options choose nothing", "--list shows what there is")
            opened.decide(decisions)
            decided = len(decisions)
        elif as_json or not _on_terminal():
            _list(items, as_json)
            return
        elif terms:
            terms_walk = TermWalk(opened, items)
            terms_walk.go()
            decided = terms_walk.decided
        else:
            meant = _sentences_of(opened, wanted, items, not wanted)
            if not in_order:
                meant.sort(key=lambda each: each.place)
            walk = SentenceWalk(opened, meant, name, partial(known, folder))
            walk.go()
            decided = walk.decided
            echo(_progress(opened.sentences()), err=True)
        if state is not None:
            echo(_progress(opened.sentences()), err=True)
    echo(f"{counted(decided, 'decision')} stored" if decided else "nothing was decided", err=True)
    if decided or decides:
        bring_up_to_date(folder, job, bool(decided), no_rebuild, as_json)


def _reviewer(opened: Review, given: str | None, needed: bool) -> str:
    """Give the reviewer's name: the one given, the job's, or that of the environment."""
    name = given or (needed and not opened.reviewer and os.environ.get("ENREGARD_REVIEWER"))
    if name:
        return opened.name_reviewer(name)
    if needed and not opened.reviewer:
        raise UsageError("say who reads with --by NAME; the job remembers it")
    return opened.reviewer


def _sentences_of(
    opened: Review, wanted: Wanted, items: Sequence[ReviewItem], every: bool
) -> list[ReviewSentence]:
    """Give the sentences that are meant: all, the one named, or those of the occurrences."""
    meant = {item.occurrence.segment_id for item in items}
    if wanted.is_segment:
        opened.source_of(wanted.segment)
        meant = {wanted.segment}
    return [each for each in opened.sentences() if every or each.id in meant]


def _progress(sentences: Sequence[ReviewSentence]) -> str:
    from pipeline.service.sentences import progress

    done = progress(sentences)
    return (
        f"{done.read} of {counted(done.sentences, 'sentence')} read, {done.signed_off} signed off"
    )


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _entry_of(items: Sequence[ReviewItem]) -> str:
    sources = {item.entry.source for item in items}
    if len(sources) != 1:
        raise UsageError(f"--target is for one entry, but these are {len(sources)}; add --entry")
    return sources.pop()


def _list(items: Sequence[ReviewItem], as_json: bool) -> None:
    if as_json:
        for item in items:
            print_json(_record(item))
        return
    if not items:
        echo("No entry of the glossary occurs here.")
        return
    print_table(
        ["no.", "segment", "status", "rung", "decision", "French", "English"],
        [
            [
                str(item.number),
                item.occurrence.segment_id,
                item.occurrence.status,
                item.occurrence.method or "-",
                "" if item.occurrence.decision is Verdict.NONE else item.occurrence.decision,
                one_line(item.occurrence.surface),
                one_line(item.occurrence.rendering or f"({item.entry.target})"),
            ]
            for item in items
        ],
    )


def _record(item: ReviewItem) -> dict[str, Any]:
    """Give an occurrence's record, as documented in docs/formats.md."""
    return {
        "number": item.number,
        **asdict(item.occurrence),
        "ordinal": item.ordinal,
        "source": item.source,
        "target": item.target,
        "note": item.note,
        "entry": {
            "source": item.entry.source,
            "target": item.entry.target,
            "alternatives": item.entry.alternatives,
            "kind": item.entry.kind,
        },
    }
