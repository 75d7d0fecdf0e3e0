"""The recipe of the embedded model: what it says still holds, what needs no torch still runs."""

from __future__ import annotations

import contextlib
import importlib
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sacrebleu.metrics.chrf import CHRF

from models.recipe import (
    align,
    average,
    batches,
    best,
    ct2file,
    data,
    decay,
    evaluate,
    everything,
    mixture,
    network,
    pack,
    package,
    schedule,
    select_pairs,
    train,
)
from pipeline.engines.embedded.weights import read_arrays
from tests.support.paths import ROOT

RECIPE = ROOT / "models" / "recipe"
SHIPPED = ROOT / "models" / "fr-en-1"
MODULES = sorted(path.stem for path in RECIPE.glob("*.py") if path.stem != "__init__")
NEED_TORCH = {"floats", "int8", "model", "trainer"}
SCRIPTS = [name for name in MODULES if "__main__" in (RECIPE / f"{name}.py").read_text("utf-8")]

FRENCH = "Le ministre rencontre la délégation du Conseil européen à {place} en {year}."
ENGLISH = "The minister meets the delegation of the European Council in {place} in {year}."
PLACES = ("Tallinn", "Bruxelles", "Genève", "Ottawa", "Dakar")


@pytest.mark.parametrize("name", MODULES)
def test_only_the_training_needs_torch(name: str) -> None:
    if name in NEED_TORCH:
        compile((RECIPE / f"{name}.py").read_text("utf-8"), name, "exec")
        with pytest.raises(ModuleNotFoundError, match="torch"):
            importlib.import_module(f"models.recipe.{name}")
    else:
        importlib.import_module(f"models.recipe.{name}")


LOADS = """
import importlib, sys
from importlib.metadata import packages_distributions
for name in sys.argv[1:]:
    importlib.import_module(f"models.recipe.{name}")
packages = packages_distributions()
print(*{name for module in sys.modules for name in packages.get(module, ())})
"""


def test_the_environment_of_the_recipe_has_what_its_modules_load() -> None:
    modules = [name for name in MODULES if name not in NEED_TORCH]
    command = [sys.executable, "-c", LOADS, *modules]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    pinned = re.findall(r"^([\w-]+)==", (RECIPE / "requirements.txt").read_text("utf-8"), re.M)
    missing = set(map(canonicalize_name, loaded.split())) - with_dependencies(pinned)
    assert missing <= {"enregard"}


def with_dependencies(names: Iterable[str]) -> set[str]:
    """Give distributions and what they require, as far as they are installed here."""
    found: set[str] = set()
    left = [*names]
    while left:
        name = canonicalize_name(left.pop())
        if name not in found:
            found.add(name)
            with contextlib.suppress(PackageNotFoundError):
                for each in map(Requirement, requires(name) or ()):
                    if not each.marker or each.marker.evaluate():
                        left.append(each.name)
    return found


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_says_what_it_takes(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit) as left:
        importlib.import_module(f"models.recipe.{name}").main()
    assert left.value.code == 0
    assert "usage:" in capsys.readouterr().out


def test_every_module_is_in_the_table_of_the_readme() -> None:
    table = re.findall(r"^\| `(\w+)\.py` \|", (RECIPE / "README.md").read_text("utf-8"), re.M)
    assert sorted(table) == MODULES


def test_the_graphs_that_ship_are_those_of_the_recipe() -> None:
    manifest = json.loads((SHIPPED / "manifest.json").read_text("utf-8"))
    parts = manifest["files"]["model.bin"]["parts"]
    weights = dict(read_arrays(b"".join((SHIPPED / name).read_bytes() for name in parts)))
    graphs = {
        "network.onnx": network.build(weights, np.load(RECIPE / "fr-en-1-reach.npy")),
        "network-float.onnx": network.build(weights),
        "overflow.onnx": network.build_overflow(),
    }
    for name, graph in graphs.items():
        assert graph.SerializeToString(deterministic=True) == (SHIPPED / name).read_bytes()


