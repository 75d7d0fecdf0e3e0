"""A job and its plan in; where its edition comes from and what its results depend on, out."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from pipeline import __version__
from pipeline.errors import UsageError
from pipeline.jobs.bundled import edition_hash
from pipeline.jobs.folder import Job
from pipeline.jobs.plan import Plan
from pipeline.model import EngineCard, Provenance, Stage
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.exports import VERSION as EXPORTS_VERSION
from pipeline.stages.publish.house import dump_house
from pipeline.stages.publish.render import VERSION as RENDER_VERSION
from pipeline.stages.read import stage as read
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate
from pipeline.text import fingerprint


def provenance(job: Job, plan: Plan, engine: EngineCard, decisions_sha256: str) -> Provenance:
    """Give what an edition of the job is made from."""
    created = _created()
    return Provenance(
        input_name=job.source_name,
        input_sha256=job.source_sha256,
        engine=engine,
        glossary_names=plan.glossary.names,
        glossary_sha256=plan.glossary.sha256,
        config_sha256=fingerprint(
            plan.settings.model_dump(exclude={"output", "engine", "glossaries"})
        ),
        program_version=__version__,
        reference_sha256=fingerprint(plan.reference) if plan.reference is not None else "",
        created=created,
        decisions_sha256=decisions_sha256,
    )


def fingerprints(
    plan: Plan, origin: Provenance, recalled: Mapping[str, str], decided: Mapping[Stage, str]
) -> dict[Stage, str]:
    """Give what each stage's result depends on; each includes the stage before it.

    ``decided`` are the hashes of the decisions that concern a stage, ``recalled`` what the memory
    has for the text's sentences.
    """
    settings = plan.settings
    wanted: dict[Stage, str] = {}
    chain = ""
    for stage, parts in {
        Stage.READ: [
            read.VERSION,
            origin.input_sha256,
            settings.read.model_dump(),
            settings.front.model_dump(),
        ],
        Stage.SEGMENT: [segment.VERSION],
        Stage.TRANSLATE: [
            translate.VERSION,
            origin.engine.fingerprint,
            origin.glossary_sha256,
            decided[Stage.TRANSLATE],
            settings.translate.model_dump(),
            *([sorted(recalled.items())] if recalled else []),
        ],
        Stage.SCORE: [
            score.VERSION,
            settings.checks.model_dump(),
            plan.reference,
            decided[Stage.SCORE],
        ],
        Stage.PUBLISH: [
            publish.VERSION,
            RENDER_VERSION,
            EXPORTS_VERSION,
            edition_hash(),
            settings.publish.model_dump(),
            asdict(origin),
            *([dump_house(plan.house)] if plan.house else []),
        ],
    }.items():
        chain = wanted[stage] = fingerprint(chain, stage, parts)
    return wanted


def _created() -> str:
    """Give the time of SOURCE_DATE_EPOCH in W3C format, "" where it is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    # The last second of the year 9999 has 12 digits.
    if not re.fullmatch("[0-9]{1,12}", epoch) or int(epoch) > 253402300799:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}", "give it whole seconds since 1970, or unset it"
        )
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
