"""Every parser and the whole way from bytes to pages, fed with damaged and mixed-up files.

Inputs are made from good ones by a seeded mutator: bytes flipped, cut out, doubled and moved, words
that mean something to a format put in, two files spliced. What is not read must be refused by an
``EnregardError``. An input that found a fault lies in tests/proof/found and is tried again.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import signal
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import FrameType

import pytest

from pipeline.checks import CheckProfile
from pipeline.config import Settings, load_settings
from pipeline.decisions import Decided, parse
from pipeline.documents import READERS
from pipeline.engines.argos import read_package, unpacked
from pipeline.errors import EnregardError
from pipeline.exchange.tmx import read_tmx
from pipeline.glossary import Glossary, Matcher, load_glossary
from pipeline.glossary.formats import glossary_bytes, glossary_text, read_file
from pipeline.jobs.folder import create_job, open_job
from pipeline.jobs.plan import registered
from pipeline.model import EditionContent, Provenance, Translated
from pipeline.service.published import read_scorecard, read_segments
from pipeline.service.returned import READERS as RETURNED
from pipeline.service.returned import read_returned
from pipeline.stages import segment
from pipeline.stages.publish.content import edition_content
from pipeline.stages.publish.render import build_edition, render_html
from pipeline.stages.read import stage as read
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate
from pipeline.stages.translate.search import Search
from tests.proof.ground import GLOSSARY, TEXT, Fixture, forked, place, run_here, work
from tests.proof.guided import guided
from tests.proof.report import FOLDER, Tally
from tests.proof.scenes import job_of
from tests.support import packages as office
from tests.support import pdfs

FOUND = Path(__file__).with_name("found")
RUNS = 50_000
# As many again of each target, guided by coverage where atheris is.
GUIDED = 3_000
_BATCH = 2_500
# Seconds of processor time that one input may take.
_PATIENCE = 10
_WORDS = [
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\r",
    b"\x1b[31m",
    b"&#0;",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"&lol;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"\\ud800",
    b"\\u0000",
    b"NaN",
    b"1e999",
    b"-1",
    b"9" * 40,
    b"[" * 40,
    b"{" * 40,
    b"<a>" * 40,
    b"&a",
    b"*a",
    b"!!python",
    b"---\n",
    b"```",
    b"\t",
    b"| ",
    b"# ",
    b"> ",
    b"](",
    b"\xc2\xa0",
    b"\xe2\x80\xa8",
    b"%PDF",
    b'"',
    b"'",
    b",",
    b";",
    b"true",
    b"null",
    b"1 000,5",
    "«".encode(),
    "…".encode(),
    "é".encode(),
]


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads bytes, files that it reads well, and how many times it is tried."""

    name: str
    seeds: tuple[bytes, ...]
    reads: Callable[[bytes], object]
    runs: int = RUNS


def fuzz(tally: Tally, share: Callable[[int], bool], runs: int | None = None) -> None:
    """Try every target with inputs made from its seeds, each in a process that may crash."""
    names: list[str] = []
    with place() as folder, read_here():
        for number, target in enumerate(targets(folder)):
            names.append(target.name)
            if share(number):
                count = runs or target.runs
                for first in range(0, count, _BATCH):
                    last = min(first + _BATCH, count)
                    outcome = forked(partial(_batch, target, first, last), patience=1_000)
                    tally.tries[target.name] += last - first
                    for at, fault in outcome.value or [("a crash", outcome.fault)]:
                        if fault:
                            tally.faults.append([target.name, str(at), fault])
                for data in found_before(target.name):
                    tally.add(target.name, tried(target, data), "found before")
    for number, name in enumerate(names if runs is None else (), 100):
        if share(number):
            tries, faults = guided(name, GUIDED, FOLDER / "guided" / name.replace("/", "-"))
            tally.tries["guided by coverage"] += tries
            tally.faults += [["guided by coverage", name, fault] for fault in faults]


