"""An output folder in, where each of its jobs stands out; what was told is told again at once.

Ten thousand jobs are ten thousand databases. What they said is kept in a file beside them with the
times at which each was last written; who asks again opens those that have changed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import JobError
from pipeline.files import CHECKSUMS, write_atomic
from pipeline.jobs.folder import DATABASE, EDITIONS, JOB_FILE, PEOPLES_FILES, entries, open_job
from pipeline.service.status import JobStatus

if TYPE_CHECKING:
    from pipeline.jobs.revisions import Carried

FILE = ".listing.json"
_VERSION = 3
# A file that was written as lately may be written again without its time being another.
_FRESH_NS = 2_000_000_000
_Mark = list[int]


def listed(output: Path, archived: bool = False) -> list[JobStatus]:
    """Give the jobs in a folder, by name, or (``archived``) those that were put away.

    One that is damaged says so and hides no other. They come without their scorecards.
    """
    known, kept = _read(output), {}
    statuses = []
    for name in entries(output):
        entry = known.get(name)
        status = _recalled(output, name, entry) if entry else None
        if status is None:
            if not (output / name / JOB_FILE).exists():
                continue
            status, entry = _looked_up(output, name)
        if entry:
            kept[name] = entry
        if status.archived is archived:
            statuses.append(status)
    if kept != known:
        # It only saves time: where it cannot be kept, nothing is lost.
        with suppress(OSError):
            text = json.dumps({"version": _VERSION, "jobs": kept})
            write_atomic(output / FILE, text.encode())
    return statuses


def _looked_up(output: Path, name: str) -> tuple[JobStatus, dict[str, Any] | None]:
    """Open a job; give where it stands, and what is kept of that, if it is safe to."""
    # Slow to load, and seldom needed.
    from pipeline.service.jobs import status_of, with_behind

    before = _mark(output, name, "")
    try:
        job = open_job(output, name)
        status = with_behind(job, status_of(job))
    except JobError as error:
        return JobStatus(name, output / name, problem=error), None
    edition = status.files[CHECKSUMS].parent.name if CHECKSUMS in status.files else ""
    mark = _mark(output, name, edition)
    now = time.time_ns()
    if before is None or mark is None or before[:3] != mark[:3]:
        return status, None
    if any(now - changed < _FRESH_NS for changed in mark[:-1]):
        return status, None
    facts = {
        key: getattr(status, key)
        for key in ("source_name", "unfinished", "segments", "translated", "read", "signed_off")
    }
    facts |= {"findings": dict(status.findings), "files": [*status.files]}
    facts |= {"revision": status.revision, "archived": status.archived}
    facts |= {"decided": status.decided, "behind": status.behind}
    facts["carried"] = asdict(status.carried) if status.carried else None
    return status, {"mark": mark, "edition": edition, "facts": facts}


def _recalled(output: Path, name: str, entry: Mapping[str, Any]) -> JobStatus | None:
    """Give where a job stood, unless something of it was written since."""
    try:
        if entry["mark"] != _mark(output, name, entry["edition"]):
            return None
        facts = dict(entry["facts"])
        folder, edition = output / name, output / name / EDITIONS / entry["edition"]
        files = {
            each: (folder if each in PEOPLES_FILES else edition) / each for each in facts["files"]
        }
        carried = _carried(facts["carried"])
        return JobStatus(name, folder, **facts | {"files": files, "carried": carried})
    except (KeyError, TypeError, AttributeError):
        return None


def _carried(facts: Mapping[str, Any] | None) -> Carried | None:
    if facts is None:
        return None
    from pipeline.jobs.revisions import Carried

    return Carried(**facts)


def _mark(output: Path, name: str, edition: str) -> _Mark | None:
    """Give the times at which what tells of a job was last written, and how large it is."""
    folder = os.path.join(output, name)  # noqa: PTH118 – there are tens of thousands of them
    paths = [folder, f"{folder}/{JOB_FILE}", f"{folder}/{DATABASE}", f"{folder}/{EDITIONS}"]
    if edition:
        paths.append(f"{folder}/{EDITIONS}/{edition}")
    try:
        stats = [os.stat(path) for path in paths]  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return [*(each.st_mtime_ns for each in stats), stats[2].st_size]


def _read(output: Path) -> dict[str, Any]:
    try:
        found = json.loads((output / FILE).read_bytes())
        jobs = found["jobs"] if found["version"] == _VERSION else {}
        return jobs if isinstance(jobs, dict) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
