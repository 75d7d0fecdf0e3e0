"""Plain values in, plain dataclasses out: every use case, for the command line and others.

Nothing here prints or exits; errors are those of pipeline.errors.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.compare import Comparison, Published, compare
from pipeline.config import Settings, find_glossary, load_settings
from pipeline.decisions import Choice, change, write
from pipeline.doctor import Diagnosis, diagnose
from pipeline.engines import choose_engine, engine_offers
from pipeline.engines.argos import (
    ArgosPackage,
    download,
    installed_packages,
    keep,
    own_folder,
    unpacked,
)
from pipeline.engines.argos.probe import probe
from pipeline.errors import EngineError, JobError, UsageError
from pipeline.files import expanded, read_input, storing, write_atomic
from pipeline.glossary import load_glossary
from pipeline.jobs import Job, create_job, find_job, list_jobs, open_job
from pipeline.model import Document, EngineCard, Segment, Stage
from pipeline.plan import Plan
from pipeline.review import (
    Item,
    Noted,
    Wanted,
    decide,
    export_decisions,
    import_decisions,
    review_findings,
    review_items,
    segment_source,
)
from pipeline.runs import Event, Listener, published_content, run
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.report import segment_records
from pipeline.stages.read import stage as read
from pipeline.stages.score import stage as score
from pipeline.stages.score.ranking import rank
from pipeline.store import open_store
from pipeline.text import clean, decode

__all__ = [
    "Choice",
    "Comparison",
    "Diagnosis",
    "Event",
    "InstalledEngine",
    "InstalledPackage",
    "Item",
    "JobStatus",
    "Listener",
    "Noted",
    "Wanted",
    "change",
    "check_machine",
    "compare_editions",
    "decide",
    "download_package",
    "engines",
    "export_decisions",
    "export_job",
    "import_decisions",
    "install_package",
    "job_segments",
    "job_status",
    "jobs",
    "make_plan",
    "output_path",
    "resume_job",
    "review_findings",
    "review_items",
    "run_text",
    "segment_source",
    "segment_text",
    "write",
]


@dataclass(frozen=True, slots=True)
class JobStatus:
    """Where a job stands; ``unfinished`` is the first stage not done, "" in a finished job.

    ``problem`` says what is wrong with a damaged job, of which nothing else is known.

    ``report`` is the published edition's report (see docs/formats.md), None without an edition.
    ``files`` are the paths of the newest edition's files by name.
    """

    name: str
    folder: Path
    source_name: str = ""
    unfinished: str = ""
    segments: int = 0
    translated: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    report: Mapping[str, Any] | None = None
    problem: str = ""

    @property
    def state(self) -> str:
        """One word: published, unfinished or damaged."""
        return "damaged" if self.problem else "unfinished" if self.unfinished else "published"


@dataclass(frozen=True, slots=True)
class InstalledEngine:
    """An engine on this machine and where its files lie."""

    card: EngineCard
    place: str


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """An Argos package that was installed, and its hash."""

    folder: Path
    title: str
    version: str
    sha256: str


def make_plan(
    config: Path | None = None,
    glossaries: Sequence[str] = (),
    reference: Path | None = None,
    flags: Mapping[str, object] | None = None,
) -> Plan:
    """Load and validate everything a run needs besides its text.

    ``flags`` replace settings by dotted name, for example ``{"engine.name": "embedded"}``;
    ``glossaries`` (paths, or names in a folder ``glossaries``) are added to those of the settings.
    """
    settings = load_settings(config, flags)
    beside = config.parent if config else None
    paths = [find_glossary(name, beside) for name in (*settings.glossaries, *glossaries)]
    text = None
    if reference is not None:
        data = read_input(reference, settings.read.max_bytes)
        text, _ = clean(decode(data, settings.read.encoding, str(reference)))
    glossary = load_glossary(paths)
    glossary.check_scopes(settings.scopes)
    plan = Plan(settings, glossary, text)
    # What they refuse is refused now, not after minutes of translating.
    plan.engine()
    plan.checks  # noqa: B018
    return plan


def run_text(path: Path, plan: Plan, listener: Listener) -> JobStatus:
    """Translate and publish a text file, as a new job or by going on with the one it has."""
    settings = plan.settings
    data = read_input(path, settings.read.max_bytes)
    # A text that cannot be read, or a reference that does not fit it, leaves no job behind.
    document = _read(data, path, settings)
    if plan.reference is not None:
        score.align_reference(plan.reference, document, segment.segment(document))
    job = create_job(output_folder(settings), path.name, data)
    scopes = read.scopes(data, path.name, settings.read.encoding)
    applying = plan.glossary.within([*settings.scopes, *scopes])
    run(job, replace(plan, glossary=applying), listener)
    return _status(job)


def resume_job(output: Path, name: str, listener: Listener, rebuild: bool = False) -> JobStatus:
    """Go on with a job by the plan it was last run with; ``rebuild`` makes its edition anew."""
    job = find_job(output, name)
    run(job, None, listener, rebuild=rebuild)
    return _status(job)


def output_folder(settings: Settings) -> Path:
    """Give the folder that holds the jobs."""
    return expanded(settings.output)


def output_path(given: Path | None) -> Path:
    """Give the folder that holds the jobs: the one given, or the default."""
    return output_folder(load_settings()) if given is None else expanded(given)


def jobs(output: Path) -> list[JobStatus]:
    """Give every job in a folder, by name; one that is damaged says so and hides no other."""
    statuses = []
    for name in list_jobs(output):
        try:
            statuses.append(_status(open_job(output, name)))
        except JobError as error:
            statuses.append(JobStatus(name, output / name, problem=str(error)))
    return statuses


def job_status(output: Path, name: str) -> JobStatus:
    """Tell where a job stands."""
    return _status(find_job(output, name))


def job_segments(output: Path, name: str) -> list[dict[str, Any]]:
    """Give the record of every segment of a job, as in ``segments.jsonl``."""
    with closing(open_store(find_job(output, name).database)) as store:
        segments, translations = store.segments(), store.translations()
        findings = store.findings()
        return segment_records(
            segments,
            translations,
            store.occurrences(),
            findings,
            store.reference_scores(),
            rank(
                {segment.id: segment.source for segment in segments},
                translations,
                [finding for finding in findings if not finding.dismissed],
            ),
        )


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
        files = _status(job).files
        if not files:
            raise JobError(f"{job.name} has no edition; run 'enregard resume {job.name}' first")
        folder = files[publish.SEGMENTS].parent
    report = _report(folder / publish.REPORT)
    try:
        lines = (folder / publish.SEGMENTS).read_text(encoding="utf-8").splitlines()
        return Published(name, report or {}, [json.loads(line) for line in lines])
    except (OSError, ValueError):
        raise JobError(f"{folder} is damaged; rebuild it with 'enregard publish'") from None


def export_job(output: Path, name: str, formats: Sequence[str], to: Path) -> list[Path]:
    """Write the published text of a job in other formats to the folder ``to``; give the paths.

    Raises UsageError where a format is unknown, JobError where the job is not published.
    """
    for each in formats:
        if each not in EXPORTS:
            raise UsageError(f"there is no format {each!r}; choose from {', '.join(EXPORTS)}")
    job = find_job(output, name)
    open_store(job.database).close()
    files = publish.export(published_content(job), list(formats))
    folder = expanded(to)
    with storing(f"the folder {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            write_atomic(folder / f"{job.name}{Path(file).suffix}", data)
    return [folder / f"{job.name}{Path(file).suffix}" for file in files]


def segment_text(path: Path, settings: Settings) -> tuple[Segment, ...]:
    """Read and segment a text file; nothing is stored or translated."""
    return segment.segment(_read(read_input(path, settings.read.max_bytes), path, settings))


def engines() -> tuple[list[InstalledEngine], list[str]]:
    """Give the engines on this machine, the one ``auto`` takes first, and what is wrong with any.

    A package that cannot be used is told in words and hides no other.
    """
    _, problems = installed_packages()
    found = []
    for offer in engine_offers():
        try:
            found.append(InstalledEngine(offer.card(), offer.place))
        except EngineError as error:
            problems.append(str(error))
    return found, problems


def install_package(archive: Path) -> InstalledPackage:
    """Install an ``.argosmodel`` file in Enregard's own folder; no other package is touched.

    Raises InputError or EngineError where the file is not to be trusted; nothing is then installed.
    """
    folder = own_folder()
    with unpacked(archive, folder) as package:
        probe(package)
        return _installed(keep(package, folder))


def download_package(
    source: str, target: str, progress: Callable[[int, int], None]
) -> InstalledPackage:
    """Fetch the index' package for a language pair and install it; needs the network.

    ``progress`` is told the bytes so far and in all (0: unknown).
    """
    with download(source, target, own_folder(), progress) as archive:
        return install_package(archive)


def _installed(package: ArgosPackage) -> InstalledPackage:
    return InstalledPackage(package.folder, package.title, package.version, package.sha256)


def check_machine(output: Path) -> list[Diagnosis]:
    """Check that this machine can translate, publish and store."""
    return diagnose(output, choose_engine("auto"))


def _read(data: bytes, path: Path, settings: Settings) -> Document:
    limits = settings.read
    return read.read(data, path.name, limits.encoding, limits.max_block_chars)


def _status(job: Job) -> JobStatus:
    with closing(open_store(job.database)) as store:
        unfinished = next((stage for stage in Stage if store.finished(stage) is None), "")
        run_of_edition = store.finished(Stage.PUBLISH)
        segments, translated, findings = store.counts()
    files = job.edition(run_of_edition) if run_of_edition else {}
    return JobStatus(
        name=job.name,
        folder=job.folder,
        source_name=job.source_name,
        unfinished=unfinished or ("" if files else Stage.PUBLISH),
        segments=segments,
        translated=translated,
        findings=findings,
        files=files,
        report=_report(files.get(publish.REPORT)),
    )


def _report(path: Path | None) -> dict[str, Any] | None:
    try:
        report: dict[str, Any] | None = json.loads(path.read_bytes()) if path else None
    except (OSError, ValueError):
        raise JobError(f"{path} is damaged; rebuild the edition with 'enregard publish'") from None
    return report
