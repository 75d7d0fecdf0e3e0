"""Run every step of the recipe once on a few sentences, on this processor; stops at what fails.

    python -m recipe.rehearse --model fr-en-1 --work /tmp/rehearsal [--hours 0.03]

A rehearsal for a machine that is lent by the minute: the same commands with ``--device cuda`` are
what a long training runs. The model has its full size, so that some 4 GB of memory are needed.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from pathlib import Path

from . import ct2file
from .shape import PRODUCTS

FRENCH = "Le ministre rencontre la délégation de {place} le {day} mars ; la réunion a été annulée."
ENGLISH = "The minister meets the delegation of {place} on {day} March; the meeting was cancelled."
PLACES = ("Tallinn", "Bruxelles", "Genève", "Ottawa", "Dakar", "Lyon", "Oslo", "Riga")
SOURCES = ("news", "laws")


def corpus() -> str:
    """Return a small corpus of two sources."""
    return "".join(
        f"{source}\t{FRENCH.format(place=place, day=day)}\t{ENGLISH.format(place=place, day=day)}\n"
        for source in SOURCES
        for place in PLACES
        for day in range(2, 14)
    )


def run(module: str, *arguments: object) -> None:
    """Run a module of the recipe with arguments; raises SystemExit where it fails."""
    print("recipe." + module, *arguments, flush=True)
    done = subprocess.run([sys.executable, "-m", f"recipe.{module}", *map(str, arguments)])
    if done.returncode:
        raise SystemExit(f"{module} failed")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the folder that ships")
    parser.add_argument("--work", type=Path, required=True, help="an empty folder")
    parser.add_argument("--hours", type=float, default=0.03, help="of each training")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    work: Path = options.work
    work.mkdir(parents=True)
    whole = joined(options.model, work / "whole")
    tokenizer = whole / "sentencepiece.model"
    (work / "corpus.tsv").write_text(corpus(), encoding="utf-8")
    run("everything", "--corpus", work / "corpus.tsv", "--out", work / "data", "--slice", 8)
    packed = work / "packed"
    data = work / "data" / "train.tsv"
    run(
        *("pack", "--data", data, "--tokenizer", tokenizer, "--out", packed),
        *("--part-bytes", 1000),
    )
    for name in ("tokens.npy", "sizes.npy"):
        (packed / name).unlink()
    run("pack", "--unpack", packed)
    run("restore", "--model", whole, "--out", work / "start.pt")
    common = (
        *("--start", work / "start.pt", "--tokenizer", tokenizer, "--tokens", 400),
        *("--device", options.device, "--decay", 0.5, "--save-minutes", 0.02),
    )
    slices = ("--slices", work / "data" / "slices.tsv", "--average", 0.9, "--shape", "root")
    for products in ("bfloat16",) if options.device != "cpu" else PRODUCTS:
        folder = work / products
        paths = ("--data", packed, "--work", folder, "--products", products)
        run("train", *common, *paths, *slices, "--hours", options.hours)
        # A second call goes on from the checkpoint.
        run("train", *common, *paths, *slices, "--hours", 2 * options.hours)
        log = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
        losses = [entry["held out all"] for entry in log if "held out all" in entry]
        print("held out", losses)
        if not losses or not all(map(math.isfinite, losses)):
            raise SystemExit("the loss is no number")
    mixed = [f"{work / 'bfloat16' / 'average.pt'}:0.5", f"{work / 'start.pt'}:0.5"]
    run("average", "--out", work / "average.pt", *mixed)
    new = work / "fr-en-new"
    run("convert", "--weights", work / "average.pt", "--template", whole, "--out", new)
    run("network", "--model", new)
    run("evaluate", "--model", new, "--hints", work / "data" / "hints.tsv", "--every", 3)
    run("package", new, work / "shipped", "--version", "rehearsal", "--max-pieces", 120)
    print("every step ran")


def joined(model: Path, out: Path) -> Path:
    """Join the parts of a model that ships to the folder that the recipe works on."""
    out.mkdir()
    files = json.loads((model / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name, file in files.items():
        content = b"".join((model / part).read_bytes() for part in file["parts"])
        (out / name).write_bytes(content)
    ct2file.read(out / "model.bin")
    return out


if __name__ == "__main__":
    main()
