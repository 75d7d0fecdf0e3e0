"""The locks and what is installed in; licences, and a bill of materials (CycloneDX 1.6), out.

    python tools/sbom.py             print each locked package with its licence
    python tools/sbom.py FILE.json   write the bill of materials

Exits with 1 where a licence is not known, or none that suits the project.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_VERSION = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Licences that suit an Apache-2.0 project; the LGPL as a wheel.
_FIT = re.compile(
    r"apache|mit|bsd|isc|mozilla|mpl|python software|psf|lgpl|lesser general|zlib|unlicense"
    r"|hpnd|0bsd|cc0|public domain",
    re.IGNORECASE,
)


def locked() -> list[tuple[str, str, list[str]]]:
    """Give the name, version and hashes of each locked package; two where systems differ."""
    text = LOCK.read_text(encoding="utf-8")
    found = list(_PINNED.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return sorted(
        (match[1].lower(), match[2], _HASH.findall(text[match.end() : end]))
        for match, end in zip(found, ends, strict=True)
    )


def models() -> list[dict[str, object]]:
    """Give the models that ship, each as a component of the bill."""
    found = []
    for path in sorted((ROOT / "models").glob("*/manifest.json")):
        manifest = json.loads(path.read_bytes())
        weights = manifest["files"]["model.bin"]["sha256"]
        found.append(
            {
                "type": "machine-learning-model",
                "name": manifest["name"],
                "version": manifest["version"],
                "hashes": [{"alg": "SHA-256", "content": weights}],
                "licenses": [{"license": {"name": manifest["licence"]}}],
            }
        )
    return found


def licence(name: str) -> str:
    """Give the licence that an installed package says it has; "" where it is not installed."""
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:
        return ""
    classified = [
        each.rpartition(" :: ")[2]
        for each in told.get_all("Classifier", [])
        if each.startswith("License :: ") and not each.endswith("OSI Approved")
    ]
    stated = [(told.get_all(key) or [""])[0] for key in ("License-Expression", "License")]
    given = stated[0] or "; ".join(classified) or stated[1]
    return " ".join(str(given).split())[:200]


def suits(words: str) -> bool:
    """Tell whether a licence suits the project, or one of several to choose from."""
    return bool(_FIT.search(words))


def bill() -> dict[str, object]:
    """Give the bill of materials: the program, the locked packages and the models that ship."""
    components: list[dict[str, object]] = [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
            **({"licenses": [{"license": {"name": words}}]} if (words := licence(name)) else {}),
        }
        for name, version, hashes in locked()
    ]
    program = {
        "type": "application",
        "name": "enregard",
        "version": _VERSION.findall((ROOT / "pipeline" / "__init__.py").read_text("utf-8"))[0],
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": components + models(),
    }


def main() -> int:
    """Print the licences, or write the bill."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")
        return 0
    unfit = 0
    for name, version, _ in locked():
        words = licence(name)
        mark = "" if not words or suits(words) else "  << look at this"
        unfit += bool(mark)
        print(f"{name} {version}: {words or '(not installed here)'}{mark}")
    return 1 if unfit else 0


if __name__ == "__main__":
    sys.exit(main())
