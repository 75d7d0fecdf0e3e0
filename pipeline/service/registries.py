"""What the options of a command line take by name: what the registries hold, quick to load."""

from __future__ import annotations

from pipeline.engines import engine_names
from pipeline.errors import UsageError
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.exports.original import NAME as ORIGINAL
from pipeline.stages.publish.names import HTML, PDF
from pipeline.text import unknown
from pipeline.yamlfile import parse_yaml

# The edition itself, by the format that it is handed out in.
EDITIONS = {"pdf": PDF, "html": HTML}


def names_of(kind: str) -> list[str]:
    """Give the names of a kind: "engine", "export" or "dress"."""
    return {
        "engine": engine_names(),
        "export": [*EDITIONS, ORIGINAL, *EXPORTS],
        "dress": [*DRESSES],
    }[kind]


def require(kind: str, name: str) -> None:
    """Raise UsageError unless there is one of this kind with this name."""
    known = names_of(kind)
    if name not in known:
        raise UsageError(*unknown(kind, name, known))


def setting(text: str) -> tuple[str, object]:
    """Read one setting, written as in a configuration file but on one line: ``key=value``."""
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise UsageError(
            f"{text!r} sets nothing", "write KEY=VALUE, as publish.layout=facing-pages"
        )
    return key.strip(), parse_yaml(value.strip(), key.strip(), UsageError)[0]
