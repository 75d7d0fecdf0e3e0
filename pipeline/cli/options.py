"""The options that were given in; a UsageError where one lacks or excludes another, out.

What a command does not mind it must not take in silence: each option has a rule in one table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Rule:
    """What an option needs one of, and what it cannot stand beside."""

    needs: Sequence[str] = ()
    excludes: Collection[str] = ()


_CHOICES = ("--entry", "--segment", "--status", "--number")
_CHOSEN = Rule(needs=_CHOICES)
_WHOLE = Rule(excludes=_CHOICES)

REVIEW_DEEDS = (
    "--accept",
    "--decline",
    "--sentence",
    "--target",
    "--state",
    "--undo",
    "--import",
    "--export",
    "--detached",
    "--list",
)
"""The options of ``review`` of which each says what is to be done."""

REVIEW: Mapping[str, Rule] = {
    "--accept": _CHOSEN,
    "--decline": _CHOSEN,
    "--target": _CHOSEN,
    "--undo": _CHOSEN,
    "--state": Rule(needs=(*_CHOICES, "--all")),
    "--all": Rule(needs=("--state",), excludes=_CHOICES),
    "--sentence": Rule(needs=("--segment",), excludes=("--entry", "--status", "--number")),
    "--alternative": Rule(needs=("--target",)),
    "--import": _WHOLE,
    "--export": _WHOLE,
    "--detached": _WHOLE,
    "--dry-run": Rule(needs=("--import",)),
    "--force": Rule(needs=("--export",)),
}
REPLACE: Mapping[str, Rule] = {
    "--undo": Rule(excludes=("FIND", "--dry-run", "--segment", "--match-case", "--parts")),
}
BATCH: Mapping[str, Rule] = {
    "--workers": Rule(excludes=("--scheduler",)),
    "--tls-ca": Rule(needs=("--scheduler",)),
    "--tls-cert": Rule(needs=("--scheduler",)),
    "--tls-key": Rule(needs=("--scheduler",)),
}


def check(
    given: Mapping[str, object], rules: Mapping[str, Rule], deeds: Sequence[str] = ()
) -> None:
    """Raise UsageError where the options break a rule, or more than one of the deeds is given."""
    present = [name for name, value in given.items() if value]
    meant = [each for each in deeds if each in present]
    if len(meant) > 1:
        raise UsageError(_at_a_time(*meant[:2]))
    for name in present:
        rule = rules.get(name, Rule())
        if rule.needs and not set(rule.needs) & set(present):
            raise UsageError(_missing(name, rule.needs))
        for other in present:
            if other in rule.excludes:
                raise UsageError(_at_a_time(name, other))


def _at_a_time(first: str, second: str) -> str:
    return f"give {first} or {second}, one at a time"


def _missing(name: str, needs: Sequence[str]) -> str:
    *others, last = needs
    if not others:
        return f"{name} needs {last}"
    return f"{name} does not say which: add {', '.join(others)} or {last}"
