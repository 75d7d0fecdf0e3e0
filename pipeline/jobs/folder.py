"""An output folder in, jobs out: each a folder with the original text, a database and editions.

A job's name is made from its first source alone (the file's name, and 8 hex digits of a hash of
name and bytes) until somebody gives it another. What the job's text is now is in ``job.json``; the
originals of its earlier revisions stay beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.errors import Act, JobError, Remedy, UsageError, remedy_of
from pipeline.files import (
    CHECKSUMS,
    PRIVATE,
    TEMPORARY_PREFIX,
    explain,
    locked,
    read_own,
    remove,
    storing,
    sweep,
    sweep_dead,
    temporary_name,
    write_atomic,
)
from pipeline.jsonfile import load_json
from pipeline.stages.publish.names import HTML, PDF, QUALITY
from pipeline.text import clean, fingerprint, slug

JOB_FILE = "job.json"
DATABASE = "job.sqlite3"
LOCK = "job.lock"
EDITIONS = "editions"
# The newest edition's files that are copied to the job's own folder, for people.
PEOPLES_FILES = (HTML, PDF, QUALITY)
SCHEMA = 2
_SCHEMAS = (1, 2)
# What job.json and SHA256SUMS may say; a name of a file, never a path.
_SHA256 = re.compile("[0-9a-f]{64}")
_LISTED = re.compile(r"[0-9a-f]{64}  [^/\\\x00-\x1f]{1,255}")
_LONGEST_NAME = 1_000
_MOST_REVISIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """A job on disk: its folder, the name of its source file, and the SHA-256 of the source.

    ``revision`` counts the versions of the source from 1. What is ``archived`` is put away: it is
    not listed, and no corrected text goes on with it but one that is said to be its own.
    """

    folder: Path
    source_name: str
    source_sha256: str
    revision: int = 1
    archived: bool = False

    @property
    def name(self) -> str:
        """The job's name, which is its folder's."""
        return self.folder.name

    @property
    def database(self) -> Path:
        """Where the job's database is."""
        return self.folder / DATABASE

    @property
    def source_path(self) -> Path:
        """Where the copy of the original is."""
        number = f"-{self.revision}" if self.revision > 1 else ""
        return self.folder / f"source{number}{Path(self.source_name).suffix.lower()}"

    def edition_folder(self, run: str) -> Path:
        """Where the edition of a publish run is, from the fingerprint of the run."""
        return self.folder / EDITIONS / run[:16]

    def edition(self, run: str) -> dict[str, Path]:
        """Give an edition's files by name, from the fingerprint of its run; {} if one is gone."""
        folder = self.edition_folder(run)
        try:
            lines = read_own(folder / CHECKSUMS).decode("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        if not all(_LISTED.fullmatch(line) for line in lines):
            return {}
        files = {name: folder / name for name in [line[66:] for line in lines] + [CHECKSUMS]}
        files |= {name: self.folder / name for name in PEOPLES_FILES if name in files}
        return files if all(path.is_file() for path in files.values()) else {}

    def source(self) -> bytes:
        """Read the original bytes; raises JobError where they are gone or were changed."""
        try:
            data = read_own(self.source_path)
        except OSError as error:
            reason = explain(error)
            raise JobError(
                f"… cannot be read ({reason})",
                "run the text again from its file",
                where=self.source_path,
            ) from None
        if hashlib.sha256(data).hexdigest() != self.source_sha256:
            raise JobError(
                "… was changed",
                "run the changed text as a job of its own",
                where=self.source_path,
            )
        return data


def create_job(output: Path, source_name: str, data: bytes) -> Job:
    """Make the folder of a new job.

    ``job.json`` is written last: a folder without it is no job yet, and is completed here. Raises
    JobError where the folder cannot be written.
    """
    # A file's name may hold bytes that are no text, which could not be stored or printed.
    source_name = clean(source_name)[0]
    sha256 = hashlib.sha256(data).hexdigest()
    names = (
        f"{slug(source_name.split('.')[0])}-{fingerprint(source_name, sha256, *again)[:8]}"
        for again in chain([()], ((number,) for number in count(2)))
    )
    folder = next(f for f in (output / name for name in names) if not (f / JOB_FILE).exists())
    job = Job(folder, source_name, sha256)
    with storing(f"the job folder {job.folder}"):
        job.folder.mkdir(PRIVATE, parents=True, exist_ok=True)
        _write(job, data)
    return job


def move_on(job: Job, source_name: str, data: bytes) -> Job:
    """Give a job another text as its next revision; the caller holds the job's lock.

    ``job.json`` is written last: until then the job has the text that it had.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    moved = replace(
        job, source_name=clean(source_name)[0], source_sha256=sha256, revision=job.revision + 1
    )
    with storing(f"the job folder {job.folder}"):
        _write(moved, data)
    return moved


def restore_source(job: Job, data: bytes) -> None:
    """Write a job's copy of its text again where it is gone or was changed."""
    with storing(f"the job folder {job.folder}"):
        _write_source(job, data)


def archive_job(job: Job, archived: bool) -> Job:
    """Put a job away, or (False) back among the others; give it as it then is."""
    with storing(f"the job folder {job.folder}"), locked(job.folder / LOCK):
        sweep(job.folder)
        # It may have had another revision since it was opened.
        changed = replace(open_job(job.folder.parent, job.name), archived=archived)
        _write(changed)
    return changed


def check_name(output: Path, name: str) -> None:
    """Raise UsageError where a name cannot be a job's, or something in the folder has it."""
    if slug(name) != name:
        raise UsageError(
            f"{name!r} cannot be a job's name, which has small letters, digits and hyphens only",
            f"call it {slug(name)!r}",
        )
    if (output / name).exists():
        raise UsageError(
            f"there is something called {name!r} already", "choose another name", where=output
        )


def rename_job(job: Job, name: str) -> Job:
    """Give a job another name; raises UsageError where it cannot be one, or another job has it."""
    folder = job.folder.parent / name
    with storing(f"the folder {folder}"), locked(job.folder / LOCK):
        check_name(folder.parent, name)
        # It may have had another revision since it was opened.
        renamed = replace(open_job(folder.parent, job.name), folder=folder)
        job.folder.rename(folder)
    return renamed


def delete_job(job: Job) -> None:
    """Remove a job and everything in it; what a killed deletion leaves behind is swept later."""
    gone = job.folder.parent / temporary_name()
    with storing(f"the job folder {job.folder}"), locked(job.folder / LOCK):
        job.folder.rename(gone)
        shutil.rmtree(gone)


def _write(job: Job, data: bytes | None = None) -> None:
    if data is not None:
        _write_source(job, data)
    facts = {
        "schema": SCHEMA,
        "program": __version__,
        "source_name": job.source_name,
        "source_sha256": job.source_sha256,
        "revision": job.revision,
        "archived": job.archived,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    write_atomic(job.folder / JOB_FILE, text.encode())


def _write_source(job: Job, data: bytes) -> None:
    try:
        if read_own(job.source_path) == data:
            return
    except OSError:
        # A folder or the like in its place would be in the way.
        remove(job.source_path)
    write_atomic(job.source_path, data)


def list_jobs(output: Path) -> list[str]:
    """Give the names of the jobs in a folder, sorted; an absent folder holds none."""
    return [name for name in entries(output) if (output / name / JOB_FILE).exists()]


def entries(output: Path) -> list[str]:
    """Give the names of what is in a folder of jobs, sorted: jobs, and what stands beside them.

    What is being deleted is none of them; what a killed deletion left there is swept.
    """
    if output.exists() and not output.is_dir():
        raise UsageError("… is not a folder", "name the folder that holds the jobs", where=output)
    try:
        with os.scandir(output) as found:
            names = sorted(each.name for each in found)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise JobError(
            f"… cannot be read: {explain(error)}", remedy_of(error), where=output
        ) from None
    kept = [name for name in names if not name.startswith(TEMPORARY_PREFIX)]
    if len(kept) < len(names):
        sweep_dead(output)
    return kept


def find_job(output: Path, name: str) -> Job:
    """Open the job with this name, a path that ends in it, or the only one that begins so.

    Names are compared with what the folder holds, so no name can lead outside it. Raises UsageError
    where none or several fit, or a path leads elsewhere.
    """
    wanted, parent = Path(name).name, Path(name).parent
    if parent != Path() and parent.resolve() != output.resolve():
        raise UsageError(
            f"… is not in {output}", Remedy(Act.LOOK_IN_FOLDER, str(parent)), where=name
        )
    names = list_jobs(output)
    if wanted and not any(known.startswith(wanted) for known in names):
        # As it is written in the file's name: Plain_article.
        wanted = slug(wanted)
    fitting = (
        [wanted] if wanted in names else [known for known in names if known.startswith(wanted)]
    )
    if wanted and len(fitting) == 1:
        return open_job(output, fitting[0])
    if len(fitting) > 1 and wanted:
        raise UsageError(
            f"{name!r} fits several jobs: {', '.join(fitting)}", "give more of the name"
        )
    raise UsageError(f"there is no job {name!r} in {output}", Remedy(Act.SHOW_JOBS))


def known_job(output: Path, name: str) -> Job:
    """Open the job of exactly this name; raises UsageError where the folder holds none."""
    if name not in list_jobs(output):
        raise UsageError(f"there is no job {name!r} in {output}", Remedy(Act.SHOW_JOBS))
    return open_job(output, name)


def open_job(output: Path, name: str) -> Job:
    """Open a job that exists; raises JobError where its ``job.json`` is damaged."""
    path = output / name / JOB_FILE
    try:
        facts = load_json(read_own(path))
        job, schema = _job(output / name, facts), facts["schema"]
    except PermissionError as error:
        raise JobError(
            f"… cannot be read: {explain(error)}", remedy_of(error), where=path
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise JobError("… is damaged", Remedy(Act.RUN_ELSEWHERE), where=path) from None
    if schema not in _SCHEMAS:
        raise JobError(
            "… was made by another version of Enregard", "run the text again", where=path
        )
    # A link could lead what is stored here to somewhere else.
    for each in (LOCK, DATABASE, EDITIONS):
        if (job.folder / each).is_symlink():
            raise JobError(
                "… is a link", "put what it leads to in its place", where=job.folder / each
            )
    return job


def _job(folder: Path, facts: dict[str, Any]) -> Job:
    """Give a job from what ``job.json`` holds; raises ValueError where it cannot be right."""
    name, sha256 = facts["source_name"], facts["source_sha256"]
    revision, archived = facts.get("revision", 1), facts.get("archived", False)
    if not (
        isinstance(name, str)
        and isinstance(sha256, str)
        and type(revision) is int
        and type(archived) is bool
        and Path(name).name == name
        and len(name) <= _LONGEST_NAME
        and _SHA256.fullmatch(sha256)
        and 0 < revision < _MOST_REVISIONS
    ):
        raise ValueError
    return Job(folder, name, sha256, revision, archived)
