"""Published editions: compared with each other, and exported to other formats."""

from __future__ import annotations

import io
import mimetypes
import re
import zipfile
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import PublishSettings
from pipeline.errors import Act, JobError, PublishError, Remedy, UsageError
from pipeline.files import expanded, explain, storing, write_output
from pipeline.jobs.folder import Job, find_job, known_job
from pipeline.jobs.plan import Plan
from pipeline.jobs.run import published_content, read_settings
from pipeline.jobs.store import open_store
from pipeline.model import EditionContent
from pipeline.service.comparison import Comparison, Published, compare
from pipeline.service.jobs import status_of
from pipeline.service.published import read_scorecard, read_segments
from pipeline.service.registries import EDITIONS, require
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.exports.original import NAME as ORIGINAL
from pipeline.stages.publish.exports.original import original
from pipeline.text import shortened

# What a system or a header does not take in a file's name, and so long one may be.
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028-\u202e]')
_NAME_CHARACTERS = 80

# What the original is called among the downloads, and the same document in both languages.
SOURCE = "source"
BOTH = "original-bilingual"


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


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand to a person: the name they would give it, its media type and its bytes."""

    name: str
    media_type: str
    data: bytes


def downloads(output: Path, name: str, kinds: Sequence[str]) -> list[Download]:
    """Give files of a published job: of its edition ("pdf", "edition.pdf"), its source, or exports.

    Raises UsageError for a kind that is unknown, JobError where the job has no such file.
    """
    job = known_job(output, name)
    files = status_of(job).files
    made: list[Download] = []
    content: EditionContent | None = None
    for kind in (EDITIONS.get(each, each) for each in kinds):
        if kind == SOURCE:
            made.append(Download(job.source_name, "application/octet-stream", job.source()))
        elif kind in files:
            made.append(_named(job, kind, _read(files[kind])))
        elif kind in (publish.PDF, publish.HTML):
            way, subject = _way_to(output, job.name, kind)
            raise JobError(f"… has no {kind}", Remedy(way, subject), where=job.name)
        else:
            require("export", ORIGINAL if kind == BOTH else kind)
            content = content or published_content(job)
            if kind in (ORIGINAL, BOTH):
                encoding = read_settings(job).encoding
                _, data = original(content, job.source(), encoding, kind == BOTH)
                stem, suffix = Path(job.source_name).stem, Path(job.source_name).suffix
                media_type = mimetypes.guess_type(job.source_name)[0] or "application/octet-stream"
                languages = "fr-en" if kind == BOTH else "en"
                made.append(Download(f"{stem} ({languages}){suffix}", media_type, data))
                continue
            ((file, data),) = publish.export(content, [kind]).items()
            made.append(_named(job, file, data))
    return made


def _way_to(output: Path, name: str, kind: str) -> tuple[Act, str]:
    """Say how a job comes to the PDF or HTML that it lacks, and by which setting."""
    settings = publish_settings(output, name)
    short = Path(kind).suffix[1:]
    if settings is not None and not getattr(settings, short):
        return Act.TURN_ON, f"publish.{short}"
    return Act.REBUILD_EDITION, ""


def archive(output: Path, name: str) -> Download:
    """Give a ZIP archive of everything there is of a published job.

    Raises JobError unless the job is published as it stands.
    """
    job = known_job(output, name)
    made_already = [kind for kind in (publish.PDF, publish.HTML) if kind in status_of(job).files]
    downloaded = downloads(output, name, [*made_already, *EXPORTS, SOURCE])
    for kind in (ORIGINAL, BOTH):
        # Not every text can be had in its own form.
        with suppress(UsageError, PublishError):
            downloaded += downloads(output, name, [kind])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for each in downloaded:
            # Without the time of day, the same files give the same bytes.
            made.writestr(zipfile.ZipInfo(each.name), each.data, zipfile.ZIP_DEFLATED)
    return _named(job, "edition.zip", buffer.getvalue())


def publish_settings(output: Path, name: str) -> PublishSettings | None:
    """Give how the edition of a job is set; None before its first run."""
    with closing(open_store(known_job(output, name).database)) as store:
        snapshot = store.snapshot()
    return Plan.restore(snapshot).settings.publish if snapshot else None


def _named(job: Job, file: str, data: bytes) -> Download:
    """Name a file after the text's title, and say what it holds: "Le discours (fr-en).pdf"."""
    stem, kind = _title(job) or Path(job.source_name).stem, Path(file)
    what = kind.stem.removeprefix("edition").replace("-", " ")
    media_type = mimetypes.guess_type(file)[0] or "application/octet-stream"
    return Download(f"{stem} (fr-en){what}{kind.suffix}", media_type, data)


def _title(job: Job) -> str:
    """Give the French title as a file may be called, "" where there is none."""
    report = status_of(job).files.get(publish.REPORT)
    title = read_scorecard(report).titles[0] if report else ""
    plain = " ".join(_UNFIT.sub(" ", title).split()).rstrip(" .…")
    return shortened(plain, _NAME_CHARACTERS).rstrip(" .…")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise JobError(
            f"… cannot be read: {explain(error)}", Remedy(Act.REBUILD_EDITION), where=path
        ) from None


def export_job(
    output: Path,
    name: str,
    formats: Sequence[str],
    to: Path,
    force: bool = False,
    bilingual: bool = False,
) -> list[Path]:
    """Write the published text of a job in other formats to the folder ``to``; give the paths.

    What is for readers is named after the title, other formats, which may come back, after the job.
    Where it is to be ``bilingual``, its original has the English below the French.
    Raises UsageError where a format is unknown or, unless forced, another file would be replaced;
    JobError where the job is not published.
    """
    for each in formats:
        require("export", each)
    job = find_job(output, name)
    content = published_content(job)
    files = publish.export(content, [each for each in formats if each in EXPORTS])
    titled = {
        EXPORTS[each].file for each in formats if each in EXPORTS and EXPORTS[each].for_readers
    }
    if ORIGINAL in formats:
        encoding = read_settings(job).encoding
        file, data = original(content, job.source(), encoding, bilingual)
        files[file] = data
    folder, elsewhere = expanded(to), Remedy(Act.CHOOSE_TARGET)
    if folder.exists() and not folder.is_dir():
        raise UsageError("… is not a folder", Remedy(Act.CHOOSE_TARGET), where=folder)
    with storing(f"the folder {folder}", otherwise=elsewhere):
        folder.mkdir(parents=True, exist_ok=True)
    editions = downloads(output, job.name, [each for each in formats if each in EDITIONS])
    editions += [_named(job, file, files.pop(file)) for file in sorted(titled)]
    named = {folder / file.replace("edition", job.name, 1): data for file, data in files.items()}
    named |= {folder / each.name: each.data for each in editions}
    write_output(named, force, JobError, elsewhere)
    return list(named)
