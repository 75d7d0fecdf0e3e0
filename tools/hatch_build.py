"""Puts what ships beside the package (config, glossaries, example) inside a built wheel.

An editable install needs none of it: the program then finds the folders in the clone.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The model has wheels of its own: see models/wheels.
SHIPPED = ("config", "glossaries", "examples")


class ShippedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the shipped folders to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; ``version`` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"].update(
                {name: f"pipeline/_shipped/{name}" for name in SHIPPED}
            )
