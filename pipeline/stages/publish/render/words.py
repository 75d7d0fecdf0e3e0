"""The language of notices in; the words an edition says about itself in that language, out."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.stages.publish.render.screen_words import SCREEN_WORDS

_ENGLISH = {
    "title": "Title",
    "text": "Text",
    "imprint": "Imprint",
    "index": "Index of names and terms",
    "index_rows": "Numbers are those of the rows, which stand beside the text.",
    "index_pages": "Numbers are those of the pages.",
    "rows": "Rows",
    "pages": "Pages",
    "french": "French",
    "english": "English",
    "glossary": "Glossary",
    "names_and_terms": "Names and terms",
    "findings": "Findings",
    "colophon": "Colophon",
    "kind": "Kind",
    "occurrences": "Occurrences",
    "row": "Row",
    "number": "No.",
    "finding": "Finding",
    "check": "Check",
    "none": "none",
    "remarks": "Remarks",
    "about": "About this edition",
    "landmarks": "Landmarks",
    "tap": "Tap a paragraph for its translation.",
    "accessible": "Every paragraph is marked with its language; each translation opens under its "
    "paragraph.",
    "block": "To mend",
    "look": "To look at",
    "polish": "To polish",
    "term": "term",
    "name": "name",
    "keep": "kept as it is",
    "present": "rendered",
    "missing": "not rendered",
    "forbidden": "forbidden rendering",
    "declined": "set aside by a person",
    "model": "by the model itself",
    "hint": "after a hint",
    "hypothesis": "taken from another version",
    "replaced": "put in place of another",
    "redecoded": "sentence made anew around it",
    "edited": "written by a person",
    "glossary_intro": "Every entry of the glossary that occurs in the text, what became of it in "
    "the "
    "translation, and how it came there: the model wrote it by itself; it did so after a "
    "hint; another version of the sentence had it; it was put in place of another rendering; "
    "the sentence was made anew around it; or a person wrote it.",
    "names_intro": "How names and terms of the text are rendered.",
    "doubts": "A dotted line in red marks suspicious words of the English, and words of the French "
    "that seem lost in it.",
    "findings_intro": "What the checks noticed, by how much it matters. Each has its number in "
    "the English "
    "column.",
    "no_terms": "No glossary entry occurs in the text.",
    "no_findings": "The checks found nothing to report.",
    "untitled": "The English text",
    "original": "Original text",
    "by_machine": "Translated by machine",
    "by_machine_and": "Translated by machine; {reading}",
    "unread": "not reviewed",
    "read_by": "read by {names}",
    "partly_read_by": "partly read by {names}",
    "source": "Source: {value}",
    "credit": "Image: {value}",
    "notice": "The English is a machine translation. The French text is the one to quote.",
}

_FRENCH = {
    "title": "Titre",
    "text": "Texte",
    "imprint": "Mentions",
    "index": "Index des noms et des termes",
    "index_rows": "Les numéros sont ceux des lignes, à côté du texte.",
    "index_pages": "Les numéros sont ceux des pages.",
    "rows": "Lignes",
    "pages": "Pages",
    "french": "Français",
    "english": "Anglais",
    "glossary": "Glossaire",
    "names_and_terms": "Noms et termes",
    "findings": "Constats",
    "colophon": "Colophon",
    "kind": "Nature",
    "occurrences": "Occurrences",
    "row": "Ligne",
    "number": "N°",
    "finding": "Constat",
    "check": "Contrôle",
    "none": "aucune",
    "remarks": "Remarques",
    "about": "À propos de cette édition",
    "landmarks": "Repères",
    "tap": "Touchez un paragraphe pour voir sa traduction.",
    "accessible": "Chaque paragraphe est marqué de sa langue ; chaque traduction s’ouvre sous son "
    "paragraphe.",
    "block": "À corriger",
    "look": "À vérifier",
    "polish": "À polir",
    "term": "terme",
    "name": "nom",
    "keep": "laissé tel quel",
    "present": "rendu",
    "missing": "non rendu",
    "forbidden": "traduction exclue",
    "declined": "écarté en relecture",
    "model": "par le modèle lui-même",
    "hint": "après une indication",
    "hypothesis": "pris dans une autre version",
    "replaced": "mis à la place d’un autre",
    "redecoded": "phrase refaite autour de lui",
    "edited": "écrit par une personne",
    "glossary_intro": "Chaque entrée du glossaire présente dans le texte, ce qu’elle est devenue "
    "dans la "
    "traduction, et comment : le modèle l’a écrite de lui-même ; il l’a fait après une "
    "indication ; une autre version de la phrase la contenait ; elle a pris la place d’une "
    "autre traduction ; la phrase a été refaite autour d’elle ; ou une personne l’a écrite.",
    "names_intro": "Comment les noms et les termes du texte sont rendus.",
    "doubts": "Un pointillé rouge marque les mots suspects de l’anglais, et ceux du français qui "
    "semblent y manquer.",
    "findings_intro": "Ce que les contrôles ont relevé, par ordre de gravité. Chaque constat a "
    "son numéro dans "
    "la colonne anglaise.",
    "no_terms": "Aucune entrée du glossaire n’apparaît dans le texte.",
    "no_findings": "Les contrôles n’ont rien relevé.",
    "untitled": "Le texte français",
    "original": "Texte original",
    "by_machine": "Traduction automatique en regard",
    "by_machine_and": "Traduction automatique en regard, {reading}",
    "unread": "non relue",
    "read_by": "relue par {names}",
    "partly_read_by": "relue en partie par {names}",
    "source": "Source : {value}",
    "credit": "Image : {value}",
    "notice": "L’anglais est une traduction automatique. Seul le texte français fait foi.",
}

WORDS: Mapping[str, Mapping[str, str]] = {
    language: {**words, **SCREEN_WORDS[language]}
    for language, words in (("en", _ENGLISH), ("fr", _FRENCH))
}


def words_of(notices: str) -> Mapping[str, str]:
    """Return the labels of an edition whose notices are in "en", "fr" or "both" (then English)."""
    return WORDS["fr" if notices == "fr" else "en"]
