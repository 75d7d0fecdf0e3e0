"""A case in, findings out where the translation is surer or wider than the source.

Who says so (« selon »), what is a rumour (« aurait tiré »), what is the only one (« ne … que »),
and « il » that is nobody (« il serait contraire à »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.model import Doubt, Severity

ID = "hedges"


def _any(words: str) -> re.Pattern[str]:
    """Match any of the words; "*" stands for any ending."""
    forms = "|".join(word.replace("*", r"\w*") for word in words.split())
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


_SAYS_FR = re.compile(
    r"\b(?:selon|d['’]après)\s(?!que\b|l['’]endroit|l['’]heure|les cas\b"
    r"|(?:la|le|les)(?:quels?|quelles?)\b)",
    re.IGNORECASE,
)
# Who or what stands behind a statement, or what it follows.
_SAYS_EN = _any(
    "accord* say says said saying told tell* report* claim* state states stated stating statement* "
    "per cite* cited citing quot* argu* believ* think* thought view* opinion* estimat* announc* "
    "suggest* show* find* found as by based basis depend* under following line from pursuant "
    "consider* hold holds held writ* wrote describ* word* maintain* predict* forecast* source* "
    "defin* after whether hear* with along eyes mind whereby which how why through via"
)
_RUMOUR_FR = re.compile(
    r"\b(?:aurait|auraient)\s(?:\w+ment\s|déjà\s|été\s|aussi\s|également\s){0,2}\w{2,20}"
    r"(?:é|ée|és|ées|i|is|it|u|us|ue|ert|ort)\b",
    re.IGNORECASE,
)
# What makes a conditional of it.
_IF_FR = re.compile(
    r"\b(?:si|sans|pourquoi|aimer|voulu|dû|pu|fallu|souhaité|préféré|sinon|autrement|jamais"
    r"|au cas où|quand|bien que|pensé|cru|dit|moins|même|capables?)\b|[?!]|\bs['’]ils?\b",
    re.IGNORECASE,
)
_WOULD_EN = re.compile(r"\bwould(?:\snot|n['’]t)?\shave\b", re.IGNORECASE)
_HEDGE_EN = _any(
    "alleg* report* apparent* suppos* believ* thought said say* claim* rumor* rumour* may might "
    "could possib* presum* suspected suspects accuse accuses seem* likely probab* according "
    "purported* should if estimat* told suggest* indicat*"
)
_ONLY_FR = re.compile(
    r"\b(?:n['’]|ne\s)(?:(?:y|en|l['’]|le|la|les|se|s['’]|me|m['’]|nous|vous|lui|leur)\s?)?"
    r"[\w-]{1,20}(?:\s(?!(?:pas|plus|jamais|rien|point|guère|aucune?|personne|ni|moins|que|autres?"
    r"|même|tel|telle|si|aussi|mieux|pire)\b)[\w-]{1,20}){0,2}\s(?:que\b|qu['’])",
    re.IGNORECASE,
)
_ONLY_EN = _any(
    "only just merely but nothing solely except than until till alone exclusively simply mere sole "
    "purely limited all single little few unless without never no not none nobody mainly lone any "
    "barely hardly entirely one unique best rather more other once wholly last always yet still "
    "confined restricted rest cannot neither nor apart t"
)
_NEGATED_FR = _any(
    "pas plus jamais rien aucun aucune personne avant peur crain* moins mieux plutôt autre* pire "
    "meilleur* doute sans empêch*"
)
_IMPERSONAL_FR = re.compile(
    r"\bil\s(?:(?:n['’]|ne\s)?(?:est|serait|était|sera|fut|semble|semblait|paraît|devient|s['’]avère)"
    r"\s(?:\w{2,6}\s|\w+ment\s){0,2}(?:contraire|difficile|facile|possible|impossible|important"
    r"|essentiel|nécessaire|clair|évident|probable|improbable|vrai|faux|interdit|permis|temps|question"
    r"|regrettable|préférable|inutile|utile|rare|normal|logique|urgent|indispensable|souhaitable"
    r"|dommage|dangereux|courant|fréquent|juste|injuste|bon|mauvais|prévu|conseillé|recommandé|tôt"
    r"|tard|certain|exact)\b|(?:faut|fallait|faudra|faudrait|convient|conviendrait|s['’]agit"
    r"|s['’]agissait|suffit|reste à)\b)",
    re.IGNORECASE,
)
_PERSON_FR = re.compile(r"\b(?:il|elle|lui|celui|celle|qui|on|moi|je)\b|\bj['’]", re.IGNORECASE)
_HE_EN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def _run(case: Case) -> Iterator[Doubt]:
    if (said := _SAYS_FR.search(case.source)) and not _SAYS_EN.search(case.target):
        message = f"“{said[0].strip()}”: the translation does not say who says so."
        yield case.doubt(ID, Severity.LOOK, message, said.span())
    yield from _rumour(case)
    only = _ONLY_FR.search(case.source)
    if only and not _NEGATED_FR.search(case.source) and not _ONLY_EN.search(case.target):
        message = f"“{only[0]}”: the translation does not say “only”."
        yield case.doubt(ID, Severity.LOOK, message, only.span())
    if he := _person(case.source, case.target):
        message = f"“{he[0]}”: the source speaks of nobody there."
        yield case.doubt(ID, Severity.LOOK, message, target_span=he.span())


def _rumour(case: Case) -> Iterator[Doubt]:
    rumour = _RUMOUR_FR.search(case.source)
    if not rumour or _IF_FR.search(case.source) or _HEDGE_EN.search(case.target):
        return
    if would := _WOULD_EN.search(case.target):
        message = f"“{rumour[0]}” tells a rumour, “{would[0]}” what did not happen."
        yield case.doubt(ID, Severity.LOOK, message, rumour.span(), would.span())
    elif not re.search(r"\bwould\b", case.target, re.IGNORECASE):
        message = f"“{rumour[0]}” tells a rumour, the translation a fact."
        yield case.doubt(ID, Severity.LOOK, message, rumour.span())


def _person(source: str, target: str) -> re.Match[str] | None:
    """Return "he" or "she" where the source has only an « il » that is nobody."""
    rest = _IMPERSONAL_FR.sub(" ", source)
    if rest == source or _PERSON_FR.search(rest):
        return None
    return _HE_EN.search(target)


CHECK = Check(
    id=ID,
    title="Hedges",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "The source says who says so (selon, d’après) and the translation nothing of the kind; or "
        "it tells a rumour (aurait, auraient and a participle, without a condition) and the "
        "translation “would have”, or a fact without a word such as reportedly or may; or it says "
        "“ne … que” and the translation has no only, but, until and the like; or every “il” of it "
        "is impersonal (il est contraire à, il faut) and the translation speaks of a he or she."
    ),
    run=_run,
    notes="Lists of words; a sentence with another negation is left alone.",
)
