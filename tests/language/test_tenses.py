"""What a form of a French verb is in English, and forms of English verbs."""

from __future__ import annotations

import pytest

from pipeline.language.dictionary.english_forms import verb_forms
from pipeline.language.lemmas import infinitives, is_infinitive


@pytest.mark.parametrize(
    ("french", "infinitive", "verb", "english"),
    [
        ("poursuit", "poursuivre", "continue", "continues"),
        ("meurent", "mourir", "die", "die"),
        ("connaît", "connaître", "know", "knows"),
        ("sert", "servir", "serve", "serves"),
        ("accourent", "accourir", "rush", "rush"),
        ("encourent", "encourir", "face", "face"),
        ("requiert", "requérir", "call", "calls"),
        ("vaut", "valoir", "be", "is"),
        ("traduit", "traduire", "translate", "translated"),
        ("fuit", "fuir", "flee", "flees"),
        ("chavirait", "chavirer", "capsize", "capsized"),
        ("chavirerait", "chavirer", "capsize", "capsize"),
        ("emparaient", "emparer", "seize", "seized"),
        ("tiraient", "tirer", "fire", "fired"),
        ("achetâmes", "acheter", "buy", "bought"),
        ("agenouillai", "agenouiller", "kneel", "knelt"),
        ("vendîmes", "vendre", "sell", "sold"),
        ("mourûtes", "mourir", "die", "died"),
        ("prends", "prendre", "take", "take"),
        ("savoures", "savourer", "savour", "savour"),
        ("dément", "démentir", "deny", "denies"),
        ("détient", "détenir", "hold", "holds"),
        ("obtiennent", "obtenir", "win", "win"),
        ("finit", "finir", "finish", "finishes"),
        ("rendit", "rendre", "give", "gave"),
        ("partit", "partir", "leave", "left"),
        ("courut", "courir", "run", "ran"),
        ("courait", "courir", "run", "ran"),
        ("courrait", "courir", "run", "run"),
        ("mourut", "mourir", "die", "died"),
        ("écrit", "écrire", "write", "written"),
        ("produit", "produire", "make", "made"),
        ("vit", "vivre", "live", "lives"),
        ("craint", "craindre", "fear", "feared"),
        ("tint", "tenir", "hold", "held"),
        ("plaît", "plaire", "please", "pleases"),
        ("fait", "faire", "do", "does"),
        ("sait", "savoir", "know", "knows"),
        ("savait", "savoir", "know", "knew"),
        ("verra", "voir", "see", "see"),
        ("verrait", "voir", "see", "see"),
        ("voyait", "voir", "see", "saw"),
        ("entra", "entrer", "enter", "entered"),
        ("entrera", "entrer", "enter", "enter"),
        ("entrons", "entrer", "enter", "enter"),
        ("jette", "jeter", "throw", "throws"),
        ("cita", "citer", "cite", "cited"),
        ("citent", "citer", "cite", "cite"),
        ("citèrent", "citer", "be", "were"),
        ("étaient", "être", "be", "were"),
        ("rompt", "rompre", "break", "breaks"),
        ("ouvert", "ouvrir", "open", "opened"),
        ("ouvre", "ouvrir", "open", "opens"),
        ("ouvrait", "ouvrir", "open", "opened"),
        ("ouvrirait", "ouvrir", "open", "open"),
        ("bat", "battre", "beat", "beats"),
        ("met", "mettre", "put", "puts"),
        ("mis", "mettre", "put", "put"),
        ("pris", "prendre", "take", "taken"),
        ("conclut", "conclure", "conclude", "concludes"),
        ("disparaît", "disparaître", "vanish", "vanishes"),
        ("disparut", "disparaître", "vanish", "vanished"),
        ("disparaissait", "disparaître", "vanish", "vanished"),
        ("finissaient", "finir", "finish", "finished"),
        ("grandissent", "grandir", "grow", "grow"),
        ("préfère", "préférer", "prefer", "prefers"),
        ("préférait", "préférer", "prefer", "preferred"),
        ("préférerait", "préférer", "prefer", "prefer"),
        ("espérons", "espérer", "hope", "hope"),
        ("rient", "rire", "laugh", "laugh"),
        ("riait", "rire", "laugh", "laughed"),
        ("naquit", "naître", "be", "was"),
        ("naît", "naître", "be", "is"),
        ("suffit", "suffire", "be", "is"),
        ("élève", "élever", "raise", "raises"),
        ("élevèrent", "élever", "raise", "raised"),
        ("dorment", "dormir", "sleep", "sleep"),
        ("dort", "dormir", "sleep", "sleeps"),
        ("acquiert", "acquérir", "gain", "gains"),
        ("acquièrent", "acquérir", "gain", "gain"),
        ("acquit", "acquérir", "gain", "gained"),
        ("acquis", "acquérir", "gain", "gained"),
        ("assiège", "assiéger", "besiege", "besieges"),
        ("paiera", "payer", "pay", "pay"),
        ("paye", "payer", "pay", "pays"),
        ("envoya", "envoyer", "send", "sent"),
        ("perd", "perdre", "lose", "loses"),
        ("perdait", "perdre", "lose", "lost"),
        ("perdrait", "perdre", "lose", "lose"),
        ("résout", "résoudre", "solve", "solves"),
        ("joint", "joindre", "join", "joined"),
        ("conquit", "conquérir", "win", "won"),
        ("vécut", "vivre", "live", "lived"),
        ("but", "boire", "drink", "drank"),
        ("buvait", "boire", "drink", "drank"),
        ("boit", "boire", "drink", "drinks"),
        ("reçoit", "recevoir", "get", "gets"),
        ("reçut", "recevoir", "get", "got"),
        ("pleurent", "pleurer", "weep", "weep"),
        ("demeurent", "demeurer", "stay", "stay"),
        ("tirent", "tirer", "fire", "fire"),
        ("virent", "voir", "see", "saw"),
        ("virent", "virer", "turn", "turn"),
        ("admirent", "admirer", "admire", "admire"),
        ("admirent", "admettre", "admit", "admitted"),
    ],
)
def test_the_tense_of_a_form_is_that_of_its_english(
    french: str, infinitive: str, verb: str, english: str
) -> None:
    assert verb_forms(verb, french, infinitive)[0] == english


