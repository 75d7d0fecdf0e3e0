"""A French sentence and its English in; who did something there and had it done to them here, out.

« Il assure avoir alerté » is to have warned: "he says he was warned" makes him the one who heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.language.dictionary import dictionary
from pipeline.language.dictionary.english_forms import english_lemma, pasts

Span = tuple[int, int]

# Verbs that somebody tells of what he did himself by an infinitive, and what he is accused of.
_TOLD: Final = re.compile(
    r"\b(?:dit|disent|disait|affirm\w+|assur\w+|reconna\w+|reconnu\w*|ni(?:e|ent|ait|é\w*)"
    r"|prétend\w*|jur\w+|soutien\w+|soutenu\w*|admet\w*|admis\w*|avou\w+|déclar\w+|confi\w+"
    r"|regrett\w+|confirm\w+|indiqu\w+"
    r"|(?:accus|soupçonn)\w+\sd['’])\s?avoir\s(?!été\b)(?:\w+ment\s|déjà\s|aussi\s)?(\w+)",
    re.IGNORECASE,
)
# Right behind who says so, or is accused.
_PASSIVE: Final = re.compile(
    r"\b(?:say|said|claim|insist|den[iy]|admi|accus|suspect|swear|sworn?|maintain|assur|confirm"
    r"|confess|acknowledg|regret|declar|stat)\w*[^,.;:]{0,30}?"
    r"\b((?:was|were|be|been|being)\s(?:\w+ly\s|already\s|never\s|not\s|also\s)?(\w+))\b",
    re.IGNORECASE,
)


def suffered(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """Yield what was done, with the passive that says that it was done to who did it."""
    found = [*_TOLD.finditer(source)]
    if not found:
        return
    terms = {(term.start, term.end): term for term in dictionary().terms(source)}
    for match in found:
        term = terms.get(match.span(1))
        verbs = {english_lemma(each.text) for each in term.renderings} if term else set()
        for passive in _PASSIVE.finditer(target):
            verb = english_lemma(passive[2])
            is_done = verb in verbs and passive[2].lower() in pasts(verb)
            if is_done and not _stands_elsewhere(target, verb, passive.span(1)):
                yield match.span(1), passive.span(1)


def _stands_elsewhere(target: str, verb: str, but: Span) -> bool:
    rest = target[: but[0]] + target[but[1] :]
    return any(english_lemma(word) == verb for word in re.findall(r"\w+", rest))
