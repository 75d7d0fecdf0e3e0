"""A wrong rendering is replaced with what English grammar asks of the words around it."""

from __future__ import annotations

import re

import pytest

from pipeline.glossary import Matcher, verify
from pipeline.model import Entry, EntryKind, OccurrenceStatus
from pipeline.stages.translate.replace import replacements

TERM, NAME, KEEP = EntryKind.TERM, EntryKind.NAME, EntryKind.KEEP


@pytest.mark.parametrize(
    ("kind", "french", "entry", "text", "wanted"),
    [
        (TERM, "Le comité siège.", "comité: panel", "The [committee].", "The panel."),
        # number: that of the French, or where it cannot be seen there, of what is replaced
        (TERM, "Les comités.", "comité: panel", "The [committees].", "The panels."),
        (TERM, "Les obus.", "obus: projectile", "The [shells].", "The projectiles."),
        (TERM, "Les pays.", "pays: country", "The [states].", "The countries."),
        (TERM, "La crise.", "crise: emergency", "The [crisis].", "The emergency."),
        (TERM, "Le virus.", "virus: pathogen", "The [virus].", "The pathogen."),
        (TERM, "La base.", "base: foundation", "The [bases].", "The foundation."),
        # possessive
        (TERM, "L’avis du comité.", "comité: panel", "The [board]'s view.", "The panel's view."),
        (
            TERM,
            "Le siège de l’ONU.",
            "ONU: United Nations",
            "[UN]’s seat.",
            "United Nations’ seat.",
        ),
        (NAME, "L’avis des Pairs.", "Pairs: Senate", "The [Peers]' view.", "The Senate's view."),
        (TERM, "La société.", "société: business", "A [firm]'s.", "A business's."),
        (TERM, "Les sociétés.", "société: business", "Two [firms]'.", "Two businesses'."),
        # no noun
        (TERM, "À huis clos.", "à huis clos: in camera", "[Behind doors].", "In camera."),
        # verbs: the form of what is replaced
        (TERM, "On abroge.", "abroger: repeal", "He is [ending] it.", "He is repealing it."),
        (TERM, "On abroge.", "abroger: to repeal", "He [ends] it.", "He repeals it."),
        (TERM, "On abrogea.", "abroger: take back", "He [ended] it.", "He took back it."),
        (TERM, "Abrogé.", "abroger: take back", "It was soon [ended].", "It was soon taken back."),
        (TERM, "Il est entré.", "entrer: take effect", "It has [come].", "It has taken effect."),
        (TERM, "Ils entreront.", "entrer: take effect", "It will [come].", "It will take effect."),
        # capitals
        (TERM, "Comité et conseil.", "comité: panel", "[Board] and council.", "Panel and council."),
        (TERM, "Un. Un autre.", "autre: other one", "A. [Another].", "A. Other one."),
        (TERM, "LE COMITÉ SIÈGE", "comité: panel", "THE [BOARD] SITS", "THE PANEL SITS"),
        (KEEP, "kubectl obéit.", "kubectl: kubectl", "[Kubectl] obeys.", "kubectl obeys."),
        # a and an
        (TERM, "Un comité.", "comité: assembly", "A [committee].", "An assembly."),
        (TERM, "Un accord.", "accord: treaty", "It is an [agreement].", "It is a treaty."),
        (TERM, "Un accord.", "accord: hour", "a [pact]", "an hour"),
        (TERM, "Un accord.", "accord: union", "a [pact]", "a union"),
        (TERM, "Un agent.", "agent: FBI agent", "a [detective]", "an FBI agent"),
        (TERM, "Un agent.", "agent: NATO officer", "an [agent]", "a NATO officer"),
        (TERM, "L’épidémie.", "épidémie: epidemic", "Hepatitis A [wave].", "Hepatitis A epidemic."),
        (TERM, "Un agent.", "agent: officer", "A [agent].", "An officer."),
        (TERM, "UN AGENT", "agent: officer", "SEEN BY A [SPY]", "SEEN BY AN OFFICER"),
        (TERM, "Du HCR.", "HCR: UNHCR", "An [IOM] official.", "A UNHCR official."),
        # an article of the target's own
        (NAME, "À La Haye.", "La Haye: The Hague", "In the [Haye].", "In The Hague."),
        (NAME, "Le HCR.", "HCR: the UNHCR", "The [HCR] says.", "The UNHCR says."),
    ],
)
def test_the_words_around_fit(
    kind: EntryKind, french: str, entry: str, text: str, wanted: str
) -> None:
    source, target = entry.split(": ")
    (match,) = Matcher([Entry("e", source, target, kind)]).matches(french)
    before, old, after = re.split(r"[\[\]]", text)
    span = len(before), len(before + old)
    made = replacements(before + old + after, span, match)
    assert made[0] == wanted
    (found,) = verify("s", [match], made[0])
    assert found.status is OccurrenceStatus.PRESENT


def test_a_name_is_also_tried_without_the_article_of_what_it_replaces() -> None:
    (match,) = Matcher([Entry("e", "OTAN", "NATO", NAME)]).matches("L’OTAN répond.")
    assert replacements("The Alliance replies.", (4, 12), match) == (
        "The NATO replies.",
        "NATO replies.",
    )