@pytest.mark.parametrize(
    ("pronoun", "french", "infinitive", "verb", "english"),
    [
        ("", "produit", "produire", "produce", "produced"),
        ("il", "produit", "produire", "produce", "produces"),
        ("se", "poursuit", "poursuivre", "continue", "continues"),
        ("s", "aggrave", "aggraver", "worsen", "worsens"),
        ("se", "poursuivent", "poursuivre", "continue", "continue"),
        ("je", "pris", "prendre", "take", "took"),
        ("je", "partis", "partir", "leave", "left"),
        ("je", "vins", "venir", "come", "came"),
        ("je", "finis", "finir", "finish", "finish"),
        ("je", "prends", "prendre", "take", "take"),
        ("je", "tire", "tirer", "fire", "fire"),
        ("ils", "sont", "être", "be", "are"),
        ("", "sont", "être", "be", "are"),
        ("", "font", "faire", "make", "make"),
        ("vous", "faites", "faire", "make", "make"),
        ("", "fait", "faire", "make", "makes"),
    ],
)
def test_behind_a_pronoun_a_form_is_no_participle(
    pronoun: str, french: str, infinitive: str, verb: str, english: str
) -> None:
    assert verb_forms(verb, french, infinitive, pronoun=pronoun)[0] == english


@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("slit", "slit"),
        ("wring", "wrung"),
        ("oversee", "oversaw"),
        ("unwind", "unwound"),
        ("outdo", "outdid"),
        ("eavesdrop", "eavesdropped"),
        ("retell", "retold"),
        ("squat", "squatted"),
        ("distil", "distilled"),
        ("tread", "trod"),
        ("resell", "resold"),
        ("remind", "reminded"),
        ("panic", "panicked"),
        ("undertake", "undertook"),
        ("require", "required"),
    ],
)
def test_the_past_of_an_english_verb(verb: str, past: str) -> None:
    assert verb_forms(verb, "fit", "faire", told=True)[0] == past


@pytest.mark.parametrize(
    ("french", "infinitive"),
    [
        ("crût", "croître"),
        ("tus", "taire"),
        ("lut", "lire"),
        ("but", "boire"),
        ("mirent", "mettre"),
        ("virent", "voir"),
        ("durent", "devoir"),
        ("fissions", "faire"),
        ("vins", "venir"),
        ("acquit", "acquérir"),
        ("peignit", "peindre"),
        ("convainquirent", "convaincre"),
        ("accrue", "accroître"),
        ("absoute", "absoudre"),
        ("haïrent", "haïr"),
        ("nées", "naître"),
        ("entrevit", "entrevoir"),
    ],
)
def test_the_verb_of_an_irregular_form(french: str, infinitive: str) -> None:
    assert infinitive in infinitives(french)


@pytest.mark.parametrize("noun", ["début", "salut", "institut", "attribut", "abus"])
def test_what_ends_as_a_simple_past_is_no_verb(noun: str) -> None:
    assert infinitives(noun) == ()


@pytest.mark.parametrize("noun", ["tir", "soir", "loir", "désir", "espoir"])
def test_a_noun_in_ir_is_no_infinitive(noun: str) -> None:
    assert not is_infinitive(noun)


@pytest.mark.parametrize(
    ("french", "infinitive", "pronoun", "english"),
    [
        ("fit", "faire", "", "did"),
        ("fissent", "faire", "", "did"),
        ("vînmes", "venir", "", "came"),
        ("naquisse", "naître", "", "came"),
        ("écrivis", "écrire", "", "came"),
        ("chantassent", "chanter", "", "came"),
        ("lis", "lire", "je", "come"),
        ("dis", "dire", "je", "come"),
        ("conduis", "conduire", "je", "come"),
        ("lus", "lire", "je", "came"),
    ],
)
def test_the_tense_of_an_irregular_form(
    french: str, infinitive: str, pronoun: str, english: str
) -> None:
    verb = "do" if english == "did" else "come"
    assert verb_forms(verb, french, infinitive, pronoun=pronoun)[0] == english
