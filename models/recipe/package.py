"""A converted model folder in, the shipped model folder out: parts under 45 MB, manifest, hashes.

python models/recipe/package.py FOLDER models/fr-en-1 --version 1.5 --max-pieces 120
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

PART_BYTES = 45_000_000
FILES = (
    "model.bin",
    "network.onnx",
    "network-float.onnx",
    "overflow.onnx",
    "vocabulary.json",
    "sentencepiece.model",
)


def write_parts(source: Path, target: Path) -> dict[str, object]:
    """Copy one file in parts of at most PART_BYTES; give its entry for the manifest."""
    data = source.read_bytes()
    count = -(-len(data) // PART_BYTES)
    names = (
        [source.name] if count == 1 else [f"{source.name}.{n + 1}of{count}" for n in range(count)]
    )
    for number, name in enumerate(names):
        (target / name).write_bytes(data[number * PART_BYTES : (number + 1) * PART_BYTES])
    return {"parts": names, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def main() -> None:
    """Parse the command line and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument(
        "--max-pieces", type=int, required=True, help="longest source it was trained on"
    )
    args = parser.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    manifest = {
        "name": "enregard-fr-en",
        "title": "Enregard fr-en",
        "version": args.version,
        "licence": "Gemma Terms of Use",
        "max_source_pieces": args.max_pieces,
        "files": {name: write_parts(args.source / name, args.target) for name in FILES},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (args.target / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
