"""Enregard's engine against Argos Translate's own API: the same package, document and beam.

    python benchmarks/engines.py PACKAGE.argosmodel SENTENCES.txt --peer ARGOS_ENV/bin/python

SENTENCES.txt holds a French sentence a line. ``--peer`` is the Python of an environment made by
``pip install argostranslate`` (it brings torch and stanza; Enregard's never has them). Argos is
spared its sentence splitter, whose model it would download: it gets a sentence a line and splits
nothing. Both run as processes of their own, in turn; what counts is the ratio, printed last.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

BEAM = 4

OURS = """
import json, resource, sys, time
started = time.perf_counter()
from pipeline.engines import choose_engine
from pipeline.model import Request
offer = choose_engine("argos")
engine = offer.open(0)
source, sink, beam = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(source) as lines, open(sink, "w") as out:
    def chunks():
        chunk = []
        for line in lines:
            chunk.append(Request(line.rstrip("\\n")))
            if len(chunk) == offer.chunk_segments:
                yield chunk
                chunk = []
        if chunk:
            yield chunk
    loaded = time.perf_counter()
    for chunk in chunks():
        for best, *_ in engine.translate(chunk, beam):
            out.write(best.text + "\\n")
done = time.perf_counter()
"""

THEIRS = """
import json, resource, sys, time
started = time.perf_counter()
from argostranslate import sbd, translate
class Lines:
    def __init__(self, package): pass
    def split_sentences(self, text): return [text]
translate.MiniSBDSentencizer = Lines
translate.StanzaSentencizer = Lines
source, sink, beam = sys.argv[1], sys.argv[2], int(sys.argv[3])
translate.settings.beam_size = beam
translation = translate.get_translation_from_codes("fr", "en")
text = open(source).read().rstrip("\\n")
loaded = time.perf_counter()
with open(sink, "w") as out:
    out.write(translation.translate(text) + "\\n")
done = time.perf_counter()
"""

END = """
print(json.dumps({
    "seconds": done - loaded,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
}))
"""


def run(
    python: str, code: str, source: Path, sink: Path, environment: dict[str, str]
) -> dict[str, Any]:
    """Run one side on one document; give its seconds, peak memory and time to the end."""
    started = time.perf_counter()
    command = [python, "-c", code + END, str(source), str(sink), str(BEAM)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures | {"whole": time.perf_counter() - started}


def same(ours: Path, theirs: Path) -> tuple[float, list[tuple[str, str]]]:
    """Give the share of equal lines and the pairs that differ."""
    left, right = (path.read_text(encoding="utf-8").split("\n") for path in (ours, theirs))
    pairs = list(zip(left, right, strict=True))[:-1]
    different = [(a, b) for a, b in pairs if a != b]
    return 1 - len(different) / len(pairs), different


def main() -> None:
    """Compare the two on documents of several lengths, and their first sentence after a start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--peer", required=True, help="the Python that has argostranslate")
    parser.add_argument("--lengths", type=int, nargs="+", default=[200, 2000, 20000])
    parser.add_argument("--peer-longest", type=int, default=2000, help="spare the peer beyond this")
    parser.add_argument("--starts", type=int, default=3, help="cold starts to take the best of")
    parser.add_argument("--show", type=int, default=5, help="differences to print")
    options = parser.parse_args()
    lines = options.sentences.read_text(encoding="utf-8").split("\n")
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(options.package) as archive:
            archive.extractall(folder / "packages")
        environment = os.environ | {
            "ARGOS_PACKAGES_DIR": str(folder / "packages"),
            "ENREGARD_PACKAGES_DIR": str(folder / "none"),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_CACHE_HOME": str(folder),
            "PYTHONPATH": str(root),
        }
        theirs_environment = {k: v for k, v in environment.items() if k != "PYTHONPATH"}
        source, ours, theirs = folder / "source", folder / "ours", folder / "theirs"
        print("| sentences | Enregard, sentences/s | Argos, sentences/s | ratio | equal text |")
        print("|---:|---:|---:|---:|---:|")
        shown: list[tuple[str, str]] = []
        memory = []
        for length in options.lengths:
            source.write_text("\n".join(lines[:length]) + "\n", encoding="utf-8")
            mine = run(sys.executable, OURS, source, ours, environment)
            speed = length / mine["seconds"]
            row = f"| {length:,} | {speed:.0f} | "
            peer_peak = None
            if length <= options.peer_longest:
                peer = run(options.peer, THEIRS, source, theirs, theirs_environment)
                peer_peak = peer["peak_mb"]
                share, different = same(ours, theirs)
                shown = different
                other = length / peer["seconds"]
                row += f"{other:.0f} | {speed / other:.1f} | {share:.2%} |"
            else:
                row += "– | – | – |"
            print(row, flush=True)
            memory.append((length, mine["peak_mb"], peer_peak))
        print("\n| sentences | Enregard, peak MB | Argos, peak MB |\n|---:|---:|---:|")
        for length, mine_peak, peer_peak in memory:
            print(f"| {length:,} | {mine_peak:.0f} | {f'{peer_peak:.0f}' if peer_peak else '–'} |")
        source.write_text(lines[0] + "\n", encoding="utf-8")
        starts = [
            (
                run(sys.executable, OURS, source, ours, environment)["whole"],
                run(options.peer, THEIRS, source, theirs, theirs_environment)["whole"],
            )
            for _ in range(options.starts)
        ]
        mine_start, peer_start = (min(side) for side in zip(*starts, strict=True))
        print(
            f"\nFirst sentence after a cold start: Enregard {mine_start:.2f} s, "
            f"Argos {peer_start:.2f} s, ratio {peer_start / mine_start:.1f}"
        )
        for mine_text, peer_text in shown[: options.show]:
            print(f"\nEnregard: {mine_text}\nArgos:    {peer_text}")


if __name__ == "__main__":
    main()
