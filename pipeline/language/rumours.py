"""A French text in; where its conditional tells a rumour out.

The press says with it that others say so: « aurait tiré », « se serait enfui », « seraient morts »,
« serait à l'origine de ». A condition, a wish, a question or what was to come is no rumour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.language.lemmas import may_be_participle

# What is told of verbs that go with « être », by the beginnings that their participles share.
WITH_BE: Final = {
    "mort": "reportedly died",
    "né": "was reportedly born",
    "parti": "reportedly left",
    "venu": "reportedly came",
    "arrivé": "reportedly arrived",
    "entré": "reportedly entered",
    "resté": "reportedly remained",
    "tombé": "reportedly fell",
    "décédé": "reportedly died",
    "allé": "reportedly went",
    "revenu": "reportedly returned",
    "sorti": "reportedly left",
    "devenu": "reportedly became",
    "intervenu": "reportedly intervened",
    "parvenu": "reportedly managed",
    "survenu": "reportedly occurred",
    "reparti": "reportedly left again",
    "rentré": "reportedly returned",
    "retourné": "reportedly returned",
    "ressorti": "reportedly came out",
}
_DENIED: Final = frozenset("pas plus jamais rien guère".split())
_VERB: Final = re.compile(
    r"(?:\b(?P<se>s['’](?:en|y)\s|se\s))?\b(?P<verb>aurait|auraient|serait|seraient)\b"
    r"(?P<inverted>[-‑](?:ils?|elles?)\b)?(?![-‑])"
    r"(?P<between>(?:\s(?:\w{2,}ment|déjà|été|aussi|également|pas|plus|jamais|rien|guère|encore"
    r"|toujours|ainsi|aussitôt|ensuite|alors|donc|depuis|longtemps|souvent|tous"
    r"|toutes|même|bien|en (?:réalité|fait|outre)"
    r"|(?:lui|elle|eux|elles)-mêmes?|à (?:lui|elle|eux|elles) seule?s?)\b|,\s[^,;:]{2,40},){0,3})"
    r"(?:\s(?P<word>\w{2,20})\b)?",
    re.IGNORECASE,
)
# What makes a conditional of it, wherever it stands.
_IF: Final = re.compile(
    r"\b(?:si|s['’]ils?|sinon|autrement|pourquoi|comment|combien|au cas où|à moins|aurait-on"
    r"|quand (?:bien )?même|même (?:quand|lorsque)|faute de (?:quoi|la?quel\w*)|à supposer"
    r"|en supposant|plutôt que|pour rien au monde|hors effets?|n['’]eût|n['’]eussent"
    r"|eût-(?:il|elle|on)|eussent-(?:ils|elles))\b|\btant qu(?:e\b|['’])"
    r"|(?<!, )\bsans\b(?!\s(?:qu(?:e\b|['’])|jamais\b|\w+(?:er|ir|re)\b))",
    re.IGNORECASE,
)
# Before the verb: those of whom nothing is told, as nobody would, or whoever did; an image.
_WHOEVER: Final = re.compile(
    r"\b(?:personne|nul(?:le)?|n['’]importe (?:qui|quel\w*)|d['’]autres|quiconque|mieux)\b[^.;:]*$"
    r"|(?:^|[,;:]\s)l[ae] moindre\b[^.;:]*$|\bjamais\b[^,.;:]*$|, sans\b"
    r"|\bce(?:ux|lles) (?:qui|que|dont)\b[^,.;:]*$|\b(?:dont\s)?on\s(?:se\s)?$"
    r"|\bqu[ie]\s(?:ne\s|n['’])(?:les?\s|la\s|l['’]|lui\s|leur\s|en\s|y\s)?$|\bdont\b.*\bne\s$"
    r"|\b(?:comme|compar\w+|ressembl\w+|forme)\b.*\b(?:dont|qui|il|elle)\b[^;:]*$",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(r"[?!](?!\s?[»”\"])")
# Participles of verbs whose conditional is a wish, a duty or a guess of the writer's own.
_WISHED: Final = frozenset(
    "dû pu fallu voulu aimé souhaité préféré suffi valu cru juré parié misé pensé imaginé dit songé"
    " osé".split()
)
# Before « serait »: nobody.
_IMPERSONAL: Final = re.compile(r"\bil\s(?:n['’]|(?:ne|en|lui|leur)\s)*$", re.IGNORECASE)
# Before what is not of the past: nobody, or a clause in which it may be what was to come.
_TO_COME: Final = re.compile(
    r"\b(?:ce|cela|ça|on|je|tu|nous|vous)\s(?:(?:n['’]|(?:ne|en|lui|leur|nous|vous)\s))*$"
    r"|\bqu(?:e\b|['’])",
    re.IGNORECASE,
)
# So far from a verb its clause is looked at, so that a long text takes no longer for each verb.
_FAR: Final = 400
_RELATIVE: Final = re.compile(r"(?:\bqu(?:i|e)\b|\bqu['’]|\bdont\b|\boù\b)[^,;:]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rumour:
    """A verb that tells a rumour: its place, from the auxiliary to the participle, and its words.

    ``participle`` is "" where none follows (« aurait trois enfants »). ``is_reflexive``: its place
    begins at « se ». ``between``: what stands before the participle. ``is_relative``: in a clause
    where it may as well be what did not happen (« la loi qui aurait permis »).
    """

    start: int
    end: int
    auxiliary: str
    between: tuple[str, ...]
    participle: str
    is_reflexive: bool
    is_relative: bool

    @property
    def is_past(self) -> bool:
        """Whether it tells what was: « aurait tiré », « serait morte », not « serait détenu »."""
        with_be = self.participle.startswith(tuple(WITH_BE))
        return bool(self.participle) and (not self.is_being or with_be)

    @property
    def is_being(self) -> bool:
        """Whether its verb is « serait », not the auxiliary of « se serait enfui »."""
        return self.auxiliary.startswith("ser") and not self.is_reflexive

    @property
    def is_denied(self) -> bool:
        """Whether it tells what was not: « n'aurait pas répondu »."""
        return not _DENIED.isdisjoint(self.between)


