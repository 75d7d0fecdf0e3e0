"""The locks and a list of known advisories in; those that concern a locked version, out.

    python tools/audit.py               hold every lock against tools/advisories.tsv
    python tools/audit.py --take CLONE  make that list anew of a clone of the PyPA advisory database

A line of the list is an advisory: the package, its number, what it is known by elsewhere, and the
versions that are affected ("1.0..1.3": from 1.0 on, before 1.3; "1.0..": no version mends it; or
single versions). Exits with 1 where a locked version is affected. What was found after the day of
the list is not in it: an old list says little of young versions.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "advisories.tsv"
LOCKS = ("requirements.lock", "requirements-cluster.lock", "requirements-dev.lock")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Advisory:
    """What is known of a package: its numbers, and the versions that are affected."""

    package: str
    number: str
    aliases: str
    affected: tuple[str, ...]

    def concerns(self, version: str) -> bool:
        """Tell whether a version is affected."""
        given = Version(version)
        for each in self.affected:
            first, dots, end = each.partition("..")
            if not dots:
                if _same(first, given):
                    return True
            elif Version(first or "0") <= given and (not end or given < Version(end)):
                return True
        return False


def _same(version: str, given: Version) -> bool:
    try:
        return Version(version) == given
    except InvalidVersion:
        return False


def known(text: str) -> list[Advisory]:
    """Read the list; its first line says of what day it is."""
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [Advisory(row[0], row[1], row[2], tuple(row[3].split())) for row in rows]


def pinned(lock: str) -> set[tuple[str, str]]:
    """Give the packages of a lock with their versions."""
    return {(normal(name), version) for name, version in _PINNED.findall(lock)}


def normal(name: str) -> str:
    """Give a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def audit(lock: str, advisories: list[Advisory]) -> list[tuple[str, str, Advisory]]:
    """Give what of a lock is affected, and by what."""
    by_name: dict[str, list[Advisory]] = {}
    for each in advisories:
        by_name.setdefault(each.package, []).append(each)
    return [
        (name, version, each)
        for name, version in sorted(pinned(lock))
        for each in by_name.get(name, ())
        if each.concerns(version)
    ]


def take(clone: Path) -> str:
    """Make the list of a clone, which need have no work tree."""
    import yaml

    git = ["git", "-C", str(clone)]
    day = _of([*git, "log", "-1", "--format=%cs %H"]).split()
    names = _of([*git, "ls-tree", "-r", "--name-only", "HEAD", "vulns"]).splitlines()
    asked = "".join(f"HEAD:{name}\n" for name in names)
    told = subprocess.run(
        [*git, "cat-file", "--batch"], input=asked.encode(), capture_output=True, check=True
    ).stdout
    lines: list[str] = []
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for data in _objects(told):
        advisory = yaml.load(data, loader)
        # A link is an object too, and no advisory.
        lines += _lines(advisory) if isinstance(advisory, dict) else ()
    head = (
        f"# Advisories of the PyPA advisory database (CC BY 4.0) as of {day[0]}, {day[1][:12]}; "
        "shortened by tools/audit.py\n"
    )
    return head + "".join(f"{line}\n" for line in sorted(set(lines)))


def _objects(told: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        size = int(told[at:end].split()[2])
        yield told[end + 1 : end + 1 + size]
        at = end + size + 2


def _lines(advisory: dict[str, Any]) -> Iterator[str]:
    if advisory.get("withdrawn"):
        return
    for each in advisory.get("affected", ()):
        spans = [*_spans(each.get("ranges", ()))] or each.get("versions", ())
        if spans:
            name, aliases = normal(each["package"]["name"]), ",".join(advisory.get("aliases", ()))
            yield "\t".join((name, advisory["id"], aliases, " ".join(map(str, spans))))


def _spans(ranges: list[dict[str, Any]]) -> Iterator[str]:
    for span in ranges:
        if span["type"] == "GIT":
            continue
        first = ""
        for event in span["events"]:
            if "introduced" in event:
                first = f"{event['introduced']}.."
            elif "fixed" in event and first:
                yield f"{first}{event['fixed']}"
                first = ""
        if first:
            yield first


def _of(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Audit every lock, or take the list anew."""
    if sys.argv[1:2] == ["--take"]:
        LIST.write_text(take(Path(sys.argv[2])), encoding="utf-8")
        return 0
    text = LIST.read_text(encoding="utf-8")
    print(text.partition("\n")[0].removeprefix("# "))
    affected = 0
    for name in LOCKS:
        lock = (ROOT / name).read_text(encoding="utf-8")
        found = audit(lock, known(text))
        affected += len(found)
        print(f"{name}: {len(pinned(lock))} packages, {len(found)} affected")
        for package, version, each in found:
            print(f"  {package} {version}: {each.number} {each.aliases} {' '.join(each.affected)}")
    return 1 if affected else 0


if __name__ == "__main__":
    sys.exit(main())
