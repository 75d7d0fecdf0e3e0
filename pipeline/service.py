"""Plain values in, plain dataclasses out: every use case, for the command line and others.

Nothing here prints or exits; errors are those of pipeline.errors.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import Settings, find_glossary, load_settings
from pipeline.doctor import Diagnosis, diagnose
from pipeline.engines import ENGINES, choose_engine
from pipeline.errors import JobError
from pipeline.files import read_input
from pipeline.glossary import load_glossary
from pipeline.jobs import EDITIONS, Job, create_job, find_job, list_jobs, open_job
from pipeline.model import EngineCard, Segment, Severity, Stage
from pipeline.report import segment_records
from pipeline.runs import Event, Listener, Plan, run
from pipeline.stages import publish, read, segment
from pipeline.store import Store
from pipeline.text import decode

__all__ = [
    "Diagnosis",
    "Event",
    "JobStatus",
    "Listener",
    "check_machine",
    "default_output",
    "engines",
    "job_segments",
    "job_status",
    "jobs",
    "make_plan",
    "resume_job",
    "run_text",
    "segment_text",
]


@dataclass(frozen=True, slots=True)
class JobStatus:
    """Where a job stands; ``unfinished`` is the first stage not done, "" in a finished job.

    ``report`` is the published edition's report (see docs/formats.md), None without an edition.
    ``files`` are the paths of the newest edition's files by name.
    """

    name: str
    folder: Path
    source_name: str
    unfinished: str
    segments: int
    translated: int
    findings: Mapping[str, int]
    files: Mapping[str, Path]
    report: Mapping[str, Any] | None


def make_plan(
    config: Path | None = None,
    glossaries: Sequence[Path] = (),
    reference: Path | None = None,
    flags: Mapping[str, object] | None = None,
) -> Plan:
    """Load and validate everything a run needs besides its text.

    ``flags`` replace settings by dotted name, for example ``{"engine.name": "embedded"}``.
    """
    settings = load_settings(config, flags)
    beside = config.parent if config else None
    paths = [find_glossary(name, beside) for name in settings.glossaries]
    text = None
    if reference is not None:
        data = read_input(reference, settings.read.max_bytes)
        text = decode(data, settings.read.encoding, str(reference))
    return Plan(settings, load_glossary([*paths, *glossaries]), text)


def run_text(path: Path, plan: Plan, listener: Listener) -> JobStatus:
    """Translate and publish a text file, as a new job or by going on with the one it has."""
    settings = plan.settings
    data = read_input(path, settings.read.max_bytes)
    # A text that cannot be read leaves no job behind.
    read.read(data, path.name, settings.read.encoding, settings.read.max_block_chars)
    job = create_job(output_folder(settings), path.name, data)
    run(job, plan, listener)
    return _status(job)


def resume_job(output: Path, name: str, listener: Listener, rebuild: bool = False) -> JobStatus:
    """Go on with a job by the plan it was last run with; ``rebuild`` makes its edition anew."""
    job = find_job(output, name)
    run(job, None, listener, rebuild=rebuild)
    return _status(job)


def output_folder(settings: Settings) -> Path:
    """Give the folder that holds the jobs."""
    return Path(settings.output).expanduser()


def default_output() -> Path:
    """Give the folder that holds the jobs when nothing else is said."""
    return output_folder(load_settings())


def jobs(output: Path) -> list[JobStatus]:
    """Give every job in a folder, by name."""
    return [_status(open_job(output, name)) for name in list_jobs(output)]


def job_status(output: Path, name: str) -> JobStatus:
    """Tell where a job stands."""
    return _status(find_job(output, name))


def job_segments(output: Path, name: str) -> list[dict[str, Any]]:
    """Give the record of every segment of a job, as in ``segments.jsonl``."""
    with closing(Store(find_job(output, name).database)) as store:
        return segment_records(
            store.segments(), store.translations(), store.occurrences(), store.findings()
        )


def segment_text(path: Path, settings: Settings) -> tuple[Segment, ...]:
    """Read and segment a text file; nothing is stored or translated."""
    data = read_input(path, settings.read.max_bytes)
    limits = settings.read
    return segment.segment(read.read(data, path.name, limits.encoding, limits.max_block_chars))


def engines() -> list[EngineCard]:
    """Give the cards of the engines that are installed; the first is the one ``auto`` takes."""
    return [offer.card() for offer in ENGINES.values()]


def check_machine(output: Path) -> list[Diagnosis]:
    """Check that this machine can translate, publish and store."""
    return diagnose(output, choose_engine("auto"))


def _status(job: Job) -> JobStatus:
    with closing(Store(job.database)) as store:
        unfinished = next((stage for stage in Stage if store.finished(stage) is None), "")
        edition = store.finished(Stage.PUBLISH)
        segments, translations = store.segments(), store.translations()
        severities = Counter(finding.severity for finding in store.findings())
    folder = job.folder / EDITIONS / (edition or "")[:16]
    files = {path.name: path for path in sorted(folder.iterdir())} if edition else {}
    for name in (publish.HTML, publish.PDF):
        if name in files:
            files[name] = job.folder / name
    return JobStatus(
        name=job.name,
        folder=job.folder,
        source_name=job.source_name,
        unfinished=unfinished,
        segments=len(segments),
        translated=len(translations),
        findings={severity: severities[severity] for severity in Severity},
        files=files,
        report=_report(files.get(publish.REPORT)),
    )


def _report(path: Path | None) -> dict[str, Any] | None:
    try:
        report: dict[str, Any] | None = json.loads(path.read_bytes()) if path else None
    except (OSError, ValueError):
        raise JobError(f"{path} is damaged; rebuild the edition with 'enregard publish'") from None
    return report
