"""A model's name in; its files, wherever they were installed, out, each checked by its hash.

In a clone they lie in ``models``. Installed from wheels they are packages of data, more than one
where the model is large, that name themselves under the entry points ``enregard.models``.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any

from pipeline.errors import EngineError
from pipeline.files import shipped
from pipeline.jsonfile import load_json

GROUP = "enregard.models"
# The graph that keeps keys and values as bytes, which takes a quarter of the memory and less time;
# and the one for a runtime that cannot: there is no later one for Macs with Intel's processors.
GRAPH, FLOAT_GRAPH = "network.onnx", "network-float.onnx"
_BYTES_SINCE = (1, 28)
_MANIFEST = "manifest.json"
_KEYS = {"title", "version", "licence", "max_source_pieces", "files"}
_REMEDY = "install Enregard again, with its model"


@cache
def graph() -> str:
    """Name the graph for the ONNX Runtime that is installed."""
    installed = tuple(int(part) for part in version("onnxruntime").split(".")[:2])
    return GRAPH if installed >= _BYTES_SINCE else FLOAT_GRAPH


@cache
def folders(name: str) -> tuple[Path, ...]:
    """Give the folders that hold the files of a model; none where it is not installed."""
    in_clone = shipped("models") / name
    if in_clone.is_dir():
        return (in_clone,)
    # A package of data is looked up, not run.
    specs = [importlib.util.find_spec(each.value) for each in entry_points(group=GROUP, name=name)]
    places = [
        Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ()
    ]
    return tuple(sorted(set(places)))


@cache
def manifest(name: str) -> dict[str, Any]:
    """Give what a model says of itself; raises EngineError where it is missing or damaged."""
    path = find(name, _MANIFEST)
    try:
        found: dict[str, Any] = load_json(path.read_bytes())
        if not found.keys() >= _KEYS:
            raise ValueError
    except (OSError, ValueError, AttributeError):
        raise EngineError(f"the embedded model is missing or damaged ({path})", _REMEDY) from None
    return found


def content(name: str, file: str) -> bytes:
    """Join the parts of a file of a model; raises EngineError unless it has the hash it must."""
    wanted = manifest(name)["files"][file]
    try:
        data = b"".join(find(name, part).read_bytes() for part in wanted["parts"])
    except OSError as error:
        raise EngineError(f"the embedded model is incomplete ({error.filename})", _REMEDY) from None
    if hashlib.sha256(data).hexdigest() != wanted["sha256"]:
        raise EngineError(f"the embedded model is damaged ({find(name, file)})", _REMEDY)
    return data


def find(name: str, file: str) -> Path:
    """Give where a file of a model is, or should be; raises EngineError without the model."""
    places = folders(name)
    if not places:
        raise EngineError(
            "the embedded model is not installed", "install enregard-fr-en beside Enregard"
        )
    return next((path for place in places if (path := place / file).is_file()), places[0] / file)
