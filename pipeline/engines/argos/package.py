"""A folder in, an Argos Translate package out: what it translates, its files and their hash.

A package is a folder with ``metadata.json``, a CTranslate2 model in ``model/`` and either
``sentencepiece.model`` or ``bpe.model``. Nothing else in it is ever read.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EngineError
from pipeline.files import checksums, explain
from pipeline.jsonfile import load_json

METADATA = "metadata.json"
TOKENIZERS = ("sentencepiece.model", "bpe.model")
MODEL = "model"
_WEIGHTS = f"{MODEL}/model.bin"
# What a CTranslate2 model folder may hold.
_MODEL_FILE = re.compile(r"model/(?:model\.bin|config\.json|vmap\.txt|\w*vocabulary\.(?:json|txt))")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,30}")
MAX_METADATA_BYTES = 1_000_000
MAX_BYTES = 4_000_000_000


def is_part(name: str) -> bool:
    """Tell whether a relative name is a file that a package needs."""
    return name == METADATA or name in TOKENIZERS or bool(_MODEL_FILE.fullmatch(name))


@dataclass(frozen=True, slots=True)
class ArgosPackage:
    """A package in a folder; ``files`` are the relative names that decide what it translates."""

    folder: Path
    source: str
    target: str
    source_name: str
    target_name: str
    version: str
    target_prefix: str
    tokenizer: str
    files: tuple[str, ...]

    @property
    def title(self) -> str:
        """Give the two languages for people."""
        return f"{self.source_name} → {self.target_name}"

    @property
    def size(self) -> int:
        """Give the bytes of its files together."""
        return sum((self.folder / name).stat().st_size for name in self.files)

    @property
    def sha256(self) -> str:
        """Give the hash of its content; it is read whole every time. Raises EngineError."""
        return content_hash(self.read())

    def read(self) -> dict[str, bytes]:
        """Read its files whole, by name; raises EngineError."""
        try:
            return {name: (self.folder / name).read_bytes() for name in self.files}
        except OSError as error:
            raise _unreadable(self.folder, explain(error)) from None


def content_hash(files: dict[str, bytes]) -> str:
    """Give the hash of a package's content: that of the ``sha256sum`` listing of its files."""
    return hashlib.sha256(checksums(files)).hexdigest()


def read_package(folder: Path) -> ArgosPackage:
    """Read a package's metadata and list its files.

    Raises EngineError where it is no whole package of a translation model.
    """
    try:
        with (folder / METADATA).open("rb") as stream:
            data = stream.read(MAX_METADATA_BYTES + 1)
        if len(data) > MAX_METADATA_BYTES:
            raise _unreadable(folder, f"{METADATA} is too large")
        metadata = load_json(data)
        parts = [METADATA, *TOKENIZERS, *(f"{MODEL}/{p.name}" for p in (folder / MODEL).iterdir())]
        files = tuple(sorted(n for n in parts if is_part(n) and (folder / n).is_file()))
        size = sum((folder / name).stat().st_size for name in files)
    except OSError as error:
        raise _unreadable(folder, explain(error)) from None
    except ValueError:
        raise _unreadable(folder, f"{METADATA} is not valid JSON") from None
    if not isinstance(metadata, dict) or metadata.get("type", "translate") != "translate":
        raise _unreadable(folder, "it holds no translation model")
    tokenizer = next((name for name in TOKENIZERS if name in files), None)
    if tokenizer is None or _WEIGHTS not in files:
        raise _unreadable(folder, "its model or its tokenizer is missing")
    if size > MAX_BYTES:
        raise _unreadable(folder, f"it is larger than {MAX_BYTES:,} bytes")

    def text(key: str, pattern: re.Pattern[str] | None = None) -> str:
        value = metadata.get(key, "")
        if not isinstance(value, str) or len(value) > 100 or not value.isprintable():
            raise _unreadable(folder, f"{METADATA}: {key} is not a short text")
        if pattern and not pattern.fullmatch(value):
            raise _unreadable(folder, f"{METADATA}: {key} is {value!r}")
        return value

    source, target = text("from_code", _LANGUAGE), text("to_code", _LANGUAGE)
    return ArgosPackage(
        folder=folder,
        source=source,
        target=target,
        source_name=text("from_name") or source,
        target_name=text("to_name") or target,
        version=text("package_version", _VERSION),
        target_prefix=text("target_prefix"),
        tokenizer=tokenizer,
        files=files,
    )


def _unreadable(folder: Path, reason: str) -> EngineError:
    return EngineError(f"… is no usable Argos package: {reason}", "install it again", where=folder)
