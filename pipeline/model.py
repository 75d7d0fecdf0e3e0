"""The data that flows between the stages: frozen dataclasses and nothing else.

``bytes → Document → Block → Segment → Translation → Finding → Edition``. Every span is a pair of
offsets in Unicode code points, end exclusive. This module imports the standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SOURCE_LANGUAGE = "fr"
TARGET_LANGUAGE = "en"


class Stage(StrEnum):
    """The five stages, in order; the names users see everywhere."""

    READ = "read"
    SEGMENT = "segment"
    TRANSLATE = "translate"
    SCORE = "score"
    PUBLISH = "publish"


class BlockKind(StrEnum):
    """What a block is in the source text, which decides how it is set.

    ``FURNITURE`` is what stands on every page: heads and feet.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CODE = "code"
    CELL = "cell"
    CAPTION = "caption"
    NOTE = "note"
    IMAGE = "image"
    CUE = "cue"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader repaired or wants known: a code, a sentence, the line (from 1)."""

    code: str
    message: str
    line: int | None = None


class InlineKind(StrEnum):
    """What a stretch of a block is, besides its words.

    ``NOTE`` is a point: where a note, named by the mark's value, is called for.
    """

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    SMALL_CAPS = "small_caps"
    CODE = "code"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class InlineMark:
    """A mark on ``text[start:end]``; ``value`` is a link's address or a note's name."""

    kind: InlineKind
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text, such as a heading or a paragraph; only code has lines.

    ``level`` is the heading level (1–6), the nesting depth of a list item or quotation (from 1) or
    the column of a table's cell (from 1), 0 otherwise. ``marker`` is a list item's own mark as it
    stands in the source ("-", "3."), "" in the later paragraphs of an item; of a note its number or
    name; of a cell its table and row ("2.1"), both counted from 1; of a cue its time. ``marks`` are
    in the order of their starts.
    """

    index: int
    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    marks: tuple[InlineMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What stands around a text besides its title, author and date, "" where there is nothing.

    ``subtitle`` and ``kicker`` are blocks of the text too, right after its title, so that they are
    translated with the rest; those in English are what a person gave instead. ``credit`` is that of
    the images.
    """

    subtitle: str = ""
    kicker: str = ""
    title_en: str = ""
    subtitle_en: str = ""
    kicker_en: str = ""
    source: str = ""
    rights: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that has been read: cleaned blocks, and the SHA-256 of the bytes they came from.

    ``scopes`` are the glossary scopes that the text names itself, in its front matter.
    """

    sha256: str
    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    date: str = ""
    language: str = SOURCE_LANGUAGE
    notices: tuple[Notice, ...] = ()
    scopes: tuple[str, ...] = ()
    front: Front = Front()


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a block: ``source == block.text[start:end]``; ``id`` is like "b0012.s03"."""

    id: str
    block: int
    start: int
    end: int
    source: str


class EntryKind(StrEnum):
    """What a glossary entry is: a proper name, a term, or a text to keep untranslated."""

    NAME = "name"
    TERM = "term"
    KEEP = "keep"


class CaseRule(StrEnum):
    """How letter case counts when an entry is looked for, and its renderings in the English.

    ``SMART``: a lower-case letter of the entry matches both cases, a capital only itself;
    ``EXACT``: every letter as written; ``IGNORE``: case does not count.
    """

    SMART = "smart"
    EXACT = "exact"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Entry:
    """One glossary entry: how a French name or term must be rendered in English.

    ``id`` is a short content hash of source, target and kind, stable under reordering.
    ``file`` and ``line`` say where it was written.
    """

    id: str
    source: str
    target: str
    kind: EntryKind = EntryKind.TERM
    variants: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    case: CaseRule = CaseRule.SMART
    note: str = ""
    scope: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a source text: ``surface == text[start:end]``."""

    entry: Entry
    start: int
    end: int
    surface: str


class OccurrenceStatus(StrEnum):
    """What became of one occurrence of an entry.

    ``PRESENT``: an allowed rendering stands in the translation (``method``: how it got there).
    ``MISSING``: none does (``reason``: why). ``FORBIDDEN``: a forbidden one stands there.
    ``DECLINED``: a person decided that the entry does not apply here.
    """

    PRESENT = "present"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    DECLINED = "declined"


class Verdict(StrEnum):
    """What a person decided about an occurrence: it is right as it is, or does not apply here."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


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


class Method(StrEnum):
    """How an entry's rendering got into a translation: the rungs of the glossary's ladder."""

    MODEL = "model"
    HINT = "hint"
    HYPOTHESIS = "hypothesis"
    REPLACED = "replaced"
    REDECODED = "redecoded"
    EDITED = "edited"


METHODS: Mapping[str, str] = {
    Method.MODEL: "the model said so by itself",
    Method.HINT: "the model was given the entry and said so",
    Method.HYPOTHESIS: "another of the model's hypotheses said so and was chosen",
    Method.REPLACED: "the model's own rendering was replaced",
    Method.REDECODED: "the sentence was translated again around it",
    Method.EDITED: "a person wrote the translation",
}
"""The rungs of the glossary's ladder, from the top: how an allowed rendering got where it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about an occurrence: the rung (see ``METHODS``), or why it was not applied."""

    method: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a glossary entry in a segment, and what was done about it.

    ``start``/``end`` are offsets in the segment's source; ``target_start``/``target_end`` in its
    translation, or None where no rendering was found. ``method`` is one of ``METHODS`` where an
    allowed rendering stands; else ``reason`` says why none does. ``decision`` is a person's.
    """

    segment_id: str
    entry_id: str
    start: int
    end: int
    surface: str
    status: OccurrenceStatus
    rendering: str = ""
    target_start: int | None = None
    target_end: int | None = None
    method: str = ""
    reason: str = ""
    decision: Verdict = Verdict.NONE


@dataclass(frozen=True, slots=True)
class Hint:
    """A glossary hint for an engine: the term as it stands in the source, and its rendering."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence for an engine, with the hints that apply to it."""

    source: str
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How probable an engine finds a text as a translation: natural log-probabilities, ≤ 0.

    ``mean`` is over its tokens, the end included; ``words`` has the mean of each word's tokens,
    words being what white space parts.
    """

    mean: float
    words: tuple[float, ...]


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

    ``confidence`` and ``words`` are the ``Likelihood`` of the text under the engine, no words where
    none was asked. ``finished`` is False where the engine never ended the sentence. ``engine`` is
    the engine's fingerprint. An engine's is ``split`` where it was translated in parts, ``retried``
    where it was decoded again to mend a blocking fault. ``outcomes`` say what was done about each
    glossary entry that was found in the source and not declined; ``lexicon`` has the words that the
    dictionary gave and the text took over. ``measured`` is what the search for it was told by the
    checks: it goes into the store with its translation, which gives it apart.
    """

    segment_id: str
    text: str
    confidence: float
    finished: bool
    engine: str
    origin: Origin = Origin.ENGINE
    words: tuple[float, ...] = ()
    split: bool = False
    retried: bool = False
    outcomes: tuple[Outcome, ...] = ()
    lexicon: tuple[Hint, ...] = ()
    measured: Measured | None = field(default=None, compare=False, repr=False)


class Severity(StrEnum):
    """How much a finding matters: stop and mend, look at it, or polish."""

    BLOCK = "block"
    LOOK = "look"
    POLISH = "polish"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a segment; spans are offsets in source and translation, or None.

    ``id`` is a short hash of the check and the texts that it is about, "" before the score stage
    gives it. ``dismissed`` ones do not count: a person looked, and decided that nothing is amiss.
    """

    check: str
    severity: Severity
    segment_id: str
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    id: str = ""
    dismissed: bool = False


Reading = tuple[str, float | None]
"""A threshold's id and the raw value that it limits, None where there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check holds against a segment, before anyone's thresholds decide.

    It stands where each reading of ``beyond`` lies beyond its limit. Of a check's doubts on a
    segment those that stand at the lowest ``step`` are its findings.
    """

    finding: Finding
    beyond: tuple[Reading, ...] = ()
    step: int = 0

    @property
    def is_measured(self) -> bool:
        """Whether it has all its raw values; without one it never stands."""
        return all(value is not None for _, value in self.beyond)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the checks that go by texts alone hold against a translation.

    It stands for whatever has the same ``basis``: the two texts, and where renderings are in them.
    """

    basis: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """A reference metric over a document: its score and its sacrebleu signature.

    ``mean`` and ``margin`` are of bootstrap resamples: 95 % of them lie within ``mean ± margin``.
    """

    name: str
    score: float
    signature: str
    mean: float
    margin: float


@dataclass(frozen=True, slots=True)
class ReferenceScore:
    """A reference text, the segments it translates (one, or those of a block), and their scores."""

    segment_ids: tuple[str, ...]
    reference: str
    bleu: float
    chrf: float
    ter: float


@dataclass(frozen=True, slots=True)
class Loss:
    """A term of the French that the English seems to lack, and how it could have been rendered."""

    start: int
    end: int
    surface: str
    renderings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How probable a critical or major error in a translation is, and where it may be.

    ``words`` are spans of suspicious words, ``lost`` terms that seem to be left out or rendered
    wrongly; the likeliest first.
    """

    probability: float
    words: tuple[tuple[int, int], ...] = ()
    lost: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """A segment in the order of risk, which is between 0 and 1.

    ``sureness`` is the mean probability of its words, ``percentile`` its place by it, in per cent,
    among the job's segments of the same engine; None where no engine was asked, or too few are
    there. ``unanswered`` is the mean evidence, a content word of the French, that it was left out,
    or of the English, that it was added, whichever is more (see ``pipeline.language.lexicon``);
    None where there is no such word. ``weak_words`` are spans in the translation, the weakest
    first. ``probability`` is that of a critical or major error, findings counted in; None where
    nothing is estimated. ``lost_words`` are spans in the source, ``reasons`` say why, in parallel.
    """

    segment_id: str
    risk: float
    sureness: float | None
    percentile: float | None
    unanswered: float | None
    weak_words: tuple[tuple[int, int], ...]
    probability: float | None = None
    lost_words: tuple[tuple[int, int], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Translated:
    """A text as the translate stage leaves it: ``segments`` and ``translations`` in parallel."""

    document: Document
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the score stage gives: findings in document order, dismissed ones too, and ``ranks``.

    The ranks go from the worst segment to the best. ``metrics`` and ``reference_scores`` are empty
    where no reference was given.
    """

    findings: tuple[Finding, ...] = ()
    ranks: tuple[Rank, ...] = ()
    metrics: tuple[Metric, ...] = ()
    reference_scores: tuple[ReferenceScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A line of a job's history: a run finished a stage, when (ISO 8601, UTC), with what result."""

    at: str
    stage: Stage
    message: str


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
class Dress:
    """What stands beside the text of an edition.

    ``parts`` are the names of what does; ``notices`` is the language in which the edition speaks of
    itself: "en", "fr" or "both"; ``english`` the spelling of the English: "gb", "us" or
    "as-written".
    """

    name: str = "review"
    parts: frozenset[str] = frozenset(
        {"marks", "numbers", "notice", "glossary", "findings", "colophon"}
    )
    notices: str = "en"
    english: str = "as-written"


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
