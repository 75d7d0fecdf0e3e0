"""What the stage's steps work on: a sentence for the engine, and all that is known of it so far.

Each step takes parts and gives them back with more in them: the search adds candidates and chooses,
the ladder mends what was chosen. What a candidate is asked is worked out once, when it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pipeline.checks import Case, CheckProfile, check_case, judge, measure
from pipeline.checks.terms import ID as TERMS
from pipeline.glossary import verify
from pipeline.glossary.verify import too_often
from pipeline.language.dictionary import Answers, dictionary
from pipeline.language.dictionary.keys import Place
from pipeline.model import (
    Doubt,
    Finding,
    Hint,
    Hypothesis,
    Likelihood,
    Match,
    Measured,
    Occurrence,
    OccurrenceStatus,
    Outcome,
    Request,
    Segment,
    Severity,
    Translation,
)
from pipeline.stages.translate.ranker import worth

# What a finding weighs when candidates are compared: nothing minor outweighs a blocking one.
WEIGHTS: Final = {Severity.BLOCK: 10.0, Severity.LOOK: 1.0, Severity.POLISH: 0.1}

# What the weight of a finding is worth (``ranker``). Between 2 and 8 makes no difference on 700
# held-out pairs; above all else findings are worse by 0.2 BLEU.
_DOUBT: Final = 5.0

# Candidates are judged by every check at its own thresholds, whatever an editor leaves out later.
_EVERY_CHECK: Final = CheckProfile()


@dataclass(frozen=True, eq=False)
class Candidate:
    """A hypothesis for a part, and what the glossary and the checks find in it.

    ``lexical`` are the hints of the dictionary's that the engine was given for it.
    """

    segment: Segment
    matches: tuple[Match, ...]
    hypothesis: Hypothesis
    lexical: tuple[Hint, ...] = ()

    @property
    def text(self) -> str:
        """The English."""
        return self.hypothesis.text

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """What became of each match."""
        return verify(self.segment.id, self.matches, self.text)

    @cached_property
    def surplus(self) -> Mapping[str, int]:
        """The targets that stand more often than their entries occur, and how much more."""
        return too_often(self.matches, self.text)

    @cached_property
    def case(self) -> Case:
        """What the checks are asked about."""
        given = self.hypothesis
        return Case(
            self.segment,
            Translation(self.segment.id, given.text, given.score, given.finished, engine=""),
            self.occurrences,
            entries={match.entry.id: match.entry for match in self.matches},
        )

    @cached_property
    def measured(self) -> Measured:
        """What the checks hold against it, and will still when it is delivered."""
        return measure(self.case)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """All that the checks hold against it."""
        return check_case(replace(self.case, measured=self.measured))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks find."""
        return judge(self.doubts, _EVERY_CHECK)

    @cached_property
    def fault(self) -> float:
        """What the findings weigh, and entries that stand too often."""
        return self._weight(self.findings)

    @cached_property
    def other_fault(self) -> float:
        """The same but for entries that are not rendered."""
        return self._weight([each for each in self.findings if each.check != TERMS])

    def _weight(self, findings: Sequence[Finding]) -> float:
        surplus = sum(self.surplus.values())
        return sum(WEIGHTS[each.severity] for each in findings) + surplus * WEIGHTS[Severity.LOOK]

    @cached_property
    def answers(self) -> Answers:
        """Which words of the French it answers, as far as the dictionary knows them."""
        return dictionary().answered(self.segment.source, self.text)

    @cached_property
    def strange(self) -> tuple[Place, ...]:
        """Its words that are no English, nor names of the French."""
        return dictionary().strange(self.segment.source, self.text)

    @cached_property
    def worth(self) -> float:
        """How good it is among candidates for the same part, by what is known without a check.

        To compare what an engine was asked differently: hints make a hypothesis more probable.
        """
        source, strange = self.segment.source, len(self.strange)
        return worth(source, self.hypothesis, self.answers, self.lexical, strange)

    def renders(self, index: int) -> bool:
        """Tell whether the match of this number is rendered as its entry asks."""
        return self.occurrences[index].status is OccurrenceStatus.PRESENT

    @cached_property
    def rank(self) -> tuple[float, float]:
        """What candidates are ordered by, the best first.

        Blocking findings and entries that are not rendered before all else; then other findings
        and its worth together: a sentence that is far better is no worse for one doubt.
        """
        grave = sum(
            WEIGHTS[each.severity]
            for each in self.findings
            if each.check == TERMS or each.severity is Severity.BLOCK
        )
        return grave, _DOUBT * self.other_fault - self.worth


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, or a piece of one that is too long, on its way through the stage.

    ``numbers`` say which of the segment's matches its own are. ``candidates`` stand in the order
    they were found; ``best`` is the one to deliver, ``likelihood`` its text's where that is known.
    ``outcomes`` say for each match which method renders it, or why none does. ``retried``: the best
    came of an attempt to mend a blocking fault. ``lexical`` are those hints of the request that the
    dictionary gave.
    """

    segment: Segment
    request: Request
    matches: tuple[Match, ...]
    numbers: tuple[int, ...]
    candidates: tuple[Candidate, ...] = ()
    chosen: int = 0
    likelihood: Likelihood | None = None
    outcomes: tuple[Outcome, ...] = ()
    retried: bool = False
    lexical: tuple[Hint, ...] = ()

    @property
    def best(self) -> Candidate:
        """The candidate that was chosen; there is none before the first search."""
        return self.candidates[self.chosen]

    @property
    def own_hints(self) -> tuple[Hint, ...]:
        """The glossary's hints of the request."""
        return self.request.hints[: len(self.request.hints) - len(self.lexical)]

    @property
    def unaided(self) -> Candidate:
        """The best candidate that no hint of the dictionary's was given for."""
        return min(
            (each for each in self.candidates if not each.lexical), key=lambda each: each.rank
        )

    def candidate(self, hypothesis: Hypothesis, lexical: tuple[Hint, ...] = ()) -> Candidate:
        """Give a hypothesis as a candidate: the one there is already, if it was found before."""
        known = (each for each in self.candidates if each.hypothesis == hypothesis)
        return next(known, None) or Candidate(self.segment, self.matches, hypothesis, lexical)

    def with_candidates(self, found: Sequence[Candidate]) -> Part:
        """Add what was found; what is chosen stays."""
        return replace(self, candidates=tuple(dict.fromkeys((*self.candidates, *found))))

    def choosing(
        self, candidate: Candidate, likelihood: Likelihood | None, outcomes: tuple[Outcome, ...]
    ) -> Part:
        """Choose a candidate, with what is known of its text."""
        known = self.with_candidates([candidate])
        place = known.candidates.index(candidate)
        return replace(known, chosen=place, likelihood=likelihood, outcomes=outcomes)