@contextmanager
def read_here() -> Iterator[None]:
    """Read documents in this process, where a fault shows, and not in one that is confined."""
    with pytest.MonkeyPatch.context() as patch:
        here = READERS
        patch.setattr(read, "read_confined", lambda suffix, data, code: here[suffix](data, code))
        yield


def _batch(target: Target, first: int, last: int) -> list[tuple[int, str]]:
    """Try some inputs; give those that found a fault, after one try that is always given."""
    found = [(first, "")]
    for at in range(first, last):
        data = mutated(target.seeds, random.Random(f"{target.name} {at}"))
        if fault := tried(target, data):
            keep(target.name, data)
            found.append((at, fault))
    return found


def tried(target: Target, data: bytes) -> str:
    """Give an input to a target; say what is wrong with what came of it, "" where nothing is."""
    signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        target.reads(data)
    except EnregardError as error:
        said = str(error)
        return f"two lines: {said!r}" if "Traceback" in said else ""
    except BaseException as error:
        return f"{type(error).__name__}: {error!s:.300} {_where(error)}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError("it takes too long")


def _where(error: BaseException) -> str:
    trace, place_ = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/pipeline/" in code.co_filename:
            place_ = f"{code.co_filename.rpartition('/pipeline/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place_


def keep(name: str, data: bytes) -> None:
    """Keep an input that found a fault, as long as there are few of its target."""
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.iterdir())) < 5:
        (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)


