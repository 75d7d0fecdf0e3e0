"""French–English reference pairs in, a table of false alarms and of planted errors found out.

    python -m benchmarks.checks PAIRS.tsv
    python -m benchmarks.checks TEXT.fr TEXT.en
    python -m benchmarks.checks CORPUS.tsv.xz --sources ud_pud,europarl --count 500 --part odd

A file of pairs holds one a line, "French TAB English" or "source name TAB French TAB English", and
may be compressed with xz. ``--count`` is taken from each source; ``--part`` takes every second
line, so that rules can be made on one half and measured on the other. An error counts as found
only if the damaged translation has a finding that the sound one had not. Everything is
deterministic.

Human translations differ from their sources too. ``verdicts.tsv`` says of alarms that a person has
judged whether they are true; a pair whose every block or look alarm is true is no sound pair, and
the rate of false alarms leaves it out. What nobody has judged counts as false. ``--show CHECK``
prints the alarms of a check with the ids that the file knows pairs by.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.corpus import lines
from benchmarks.damages import DAMAGES, GRAVE, Material, Planted
from pipeline.checks import CHECKS, Case, CheckProfile, check_case, judge
from pipeline.errors import InputError
from pipeline.glossary import Matcher, verify
from pipeline.model import Entry, Finding, Segment, Severity, Translation

Pair = tuple[str, str]
_ID = "b0001.s01"
_VERDICTS = Path(__file__).with_name("verdicts.tsv")
_ALARM, _TRUE, _FALSE = "**block or look**", "true", "**false, of sound pairs**"
_PARTS = {"all": (0, 1), "even": (0, 2), "odd": (1, 2)}


def read_pairs(
    paths: list[Path], sources: frozenset[str], count: int, part: str
) -> dict[str, list[Pair]]:
    """Read up to ``count`` pairs of each source, in file order."""
    found: dict[str, list[Pair]] = {}
    for name, *pair in _lines(paths):
        if not sources or name in sources:
            found.setdefault(name, []).append((pair[0], pair[1]))
    start, step = _PARTS[part]
    return {name: list(islice(pairs, start, None, step))[:count] for name, pairs in found.items()}


def _lines(paths: list[Path]) -> Iterator[list[str]]:
    """Yield source name, French and English of each line."""
    texts = [list(lines(path)) for path in paths]
    if len(texts) == 2:
        if len(texts[0]) != len(texts[1]):
            raise InputError(f"{paths[0]} and {paths[1]} differ in their number of lines")
        yield from ([paths[0].stem, *pair] for pair in zip(*texts, strict=True))
        return
    for line in texts[0]:
        fields = line.split("\t")
        yield [paths[0].stem, *fields] if len(fields) == 2 else fields[:3]


def check(source: str, target: str, entries: Iterable[Entry] = ()) -> list[Finding]:
    """Run all checks on one pair."""
    by_id = {entry.id: entry for entry in entries}
    segment = Segment(_ID, 1, 0, len(source), source)
    occurrences = verify(_ID, Matcher(by_id.values()).matches(source), target) if by_id else ()
    translation = Translation(_ID, target, -0.3, True, "reference")
    case = Case(segment, translation, tuple(occurrences), entries=by_id)
    return list(judge(check_case(case), CheckProfile()))


def new_findings(error: Planted) -> list[Finding]:
    """Return the findings of the damaged translation that the sound one does not have."""
    clean = {(f.check, f.message) for f in check(error.source, error.clean, error.entries)}
    found = check(error.source, error.damaged, error.entries)
    return [f for f in found if (f.check, f.message) not in clean]


def plant(kind: str, pairs: list[Pair]) -> Iterator[Planted]:
    """Yield the errors of one kind planted in the pairs; each has a random generator of its own."""
    for index, (source, target) in enumerate(pairs):
        material = Material(source, target, *pairs[index - 1])
        error = DAMAGES[kind](material, Random(f"{kind}/{index}"))
        if error is not None:
            yield error


def pair_id(source: str, target: str) -> str:
    """Name a pair by its texts."""
    return sha256(f"{source}\t{target}".encode()).hexdigest()[:12]


Verdicts = Mapping[tuple[str, str], bool]


def read_verdicts(path: Path = _VERDICTS) -> Verdicts:
    """Read whether an alarm is true, by the id of the pair and the check."""
    rows = [line.split("\t") for line in lines(path) if not line.startswith("#")]
    return {(pair, name): verdict == "true" for _, pair, name, verdict, _ in rows}


def false_alarms(pairs: dict[str, list[Pair]], verdicts: Verdicts) -> Iterator[str]:
    """Rows: findings per 1,000 reference segments, by check and by source."""
    names = [*pairs, "all"]
    yield "| findings per 1,000 | " + " | ".join(names) + " |"
    yield "|---|" + "---:|" * len(names)
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for name, items in pairs.items():
        for source, target in items:
            found = check(source, target)
            labels = {f.check for f in found if f.severity is not Severity.POLISH}
            checks = labels & CHECKS.keys()
            labels |= {f"tier {f.severity}" for f in found}
            if checks:
                labels.add(_ALARM)
                pair = pair_id(source, target)
                true = all(verdicts.get((pair, each), False) for each in checks)
                labels.add(_TRUE if true else _FALSE)
            counts[name].update(labels)
            counts["all"].update(labels)
    sizes = {name: len(items) for name, items in pairs.items()}
    sizes["all"] = sum(sizes.values())
    tiers = [f"tier {severity}" for severity in Severity]
    for label in [*CHECKS, *tiers, _ALARM, _FALSE]:
        if any(counts[name][label] for name in names):
            sound = {n: sizes[n] - (label == _FALSE) * counts[n][_TRUE] for n in names}
            rates = (f"{counts[name][label] / sound[name] * 1000:.1f}" for name in names)
            yield f"| {label} | " + " | ".join(rates) + " |"
    yield "| segments | " + " | ".join(str(sizes[name]) for name in names) + " |"


def planted(pairs: dict[str, list[Pair]], show: str) -> Iterator[str]:
    """Rows: how many of the planted errors of each kind are found, and at which tier at least."""
    yield "| planted error | planted | found | block or look | block |"
    yield "|---|---:|---:|---:|---:|"
    everything = [pair for items in pairs.values() for pair in items]
    rates: dict[str, list[float]] = {}
    for kind in DAMAGES:
        counts = [0, 0, 0]
        tried = 0
        for error in plant(kind, everything):
            tiers = {finding.severity for finding in new_findings(error)}
            tried += 1
            counts[0] += bool(tiers)
            counts[1] += bool(tiers - {Severity.POLISH})
            counts[2] += Severity.BLOCK in tiers
            if show == kind and not tiers:
                yield f"    {error.source}\n    {error.damaged}\n"
        name = kind.replace("_", " ") + (" (grave)" if kind in GRAVE else "")
        if tried:
            rates[kind] = [count / tried for count in counts]
            yield f"| {name} | {tried} | " + _cells(rates[kind])
    for name, kinds in (("mean of the grave kinds", GRAVE), ("mean of all kinds", DAMAGES)):
        known = [rates[kind] for kind in kinds if kind in rates]
        if known:
            yield f"| **{name}** | | " + _cells(
                [statistics.mean(c) for c in zip(*known, strict=True)]
            )


def _cells(rates: Iterable[float]) -> str:
    return " | ".join(f"{rate:.1%}" for rate in rates) + " |"


def lengths(pairs: dict[str, list[Pair]]) -> Iterator[str]:
    """Rows: mean and standard deviation of ln(English/French characters), sources over 20."""
    for name, items in pairs.items():
        logs = [math.log(len(en) / len(fr)) for fr, en in items if len(fr) > 20 and en]
        yield f"{name}: {len(logs)} pairs, mean {statistics.mean(logs):.3f}, " + (
            f"standard deviation {statistics.pstdev(logs):.3f}"
        )


def alarms(pairs: dict[str, list[Pair]], name: str) -> Iterator[str]:
    """Yield the findings of one check in the reference translations, with their texts."""
    for source, target in (pair for items in pairs.values() for pair in items):
        for finding in check(source, target):
            if finding.check == name:
                known = f"{pair_id(source, target)} {finding.severity}: {finding.message}"
                yield f"{known}\n    {source}\n    {target}"


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("pairs", type=Path, nargs="+", help="a file of pairs, or two files")
    parser.add_argument("--sources", default="", help="names of the sources to take, by commas")
    parser.add_argument("--count", type=int, default=10**9, help="pairs taken from each source")
    parser.add_argument("--part", choices=_PARTS, default="all", help="which lines of each source")
    parser.add_argument("--show", default="", help="print alarms of a check, or errors missed")
    parser.add_argument("--lengths", action="store_true", help="print the length calibration")
    options = parser.parse_args()
    sources = frozenset(filter(None, options.sources.split(",")))
    pairs = read_pairs(options.pairs, sources, options.count, options.part)
    if options.lengths:
        print(*lengths(pairs), sep="\n")
        return
    if options.show in CHECKS:
        print(*alarms(pairs, options.show), sep="\n")
    start = time.perf_counter()
    print(*false_alarms(pairs, read_verdicts()), sep="\n")
    print(f"{time.perf_counter() - start:.1f} s for the checks above", "", file=sys.stderr)
    print("", *planted(pairs, options.show), sep="\n")


if __name__ == "__main__":
    main()
