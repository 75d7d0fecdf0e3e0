"""A run killed anywhere and resumed gives the edition of an uninterrupted run, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.engines.argos import keep, unpacked
from pipeline.jobs.stage_run import Event
from pipeline.stages.translate import stage as translate
from tests.conftest import SHORT_TEXT
from tests.support import killed_run
from tests.support.killed_run import POINTS, Killing, Run
from tests.support.obedient import Obedient
from tests.support.paths import PACKAGE

Cli = Callable[..., Result]
SMALL = "engine: {name: argos}\ntranslate: {beam_size: 1, chunk_segments: 2}\n"


def edition(folder: Path) -> dict[str, bytes]:
    (made,) = (folder / "editions").iterdir()
    return {path.name: path.read_bytes() for path in made.iterdir()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with the small one, whose answers depend on what is asked together."""
    folder = tmp_path_factory.mktemp("packages")
    with unpacked(PACKAGE, folder) as package:
        keep(package, folder)
    return folder


@pytest.fixture
def small(packages: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Settings that translate in several chunks with the small package."""
    monkeypatch.setenv("ENREGARD_PACKAGES_DIR", str(packages))
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def uninterrupted(
    tmp_path_factory: pytest.TempPathFactory, packages: Path, this_checkout: None
) -> dict[str, bytes]:
    """The edition of a run that nothing disturbed, made in a process of its own."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    (folder / "accord.md").write_text(SHORT_TEXT, encoding="utf-8")
    (folder / "small.yaml").write_text(SMALL)
    command = [sys.executable, "-m", "pipeline", "run", "accord.md", "--config", "small.yaml"]
    environment = {**os.environ, "ENREGARD_PACKAGES_DIR": str(packages)}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    (job,) = (folder / "output").iterdir()
    return edition(job)


@pytest.fixture(scope="module")
def killing(this_checkout: None) -> Iterator[Killing]:
    """What runs a text in a process that is killed; the program is loaded once for all of them."""
    with killed_run.killing() as kill:
        yield kill


KilledAt = Callable[..., None]


@pytest.fixture
def killed_at(killing: Killing) -> KilledAt:
    """Run a text with settings and glossaries in a process that is killed at a named point."""

    def kill(point: str, article: Path, config: Path, *glossaries: Path) -> None:
        mine = {name: os.environ[name] for name in ("ARGOS_PACKAGES_DIR", "ENREGARD_PACKAGES_DIR")}
        killing(Run(str(article), str(config), point, tuple(map(str, glossaries)), mine))

    return kill


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_resumes_to_the_same_edition(
    point: str,
    article: Path,
    small: Path,
    tmp_path: Path,
    enregard: Cli,
    uninterrupted: dict[str, bytes],
    killed_at: KilledAt,
) -> None:
    killed_at(point, article, small)
    (job,) = (tmp_path / "output").iterdir()
    enregard("show", job.name, "--segments", "--json")
    enregard("resume", job.name)
    assert edition(job) == uninterrupted
    assert (job / "edition.pdf").read_bytes() == uninterrupted["edition.pdf"]
    assert (job / "edition.html").read_bytes() == uninterrupted["edition.html"]
    assert not list(job.rglob(".tmp-*"))


def test_a_killed_run_of_the_model_that_ships_resumes_to_the_same_edition(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli, killed_at: KilledAt
) -> None:
    fast_config.write_text(f"{fast_config.read_text()}publish: {{pdf: false}}\n")
    enregard("run", article, "--config", fast_config, "--output", "whole")
    killed_at("second chunk starts", article, fast_config)
    (whole, killed) = (next((tmp_path / each).iterdir()) for each in ("whole", "output"))
    enregard("resume", killed.name)
    assert edition(killed) == edition(whole)


@pytest.mark.parametrize("point", ["translate starts", "first chunk is being written"])
def test_a_kill_after_a_glossary_edit_shows_nothing_stale(
    point: str, article: Path, small: Path, tmp_path: Path, enregard: Cli, killed_at: KilledAt
) -> None:
    glossary = tmp_path / "g.yaml"
    glossary.write_text("name: G\nentries: [{source: comité, target: panel}]\n", "utf-8")
    before = json.loads(enregard("run", article, "--config", small, "--json").stdout)
    killed_at(point, article, small, glossary)
    (listed,) = [json.loads(line) for line in enregard("list", "--json").stdout.splitlines()]
    assert listed["unfinished"] == "translate"
    shown = enregard("show", before["job"], "--segments", "--json").stdout.splitlines()
    for record in map(json.loads, shown):
        assert record["target"] is None or not record["findings"]
    after = json.loads(enregard("resume", before["job"], "--json").stdout)
    assert after["state"] == "published"
    records = Path(after["files"]["segments.jsonl"]).read_text("utf-8").splitlines()
    assert [o["surface"] for o in json.loads(records[-1])["occurrences"]] == ["comité"]


@pytest.fixture(scope="module")
def decided(
    tmp_path_factory: pytest.TempPathFactory, packages: Path, this_checkout: None
) -> tuple[Path, str, bytes]:
    """A folder with a job on which somebody has decided since, its name, and what follows."""
    folder = tmp_path_factory.mktemp("decided")
    (folder / "accord.md").write_text(SHORT_TEXT, encoding="utf-8")
    (folder / "g.yaml").write_text(
        "name: G\nentries: [{source: comité, target: steering board}, {source: accord, "
        "target: compact}, {source: décision, target: ruling}]\n",
        "utf-8",
    )
    (folder / "argos.yaml").write_text(
        "engine: {name: argos}\ntranslate: {beam_size: 2, chunk_segments: 2}\n"
        "glossaries: [g.yaml]\npublish: {pdf: false}\n",
        "utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ENREGARD_PACKAGES_DIR", str(packages))
        said = call("run", "accord.md", "--config", "argos.yaml", "--json")
        job = json.loads(said.stdout)["job"]
        decide = ("review", job, "--no-rebuild")
        call(*decide, "--number", "1", "--decline")
        call(*decide, "--segment", "b0001.s02", "--sentence", "“It works”, Mr Kask said.")
        # Another entry leaves more than one chunk to do.
        call(*decide, "--entry", "comité", "--target", "working party")
        shutil.copytree("output", "whole")
        call("resume", job, "--output", "whole")
    return folder, job, (folder / "whole" / job / "edition.html").read_bytes()


def call(*arguments: str) -> Result:
    """Call the command line."""
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize(
    "point",
    [
        "translate starts",
        "the ladder has mended a chunk",
        "second chunk is being written",
        "publish starts",
    ],
)
def test_a_kill_loses_no_decision_and_nothing_of_the_ladder(
    point: str,
    decided: tuple[Path, str, bytes],
    packages: Path,
    tmp_path: Path,
    enregard: Cli,
    killed_at: KilledAt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ENREGARD_PACKAGES_DIR", str(packages))
    folder, job, whole = decided
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    killed_at(point, tmp_path / "accord.md", tmp_path / "argos.yaml")
    assert [path.parent.name for path in Path("output").glob("*/job.json")] == [job]
    enregard("resume", job)
    assert (tmp_path / "output" / job / "edition.html").read_bytes() == whole
    listed = enregard("review", job, "--json").stdout.splitlines()
    found = [json.loads(line) for line in listed]
    assert found[0]["status"] == "declined"
    assert {"replaced", "redecoded"} & {each["method"] for each in found}


def test_a_second_run_translates_nothing(
    article: Path,
    engine: Obedient,
    fast_config: Path,
    enregard: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enregard("run", article, "--config", fast_config)

    def fail(*args: object) -> None:
        raise AssertionError("translated again")

    monkeypatch.setattr(translate, "translate", fail)
    result = enregard("run", article, "--config", fast_config)
    assert result.output.count("nothing to do") == 5


def test_a_glossary_edit_translates_only_the_segments_it_touches(
    article: Path,
    engine: Obedient,
    fast_config: Path,
    tmp_path: Path,
    enregard: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enregard("run", article, "--config", fast_config)
    glossary = tmp_path / "g.yaml"
    glossary.write_text(
        "name: Essai\nentries:\n  - {source: comité, target: steering committee}\n", "utf-8"
    )
    translated: list[str] = []
    real = translate.translate

    def watch(tasks: list[translate.Task], *rest: object) -> object:
        translated.extend(task.segment.source for task in tasks)
        return real(tasks, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(translate, "translate", watch)
    result = enregard("run", article, "--config", fast_config, "--glossary", glossary, "--json")
    assert translated == ["Un comité se réunira en 2027."]
    job = json.loads(result.stdout)["job"]
    records = [
        json.loads(line)
        for line in enregard("show", job, "--segments", "--json").stdout.splitlines()
    ]
    (occurrence,) = records[-1]["occurrences"]
    assert occurrence["surface"] == "comité"


def test_two_runs_of_one_job_do_not_meet(
    article: Path, engine: Obedient, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    from pipeline.errors import JobError
    from pipeline.service import jobs as service

    plan = service.make_plan(fast_config)
    refused: list[str] = []

    def listener(event: Event) -> None:
        if event.stage == "translate" and not refused:
            try:
                service.run_text(article, plan, lambda event: None)
            except JobError as error:
                refused.append(str(error))

    service.run_text(article, plan, listener)
    assert "in use by another run" in refused[0]