def found_before(name: str) -> list[bytes]:
    """Give the inputs that found a fault in a target once."""
    folder = FOUND / name
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def mutated(seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Give an input made of good ones; the same chance gives the same."""
    data = bytearray(chance.choice(seeds))
    if data[:2] == b"PK" and chance.random() < 0.8:
        return _repacked(bytes(data), seeds, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        _mutate(data, seeds, chance)
    return bytes(data[:20_000])


def _mutate(data: bytearray, seeds: tuple[bytes, ...], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 4, 16, 64)))
    match chance.randrange(8):
        case 0 if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 8))
        case 3 | 4:
            data[at:end] = chance.choice(_WORDS)
        case 5:
            other = chance.choice(seeds)
            cut = chance.randrange(len(other) + 1)
            data[at:end] = other[cut : cut + chance.choice((4, 32, 256))]
        case 6:
            del data[at:]
        case _:
            data[at:at] = chance.choice(_WORDS)


def _repacked(data: bytes, seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Change what is inside an archive, and pack it again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as packed:
        names = archive.namelist()
        victim = chance.choice(names)
        for name in names:
            member = bytearray(archive.read(name))
            if name == victim:
                for _ in range(chance.choice((1, 1, 2, 4))):
                    _mutate(member, (bytes(member) or b" ",), chance)
            packed.writestr(name, bytes(member))
    return stream.getvalue()


# What is tried


@cache
def _settings() -> Settings:
    return load_settings(registered(), None, {"publish.pdf": False})


@cache
def glossary() -> Glossary:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.yaml"
        path.write_text(GLOSSARY, "utf-8")
        return load_glossary([path])


def content_of(data: bytes, suffix: str = ".md") -> EditionContent:
    """Read bytes, segment, translate and check them: what an edition of them shows."""
    settings, engine, search = _settings(), Fixture(), Search(1, False, True)
    document = read.read(data, f"t{suffix}", settings.read)
    segments = segment.segment(document)
    entries, nothing = glossary().entries, Decided.of([])
    tasks = translate.plan(document.blocks, segments, Matcher(entries), "f", search, nothing, {})
    made = translate.translate(tasks, engine, search)
    found = [
        each
        for task, one in zip(tasks, made, strict=True)
        for each in translate.occurrences(task, one, nothing)
    ]
    placed = tuple(
        replace(one, segment_id=task.segment.id) for task, one in zip(tasks, made, strict=True)
    )
    text = Translated(document, segments, placed, tuple(found))
    _, scores = score.checked_and_scored(
        text, engine.card, entries, {}, None, CheckProfile(frozenset(), {})
    )
    provenance = Provenance("t.md", "0" * 64, engine.card, ("Essai",), "0" * 64, "0" * 64, "0")
    return edition_content(text, scores, entries, nothing, provenance, settings.publish)


def whole_way(data: bytes) -> str:
    """Give the HTML of the edition of some bytes."""
    return render_html(build_edition(content_of(data)))


def targets(folder: Path) -> list[Target]:
    """Give what is tried; ``folder`` is a place for what must lie in files."""
    work(folder, TEXT)
    assert run_here("run", "t.md").code == 0
    job = job_of(folder)
    for name in ("csv", "tmx", "xliff", "xliff12", "bilingual", "docx", "epub"):
        assert run_here("export", job, "--format", name, "--to", "out").code == 0
    assert run_here("review", job, "--number", 1, "--accept", "--no-rebuild").code == 0
    assert run_here("review", job, "--segment", "b0000.s01", "--sentence", "X.").code == 0
    assert run_here("review", job, "--export", "d.json").code == 0
    text, exported = TEXT.encode(), {path.suffix: path for path in (folder / "out").iterdir()}
    edition = next((folder / "output" / job / "editions").iterdir())
    return [
        *_documents(text, exported),
        *_glossaries(folder),
        *(
            Target(
                f"returned {suffix}",
                (path.read_bytes(),),
                _returned(suffix),
                5_000 if suffix == ".docx" else RUNS,
            )
            for suffix, path in exported.items()
            if suffix in RETURNED
        ),
        Target("memory.tmx", (exported[".tmx"].read_bytes(),), _memory),
        Target("decisions", ((folder / "d.json").read_bytes(),), lambda data: parse(data, "d")),
        Target("job.json", ((folder / "output" / job / "job.json").read_bytes(),), _job(folder)),
        Target(
            "report.json", ((edition / "report.json").read_bytes(),), _filed(folder, read_scorecard)
        ),
        Target(
            "segments.jsonl",
            ((edition / "segments.jsonl").read_bytes(),),
            _filed(folder, read_segments),
        ),
        Target("settings", (_CONFIG,), _configured(folder), 8_000),
        Target("metadata.json", (_METADATA,), _package(folder)),
        Target("argosmodel", (_archive(),), _installed(folder), 3_000),
        Target("the whole way", (text, _LONG.encode()), whole_way, 1_500),
    ]


_CONFIG = (
    b'read: {encoding: utf-8, max_bytes: 1000}\nfront: {title: "a"}\nglossaries: [g.yaml]\n'
    b"translate:\n  beam_size: 2\nchecks:\n  disabled: [numbers]\n  thresholds: {length: 3.0}\n"
    b"publish:\n  theme: {ink: '#000'}\n  exports: [csv]\noutput: here\n"
)
_METADATA = json.dumps(
    {
        "package_version": "1.9",
        "argos_version": "1.9",
        "from_code": "fr",
        "from_name": "French",
        "to_code": "en",
        "to_name": "English",
        "target_prefix": "",
        "type": "translate",
    }
).encode()
_LONG = """\
---
title: Le vote
author: Anne Roy
date: 2031-10-16
---
« Le *comité* a **signé** », dit-elle [ici](https://example.org/a?b=c). M. Kask n’a pas dit 1 250.

| a | b |
|---|---|
| 3,4 Md€ | le 11/09/2001 à 14 h 30 |

1. Un accord ; deux accords !
> Cité : « XXe siècle », -5 °C.

```
code
```
"""


def _documents(text: bytes, exported: dict[str, Path]) -> list[Target]:
    settings = _settings().read
    html = (
        b"<html lang=fr><head><title>T</title></head><body><h1>Un</h1><p>Le <b>vote</b>.<ul><li>x"
        b"</ul><table><tr><td>a<td>b</table></body></html>"
    )
    subtitles = (
        b"1\n00:00:01,000 --> 00:00:02,000\n<i>Bonjour.</i>\n\n"
        b"2\n00:00:03,000 --> 00:00:04,500\n- Oui.\n- Non.\n"
    )
    seeds: dict[str, tuple[bytes, ...]] = {
        ".txt": (text, _LONG.encode(), text.decode().encode("utf-16")),
        ".md": (text, _LONG.encode()),
        ".html": (html,),
        ".docx": (
            office.docx(office.p("Un accord.") + office.p("Titre", style="Heading1")),
            exported[".docx"].read_bytes(),
        ),
        ".odt": (office.odt("<text:h>Titre</text:h><text:p>Un accord.</text:p>"),),
        ".epub": (office.epub("<h1>Un</h1><p>Deux.</p>"), exported[".epub"].read_bytes()),
        ".srt": (subtitles,),
        ".vtt": (b"WEBVTT\n\nNOTE x\n\n" + subtitles.replace(b",", b"."),),
    }
    if ".pdf" in READERS:
        seeds[".pdf"] = (pdfs.drawn("BT /F1 12 Tf 50 500 Td (Un accord a ete signe.) Tj ET"),)

    def reading(suffix: str) -> Callable[[bytes], object]:
        return lambda data: segment.segment(read.read(data, f"t{suffix}", settings))

    slow = {".docx": 4_000, ".odt": 8_000, ".epub": 2_000, ".pdf": 2_000}
    return [
        Target(f"read {suffix}", given, reading(suffix), slow.get(suffix, 10_000))
        for suffix, given in seeds.items()
    ]


def _glossaries(folder: Path) -> list[Target]:
    (folder / "seed.yaml").write_text(
        GLOSSARY + "  - {source: États-Unis, target: United States, kind: name, variants: [USA], "
        "case: exact, note: 'n', scope: presse}\n",
        "utf-8",
    )
    text = glossary_text(read_file(folder / "seed.yaml"))
    found = []
    for suffix in (".yaml", ".csv", ".tsv", ".tbx"):
        seed = glossary_bytes(text, Path(f"x{suffix}"))

        def loads(data: bytes, path: Path = folder / f"fuzzed{suffix}") -> None:
            path.write_bytes(data)
            read_file(path)

        found.append(
            Target(f"glossary {suffix}", (seed,), loads, RUNS if suffix == ".csv" else 10_000)
        )
    return found


def _returned(suffix: str) -> Callable[[bytes], object]:
    return lambda data: read_returned(data, suffix, "r")


def _memory(data: bytes) -> None:
    for _ in read_tmx(io.BytesIO(data), "m"):
        pass


def _job(folder: Path) -> Callable[[bytes], object]:
    job = create_job(folder / "jobs", "a.md", b"x")

    def opens(data: bytes) -> object:
        (job.folder / "job.json").write_bytes(data)
        return open_job(job.folder.parent, job.name)

    return opens


def _filed(folder: Path, reads: Callable[[Path], object]) -> Callable[[bytes], object]:
    path = folder / "filed"

    def opens(data: bytes) -> object:
        path.write_bytes(data)
        return reads(path)

    return opens


def _configured(folder: Path) -> Callable[[bytes], object]:
    names = registered()

    def loads(data: bytes) -> object:
        path = folder / "c.yaml"
        path.write_bytes(data)
        return load_settings(names, path)

    return loads


def _package(folder: Path) -> Callable[[bytes], object]:
    place_ = folder / "package"
    (place_ / "model").mkdir(parents=True)
    for name in ("model/model.bin", "sentencepiece.model"):
        (place_ / name).write_bytes(b"x")

    def reads(data: bytes) -> object:
        (place_ / "metadata.json").write_bytes(data)
        return read_package(place_)

    return reads


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in {
            "a/metadata.json": _METADATA,
            "a/model/model.bin": b"w" * 50,
            "a/sentencepiece.model": b"s" * 50,
        }.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _installed(folder: Path) -> Callable[[bytes], object]:
    path, own = folder / "x.argosmodel", folder / "own"

    def installs(data: bytes) -> None:
        path.write_bytes(data)
        before = sorted(folder.iterdir())
        try:
            with unpacked(path, own):
                pass
        finally:
            if own not in before:
                shutil.rmtree(own, ignore_errors=True)
            assert sorted(each for each in folder.iterdir() if each != own) == [
                each for each in before if each != own
            ]

    return installs
