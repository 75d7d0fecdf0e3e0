"""A foreign reader, engine, check, layout and export: each a registry's entry and nothing else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from pypdf import PdfReader

from pipeline.checks import CHECKS, Case, Check, Dimension, Direction, Threshold
from pipeline.documents import READERS, Draft, numbered
from pipeline.engines import engine_names
from pipeline.errors import InputError
from pipeline.jobs.plan import registered
from pipeline.model import Block, BlockKind, Doubt, EditionContent, Severity
from pipeline.stages.publish.dress import DRESSES, PARTS
from pipeline.stages.publish.exports import EXPORTS, Export
from pipeline.stages.publish.render.layouts import LAYOUTS, Layout
from tests.support.obedient import Obedient, offer
from tests.support.paths import ROOT

Cli = Callable[..., Result]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings that publish without the PDF, which takes longest."""
    path = tmp_path / "c.yaml"
    path.write_text("glossaries: []\npublish: {pdf: false}\n", "utf-8")
    return path


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Obedient:
    mine = Obedient("mine")
    offer(mine, monkeypatch)
    return mine


def record(result: Result) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(result.stdout)
    return made


def read_archive(data: bytes, encoding: str) -> Draft:
    """Read a format that is not text: an archive of one text in an encoding of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = archive.read("text").decode("utf-16")
    except (zipfile.BadZipFile, KeyError):
        raise InputError("this is no archive of a text; save it again") from None
    return Draft(numbered([Block(0, BlockKind.PARAGRAPH, text)]), scopes=("presse",))


def test_a_foreign_reader(
    tmp_path: Path, config: Path, engine: Obedient, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, ".foreign", read_archive)
    with zipfile.ZipFile(tmp_path / "x.foreign", "w") as archive:
        archive.writestr("text", "L’été à Riga.".encode("utf-16"))
    (tmp_path / "g.csv").write_text("source,target,scope\nété,high summer,presse\n", "utf-8")
    options = ("--config", config, "--engine", "mine", "--glossary", "g.csv", "--json")
    made = record(enregard("run", "x.foreign", *options))
    assert (made["state"], made["source"]) == ("published", "x.foreign")
    assert engine.asked == ["L’été à Riga."]
    assert "high summer" in Path(made["files"]["segments.jsonl"]).read_text("utf-8")
    (tmp_path / "y.foreign").write_bytes(b"\0\0")
    refused = enregard("run", "y.foreign", *options, code=3)
    assert refused.stderr == "enregard: y.foreign: this is no archive of a text; save it again\n"
    assert ", .foreign;" in enregard("segment", "c.yaml", code=3).stderr


def test_a_foreign_engine(
    article: Path, config: Path, tmp_path: Path, engine: Obedient, enregard: Cli
) -> None:
    made = record(enregard("run", article, "--config", config, "--engine", "mine", "--json"))
    report = json.loads(Path(made["files"]["report.json"]).read_text("utf-8"))
    assert report["provenance"]["engine"]["title"] == "Obedient"
    config.write_text("engine: {name: mine}\npublish: {pdf: false}\n", "utf-8")
    assert record(enregard("run", article, "--config", config, "--json"))["job"] == made["job"]
    assert "mine " in enregard("engines").stdout
    assert "[auto|argos|embedded|mine]" in enregard("run", "--help").stdout
    refused = enregard("run", article, "--engine", "mines", code=2)
    said = "there is no engine 'mines'; did you mean 'mine'? There are auto, argos, embedded, mine"
    assert refused.stderr == f"enregard: {said}\n"


def shouting(case: Case) -> Iterator[Doubt]:
    loud = SHOUTING.thresholds[0].read(case)
    yield case.doubt("shouting", Severity.LOOK, "too loud", beyond=(loud,))


SHOUTING = Check(
    id="shouting",
    title="Shouting",
    dimension=Dimension.FLUENCY,
    severity=Severity.LOOK,
    formula="There are too many capitals.",
    run=shouting,
    thresholds=(
        Threshold(
            "shouting",
            0,
            Direction.ABOVE,
            "capitals in the English",
            lambda case: float(len(re.findall("[A-Z]", case.target))),
        ),
    ),
)


def test_a_foreign_check(
    article: Path, config: Path, engine: Obedient, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHECKS, "shouting", SHOUTING)

    def report(settings: str) -> dict[str, Any]:
        config.write_text(f"publish: {{pdf: false}}\nchecks: {settings}\n", "utf-8")
        made = enregard("run", article, "--config", config, "--engine", "mine", "--json")
        found = json.loads(Path(record(made)["files"]["report.json"]).read_text("utf-8"))
        assert isinstance(found, dict)
        return found

    found = report("{}")
    assert found["scorecard"]["checks"]["shouting"] == found["scorecard"]["segments"]
    assert "fluency" in [rate["name"] for rate in found["quality"]["classes"]]
    assert "shouting" not in report("{thresholds: {shouting: 100}}")["scorecard"]["checks"]
    assert "shouting" not in report("{disabled: [shouting]}")["scorecard"]["checks"]
    config.write_text("checks:\n  disabled: [shoutin]\n", "utf-8")
    refused = enregard("run", article, "--config", config, code=4)
    assert "c.yaml:2: checks.disabled.0: there is no check 'shoutin'" in refused.stderr
    assert "did you mean 'shouting'" in refused.stderr


def test_a_foreign_layout(
    article: Path,
    config: Path,
    tmp_path: Path,
    engine: Obedient,
    enregard: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    style = tmp_path / "mine.css"
    style.write_text("@page { size: 100mm 100mm; margin: 10mm }\n", "utf-8")
    monkeypatch.setitem(LAYOUTS, "mine", Layout(str(style)))
    config.write_text("publish: {layout: mine, html: false}\n", "utf-8")
    made = record(enregard("run", article, "--config", config, "--engine", "mine", "--json"))
    box = PdfReader(made["files"]["edition.pdf"]).pages[0].mediabox
    assert round(float(box.width)) == round(100 / 25.4 * 72)
    config.write_text("publish:\n  layout: min\n", "utf-8")
    refused = enregard("run", article, "--config", config, code=4)
    assert "c.yaml:2: publish.layout: there is no layout 'min'; did you mean 'mine'" in (
        refused.stderr
    )


def english(content: EditionContent) -> bytes:
    return "\n".join(each.text for each in content.translations).encode()


def test_a_foreign_export(
    article: Path,
    config: Path,
    tmp_path: Path,
    engine: Obedient,
    enregard: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(EXPORTS, "mine", Export("edition.mine", "the English alone", english))
    config.write_text("publish: {exports: [mine], attach: [mine]}\n", "utf-8")
    made = record(enregard("run", article, "--config", config, "--engine", "mine", "--json"))
    written = Path(made["files"]["edition.mine"]).read_bytes()
    assert written.startswith(b"It says")
    assert PdfReader(made["files"]["edition.pdf"]).attachments["edition.mine"] == [written]
    enregard("export", made["job"], "--format", "mine", "--to", "out")
    assert (tmp_path / "out" / f"{made['job']}.mine").read_bytes() == written
    assert "|csv|mine]" in enregard("export", "--help").stdout
    refused = enregard("export", made["job"], "--format", "mime", code=2)
    assert "no export 'mime'; did you mean 'mine'? There are pdf, html, " in refused.stderr


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def first_column(name: str, heading: str) -> list[str]:
    """Give what stands between backticks at the head of each row of a table."""
    table = page(name).split(f"\n| {heading} |")[1].split("\n\n")[0]
    return re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("  name", "engine"),
        ("  page_size", "page size"),
        ("  layout", "layout"),
        ("  dress", "dress"),
        ("  exports", "export"),
    ],
)
def test_the_default_settings_name_what_there_is(key: str, kind: str) -> None:
    (comment,) = re.findall(rf"^{key}: .*# (.*)$", page("config/default.yaml"), re.MULTILINE)
    (names,) = re.findall(r"[\w-]+(?: \| [\w-]+)+", comment)
    assert names.split(" | ") == [*registered()[kind]]


def test_the_documentation_names_what_there_is() -> None:
    assert ["auto", *first_column("docs/engines.md", "engine")] == engine_names()
    assert set(first_column("docs/editions.md", "format")) == set(EXPORTS)
    assert first_column("docs/editions.md", "part") == [*PARTS]
    options = first_column("docs/editions.md", "setting")
    assert [each[7:] for each in options if each.startswith("dress: ")] == list(DRESSES)
    assert [each[8:] for each in options if each.startswith("layout: ")] == list(LAYOUTS)
    stage = page("docs/stages.md").split("## 1. read")[1].split("## 2.")[0]
    assert set(re.findall(r"`(\.[a-z]+)`", stage)) == set(READERS)
