"""What an engine is asked and answers, and what is delivered of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model.documents import Document, Segment
from pipeline.model.findings import Measured
from pipeline.model.terms import Occurrence, Outcome


@dataclass(frozen=True, slots=True)
class Hint:
    """A glossary hint for an engine: the term as it stands in the source, and its rendering."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a dictionary says of a term as it stands in the source, the likeliest rendering first.

    One alone is asked for, as a hint asks; of several the engine may take one, in whatever form,
    or none. An empty one beside another says that it may be none.
    """

    source: str
    renderings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence for an engine, with the hints and suggestions that apply to it.

    ``draft`` is its translation under other hints, if there is one: an engine may go along with it
    as far as it finds nothing likelier.
    """

    source: str
    hints: tuple[Hint, ...] = ()
    draft: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How probable an engine finds a text as a translation: natural log-probabilities, ≤ 0.

    ``mean`` is over its tokens, the end included; ``words`` has the mean of each word's tokens,
    words being what white space parts. ``entropies`` has for each word how open the engine's most
    open choice of a token of it was (in nats, of the likeliest few), nothing where it told none.
    """

    mean: float
    words: tuple[float, ...]
    entropies: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A candidate translation: text, mean token log-probability (≤ 0), whether it was ended.

    ``likelihood`` is that of the text, where finding it has already told.
    """

    text: str
    score: float
    finished: bool
    likelihood: Likelihood | None = None


class Origin(StrEnum):
    """Whose the English of a segment is: the engine's, a person's, or the source's own.

    What comes from the memory a person approved in another text.
    """

    ENGINE = "engine"
    PERSON = "person"
    MEMORY = "memory"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Translation:
    """The delivered translation of a segment.

    ``confidence``, ``words`` and ``entropies`` are the ``Likelihood`` of the text under the engine,
    no words where none was asked. ``finished`` is False where the engine never ended the sentence.
    ``engine`` is the engine's fingerprint. An engine's is ``split`` where it was translated in
    parts, ``retried`` where it was decoded again to mend a blocking fault. ``outcomes`` say what
    was done about each glossary entry that was found in the source and not declined; ``lexicon``
    has the words that the dictionary gave and the text took over. ``measured`` is what the search
    for it was told by the checks: it goes into the store with its translation, which gives it
    apart.
    """

    segment_id: str
    text: str
    confidence: float
    finished: bool
    engine: str
    origin: Origin = Origin.ENGINE
    words: tuple[float, ...] = ()
    entropies: tuple[float, ...] = ()
    split: bool = False
    retried: bool = False
    outcomes: tuple[Outcome, ...] = ()
    lexicon: tuple[Hint, ...] = ()
    measured: Measured | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Translated:
    """A text as the translate stage leaves it: ``segments`` and ``translations`` in parallel."""

    document: Document
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class EngineCard:
    """Who translated: the engine's name, a title for people, version, licence and fingerprint.

    ``sha256`` is the hash of the model's files; of chained models theirs with a space between.
    """

    name: str
    title: str
    version: str
    licence: str
    fingerprint: str
    size: int = 0
    sha256: str = ""
