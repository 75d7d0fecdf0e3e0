"""Settings, glossary and reference in; the plan of a run, which a job stores, out.

Here the registries meet the settings: what may be named there is what they hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.checks import CHECKS, CheckProfile, thresholds
from pipeline.config import Names, Settings, flat, restore_settings, settings_with
from pipeline.engines import Offer, choose_engine, engine_names
from pipeline.errors import JobError
from pipeline.glossary import Glossary
from pipeline.model import House
from pipeline.stages.publish.dress import DRESSES, PARTS
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.house import dump_house, restore_house
from pipeline.stages.publish.render import LAYOUTS, PAGE_SIZES, THEME
from pipeline.stages.publish.stage import attachments


def registered() -> Names:
    """Give the names that the registries know, by kind."""
    return {
        "engine": engine_names(),
        "check": [*CHECKS],
        "threshold": [*thresholds()],
        "page size": [*PAGE_SIZES],
        "layout": [*LAYOUTS],
        "theme value": [*THEME],
        "dress": [*DRESSES],
        "part": [*PARTS],
        "export": [*EXPORTS],
        "attachment": attachments(),
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a run depends on besides the source; a job stores it as its snapshot.

    ``given`` are the settings that somebody asked for, by dotted name: what a later run that does
    not name them goes on with. Its glossaries are paths. ``offer`` is the engine, where it was
    looked for already; a snapshot does not hold it. ``house`` is the house style, whole: a job
    needs its folder no more.
    """

    settings: Settings
    glossary: Glossary
    reference: str | None = None
    given: Mapping[str, object] = field(default_factory=dict)
    offer: Offer | None = field(default=None, compare=False)
    house: House | None = None

    def dump(self) -> dict[str, object]:
        """Give the plan as plain data, equal to what comes back from JSON."""
        plain: dict[str, object] = json.loads(
            json.dumps(
                {
                    "settings": self.settings.model_dump(),
                    "glossary": self.glossary.dump(),
                    "reference": self.reference,
                    "given": dict(self.given),
                    **({"house": dump_house(self.house)} if self.house else {}),
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
        """Give the engine, chosen now unless it is known; raises EngineError if it is not there."""
        return self.offer or choose_engine(self.settings.engine.name, self.settings.engine.sha256)

    def ready(self) -> Plan:
        """Give the plan with its engine chosen: what is missing is told before a text is begun."""
        return replace(self, offer=self.engine())

    @classmethod
    def restore(cls, value: Mapping[str, Any]) -> Plan:
        """Give back the plan that ``dump`` gave; raises JobError where it cannot be read."""
        try:
            names = registered()
            settings = restore_settings(names, value["settings"])
            glossary = Glossary.restore(value["glossary"])
            given = value.get("given")
            if given is None:
                given = _asked_for(settings, glossary, settings_with(names, {}))
            house = restore_house(value.get("house"))
            return cls(settings, glossary, value["reference"], given, house=house)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise JobError("the stored plan cannot be read", "run the text again") from None


def _asked_for(settings: Settings, glossary: Glossary, defaults: Settings) -> dict[str, object]:
    """Give what was asked for in a plan of before that was stored: all that is no default.

    Where its glossaries lay is not known, only their names.
    """
    usual = flat(defaults)
    asked = {key: value for key, value in flat(settings).items() if usual[key] != value}
    return asked | {"glossaries": list(glossary.names)}
