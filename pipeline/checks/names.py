"""A case in, a finding out where a proper name of the source has no counterpart in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.checks.base import Case, Check, Cover, Dimension
from pipeline.language.alterations import acronyms, altered, is_classical, respelt
from pipeline.language.articles import FRENCH_ARTICLE_OR_CONTRACTION_BEFORE
from pipeline.language.dictionary import dictionary
from pipeline.language.lexicon import lexicon, stem_of
from pipeline.language.proper_names import (
    MOST_NAMES,
    EnglishNames,
    ProperName,
    is_name,
    is_spelt,
    is_title,
    proper_names,
)
from pipeline.language.words import Word, words
from pipeline.model import Doubt, Severity
from pipeline.text import fold

ID = "names"
# Numerals and « X », who is nobody in particular, name nothing; nor does what English says
# without a letter: « permis B », « bac S », « série L ».
_LETTER = re.compile(
    r"(?:\b(?:M\.|MM\.|Mme|Mlle)\s|(?<=[a-zà-ÿ])(?<!permis)(?<!série)(?<!filière)(?<!bac)(?<!terminale)"
    r"(?<!terre)\s)([A-HJ-LNO-UWYZ])(?![\w'’°-]|\.[\w-])"
)
_INNER = 4  # letters after the first of a name with capitals inside


def _run(case: Case) -> Iterator[Doubt]:
    covered = Cover(len(case.source), [(o.start, o.end) for o in case.occurrences])
    names = [
        name for name in proper_names(case.source)[:MOST_NAMES] if not covered.touches(*name.span)
    ]
    if not case.target.strip():
        return
    yield from _acronyms(case, covered)
    yield from _letters(case, covered)
    yield from _respelt(case, covered)
    if not names:
        return
    own = {fold(word.text) for word in words(case.source)}
    english = EnglishNames(case.target, own)
    capitals = [w for w in words(case.target) if w.text[0].isupper() and w.text[1:].islower()]
    firsts = dict(_first_names(names, capitals))
    alone = {name.parts[0] for name in names if len(name.parts) == 1}
    for part in (part for name in names for part in name.parts if is_spelt(part)):
        if english.holds(part):
            continue
        if not (other := altered(part, capitals, own, firsts.get(part))):
            continue
        if part in alone and is_classical(part.text, other.text):
            continue
        if not _is_answered(case, part, in_phrase=True):
            message = f"The name “{part.text}” became “{other.text}”."
            spans = (part.start, part.end), (other.start, other.end)
            yield case.doubt(ID, Severity.LOOK, message, *spans)
    slight = None
    for name in names:
        lost = [part for part in name.parts if is_name(part) and not english.renders(part)]
        # With an article before it, an unknown name is one of a river, a people, a work: English
        # may well have another ("le Tessin", the Ticino).
        start = name.span[0]
        if FRENCH_ARTICLE_OR_CONTRACTION_BEFORE.search(case.source[max(0, start - 5) : start]):
            lost = [part for part in lost if stem_of(fold(part.text)) in lexicon().french]
        if lost:
            lost = [part for part in lost if not _is_answered(case, part)]
        if not lost:
            continue
        last = lost[-1]
        if name.parts[-1] is not last:
            slight = slight or (last, "was left out of a longer name")
        elif is_title(case.source, name) or not lexicon().is_name(fold(last.text)):
            slight = slight or (last, "may have been rendered otherwise")
        elif any(p.text[0] in acronym for acronym in _new_acronyms(case) for p in name.parts):
            slight = slight or (last, "was perhaps abbreviated")
        else:
            yield _doubt(case, Severity.LOOK, last, "does not appear in the translation")
            return
    if slight:
        yield _doubt(case, Severity.POLISH, *slight)


def _first_names(names: Sequence[ProperName], given: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield the parts of names with the English word that the part before each is there."""
    for name in names:
        for first, part in pairwise(name.parts):
            if same := next((word for word in given if word.text == first.text), None):
                yield part, same


