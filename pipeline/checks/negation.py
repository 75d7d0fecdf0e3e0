"""A case in, a finding out where a negation was lost or invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.checks.base import Case, Check, Span
from pipeline.checks.words import Word, words
from pipeline.model import Finding, Severity

ID = "negation"
_REACH = 7  # words between "ne" and its second half
_SECOND_HALVES = frozenset(
    ["pas", "jamais", "rien", "aucun", "aucune", "nul", "nulle", "personne", "guère", "point", "ni"]
)
_AFTER_PAS = frozenset(
    ["seulement", "uniquement", "simplement", "moins", "que", "encore", "mal", "tant"]
)

# What may carry a French negation in English, or an English one in French, besides the plain
# particles: a word of this kind excuses the pair.
_ENGLISH_PARTICLES_WORDS = (
    "not no never none nothing nobody nowhere neither nor cannot t without non noone"
)
_ENGLISH_PARTICLES = frozenset(_ENGLISH_PARTICLES_WORDS.split())
_ENGLISH_STRONG = frozenset(
    ["not", "never", "nothing", "nobody", "none", "cannot", "nowhere", "neither"]
)
_ENGLISH_EXCUSES = frozenset(
    "hardly barely scarcely rarely seldom few little less unless only until till unable absent "
    "absence out beyond anything anyone ever yet except instead rather far short devoid void minus "
    "exempt regardless nil zero zip wrong false ban banned forbid forbidden prohibit prohibited "
    "prohibits doubt doubtful doubts forget forgot forgotten ignore ignored ignores ignorant stop "
    "stopped stops cease ceased ceases free empty difficult beware otherwise longer".split()
)
_ENGLISH_STEMS = re.compile(
    r"un[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?|non[a-z]{4,}"
    r"|in(?:appropri|adequa|capab|suffici|abilit|correct|valid|visib|effect|complete|consisten"
    r"|eligib|compatib|accura|comprehen|evitab|toler|secur|excus|justic|signific|defin|dispens"
    r"|efficien|frequen|flexib|separab|disput|activ|accessib|admissib|sensi|soluble|numer)[a-z]*"
    r"|im(?:possib|practic|mobil|plausib|probab|proper|perfect|patien|material|mature)[a-z]*"
    r"|ir(?:relevan|respons|regular|revers|reconcil|replac|respect)[a-z]*"
    r"|il(?:legal|logic|legit|licit|literate)[a-z]*"
    r"|dis(?:agree|regard|approv|satisf|respect|allow|prov|like|believ|honest|miss|qualif|appear"
    r"|continu|abl|advantag|trust|pens)[a-z]*"
    r"|(?:refus|fail|lack|den[iy]|avoid|prevent|declin|miss|reject|oppos|neglect|exclu|lose|losing"
    r"|lost|preclud|refrain|abstain|hinder|deprive|ceas)[a-z]*"
)
_FRENCH_PARTICLES = frozenset(
    ["ne", "n", "pas", "non", "jamais", "rien", "aucun", "aucune", "sans", "ni", "nul", "nulle"]
)
_FRENCH_EXCUSES_WORDS = (
    "personne guère peu plutôt loin sauf seulement sinon faute hors malgré moins trop "
    "rarement mal ailleurs contre exclusion seul seule seuls seules avant exception autre "
    "absence jusqu plus défaut à_peine difficile difficilement quelque autant contraire "
    "interdit interdite interdits faux vain également"
)
_FRENCH_EXCUSES = frozenset(_FRENCH_EXCUSES_WORDS.split())
_FRENCH_STEMS = re.compile(
    r"(?:in|im|ir|il|dé|dés|mal|mé|non|anti|inter)[a-zà-ÿ]{4,}"
    r"|(?:refus|manqu|absen|évit|empêch|dépourv|impossib|ignor|exclu|échou|échec|cess|arrêt|lacun|insuff|rejet|oppos|prohib|sauf|dépass|rester|rest|priv|nég|ni|perd)[a-zà-ÿ]*"
)
_ONLY = re.compile(r"\bnot\s+(?:only|just|merely|simply|least|to mention|yet)\b", re.IGNORECASE)


def french_negations(text: str) -> list[Span]:
    """Spans of the full negations of a French text: "ne … pas", "n'… jamais".

    "ne … que" (only), an expletive "ne" without a second half, and "pas seulement" do not count.
    """
    found: list[Span] = []
    source = words(text)
    for index, word in enumerate(source):
        if word.lower not in ("ne", "n"):
            continue
        if word.lower == "n" and text[word.end : word.end + 1] not in ("'", "’"):
            continue
        reach = source[index + 1 : index + 1 + _REACH]
        for step, other in enumerate(reach):
            following = source[index + step + 2 : index + step + 3]
            if other.lower in _SECOND_HALVES and not _softened(other, following):
                found.append((word.start, other.end))
                break
            if other.lower in ("que", "qu", "ne", "n") or other.lower in _SECOND_HALVES:
                break
    return found


def _softened(second: Word, following: list[Word]) -> bool:
    return second.lower == "pas" and bool(following) and following[0].lower in _AFTER_PAS


def _english_negations(text: str) -> list[Span]:
    bare = _ONLY.sub(lambda match: " " * len(match[0]), text)
    target = words(bare)
    return [
        (word.start, word.end)
        for word in target
        if word.lower in _ENGLISH_STRONG or (word.lower == "t" and _is_contracted(bare, word))
    ]


def _is_contracted(text: str, word: Word) -> bool:
    """Whether this "t" ends "n't"."""
    return text[max(0, word.start - 2) : word.start].lower() in ("n'", "n’")


def _run(case: Case, limits: Mapping[str, float]) -> Iterator[Finding]:
    del limits
    source, target = words(case.source), words(case.target)
    lost = french_negations(case.source)
    if lost and not any(_negates_english(word) for word in target):
        message = f"A negation is lost: “{case.source[lost[0][0] : lost[0][1]]}”."
        yield case.finding(ID, Severity.LOOK, message, source_span=lost[0])
        return
    invented = _english_negations(case.target)
    if invented and not any(_negates_french(word) for word in source):
        span = invented[0]
        message = f"“{case.target[span[0] : span[1]]}” negates what the source affirms."
        yield case.finding(ID, Severity.LOOK, message, target_span=span)


def _negates_english(word: Word) -> bool:
    lower = word.lower
    if lower in _ENGLISH_PARTICLES or lower in _ENGLISH_EXCUSES:
        return True
    return _ENGLISH_STEMS.fullmatch(lower) is not None and lower not in _PLAIN_ENGLISH


def _negates_french(word: Word) -> bool:
    lower = word.lower
    if lower in _FRENCH_PARTICLES or lower in _FRENCH_EXCUSES:
        return True
    return _FRENCH_STEMS.fullmatch(lower) is not None and lower not in _PLAIN_FRENCH


# Words that begin like a negation and are none; the commonest only.
_PLAIN_ENGLISH = frozenset(
    "union unions united unique uniform unified unifying unite unites unity universe universal "
    "universally university universities understand understands understanding understood undertake "
    "undertaken undertakes undertaking undergo undergone underline underlines underlined "
    "underlying underway undermine undermined unless ungulates unionist "
    "unanimous unanimously unanimity unilateral unilaterally unesco unicef "
    "definitely missouri mission missions missile missiles missionary".split()
)
_PLAIN_FRENCH_WORDS = (
    "international internationale internationaux internationales intérêt intérêts information "
    "informations industrie industrielle industriel individu individus initial initiale "
    "initiative initiatives institution institutions interne internes internet introduire "
    "introduction investir investissement investissements inviter invite indique indiqué "
    "indiquer informer inde indien infrastructures influence inspirer instrument instruments "
    "intégration intégrer intelligence intense intensif intérieur intérieure intervenir "
    "intervention interview incident incidents incluant inclure inclus inclut institut "
    "installation installé installer image images important importante importants importance "
    "impact imposer impose impression immédiatement immédiat impérial imaginer débat débats "
    "début décembre décide décidé décider décision décisions déclaration déclarations déclare "
    "déclaré déclarer décret défense défendre définir définition degré délai délégation "
    "délivrer démocratie démocratique démontrer départ département dépend dépendre dépense "
    "dépenses député députés désert désir détail détails détermine déterminer développement "
    "développer développé décennies découverte découvert découvrir dédié décrit décrire "
    "décédé méthode méthodes métier métiers médecin médecins médecine médicament médicaments "
    "médias mémoire ménage membre membres mesure mesures métal niveau niveaux nicolas "
    "restaurant restaurants restauration reste restent négociation négociations négocier "
    "interprète interprétation interroger interrogé indépendant indépendante indépendance "
    "indice inspiré instance instances insister insiste intention industries infection "
    "infections inspection invasion inventaire invention malade malades maladie maladies îles "
    "mètres privé privée privés privées intitulé intitulée"
)
_PLAIN_FRENCH = frozenset(_PLAIN_FRENCH_WORDS.split())

CHECK = Check(
    id=ID,
    title="Negation",
    severity=Severity.LOOK,
    formula=(
        "The source has a full negation (ne … pas, jamais, rien, aucun, ni, personne) and the "
        "translation has no negative word, prefix or negative verb; or the translation has not, "
        "n't, never, none, nothing, nobody or cannot and the source has nothing negative."
    ),
    run=_run,
    notes=(
        "“ne … que”, an expletive “ne”, “pas seulement” and “not only” do not count. Whether the "
        "right part of the sentence is negated is beyond this check."
    ),
)