def test_weights_survive_the_container_and_the_rounding(tmp_path: Path) -> None:
    matrix = np.random.default_rng(1).normal(size=(4, 8)).astype(np.float32)
    weight, scale = ct2file.quantise(matrix)
    arrays = {"weight": weight, "weight_scale": scale, "gamma": matrix[0]}
    ct2file.write(tmp_path / "model.bin", arrays)
    read = ct2file.read(tmp_path / "model.bin")
    assert {name: value.tolist() for name, value in read.items()} == {
        name: value.tolist() for name, value in arrays.items()
    }
    half = 0.5 / scale[:, None] + 1e-6
    assert (abs(ct2file.dequantise(read["weight"], read["weight_scale"]) - matrix) <= half).all()


def test_a_large_file_is_packed_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PART_BYTES", 4)
    (tmp_path / "model.bin").write_bytes(b"0123456789")
    (tmp_path / "out").mkdir()
    entry = package.write_parts(tmp_path / "model.bin", tmp_path / "out")
    assert entry["parts"] == [f"model.bin.{n}of3" for n in (1, 2, 3)]
    parts = sorted((tmp_path / "out").iterdir())
    assert b"".join(part.read_bytes() for part in parts) == b"0123456789"


def pairs() -> list[select_pairs.Pair]:
    """Give fifty pairs of sentences that differ in place and year."""
    return [
        (source, FRENCH.format(place=place, year=year), ENGLISH.format(place=place, year=year))
        for source, place in zip(("ud_pud", *["europarl"] * 4), PLACES, strict=True)
        for year in range(2001, 2011)
    ]


def links(french: str, english: str) -> align.Links:
    """Link the words that a small dictionary pairs, and those spelt alike."""
    words = {
        "ministre": "minister",
        "rencontre": "meets",
        "européen": "european",
    }
    words = words | {"délégation": "delegation", "conseil": "council", "la": "the", "le": "the"}
    target = [token.text.lower() for token in align.tokens(english)]
    found = set()
    for index, token in enumerate(align.tokens(french)):
        word = words.get(token.text.lower(), token.text.lower())
        if word in target:
            place = target.index(word, 1 if token.text == "la" else 0)
            found.add((index, place))
    return found


def test_aligned_words_give_whole_terms() -> None:
    _, french, english = pairs()[0]
    sure = links(french, english)
    found = {(t.french, t.english) for t in align.terms(french, english, sure, sure)}
    assert ("Conseil européen", "European Council") in found
    assert ("délégation", "delegation") in found
    assert not any(term.lower().startswith(("la ", "le ", "du ")) for term, _ in found)


def test_a_corpus_becomes_training_lines(tmp_path: Path) -> None:
    corpus = tmp_path / "fr-en.tsv"
    corpus.write_text("".join("\t".join(pair) + "\n" for pair in [*pairs(), pairs()[0]]), "utf-8")
    rng = random.Random(11)
    chosen = select_pairs.choose(corpus, {"ud_pud": 1000, "europarl": 1000}, rng)
    assert sorted(chosen) == sorted(pairs())  # without the one that comes twice
    both = [(links(french, english),) * 2 for _, french, english in chosen]
    train, held, counts = data.build(chosen, [(a, b) for a, b in both], rng)
    assert len(held) + counts.total() == len(pairs())
    for line in map(data.line, [*train, *held]):
        hints, _, english = line.rstrip("\n").split("\t")
        for hint in filter(None, hints.split("||")):
            assert hint.count("==") == 1
        assert english
    assert all(
        target in english or target[0].upper() + target[1:] in english
        for hints, _, english in held
        for _, target in hints
    )


def test_the_last_lines_are_of_the_preferred_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decay, "PREFERRED", {"ud_pud": 3})
    monkeypatch.setattr(decay, "OTHERS", 2)
    lines = [f"\tphrase {'a' * n}\tsentence" for n in range(1, 10)]
    source_of = {decay.letters(line.split("\t")[1]): "ud_pud" for line in lines[:5]}
    chosen = decay.choose(source_of, lines, random.Random(7), narrow=False)
    assert sorted(line in lines[:5] for line in chosen) == [False, False, True, True, True]


