"""An output folder in, jobs out: each a folder with the original text, a database and editions.

A job's name is made from its source alone (the file's name and the first 8 hex digits of the hash
of its bytes), so running the same text again finds the same job and everything done in it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.errors import JobError, UsageError
from pipeline.files import explain, storing, write_atomic
from pipeline.text import slug

JOB_FILE = "job.json"
DATABASE = "job.sqlite3"
LOCK = "job.lock"
EDITIONS = "editions"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Job:
    """A job on disk: its folder, the name of its source file, and the SHA-256 of the source."""

    folder: Path
    source_name: str
    source_sha256: str

    @property
    def name(self) -> str:
        """The job's name, which is its folder's."""
        return self.folder.name

    @property
    def database(self) -> Path:
        """Where the job's database is."""
        return self.folder / DATABASE

    def source(self) -> bytes:
        """Read the original bytes; raises JobError where they are gone or were changed."""
        path = self.folder / f"source{Path(self.source_name).suffix.lower()}"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise JobError(
                f"{path} cannot be read ({explain(error)}); run the text again"
            ) from None
        if hashlib.sha256(data).hexdigest() != self.source_sha256:
            raise JobError(f"{path} was changed; run the changed text as a job of its own")
        return data


def create_job(output: Path, source_name: str, data: bytes) -> Job:
    """Make the folder of a job, or give the one that already holds this source.

    ``job.json`` is written last: a folder without it is no job yet, and is completed here. Raises
    JobError where the folder cannot be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    stem = Path(source_name).name.split(".")[0]
    job = Job(output / f"{slug(stem)}-{sha256[:8]}", source_name, sha256)
    if (job.folder / JOB_FILE).exists():
        return open_job(output, job.name)
    facts = {
        "schema": SCHEMA,
        "program": __version__,
        "source_name": source_name,
        "source_sha256": sha256,
    }
    with storing(f"the job folder {job.folder}"):
        job.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(job.folder / f"source{Path(source_name).suffix.lower()}", data)
        text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
        write_atomic(job.folder / JOB_FILE, text.encode())
    return job


def list_jobs(output: Path) -> list[str]:
    """Give the names of the jobs in a folder, sorted; an absent folder holds none."""
    try:
        return sorted(path.parent.name for path in output.glob(f"*/{JOB_FILE}"))
    except OSError as error:
        raise JobError(f"{output} cannot be read: {explain(error)}") from None


def find_job(output: Path, name: str) -> Job:
    """Open the job with this name, a path that ends in it, or the only one that begins so.

    Names are compared with what the folder holds, so no name can lead outside it. Raises UsageError
    where none or several fit.
    """
    wanted = Path(name).name
    names = list_jobs(output)
    fitting = (
        [wanted] if wanted in names else [known for known in names if known.startswith(wanted)]
    )
    if wanted and len(fitting) == 1:
        return open_job(output, fitting[0])
    if len(fitting) > 1 and wanted:
        raise UsageError(f"{name!r} fits several jobs: {', '.join(fitting)}; give more of the name")
    raise UsageError(f"there is no job {name!r} in {output}; 'enregard list' shows the jobs")


def open_job(output: Path, name: str) -> Job:
    """Open a job that exists; raises JobError where its ``job.json`` is damaged."""
    path = output / name / JOB_FILE
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        schema, source_name, sha256 = (
            facts["schema"],
            str(facts["source_name"]),
            str(facts["source_sha256"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise JobError(
            f"{path} is damaged; run the text again in another --output folder"
        ) from None
    if schema != SCHEMA:
        raise JobError(f"{path} was made by another version of Enregard; run the text again")
    return Job(output / name, source_name, sha256)