def rumours(text: str) -> Iterator[Rumour]:
    """Give the verbs of a text that tell a rumour, those of the past first."""
    told = [_told(match) for match in _VERB.finditer(text) if _tells(match)]
    if not told or _IF.search(text):
        return
    told = [each for each in told if _is_rumour(each, _before(text, each.start))]
    yield from sorted(told, key=lambda each: not each.is_past)


def _tells(match: re.Match[str]) -> bool:
    """Whether a verb asks nothing: « aurait-il tiré ? », but « “Non”, aurait-il répondu »."""
    before = _before(match.string, match.start())
    after = match.string[match.end() : match.end() + _FAR]
    return not _ASKED.search(after) and (
        not match["inverted"] or before.rstrip().endswith((",", "»", "”", '"'))
    )


def _told(match: re.Match[str]) -> Rumour:
    between = tuple(match["between"].lower().split())
    participle, end = (match["word"] or "").lower(), match.end()
    if not may_be_participle(participle):
        participle, end = "", match.end("between" if "été" in between else "verb")
        if "été" in between:
            participle, between = "été", tuple(word for word in between if word != "été")
    return Rumour(
        match.start(),
        end,
        match["verb"].lower(),
        between,
        participle,
        match["se"] is not None,
        _RELATIVE.search(_before(match.string, match.start())) is not None,
    )


def _is_rumour(verb: Rumour, before: str) -> bool:
    wished = verb.participle in _WISHED and not verb.is_being
    if wished or _WHOEVER.search(before):
        return False
    if verb.is_past:
        return True
    return not (_TO_COME.search(before) or (verb.is_being and _IMPERSONAL.search(before)))


def _before(text: str, place: int) -> str:
    return text[max(0, place - _FAR) : place]