def test_batches_hold_every_line_once_and_keep_to_their_size(tmp_path: Path) -> None:
    file = tmp_path / "train.tsv"
    lines = [f"ministre==minister\t{french}\t{english}" for _, french, english in pairs()]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    stream = batches.Batches(file, SHIPPED / "sentencepiece.model", tokens=200, seed=5)
    epoch = list(stream.epoch(0))
    assert sum(map(len, epoch)) == len(lines)
    assert all(len(batch) * max(len(p) + len(a) for p, a in batch) <= 200 for batch in epoch)
    assert list(stream.epoch(0)) == epoch
    assert list(stream.epoch(1)) != epoch
    prompt, answer = epoch[0][0]
    assert (prompt[:2], prompt[-1]) == ([batches.BOS, batches.TERM], batches.ENGLISH)
    assert answer[-1] == batches.EOS


OPTIONS = "--start a --data b --tokenizer c --work d --hours 1 --peak 1".split()


def test_every_clean_pair_becomes_a_line_with_hints_by_the_dictionary(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.tsv"
    wrong = (
        "europarl",
        FRENCH.format(place="Riga", year=1999),
        "Nothing of the kind was ever said.",
    )
    corpus.write_text("".join("\t".join(pair) + "\n" for pair in [*pairs(), wrong]), "utf-8")
    slices: list[select_pairs.Pair] = []
    found = everything.pairs([corpus], ["Une phrase d’essai."])
    ((number, chunk),) = everything.held_back(found, slices, 3)
    assert len(slices) == 6  # three of each source
    train_lines, tested, counts = everything.made((number, chunk), seed=11)
    assert len(train_lines) + len(tested) == len(pairs()) - len(slices)
    assert counts.total() == len(train_lines)
    assert not any("Nothing of the kind" in line for line in train_lines)
    hints = [
        hint.split("==")
        for line in train_lines
        for hint in filter(None, line.split("\t")[0].split("||"))
    ]
    offered = [target for _, target in hints if batches.MARK in target]
    assert offered
    assert len(offered) < len(hints)
    assert everything.made((number, chunk), seed=11) == (train_lines, tested, counts)


def test_a_line_that_is_kept_back_stops_the_recipe(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.tsv"
    corpus.write_text("\t".join(pairs()[0]) + "\n", "utf-8")
    with pytest.raises(SystemExit, match="kept back"):
        list(everything.pairs([corpus], [pairs()[0][1].upper()]))


def test_the_best_translation_is_like_the_reference_and_follows_the_glossary() -> None:
    line = best.parsed(
        "ministre==Minister||lundi==Monday¦\tLe ministre part lundi.\tThe minister left.\n"
    )
    metric = CHRF()
    said = ["The pastor left on Monday.", "The Minister left.", "The Minister leaves on Monday."]
    assert best.chosen(line, said, metric) == said[1]
    assert best.chosen(line, said[:1], metric) is None
    assert best.chosen(line, [], metric) is None


def test_packed_lines_travel_in_parts_and_give_the_same_sequences(tmp_path: Path) -> None:
    file, folder = tmp_path / "train.tsv", tmp_path / "packed"
    lines = [f"ministre==minister¦pastor\t{french}\t{english}" for _, french, english in pairs()]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    tokenizer = SHIPPED / "sentencepiece.model"
    assert pack.pack(file, tokenizer, folder, workers=1) == len(lines)
    parts = pack.write_parts(folder, 100)
    assert len(parts) > 1
    for name in pack.ARRAYS:
        (folder / name).unlink()
    pack.unpack(folder)
    packed = batches.PackedBatches(folder, tokens=200, seed=5)
    encoder = batches.Encoder(tokenizer)
    assert [packed.sequence(n) for n in range(len(lines))] == list(map(encoder.sequence, lines))
    epoch = list(packed.epoch(0))
    assert sum(map(len, epoch)) == len(lines)
    assert all(len(batch) * max(map(batches.size, batch)) <= 200 for batch in epoch)
    assert list(packed.epoch(0)) == epoch
    prompt, _ = epoch[0][0]
    assert prompt.count(batches.IS) == 2


def test_the_rate_warms_up_stays_and_falls() -> None:
    options = train.parsed(OPTIONS)
    at = [(0, 0.0), (59, 60.0), (500, 1800.0), (900, 3150.0), (999, 3600.0)]
    rates = [schedule.rate(schedule.Position(step, seconds=s), options) for step, s in at]
    assert rates == [pytest.approx(r) for r in (1 / 60, 1.0, 1.0, 0.5, 0.0)]
    rooted = train.parsed([*OPTIONS, "--shape", "root"])
    assert schedule.rate(schedule.Position(900, seconds=2925.0), rooted) == pytest.approx(0.5)


def test_shares_of_an_average_must_sum_to_one() -> None:
    assert average.part("work/a.pt:0.35") == (Path("work/a.pt"), 0.35)
    with pytest.raises(SystemExit, match="sum to 1"):
        average.average([(Path("a.pt"), 0.5), (Path("b.pt"), 0.4)])


def test_obedience_and_loops_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "hints.tsv"
    file.write_text(
        "ministre==Minister||accord==deal\tLe ministre signe.\tThe Minister.\n", "utf-8"
    )
    figures = evaluate.obedience(evaluate.read_hints(file), ["The minister signs the deal."])
    assert figures == {
        "hints": 2,
        "obeyed": 1.0,
        "obeyed_exact_case": 0.5,
        "sentences_obeyed": 1.0,
    }
    assert evaluate.looping("so it is, so it is, so it is, so it is", "c’est ainsi")
    assert not evaluate.looping("so it is", "c’est ainsi")


def test_a_mixture_takes_the_press_and_what_is_like_it(tmp_path: Path) -> None:
    press = tmp_path / "press"
    press.mkdir()
    written = [
        f"Le préfet a limogé {n} agents.\tThe prefect sacked {n} officers." for n in range(40)
    ]
    (press / "a.tsv").write_text("\n".join(written[2:]) + "\n", encoding="utf-8")
    for kept_back, line in zip(("held-out.tsv", "choosing.tsv"), written, strict=False):
        (press / kept_back).write_text(f"{line}\n", encoding="utf-8")
    laws = [
        f"europarl\tLe règlement {n} est adopté sans débat.\tRule {n} is adopted."
        for n in range(3000)
    ]
    laws[2000:2010] = [
        f"europarl\tLe préfet a reçu {n} agents blessés.\tThe prefect met {n} injured officers."
        for n in range(2000, 2010)
    ]
    corpus = tmp_path / "fr-en.tsv"
    corpus.write_text("\n".join(laws) + "\n", encoding="utf-8")

    learnt = mixture.press_pairs(press)
    chosen = mixture.mixture(
        learnt, mixture.corpus_pairs([corpus]), random.Random(1), {"europarl": 10}
    )

    assert {pair[1] for pair in learnt} == {line.partition("\t")[0] for line in written[2:]}
    assert set(learnt) < set(chosen)
    others = [pair[1] for pair in chosen if pair[0] == "europarl"]
    assert len(others) == 10
    assert sum("blessés" in french for french in others) > 2
    assert not any(f"règlement {n} " in french for french in others for n in range(mixture.FIRST))


PRESS = sorted((RECIPE / "press").glob("*.tsv"))


@pytest.mark.parametrize("path", PRESS, ids=lambda path: path.stem)
def test_press_pairs_are_written_as_the_training_expects(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        french, english = line.split("\t")
        assert (french, english) == (french.strip(), english.strip()), number
        assert not set(line) & set("‘’“”\u00a0\u202f"), number
        assert not set(english) & set("«»"), number


def test_no_press_pair_stands_twice() -> None:
    sources = [
        line.partition("\t")[0]
        for path in PRESS
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(sources) > 10_000
    assert len(set(sources)) == len(sources)
