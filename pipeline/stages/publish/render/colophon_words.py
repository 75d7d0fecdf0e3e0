"""The language of notices in; the sentences and labels of a colophon in that language out."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "made": "It was made offline by {engine}.",
    "holds": "The text has {rows} and {sentences}; every sentence stands once on each side.",
    "unfinished": "The engine did not finish {sentences}.",
    "term": "Of {occurrences} of glossary entries, {count} is rendered as the glossary asks.",
    "terms": "Of {occurrences} of glossary entries, {count} are rendered as the glossary asks.",
    "decided": "In review, {accepted} of them were accepted and {declined} declined.",
    "recalled": "{sentences} came from the memory of approved translations.",
    "written": "A person wrote the English of {sentences} ({places}).",
    "found": "The checks found {things} to mend, {look} to look at and {polish} to polish: {rate} "
    "for each thousand words of the French.",
    "none_found": "The checks found nothing to report.",
    "review": "Review: {said}.",
    "dismissed": "A reviewer dismissed {findings}.",
    "of": " of {sentences}",
    "read": "read",
    "signed": "signed off",
    "read_and_signed": "read and signed off",
    "by": "by",
    "row_at": "row {rows}",
    "rows_at": "rows {rows}",
    "row": "row|rows",
    "sentence": "sentence|sentences",
    "occurrence": "occurrence|occurrences",
    "thing": "thing|things",
    "finding": "finding|findings",
    "type": "Set in Enregard Serif and Enregard Mono, subsets of Adobe’s Source Serif 4 and Source "
    "Code Pro under the SIL Open Font License 1.1. French spacing before ; : ! ? and inside "
    "guillemets, and curled quotation marks, are added in print; the stored texts are as they "
    "were.",
    "house_type": "Set in {fonts} ({licence}), and in what follows where these lack a character. ",
    "no_reference": "none: no reference translation was given to compare with",
    "no_glossary": "none",
}
_FRENCH = {
    "made": "Elle a été faite hors ligne par {engine}.",
    "holds": "Le texte compte {rows} et {sentences} ; chaque phrase figure une fois de chaque "
    "côté.",
    "unfinished": "Le moteur n’a pas achevé {sentences}.",
    "term": "Entrées du glossaire : {occurrences}, dont {count} comme le glossaire le demande.",
    "terms": "Entrées du glossaire : {occurrences}, dont {count} comme le glossaire le demande.",
    "decided": "En relecture, {accepted} ont été acceptées et {declined} écartées.",
    "recalled": "De la mémoire des traductions approuvées : {sentences}.",
    "written": "Une personne a écrit l’anglais de {sentences} ({places}).",
    "found": "Les contrôles ont relevé {things} à corriger, {look} à vérifier et {polish} à "
    "polir : {rate} pour mille mots du français.",
    "none_found": "Les contrôles n’ont rien relevé.",
    "review": "Relecture : {said}.",
    "dismissed": "En relecture, {findings} ont été écartés.",
    "of": " sur {sentences}",
    "read": "relues",
    "signed": "validées",
    "read_and_signed": "relues et validées",
    "by": "par",
    "row_at": "ligne {rows}",
    "rows_at": "lignes {rows}",
    "row": "ligne|lignes",
    "sentence": "phrase|phrases",
    "occurrence": "occurrence|occurrences",
    "thing": "point|points",
    "finding": "constat|constats",
    "type": "Composé en Enregard Serif et Enregard Mono, sous-ensembles de Source Serif 4 et de "
    "Source Code Pro, d’Adobe, sous la SIL Open Font License 1.1. Les espaces avant ; : ! ? et "
    "dans les guillemets et les guillemets courbes sont ajoutés à l’impression ; les textes "
    "enregistrés restent tels quels.",
    "house_type": "Composé en {fonts} ({licence}), et pour les caractères qui y manquent ainsi : ",
    "no_reference": "aucune : pas de traduction de référence à laquelle comparer",
    "no_glossary": "aucun",
    "Source text": "Texte source",
    "Source SHA-256": "SHA-256 de la source",
    "Engine": "Moteur",
    "Engine licence": "Licence du moteur",
    "Engine fingerprint": "Empreinte du moteur",
    "Glossary": "Glossaire",
    "Glossary SHA-256": "SHA-256 du glossaire",
    "Decisions SHA-256": "SHA-256 des décisions",
    "Settings SHA-256": "SHA-256 des réglages",
    "Program": "Programme",
    "Reference SHA-256": "SHA-256 de la référence",
    "Metrics": "Mesures",
}


def colophon_words(notices: str) -> Mapping[str, str]:
    """Return what a colophon says where notices are in "en", "fr" or "both" (then English)."""
    return _FRENCH if notices == "fr" else _ENGLISH


def counted(words: Mapping[str, str], number: int, noun: str) -> str:
    """Return a number and its noun, in French singular below two, in English for one alone."""
    one, more = words[noun].split("|")
    single = number < 2 if words is _FRENCH else number == 1
    return f"{number} {one if single else more}"
