"""A case in, findings out where the translation is surer or wider than the source.

Who says so (« selon »), what is a rumour (``rumours``), what is the only one (« ne … que »),
and « il » that is nobody (« il serait contraire à »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension
from pipeline.language.rumours import rumours
from pipeline.model import Doubt, Severity

ID = "hedges"


def _any(words: str) -> re.Pattern[str]:
    """Match any of the words; "*" stands for any ending."""
    forms = "|".join(word.replace("*", r"\w*") for word in words.split())
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


_SAYS_FR = re.compile(
    r"\b(?:selon|d['’]après)\s(?!que\b|l['’]endroit|l['’]heure|les cas\b"
    r"|(?:la|le|les)(?:quels?|quelles?)\b"
    # What is followed, and nobody's word: « selon votre poids », « selon le calendrier ».
    r"|(?:votre|vos|ton|ta|tes)\b"
    r"|(?:l['’]|(?:l[ae]s?|les|leurs?|son|sa|ses|ce|cet|cette|ces|des?|une?)\s)(?:mêmes?\s)?"
    r"(?:besoins?|saisons?|régions?|pays|calendrier|âge|poids|taille|niveau|ordre|rythme|usage"
    r"|humeur|météo|marées?|moyens|revenus?|goûts?|envies?|circonstances|modalités|critères"
    r"|procédure|méthode|règles?|système|principe|modèle|itinéraire|tradition|coutume)\b)",
    re.IGNORECASE,
)
# Who or what stands behind a statement, or what it follows.
_SAYS_EN = _any(
    "accord* say says said saying told tell* report* claim* state states stated stating statement* "
    "per cite* cited citing quot* argu* believ* think* thought view* opinion* estimat* announc* "
    "alleg* legend* insist* reckon* declar* assert* contend* warn* explain* puts put calculat* "
    "complain* understand* "
    "suggest* show* find* found as by based basis depend* under following line from pursuant "
    "consider* hold holds held writ* wrote describ* word* maintain* predict* forecast* source* "
    "defin* after whether hear* with along eyes mind whereby which how why through via"
)
# After a quotation: "We will stay," read the statement.
_READ_EN = re.compile(r"[”\"'’]\s(?:reads?|runs?|ran)\b", re.IGNORECASE)
_WOULD_EN = re.compile(r"\bwould(?:\snot|n['’]t)?\shave\b", re.IGNORECASE)
_HEDGE_EN = _any(
    "alleg* report* apparent* suppos* believ* thought said say* claim* rumor* rumour* may might "
    "could possib* presum* suspected suspects accuse accuses seem* likely probab* according "
    "purported* should if estimat* told suggest* indicat* expect* appear* theory theories "
    "hypothes* legend* whisper* accusation* plead* account understand* understood"
)
# A conditional of the present: démissionnerait, viendrait; the imperfect of entrer is none, and
# « ne saurait » says that it cannot.
_COULD_FR = re.compile(
    r"\b(?!(?<=\bne )saurai)(?!\w*rrait)(?:\w{2,}e|\w{2,}(?:[ngv]i|rti|ssi|lli)|se|au|i"
    r"|\w*(?:vien|tien)d|ver|vou|fau|sau|\w{3,}(?:end|ond|att|uir|aît))r(?:ait|aient)\b",
    re.IGNORECASE,
)
_NO_RUMOUR_FR = re.compile(
    r"\b(?:si|sinon|sans|que|qui|quand|lorsque|dont|où|pourquoi|comment|aimer|même|autrement"
    r"|cas)\b|[?!]|\b(?:qu|s)['’]",
    re.IGNORECASE,
)
_WILL_EN = re.compile(r"\b(?:will|won['’]t|shall)\b|['’]ll\b", re.IGNORECASE)
_FUTURE_FR = re.compile(r"\b\w{2,}r(?:a|as|ai|ont|ons|ez)\b", re.IGNORECASE)
# Things that a sentence may speak of as « il » or « elle », and that English calls it.
_THINGS = {
    "il": "accord aéroport avion bateau bâtiment budget bus camion centre château chantier circuit "
    "club contrat décret document dossier festival film fleuve fonds gouvernement hôpital hôtel "
    "immeuble journal jugement lac livre logement logiciel lycée magasin marché monument musée "
    "navire ouvrage palais parc plan pont port procès programme projet quartier rapport règlement "
    "restaurant réseau roman sentier service signal site stade système tableau texte théâtre "
    "traité train tramway tribunal tunnel vaccin vélo village virus volcan".split(),
    "elle": "affaire agence association banque bibliothèque campagne caserne cathédrale centrale "
    "chanson chapelle commission commune compagnie église école élection émission enquête "
    "entreprise épidémie exposition facture ferme fondation forêt gare grève guerre île "
    "installation institution ligne liste loi machine mairie maison maladie marque mesure "
    "mission montagne montre œuvre organisation pandémie piscine place plage plainte plateforme "
    "police politique prison procédure production proposition réforme région règle rivière "
    "route rue salle société statue taxe tour usine vallée version ville voie voiture".split(),
}
_ONLY_FR = re.compile(
    r"\b(?:n['’]|ne\s)(?:(?:y|en|l['’]|le|la|les|se|s['’]|me|m['’]|nous|vous|lui|leur)\s?)?"
    r"[\w-]{1,20}(?:\s(?!(?:pas|plus|jamais|rien|point|guère|aucune?|personne|ni|moins|que|autres?"
    r"|même|tel|telle|si|aussi|mieux|pire)\b)[\w-]{1,20}){0,2}\s(?:que\b|qu['’])",
    re.IGNORECASE,
)
_ONLY_EN = _any(
    "only just merely but nothing solely except than until till alone exclusively simply mere sole "
    "purely limited all single little few unless without nobody mainly lone any before beyond "
    "fail* barely hardly entirely one unique best rather more other once wholly last always yet "
    "still confined restricted rest neither nor apart less far further else"
)
# What did not happen: « a failli tomber », but « a failli à sa mission ».
_NEARLY_FR = re.compile(
    r"\b(?:ai|as|a|ont|avait|avaient|aurait|auraient|avoir|ayant|eut)\s(?:\w+\s)?failli\s"
    r"(?:(?:s['’]|l['’]|[ym]['’])|(?:se|le|la|les|lui|leur|en|y|ne|me|nous|vous)\s)?\w+(?:er|ir|re)\b",
    re.IGNORECASE,
)
_NEARLY_EN = _any(
    "almost near* close* narrow* brink verge just virtual* threaten* might could would risk* "
    "danger short came come coming about point inch* whisker"
)
# What denies the thing, which « ne … que » affirms.
_DENIED_EN = re.compile(r"\b(?:not|never|none|cannot|no)\b|\b\w+n['’]t\b", re.IGNORECASE)
# Set phrases that English says without "only".
_OTHERWISE_FR = re.compile(
    r"\bjur\w+ que par\b|\bn['’]y (?:\w+ )?v\w+ que du feu\b"
    r"|\bn['’]en f\w+ (?:\w+ )?qu['’]à (?:sa|ma|ta|leur) tête\b|\bne (?:fût|serait|soit)-ce que\b"
    r"|\bqu['’](?:au compte-gouttes|un temps)\b",
    re.IGNORECASE,
)
# A verb whose clause begins with « que »: « ne pouvoir se persuader qu'un Dieu … ».
_SAID_FR = re.compile(
    r"\b(?:persuader|croire|penser|dire|imaginer|supposer|concevoir|prétendre|garantir|affirmer"
    r"|nier|ignorer|exclure|comprendre|admettre|accepter|tolérer|supporter|souffrir)\s(?:que|qu['’])$",
    re.IGNORECASE,
)
# After « que »: what is said or hidden, not the only one.
_CLAUSE_FR = re.compile(r"\s?(?:ils?|elles?|on|nous|vous|je|ce|cela|c['’])\b", re.IGNORECASE)
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
_OPENING_FR = re.compile(
    r"(?:(?:le|la|ce|cet|cette|un|une|son|sa|notre)\s|l['’])(?:\w{3,10}\s)??(\w{3,})\b",
    re.IGNORECASE,
)
_PRONOUN_FR = re.compile(r"\b(?:il|elle)\b", re.IGNORECASE)
_HE_EN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def _run(case: Case) -> Iterator[Doubt]:
    credited = _SAYS_EN.search(case.target) or _READ_EN.search(case.target)
    if (said := _SAYS_FR.search(case.source)) and not credited:
        message = f"“{said[0].strip()}”: the translation does not say who says so."
        yield case.doubt(ID, Severity.LOOK, message, said.span())
    yield from _rumour(case)
    yield from _future(case)
    yield from _only(case)
    if (nearly := _NEARLY_FR.search(case.source)) and not _NEARLY_EN.search(case.target):
        message = f"“{nearly[0]}”: the translation does not say “almost”."
        yield case.doubt(ID, Severity.LOOK, message, nearly.span())
    if he := _person(case.source, case.target):
        message = f"“{he[0]}”: the source speaks of nobody there."
        yield case.doubt(ID, Severity.LOOK, message, target_span=he.span())


def _only(case: Case) -> Iterator[Doubt]:
    """Yield a « ne … que » that the translation widens ("two"), or turns round ("not two")."""
    only = _ONLY_FR.search(case.source)
    if only and (_SAID_FR.search(only[0]) or _OTHERWISE_FR.search(case.source)):
        return
    if not only or _NEGATED_FR.search(case.source) or _ONLY_EN.search(case.target):
        return
    denied = _DENIED_EN.search(case.target)
    if denied is None:
        message = f"“{only[0]}”: the translation does not say “only”."
        yield case.doubt(ID, Severity.LOOK, message, only.span())
    elif not _CLAUSE_FR.match(case.source, only.end()):
        message = f"“{only[0]}” says “only”, the translation “{denied[0]}”."
        yield case.doubt(ID, Severity.LOOK, message, only.span(), denied.span())


def _rumour(case: Case) -> Iterator[Doubt]:
    """Yield a rumour of which the translation makes a fact, or what did not happen."""
    if _HEDGE_EN.search(case.target):
        return
    for told in rumours(case.source):
        rumour, span = case.source[told.start : told.end], (told.start, told.end)
        if would := _WOULD_EN.search(case.target):
            if told.is_past and not (told.is_relative or told.is_denied):
                message = f"“{rumour}” tells a rumour, “{would[0]}” what did not happen."
                yield case.doubt(ID, Severity.LOOK, message, span, would.span())
                return
        elif not re.search(r"\bwould\b", case.target, re.IGNORECASE):
            message = f"“{rumour}” tells a rumour, the translation a fact."
            yield case.doubt(ID, Severity.LOOK, message, span)
            return


def _future(case: Case) -> Iterator[Doubt]:
    """Yield a conditional of the present that the translation foretells: viendrait, "will"."""
    could = _COULD_FR.search(case.source)
    if not could or _NO_RUMOUR_FR.search(case.source) or _FUTURE_FR.search(case.source):
        return
    softened = _HEDGE_EN.search(case.target) or re.search(r"\bwould\b", case.target, re.IGNORECASE)
    if not softened and (will := _WILL_EN.search(case.target)):
        message = f"“{could[0]}” is conditional, the translation says “{will[0]}”."
        yield case.doubt(ID, Severity.LOOK, message, could.span(), will.span())


def _person(source: str, target: str) -> re.Match[str] | None:
    """Return "he" or "she" where the source has only an « il » that is nobody, or a thing."""
    rest = _IMPERSONAL_FR.sub(" ", source)
    nobody = rest != source and not _PERSON_FR.search(rest)
    return _HE_EN.search(target) if nobody or _is_thing(source) else None


def _is_thing(text: str) -> bool:
    """Whether a text opens with a thing, names nobody and goes on with « il » or « elle »."""
    opening = _OPENING_FR.match(text)
    if opening is None or re.search(r"(?<![.!?])\s[A-ZÀ-Ý]", text):
        return False
    pronouns = {match[0].lower() for match in _PRONOUN_FR.finditer(text, opening.end())}
    return len(pronouns) == 1 and opening[1].lower() in _THINGS[pronouns.pop()]


CHECK = Check(
    id=ID,
    title="Hedges",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "The source says who says so (selon, d’après) and the translation nothing of the kind; or "
        "it tells a rumour (aurait tiré, se serait enfui, serait à l’origine de, without a "
        "condition) and the translation “would have” (unless it is denied or in a relative "
        "clause), or a fact without a word such as reportedly or may; or it says "
        "“ne … que” and the translation has no only, but, until and the like, or denies it; "
        "or every “il” of it is impersonal (il est contraire à, il faut), or the thing that opens "
        "a sentence without names, and the translation speaks of a he or she; or a conditional "
        "(démissionnerait), outside of other clauses, has become “will”."
    ),
    run=_run,
    notes=(
        "Lists of words; a sentence with another negation is left alone. So is found what did not "
        "happen (« a failli tomber ») without almost, nearly and the like."
    ),
)
