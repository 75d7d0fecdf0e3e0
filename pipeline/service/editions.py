"""Published editions: compared with each other, and exported to other formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import Act, JobError, Remedy
from pipeline.files import expanded, storing, write_atomic
from pipeline.jobs.folder import find_job
from pipeline.jobs.run import published_content
from pipeline.service.comparison import Comparison, Published, compare
from pipeline.service.jobs import status_of
from pipeline.service.published import read_scorecard, read_segments
from pipeline.service.registries import require
from pipeline.stages.publish import stage as publish


def compare_editions(output: Path, first: str, second: str) -> Comparison:
    """Compare two editions of one text, each given as a job, its folder, or an edition's folder.

    Raises UsageError where they are not of the same text, JobError where one has no edition.
    """
    return compare(_published(output, first), _published(output, second))


def _published(output: Path, name: str) -> Published:
    """Find an edition: in the folder named, or the newest of the job with this name or folder."""
    folder = expanded(name)
    if not (folder / publish.SEGMENTS).is_file():
        job = find_job(output if folder.parent == Path() else folder.parent, folder.name)
        files = status_of(job).files
        if not files:
            raise JobError("… has no edition", Remedy(Act.FINISH_JOB, job.name), where=job.name)
        folder = files[publish.SEGMENTS].parent
    return Published(
        name, read_scorecard(folder / publish.REPORT), read_segments(folder / publish.SEGMENTS)
    )


def export_job(output: Path, name: str, formats: Sequence[str], to: Path) -> list[Path]:
    """Write the published text of a job in other formats to the folder ``to``; give the paths.

    Raises UsageError where a format is unknown, JobError where the job is not published.
    """
    for each in formats:
        require("export", each)
    job = find_job(output, name)
    files = publish.export(published_content(job), list(formats))
    folder = expanded(to)
    with storing(f"the folder {folder}", otherwise="choose another folder"):
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            write_atomic(folder / f"{job.name}{Path(file).suffix}", data)
    return [folder / f"{job.name}{Path(file).suffix}" for file in files]
