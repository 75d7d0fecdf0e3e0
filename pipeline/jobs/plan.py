"""Settings, glossary and reference in; the plan of a run, which a job stores, out.

Here the registries meet the settings: what may be named there is what they hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.checks import CHECKS, CheckProfile, thresholds
from pipeline.config import Names, Settings, restore_settings
from pipeline.engines import Offer, choose_engine, engine_names
from pipeline.errors import JobError
from pipeline.glossary import Glossary
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.render import LAYOUTS, PAGE_SIZES
from pipeline.stages.publish.stage import attachments


def registered() -> Names:
    """Give the names that the registries know, by kind."""
    return {
        "engine": engine_names(),
        "check": [*CHECKS],
        "threshold": [*thresholds()],
        "page size": [*PAGE_SIZES],
        "layout": [*LAYOUTS],
        "export": [*EXPORTS],
        "attachment": attachments(),
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a run depends on besides the source; a job stores it as its snapshot."""

    settings: Settings
    glossary: Glossary
    reference: str | None = None

    def dump(self) -> dict[str, object]:
        """Give the plan as plain data, equal to what comes back from JSON."""
        plain: dict[str, object] = json.loads(
            json.dumps(
                {
                    "settings": self.settings.model_dump(),
                    "glossary": self.glossary.dump(),
                    "reference": self.reference,
                }
            )
        )
        return plain

    @property
    def checks(self) -> CheckProfile:
        """Give the checks' settings."""
        checks = self.settings.checks
        return CheckProfile(frozenset(checks.disabled), checks.thresholds)

    def engine(self) -> Offer:
        """Choose the engine; raises EngineError where it is not there."""
        return choose_engine(self.settings.engine.name, self.settings.engine.sha256)

    @classmethod
    def restore(cls, value: Mapping[str, Any]) -> Plan:
        """Give back the plan that ``dump`` gave; raises JobError where it cannot be read."""
        try:
            return cls(
                restore_settings(registered(), value["settings"]),
                Glossary.restore(value["glossary"]),
                value["reference"],
            )
        except (KeyError, TypeError):
            raise JobError("the stored plan cannot be read", "run the text again") from None
