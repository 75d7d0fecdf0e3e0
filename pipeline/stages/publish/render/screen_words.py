"""The words of the HTML edition's buttons, help and messages, by language."""

from __future__ import annotations

from collections.abc import Mapping

SCREEN_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "skip_to_text": "Skip to the text",
        "skip_to_parts": "Skip to the glossary and findings",
        "shown": "What is shown",
        "both": "Both",
        "reveal": "Reveal",
        "tools": "Tools",
        "notes": "Notes",
        "copy_it": "Copy",
        "copied": "Copied",
        "help": "Help and keys",
        "parts": "Parts of the edition",
        "to_cite": "To cite:",
        "reading": "Reading this edition",
        "how": "Point at, touch or focus a sentence to see which one answers it on the other"
        " side. A row’s number is the address of the row. Reveal covers each English "
        "paragraph until you ask for it. Copy puts the sentence you chose, its "
        "counterpart and where they come from on the clipboard.",
        "key": "Key",
        "does": "What it does",
        "key_rows": "next row, row before",
        "key_sentences": "next sentence, sentence before",
        "key_mode": "another mode: both, French, English, reveal",
        "key_reveal": "reveal or cover the English of the row",
        "key_notes": "notes and glossary marks on or off",
        "key_copy": "copy the sentence with its source",
        "key_help": "this page",
        "key_escape": "close what is open",
        "keys_on": "Keys on",
        "close": "Close",
        "show_row": "Show the English of row",
        "cover_row": "Cover row",
        "choose_first": "Choose a sentence first.",
        "copied_with": "Copied with its source.",
        "cannot_copy": "This browser does not let a page copy; select the sentence instead.",
        "note": "Note",
        "not_translated": "not translated",
        "citation": "Bilingual edition, English by machine ({program}); source SHA-256 {hash}.",
        "source_line": "English by machine ({engine}) from {name}; {reading}. See the colophon.",
        "reading_unknown": "not reviewed unless its publisher says so",
    },
    "fr": {
        "skip_to_text": "Aller au texte",
        "skip_to_parts": "Aller au glossaire et aux constats",
        "shown": "Ce qui est affiché",
        "both": "Les deux",
        "reveal": "Dévoiler",
        "tools": "Outils",
        "notes": "Notes",
        "copy_it": "Copier",
        "copied": "Copié",
        "help": "Aide et touches",
        "parts": "Parties de l’édition",
        "to_cite": "Pour citer\u00a0:",
        "reading": "Lire cette édition",
        "how": "Pointez ou touchez une phrase pour voir celle qui lui répond de l’autre "
        "côté. Le numéro d’une ligne est son adresse. Dévoiler cache chaque "
        "paragraphe anglais jusqu’à ce que vous le demandiez. Copier met dans le "
        "presse-papiers la phrase choisie, celle d’en face et leur provenance.",
        "key": "Touche",
        "does": "Ce qu’elle fait",
        "key_rows": "ligne suivante, ligne précédente",
        "key_sentences": "phrase suivante, phrase précédente",
        "key_mode": "autre mode\u00a0: les deux, français, anglais, dévoiler",
        "key_reveal": "dévoiler ou cacher l’anglais de la ligne",
        "key_notes": "montrer ou non les notes et les termes du glossaire",
        "key_copy": "copier la phrase avec sa provenance",
        "key_help": "cette page",
        "key_escape": "fermer ce qui est ouvert",
        "keys_on": "Touches actives",
        "close": "Fermer",
        "show_row": "Montrer l’anglais de la ligne",
        "cover_row": "Cacher la ligne",
        "choose_first": "Choisissez d’abord une phrase.",
        "copied_with": "Copié avec sa provenance.",
        "cannot_copy": "Ce navigateur ne laisse pas une page copier\u00a0; sélectionnez la phrase.",
        "note": "Note",
        "not_translated": "non traduit",
        "citation": "Édition bilingue, anglais par traduction automatique ({program})\u00a0; "
        "SHA-256 de la source\u00a0: {hash}.",
        "source_line": "Anglais par traduction automatique ({engine}) de {name}\u00a0; {reading}. "
        "Voir le colophon.",
        "reading_unknown": "non relu, sauf mention de l’éditeur",
    },
}