def _letters(case: Case, covered: Cover) -> Iterator[Doubt]:
    """Yield the first single capital that names something ("plan B", "M. K.") and is lost."""
    for match in _LETTER.finditer(case.source):
        letter = match[1]
        if covered.touches(*match.span(1)) or re.search(rf"(?<!\w){letter}(?!\w)", case.target):
            continue
        message = f"The name “{letter}” does not appear in the translation."
        yield case.doubt(ID, Severity.LOOK, message, source_span=match.span(1))
        return


def _respelt(case: Case, covered: Cover) -> Iterator[Doubt]:
    """Yield the names with capitals inside ("TotalEnergies") that lost or changed a letter."""
    found = words(case.target)
    for name in words(case.source):
        inner = name.text[1:]
        if len(inner) < _INNER or inner.isupper() or inner.islower() or not inner.isalpha():
            continue
        if not covered.touches(name.start, name.end) and (other := respelt(name.text, found)):
            message = f"The name “{name.text}” became “{other.text}”."
            spans = (name.start, name.end), (other.start, other.end)
            yield case.doubt(ID, Severity.LOOK, message, *spans)


def _is_answered(case: Case, name: Word, in_phrase: bool = False) -> bool:
    """Whether what the dictionary has for a capitalised word stands there: Aviron, Rowing.

    ``in_phrase``: what it has for a term that goes on after the word: Caroline du Nord.
    """
    return any(
        start <= name.start and name.end + in_phrase <= end
        for start, end in _answered(case.source, case.target)
    )


@lru_cache(maxsize=1)
def _answered(source: str, target: str) -> tuple[tuple[int, int], ...]:
    """The places of the terms of the source for which the target has an answer."""
    answers = dictionary().answered(source, target)
    return tuple((each.term.start, each.term.end) for each in answers.terms if each.spans)


def _acronyms(case: Case, covered: Cover) -> Iterator[Doubt]:
    for found in acronyms(case.source, case.target):
        if covered.touches(*found.source):
            continue
        acronym = case.source[slice(*found.source)]
        if found.target:
            message = f"“{acronym}” became “{case.target[slice(*found.target)]}”."
            yield case.doubt(ID, Severity.LOOK, message, found.source, found.target)
        else:
            start, end = found.source
            # Given after its name, it may well be left out.
            explained = case.source[start - 1 : start] == "(" and case.source[end : end + 1] == ")"
            severity = Severity.POLISH if explained else Severity.LOOK
            message = f"“{acronym}” does not appear in the translation."
            yield case.doubt(ID, severity, message, found.source)


def _new_acronyms(case: Case) -> list[str]:
    """The acronyms of the translation that the source has not ("NSW")."""
    own = {word.text for word in words(case.source)}
    return [
        word.text
        for word in words(case.target)
        if word.text.isupper() and 2 <= len(word.text) <= 5 and word.text not in own
    ]


def _doubt(case: Case, severity: Severity, word: Word, what: str) -> Doubt:
    message = f"The name “{word.text}” {what}."
    return case.doubt(ID, severity, message, source_span=(word.start, word.end))


CHECK = Check(
    id=ID,
    title="Names",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "A capitalised name inside the French sentence has no similar word in the translation "
        "(same first three letters, at most two edits, or the same first three consonants), and "
        "none that the bundled lexicon knows to render it; or stands there with a letter or two "
        "changed, which neither lexicon and dictionary nor the habits of transliteration account "
        "for; or an acronym of three to six capitals is lost or changed, and neither a rendering "
        "that the dictionary knows nor words with its initials stand there; or a single capital "
        "that names something (plan B, M. K.) is lost."
    ),
    run=_run,
    notes=(
        "Asks for a look where the last word of a name is missing. It is a matter of form where "
        "another one is, as in a name given without its first name; where the name opens with a "
        "capital article, as titles do (“La Vipère”), or is a noun too; and where the translation "
        "has an acronym of its own with one of its initials (“NSW”), and an acronym "
        "in brackets that is left out. Left alone are acronyms where the translation has another "
        "one that is not alike, capitalised common nouns and unknown names with an article (“le "
        "Tessin”). What the glossary covers is the business of the terms check."
    ),
)
