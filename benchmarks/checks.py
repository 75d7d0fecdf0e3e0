"""French–English reference pairs in, a table of false alarms and of planted errors found out.

    python -m benchmarks.checks PAIRS.tsv.xz [--sources ud_pud,europarl] [--count 200] [--show ID]

PAIRS holds one pair a line, "source name TAB French TAB English" or "French TAB English"; it may be
compressed with xz. ``--count`` is taken from each source. ``--lengths`` prints the calibration of
the length check instead. Everything is deterministic.
"""

from __future__ import annotations

import argparse
import lzma
import math
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.checks import CHECKS, CheckSettings, run_checks
from pipeline.checks.lexicon import TITLES, TRANSLATED
from pipeline.checks.negation import french_negations
from pipeline.checks.words import fold
from pipeline.model import BlockKind, Finding, Segment, Severity, Translation

Pair = tuple[str, str]
Damage = Callable[[str, str, random.Random], str | None]
SEED = 20


def read_pairs(path: Path, sources: frozenset[str], count: int) -> dict[str, list[Pair]]:
    """Read up to ``count`` pairs of each source, in file order."""
    found: dict[str, list[Pair]] = {}
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            name = fields[0] if len(fields) == 3 else path.stem
            pairs = found.setdefault(name, [])
            if len(pairs) < count and (not sources or name in sources):
                pairs.append((fields[-2], fields[-1]))
    return {name: pairs for name, pairs in found.items() if pairs}


def check(source: str, target: str) -> list[Finding]:
    """Run all checks on one pair."""
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    translation = Translation(segment.id, target, -0.3, True, "reference")
    return list(run_checks(segment, translation, (), BlockKind.PARAGRAPH, CheckSettings()))


# --- damages: each gives a damaged translation, or None where it does not apply -------------------


def digit_changed(_: str, target: str, rng: random.Random) -> str | None:
    """Change one digit."""
    places = [match.start() for match in re.finditer("[0-9]", target)]
    if not places:
        return None
    at = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != target[at]])
    return target[:at] + digit + target[at + 1 :]


def number_dropped(_: str, target: str, rng: random.Random) -> str | None:
    """Drop one number written with digits."""
    numbers = list(re.finditer(r"\b[0-9][0-9.,]*\b ?", target))
    if not numbers:
        return None
    match = rng.choice(numbers)
    return target[: match.start()] + target[match.end() :]


def scale_changed(_: str, target: str, __: random.Random) -> str | None:
    """Turn a million into a billion and the reverse."""
    swap = {"million": "billion", "billion": "million"}
    changed = re.sub(r"\b(million|billion)\b", lambda m: swap[m[1]], target)
    return changed if changed != target else None


def negation_removed(source: str, target: str, _: random.Random) -> str | None:
    """Take "not", "n't" or "never" out of a sentence whose source is negated."""
    if not french_negations(source):
        return None
    changed = re.sub(r"\bcannot\b", "can", target)
    changed = re.sub(r"n['’]t\b| (?:not|never)\b", "", changed, count=1)
    return changed if changed != target else None


