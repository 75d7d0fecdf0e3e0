"""A job's stages and history, how far people are with it, and what its edition shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model.documents import Document, Segment
from pipeline.model.findings import Finding, Metric, Rank, ReferenceScore
from pipeline.model.terms import Entry, Occurrence
from pipeline.model.translations import EngineCard, Translation


class Stage(StrEnum):
    """The five stages, in order; the names users see everywhere."""

    READ = "read"
    SEGMENT = "segment"
    TRANSLATE = "translate"
    SCORE = "score"
    PUBLISH = "publish"


class SentenceState(StrEnum):
    """How far a person is with a sentence: not read yet, read, or signed off for print."""

    OPEN = "open"
    READ = "read"
    SIGNED_OFF = "signed-off"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A segment whose translation a person read or signed off, and who that was."""

    segment_id: str
    state: SentenceState
    reviewer: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A line of a job's history: a run finished a stage, when (ISO 8601, UTC), with what result."""

    at: str
    stage: Stage
    message: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an edition was made from; every field is a pure function of the inputs.

    ``created`` is the time of SOURCE_DATE_EPOCH as "2031-10-16T09:00:00Z", "" where it is not set:
    an edition never asks the clock. ``reference_sha256`` is "" where no reference was given,
    ``decisions_sha256`` where no person's decision counts.
    """

    input_name: str
    input_sha256: str
    engine: EngineCard
    glossary_names: tuple[str, ...]
    glossary_sha256: str
    config_sha256: str
    program_version: str
    reference_sha256: str = ""
    created: str = ""
    decisions_sha256: str = ""


@dataclass(frozen=True, slots=True)
class HouseFont:
    """A font of a house style: its face in a stylesheet, its own name, what it covers, its file.

    ``covered`` are code points, from the first to the last; the file is WOFF2.
    """

    family: str
    weight: int
    style: str
    title: str
    covered: tuple[tuple[int, int], ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo of a house: its media type, its file, and its width and height.

    ``still`` is it as PNG or JPEG, for what knows no drawings; ``black`` as PNG in shades of black.
    """

    kind: str
    data: bytes
    size: tuple[float, float]
    still: bytes
    black: bytes


@dataclass(frozen=True, slots=True)
class House:
    """A house style: a publisher's name, colours and sizes, logo and fonts with their licence."""

    name: str
    theme: Mapping[str, str] = field(default_factory=dict)
    logo: Logo | None = None
    fonts: tuple[HouseFont, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Dress:
    """What stands beside the text of an edition.

    ``parts`` are the names of what does; ``notices`` is the language in which the edition speaks of
    itself: "en", "fr" or "both"; ``english`` the spelling of the English: "gb", "us" or
    "as-written"; ``page_size`` is that of a document with pages; ``theme`` are the colours and
    sizes that differ from ours, of the ``house`` and of the settings.
    """

    name: str = "review"
    parts: frozenset[str] = frozenset(
        {"marks", "numbers", "notice", "glossary", "findings", "colophon"}
    )
    notices: str = "en"
    english: str = "as-written"
    page_size: str = "A4"
    theme: Mapping[str, str] = field(default_factory=dict)
    house: House | None = None


@dataclass(frozen=True, slots=True)
class EditionContent:
    """Everything an edition shows, in order; what the renderers get and all they get.

    ``segments``, ``translations`` run in parallel, one translation a segment, in document order.
    ``entries`` are the glossary entries that occur, in order of first use. The ``findings`` count,
    those ``dismissed`` do not. ``ranks`` go from the worst segment to the best. ``metrics`` and
    ``reference_scores`` are empty where no reference was given. ``reviewed`` has the segments that
    a person has read as they stand; those that are open are not in it.
    """

    document: Document
    target_title: str
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]
    entries: tuple[Entry, ...]
    occurrences: tuple[Occurrence, ...]
    findings: tuple[Finding, ...]
    metrics: tuple[Metric, ...]
    provenance: Provenance
    reference_scores: tuple[ReferenceScore, ...] = ()
    dismissed: tuple[Finding, ...] = ()
    ranks: tuple[Rank, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    dress: Dress = Dress()
