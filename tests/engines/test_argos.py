"""The Argos engine: the same text as Argos Translate from the same package, and nothing lost.

``tests/fixtures`` holds a small but genuine package (see ``models/tiny_argos``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.engines import choose_engine, engine_offers
from pipeline.engines.argos import ArgosPackage, keep, read_package, unpacked
from pipeline.engines.argos import engine as argos
from pipeline.engines.argos.ct2 import Translator
from pipeline.engines.argos.probe import probe
from pipeline.engines.decoding import Decoding
from pipeline.engines.tokenizer import Tokenizer
from pipeline.errors import EngineError
from pipeline.model import Request
from tests.support.paths import PACKAGE

SENTENCES = [
    "Il pleut.",
    "Bonjour, comment allez-vous ?",
    "Le ministre a signé l’accord mardi.",
    "Les deux pays n’ont pas commenté.",
    "Je voudrais une tasse de café, s’il vous plaît.",
    "Nous devons protéger les droits de l’homme dans tous les pays.",
    "Le Parlement européen a adopté le rapport de la commission.",
    "Elle m’a dit qu’elle viendrait demain.",
    "Où est la gare ?",
    "Cette question est très importante pour nos citoyens.",
    "Tom ne sait pas nager.",
    "Monsieur le Président, je vous remercie.",
]


def install(folder: Path, **metadata: str) -> ArgosPackage:
    """Install the fixture, with some of its metadata changed."""
    with unpacked(PACKAGE, folder) as package:
        path = package.folder / "metadata.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | metadata))
        return keep(read_package(package.folder), folder)


@pytest.fixture
def package(no_packages: Path) -> ArgosPackage:
    return install(no_packages)


@pytest.fixture
def engine(package: ArgosPackage) -> argos.ArgosEngine:
    return argos.open_argos([package], 1)


PARITY = """
import json, sys, types
from pathlib import Path
for name in ("stanza", "minisbd"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["minisbd"].SBDetect = None
sys.modules["minisbd"].models = types.SimpleNamespace()
import ctranslate2
from argostranslate import translate
from argostranslate.package import Package
class Whole:
    def split_sentences(self, text):
        return [text]
package = Package(Path(sys.argv[1]))
model = ctranslate2.Translator(str(package.package_path / "model"), compute_type="auto")
def hypotheses(text):
    return translate.apply_packaged_translation(package, text, model, Whole(), 4)
texts = json.load(sys.stdin)
print(json.dumps([[(h.value, h.score) for h in hypotheses(text)] for text in texts]))
"""


def argos_translate(package: ArgosPackage, home: Path) -> list[list[tuple[str, float]]]:
    """Translate with Argos' own code, its sentence splitter replaced by none at all."""
    environment = os.environ | {f"XDG_{n}_HOME": str(home) for n in ("DATA", "CONFIG", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PARITY, str(package.folder)],
        input=json.dumps(SENTENCES),
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [[(text, score) for text, score in row] for row in json.loads(done.stdout)]


def test_the_hypotheses_are_those_of_argos_translate(
    package: ArgosPackage, engine: argos.ArgosEngine, tmp_path: Path
) -> None:
    theirs = argos_translate(package, tmp_path)
    ours = engine.translate([Request(sentence) for sentence in SENTENCES], 4)
    assert [[h.text for h in row] for row in ours] == [[text for text, _ in row] for row in theirs]


def test_it_translates_and_finishes(engine: argos.ArgosEngine) -> None:
    results = engine.translate([Request(sentence) for sentence in SENTENCES], 4)
    assert [len(row) for row in results] == [4] * len(SENTENCES)
    assert all(row[0].finished and row[0].score <= 0 for row in results)
    text = " ".join(row[0].text.lower() for row in results)
    for word in ("parliament", "coffee", "president", "tomorrow"):
        assert word in text
    assert engine.translate([], 4) == []


def test_the_order_of_sentences_is_kept_and_the_company_does_not_matter(
    engine: argos.ArgosEngine,
) -> None:
    requests = [Request(sentence) for sentence in SENTENCES]
    there = [row[0].text for row in engine.translate(requests, 2)]
    back = [row[0].text for row in engine.translate(requests[::-1], 2)]
    assert there == back[::-1]


def test_the_score_is_the_mean_log_probability(engine: argos.ArgosEngine) -> None:
    requests = [Request(sentence) for sentence in SENTENCES]
    best = [row[0] for row in engine.translate(requests, 4)]
    scores = engine.score([(r, h.text) for r, h in zip(requests, best, strict=True)])
    # A text can have been written in other pieces than those it is split into.
    close = [abs(score.mean - h.score) < 0.05 for score, h in zip(scores, best, strict=True)]
    assert sum(close) >= len(close) - 2
    good, bad = engine.score([(requests[0], "It is raining."), (requests[0], "Tom likes coffee.")])
    assert bad.mean < good.mean <= 0
    (cut,) = engine.score([(requests[0], "rain " * 500)])
    assert cut.mean < good.mean
    assert len(cut.words) == 500


def test_the_least_probable_word_is_the_wrong_one(engine: argos.ArgosEngine) -> None:
    texts = [
        (Request(source), wrong)
        for source, wrong in (("Il pleut.", "It is Tom."), ("Tom aime le café.", "Tom likes rain."))
    ]
    for (_, text), found in zip(texts, engine.score(texts), strict=True):
        assert len(found.words) == len(text.split())
        assert min(range(3), key=found.words.__getitem__) == 2


def test_an_output_that_was_cut_is_not_finished(
    package: ArgosPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(argos, "_LONGEST_OUTPUT", 3)
    ((best, *_),) = argos.open_argos([package], 1).translate([Request(SENTENCES[5])], 2)
    assert not best.finished


def test_what_fits_is_bounded(engine: argos.ArgosEngine) -> None:
    assert engine.fits("Un mot.")
    assert not engine.fits("un mot et " * 200)
    assert not engine.fits("a" * 1_000_000)


def test_the_core_gives_a_log_probability_for_each_piece_and_the_end(package: ArgosPackage) -> None:
    files = package.read()
    tokenizer = Tokenizer(files[package.tokenizer])
    model = {name.split("/")[1]: data for name, data in files.items() if name.startswith("model/")}
    translator = Translator(model, 1)
    sources = [tokenizer.encode(sentence) for sentence in SENTENCES]
    results = translator.translate(sources, [[]] * len(sources), 256, Decoding(2, 2))
    best = [row[0].pieces for row in results]
    for pieces, log_probs in zip(best, translator.score(sources, best), strict=True):
        assert len(log_probs) == len(pieces) + 1
        assert max(log_probs) <= 0


def test_underscores_are_kept(package: ArgosPackage) -> None:
    tokenizer = Tokenizer(package.read()["sentencepiece.model"])
    for text in ("nom_de_fichier", "_a_ __b__"):
        pieces = tokenizer.encode(text)
        if "<unk>" not in pieces:
            assert tokenizer.decode(pieces) == text


def test_a_target_prefix_is_forced_and_taken_off(no_packages: Path) -> None:
    prefix = "▁I"
    plain = argos.open_argos([install(no_packages)], 1)
    prefixed = argos.open_argos([install(no_packages, target_prefix=prefix)], 1)
    ((theirs, *_),) = prefixed.translate([Request(SENTENCES[0])], 2)
    ((ours, *_),) = plain.translate([Request(SENTENCES[0])], 2)
    assert theirs.text != ours.text
    assert theirs.score <= 0
    (score,) = prefixed.score([(Request(SENTENCES[0]), theirs.text)])
    assert score.mean <= 0
    assert len(score.words) == len(theirs.text.split())


def test_a_package_with_a_bpe_model_is_tokenized_as_argos_does(no_packages: Path) -> None:
    from argostranslate.tokenizer import BPETokenizer

    with unpacked(PACKAGE, no_packages) as package:
        (package.folder / "sentencepiece.model").unlink()
        codes = "#version: 0.2\nl e</w>\nd e</w>\nP a\nPa r\n"
        (package.folder / "bpe.model").write_text(codes, encoding="utf-8")
        bpe = keep(read_package(package.folder), no_packages)
    leg = argos._Leg(bpe, 1)
    theirs = BPETokenizer(bpe.folder / "bpe.model", "fr", "en")
    for sentence in SENTENCES:
        assert leg.encode(sentence) == theirs.encode(sentence)
    assert leg.translate(["Le Parlement."], Decoding(2, 2))[0][0].text is not None


def test_without_a_direct_package_two_are_chained(no_packages: Path) -> None:
    first = install(no_packages, to_code="de", to_name="German")
    second = install(no_packages, from_code="de", from_name="German")
    (offer,) = argos.argos_offers()
    assert offer.card().sha256 == f"{first.sha256} {second.sha256}"
    assert "French → German, German → English" in offer.card().title
    engine = offer.open(1)
    requests = [Request(sentence) for sentence in SENTENCES[:3]]
    results = engine.translate(requests, 2)
    assert [len(row) for row in results] == [2, 2, 2]
    assert all(row[0].score >= row[1].score for row in results)
    assert (
        len(engine.score([(r, row[0].text) for r, row in zip(requests, results, strict=True)])) == 3
    )
    install(no_packages)
    (direct,) = argos.argos_offers()
    assert " " not in direct.card().sha256


def test_auto_takes_a_package_where_there_is_one(package: ArgosPackage) -> None:
    assert choose_engine("auto").card().name == "argos"
    assert choose_engine("embedded").card().name == "embedded"
    assert [offer.card().name for offer in engine_offers()] == ["argos", "embedded"]


def test_a_pinned_package_is_found_or_nothing_is(package: ArgosPackage) -> None:
    pin = package.sha256
    assert choose_engine("argos", pin).card().sha256 == pin
    with pytest.raises(EngineError, match="pins 0000"):
        choose_engine("auto", "0" * 64)
    weights = package.folder / "model" / "model.bin"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(EngineError, match="pins"):
        choose_engine("argos", pin)


def test_without_a_package_argos_is_a_clear_error() -> None:
    with pytest.raises(EngineError, match="no argos engine is installed"):
        choose_engine("argos")


DAMAGE = """
import sys
from pathlib import Path
from pipeline.engines.argos.engine import open_argos
from pipeline.errors import EngineError
from pipeline.model import Request
from pipeline.engines.argos import read_package
folder = Path(sys.argv[1])
name, positions = sys.argv[2], [int(n) for n in sys.argv[3:]]
path = folder / name
whole = path.read_bytes()
refused = 0
for position in positions:
    flipped = bytearray(whole)
    flipped[position] ^= 255
    for data in (whole[:position], bytes(flipped)):
        path.write_bytes(data)
        try:
            open_argos([read_package(folder)], 1).translate([Request("Un mot.")], 1)
        except EngineError as error:
            assert "\\n" not in str(error)
            refused += 1
print(refused)
"""


@pytest.mark.parametrize("name", ["model/model.bin", "sentencepiece.model", "model/config.json"])
def test_a_damaged_model_is_a_clean_error_in_a_living_process(
    package: ArgosPackage, name: str
) -> None:
    size = (package.folder / name).stat().st_size
    positions = [str(n) for n in (0, 1, 5, 9, 17, 40, size // 3, size - 2)]
    command = [sys.executable, "-c", DAMAGE, str(package.folder), name, *positions]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
    assert int(done.stdout) >= 4


def test_a_package_whose_model_does_not_load_is_not_installed(
    no_packages: Path, tmp_path: Path, enregard: Callable[..., Any]
) -> None:
    broken = tmp_path / "broken.argosmodel"
    with zipfile.ZipFile(PACKAGE) as whole, zipfile.ZipFile(broken, "w") as archive:
        for entry in whole.infolist():
            data = whole.read(entry)
            archive.writestr(entry.filename, data[:1000] if "model.bin" in entry.filename else data)
    result = enregard("engines", "install", broken, code=5)
    assert "damaged" in result.output
    assert not no_packages.exists() or not list(no_packages.iterdir())


def test_a_crash_while_trying_a_package_is_an_error_here(
    package: ArgosPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe(package)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(EngineError, match="damaged"):
        probe(package)


def test_install_list_and_translate_without_a_socket(
    no_packages: Path, article: Path, tmp_path: Path, enregard: Callable[..., Any]
) -> None:
    said = enregard("engines", "install", PACKAGE).output
    again = enregard("engines", "install", PACKAGE, "--json").output
    record = json.loads(again)
    assert record["sha256"] in said
    listed = [json.loads(line) for line in enregard("engines", "--json").output.splitlines()]
    assert [engine["name"] for engine in listed] == ["argos", "embedded"]
    assert listed[0]["sha256"] == record["sha256"]
    assert listed[0]["place"] == record["folder"]
    config = tmp_path / "pin.yaml"
    config.write_text(f"engine: {{name: argos, sha256: {record['sha256']}}}\n")
    from tests.test_offline import guarded

    done = guarded(tmp_path, "run", article.name, "--config", config.name, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["state"] == "published"
    other = enregard("run", article, "--engine", "embedded", "--config", config, code=5)
    assert "pins" in other.output


def test_the_newest_package_of_the_index_is_downloaded_when_asked(
    no_packages: Path, tmp_path: Path
) -> None:
    """From an index of files, in place of a server."""
    offer = {"type": "translate", "from_code": "fr", "to_code": "en"}
    index = [
        offer | {"package_version": "0.1", "links": [f"file://{tmp_path}/missing"]},
        offer | {"package_version": "0.10", "links": ["ftp://x/y", PACKAGE.as_uri()]},
        offer | {"to_code": "de", "package_version": "9", "links": []},
    ]
    (tmp_path / "index.json").write_text(json.dumps(index))
    code = (
        "from pipeline.engines.argos import index\n"
        "index._SCHEMES = ('file',)\n"
        "from pipeline.cli import main\n"
        "main(['engines', 'install', '--from-index', 'fr', 'en', '--json'])\n"
    )
    homes = {f"XDG_{name}_HOME": str(tmp_path) for name in ("DATA", "CONFIG", "CACHE")}
    environment = os.environ | homes | {"ARGOS_PACKAGE_INDEX": f"{tmp_path.as_uri()}/"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == "0.1"
    assert len(list(no_packages.iterdir())) == 1