def last_third_dropped(_: str, target: str, __: random.Random) -> str | None:
    """Stop after two thirds of the words."""
    words = target.split()
    return " ".join(words[: len(words) * 2 // 3]) if len(words) >= 6 else None


def half_dropped(_: str, target: str, __: random.Random) -> str | None:
    """Leave out the middle half of the words."""
    words = target.split()
    quarter = len(words) // 4
    return " ".join(words[:quarter] + words[-quarter:]) if len(words) >= 12 else None


def phrase_repeated(_: str, target: str, rng: random.Random) -> str | None:
    """Say three words twice running."""
    words = target.split()
    if len(words) < 8:
        return None
    at = rng.randrange(len(words) - 4)
    return " ".join(words[: at + 3] + words[at : at + 3] + words[at + 3 :])


def looped(_: str, target: str, rng: random.Random) -> str | None:
    """Say one word six times running."""
    words = target.split()
    if len(words) < 4:
        return None
    at = rng.randrange(len(words) - 1)
    return " ".join(words[:at] + [words[at]] * 6 + words[at + 1 :])


def left_in_french(source: str, _: str, __: random.Random) -> str | None:
    """Deliver the source."""
    return source if len(source.split()) >= 4 else None


def half_in_french(source: str, target: str, _: random.Random) -> str | None:
    """Deliver the second half in French."""
    french, english = source.split(), target.split()
    if len(french) < 10:
        return None
    return " ".join(english[: len(english) // 2] + french[len(french) // 2 :])


def name_dropped(source: str, target: str, rng: random.Random) -> str | None:
    """Replace a proper name that both sides share by "the"."""
    inside = re.findall(r"(?<=[a-zà-ÿ,] )[A-Z][a-zà-ÿ]{3,}\b", source)
    shared = [n for n in inside if re.search(rf"(?<=[a-z,] ){n}\b", target)]
    shared = [n for n in shared if fold(n) not in TRANSLATED | TITLES]
    if not shared:
        return None
    name = rng.choice(shared)
    return re.sub(rf"\b{name}\b", "the", target)


def emptied(_: str, __: str, ___: random.Random) -> str | None:
    """Deliver nothing."""
    return ""


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        digit_changed,
        number_dropped,
        scale_changed,
        negation_removed,
        last_third_dropped,
        half_dropped,
        phrase_repeated,
        looped,
        left_in_french,
        half_in_french,
        name_dropped,
        emptied,
    )
}


# --- tables ---------------------------------------------------------------------------------------


def false_alarms(pairs: dict[str, list[Pair]]) -> Iterator[str]:
    """Rows: findings per 1,000 reference segments, by check and by source."""
    names = [*pairs, "all"]
    yield "| findings per 1,000 | " + " | ".join(names) + " |"
    yield "|---|" + "---:|" * len(names)
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for name, items in pairs.items():
        for source, target in items:
            found = check(source, target)
            labels = {f.check for f in found}
            labels |= {f"tier {f.severity}" for f in found}
            if any(f.severity is not Severity.POLISH for f in found):
                labels.add("**block or look**")
            counts[name].update(labels)
            counts["all"].update(labels)
    sizes = {name: len(items) for name, items in pairs.items()}
    sizes["all"] = sum(sizes.values())
    tiers = [f"tier {severity}" for severity in Severity]
    for label in [*CHECKS, *tiers, "**block or look**"]:
        rates = (f"{counts[name][label] / sizes[name] * 1000:.1f}" for name in names)
        yield f"| {label} | " + " | ".join(rates) + " |"
    yield "| segments | " + " | ".join(str(sizes[name]) for name in names) + " |"


def planted(pairs: dict[str, list[Pair]], show: str) -> Iterator[str]:
    """Rows: how many of the planted errors of each kind a new block or look finding reports."""
    rng = random.Random(SEED)
    yield "| planted error | planted | found | blocked |"
    yield "|---|---:|---:|---:|"
    for name, damage in DAMAGES.items():
        tried = found = blocked = 0
        for source, target in (pair for items in pairs.values() for pair in items):
            damaged = damage(source, target, rng)
            if damaged is None or damaged == target:
                continue
            clean = {(f.check, f.message) for f in check(source, target)}
            fresh = [
                f
                for f in check(source, damaged)
                if f.severity is not Severity.POLISH and (f.check, f.message) not in clean
            ]
            tried += 1
            found += bool(fresh)
            blocked += any(f.severity is Severity.BLOCK for f in fresh)
            if show == name and not fresh:
                yield f"    {source}\n    {damaged}\n"
        rates = (f"{n / tried:.1%}" if tried else "–" for n in (found, blocked))
        yield f"| {name.replace('_', ' ')} | {tried} | " + " | ".join(rates) + " |"


def lengths(pairs: dict[str, list[Pair]]) -> Iterator[str]:
    """Rows: mean and standard deviation of ln(English/French characters), sources over 20."""
    for name, items in pairs.items():
        logs = [math.log(len(en) / len(fr)) for fr, en in items if len(fr) > 20 and en]
        yield f"{name}: {len(logs)} pairs, mean {statistics.mean(logs):.3f}, " + (
            f"standard deviation {statistics.pstdev(logs):.3f}"
        )


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--sources", default="ud_pud,mt_geneval,europarl,un_test,tico19")
    parser.add_argument("--count", type=int, default=250, help="pairs taken from each source")
    parser.add_argument("--show", default="", help="print alarms of a check, or errors missed")
    parser.add_argument("--lengths", action="store_true", help="print the length calibration")
    options = parser.parse_args()
    pairs = read_pairs(
        options.pairs, frozenset(filter(None, options.sources.split(","))), options.count
    )
    if options.lengths:
        print(*lengths(pairs), sep="\n")
        return
    if options.show in CHECKS:
        for source, target in (pair for items in pairs.values() for pair in items):
            for finding in check(source, target):
                if finding.check == options.show:
                    print(f"{finding.severity}: {finding.message}\n    {source}\n    {target}")
    print(*false_alarms(pairs), "", *planted(pairs, options.show), sep="\n")


if __name__ == "__main__":
    main()
