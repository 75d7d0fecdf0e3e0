"""A form of a French verb and its infinitive in; which forms of an English verb answer it, out.

Told by the endings as grammars list them (Bescherelle, "La conjugaison pour tous"). What two tenses
share is given for both, the one that is likelier in the press first.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from pipeline.language.conjugation import Form, conjugated, irregular
from pipeline.language.lemmas import lemma, may_be_participle


class Tense(Enum):
    """A form of an English verb.

    ``BASE`` is the present of all but the third person singular (they are), ``BARE`` what stands
    behind an auxiliary (will be), ``PASTS`` a past in the plural (were).
    """

    BASE = auto()
    BARE = auto()
    PRESENT = auto()
    PAST = auto()
    PASTS = auto()
    PARTICIPLE = auto()
    GERUND = auto()


_FIRST_PERSON: Final = ("je", "j")
# Subjects whose verb has no -s in English; « on » is we, they, you or people.
PLAIN_SUBJECTS: Final = (*_FIRST_PERSON, "tu", "on")
_IMPERFECT: Final = {"ais", "ait", "ions", "iez", "aient"}
_FUTURE: Final = re.compile(r".*r(?:ai|as|a|ons|ez|ont|ais|ait|ions|iez|aient)")
# Of the verbs in -er: what stands behind their stem, but for participles.
_FIRST_GROUP: Final = {
    **dict.fromkeys(("a", "ai", "as", "ât"), (Tense.PAST, Tense.BARE)),
    **dict.fromkeys(("asse", "asses"), (Tense.PAST, Tense.BARE)),
    **dict.fromkeys(("âmes", "âtes", "èrent"), (Tense.PASTS, Tense.BARE)),
    **dict.fromkeys(("assions", "assiez", "assent"), (Tense.PASTS, Tense.BARE)),
}
# Verbs whose singular is spelt alike in the present and the simple past.
_SHARED: Final = re.compile(r".*(?:dire|fuir|clure|suffire)|(?:sou)?rire")
# Forms that end as those of another tense do.
_PRESENT: Final = re.compile(
    r"sait|.*(?:sert|vaut|meut|peut|veut|faut|quiert|fuit|suffit|sout|aît|o[iî]t)"
)
_PRESENT_OF_MANY: Final = re.compile(r".*(?:courent|meurent|quièrent)")
_PAST_OF_MANY: Final = re.compile(r".*(?:[âîû][mt]es|[iu]rent|inrent)")
_PAST: Final = re.compile(r".*(?:[iu]t|[âîû]t|[iî]nt)")


def tenses_of(french: str, infinitive: str, pronoun: str = "") -> tuple[Tense, ...]:
    """Say what a form of a verb may be, the likeliest first; all are in lower case.

    Behind a ``pronoun`` (il, qui, se, ne) it is no participle.
    """
    found = _tenses(french, infinitive)
    if not pronoun:
        return found
    if pronoun in _FIRST_PERSON and _is_past_of_je(french, infinitive):
        return (Tense.PAST,)
    if Tense.PARTICIPLE in found:
        found = Tense.PRESENT, Tense.PAST, Tense.PARTICIPLE
    if Tense.PRESENT in found and pronoun in (*PLAIN_SUBJECTS, "vous"):
        return tuple(dict.fromkeys((Tense.BASE, *found)))
    return found


def _is_past_of_je(french: str, infinitive: str) -> bool:
    """Whether « je » goes with a simple past: pris, partis, vins; not finis."""
    if not french.endswith(("is", "us", "ins")) or infinitive.endswith("er"):
        return False
    if conjugated(infinitive):
        shared = _SHARED.fullmatch(infinitive)
        return not shared and Form.PAST in _irregular(french, infinitive)
    root = infinitive[:-2]
    return french != root + "s" and lemma(root + "issons") != infinitive


def _irregular(french: str, infinitive: str) -> set[Form]:
    """What a form is of an irregular verb."""
    return {form for verb, form in irregular(french) if verb == infinitive}


def _simple_past(french: str, infinitive: str) -> tuple[Tense, ...]:
    """What a form is that is a simple past of an irregular verb and nothing else."""
    forms = _irregular(french, infinitive)
    if Form.PARTICIPLE in forms:
        return ()
    if Form.MANY in forms:
        return Tense.PASTS, Tense.BARE
    shared = _SHARED.fullmatch(infinitive) and french.endswith(("is", "it", "us", "ut"))
    return (Tense.PAST, Tense.BARE) if Form.PAST in forms and not shared else ()


def _tenses(french: str, infinitive: str) -> tuple[Tense, ...]:
    root = infinitive[:-2]
    ending = french.removeprefix(root) if french.startswith(root) else ""
    if french == infinitive:
        return Tense.BARE, Tense.GERUND
    if found := _simple_past(french, infinitive):
        return found
    if french.endswith(("ant", "ants", "ante", "antes")):
        return Tense.GERUND, Tense.PRESENT
    if ending in ("ons", "ez"):
        return (Tense.BASE,)
    if infinitive.endswith("er") and (found := _first_group(french, ending)):
        return found
    if found := _imperfect(french, ending, infinitive):
        return found
    if _FUTURE.fullmatch(french):
        return (Tense.BARE,)
    if french.endswith("t") and not french.endswith("ent"):
        return _in_t(french, ending, infinitive)
    if _PAST_OF_MANY.fullmatch(french) and ending != "ent" and not infinitive.endswith("er"):
        return (Tense.BASE,) if _PRESENT_OF_MANY.fullmatch(french) else (Tense.PASTS, Tense.BARE)
    if french.endswith("ent"):
        return (Tense.PRESENT,) if _is_one(french, infinitive) else (Tense.BASE, Tense.PASTS)
    if not infinitive.endswith("er") and may_be_participle(french):
        return Tense.PARTICIPLE, Tense.PAST, Tense.PRESENT
    if french.endswith(("s", "x", "ez")):
        return Tense.BASE, Tense.PRESENT
    return Tense.PRESENT, Tense.BASE


def _first_group(french: str, ending: str) -> tuple[Tense, ...]:
    """What a form of a verb in -er is, by what stands behind its stem or an accent that differs."""
    if french.endswith(("é", "és", "ée", "ées")):
        return Tense.PARTICIPLE, Tense.PAST, Tense.PRESENT
    return _FIRST_GROUP.get(ending, ())


def _imperfect(french: str, ending: str, infinitive: str) -> tuple[Tense, ...]:
    """What a form in -ait and the like is: « courait » is an imperfect, « courrait » is not."""
    last = next((each for each in _IMPERFECT if french.endswith(each)), "")
    if not last or french in ("sais", "sait", "vais"):
        return ()
    if ending not in _IMPERFECT and _FUTURE.fullmatch(french):
        return (Tense.BARE,)
    if infinitive.endswith(("aire", "aître")) and not french.endswith(("sais", "sait", "saient")):
        return ()  # plais, fait, connais
    past = Tense.PAST if last in ("ais", "ait") else Tense.PASTS
    return past, Tense.BARE, Tense.GERUND


def _in_t(french: str, ending: str, infinitive: str) -> tuple[Tense, ...]:
    """What a form is that ends in t as a participle, a present or a simple past does."""
    if french.endswith("ont"):
        return (Tense.BASE,)  # sont, font
    if infinitive.endswith("er"):
        return Tense.PRESENT, Tense.BASE  # jette
    if infinitive.endswith("faire"):
        return Tense.PRESENT, Tense.PARTICIPLE, Tense.PAST  # « la question fait débat »
    if _PRESENT.fullmatch(french):
        return Tense.PRESENT, Tense.BASE
    if may_be_participle(french):
        return Tense.PARTICIPLE, Tense.PAST, Tense.PRESENT
    if ending == "it" and lemma(infinitive[:-2] + "issons") == infinitive:
        return Tense.PRESENT, Tense.PAST  # finit
    if ending == "t" or french == infinitive.removesuffix("vre") + "t":
        return Tense.PRESENT, Tense.BASE  # rit, poursuit
    return (Tense.PAST, Tense.BARE) if _PAST.fullmatch(french) else (Tense.PRESENT, Tense.BASE)


def _is_one(french: str, infinitive: str) -> bool:
    """Whether a form in -ent is of one: « il tient », « il ment »."""
    if infinitive.endswith(("tenir", "venir")):
        return french.endswith("ient")
    return infinitive.endswith("entir") and french == infinitive.removesuffix("ir")
