"""Each check on sentences a translator would recognise: what it reports, what it leaves."""

import pytest

from pipeline.checks import Case, CheckProfile, hedges, names
from pipeline.language.dictionary import Answers, Dictionary
from pipeline.model import (
    BlockKind,
    Entry,
    EntryKind,
    Finding,
    Occurrence,
    OccurrenceStatus,
    Segment,
    Severity,
    Translation,
)
from tests.support.checking import run_checks


def findings(
    check: str,
    source: str,
    target: str,
    *,
    finished: bool = True,
    occurrences: tuple[Occurrence, ...] = (),
    entries: tuple[Entry, ...] = (),
) -> list[Finding]:
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    translation = Translation(segment.id, target, -0.2, finished, "engine")
    by_id = {entry.id: entry for entry in entries}
    found = run_checks(
        segment, translation, occurrences, BlockKind.PARAGRAPH, CheckProfile(), by_id
    )
    return [finding for finding in found if finding.check == check]


def severities(check: str, source: str, target: str) -> list[str]:
    return [str(finding.severity) for finding in findings(check, source, target)]


# check, source, target, severities expected
TABLE = [
    # finished
    ("finished", "Il est parti.", "", ["block"]),
    ("finished", "Il est parti.", " \u00a0 ", ["block"]),
    ("finished", "Le ministre a quitté la salle.", "The minister left the", ["block"]),
    ("finished", "Le ministre a quitté la salle.", "The minister left the room", []),
    ("finished", "Les faits", "The facts", []),
    ("finished", "Elle retrouve ses couleurs d’antan.", "It has its of yesteryear hues.", ["look"]),
    ("finished", "L’hépatite A est bénigne.", "Hepatitis A is mild.", []),
    ("finished", "L’accord est signé et/ou validé.", "An and/or was left in the text.", []),
    # numbers
    ("numbers", "Ils étaient 12 à bord.", "There were 15 on board.", ["block"]),
    ("numbers", "Ils étaient 12 à bord.", "They were on board.", ["block"]),
    ("numbers", "Ils étaient à bord.", "The 12 were on board.", ["block"]),
    ("numbers", "Quatre marins sont morts.", "Some sailors died.", ["look"]),
    ("numbers", "Elle avance à quatre pattes.", "She is crawling.", ["polish"]),
    ("numbers", "Quatre marins sont morts.", "Five sailors died.", ["look", "look"]),
    ("numbers", "Quatrièmement, il ment.", "Fourthly, he lies.", []),
    ("numbers", "L'équipe gagne en 1975.", "The team wins.", ["block"]),
    ("numbers", "L'équipe gagne.", "The team wins in 1975.", ["look"]),
    ("numbers", "La même année, il gagne.", "In 1975 he wins.", ["polish"]),
    ("numbers", "De 1943 à 1946, il sert.", "From 1943–6 he serves.", []),
    ("numbers", "En avril 2018, il part.", "In April ’18 he leaves.", []),
    ("numbers", "Le litre coûte 1,335 euro.", "A litre costs 1,335 euros.", ["look"]),
    ("numbers", "Les 78 millions d'écus.", "The ECU 78m.", []),
    ("numbers", "Selon le paragraphe 2 de l'article 9.", "Under article 9, paragraph 2.", []),
    ("numbers", "Ils ont payé 10 € chacun.", "They paid $10 each.", ["look"]),
    ("numbers", "À 14 h 30, ils étaient 1 200.", "At 2:30 pm there were 1,200.", []),
    (
        "numbers",
        "Les 40 chasseurs ont parcouru 12 villages avec leurs chiens.",
        "The 12 hunters crossed 40 villages with their dogs.",
        ["look"],
    ),
    (
        "numbers",
        "Les 40 chasseurs ont parcouru 12 villages avec leurs chiens.",
        "The 12 villages were crossed by the 40 hunters with their dogs.",
        [],
    ),
    ("numbers", "Ils ont marché 40 km.", "They walked 40 miles.", ["look"]),
    ("numbers", "Au cours des 20 dernières années.", "Over the past 20 months.", ["look"]),
    ("numbers", "Elle a 17 ans et pèse 60 kg.", "Aged 17, she weighs 60 kilograms.", []),
    ("numbers", "Le défilé du 14 Juillet.", "The Bastille Day parade.", []),
    ("numbers", "Le 14 juillet 2016, il fuit.", "On Bastille Day 2017 he flees.", ["block"]),
    ("numbers", "Ils jouent en huitièmes de finale.", "They play in the last 16.", []),
    (
        "numbers",
        "Ils jouent en huitièmes de finale.",
        "They play in the last 32.",
        ["look", "block"],
    ),
    ("numbers", "Il vit dans un T3.", "He lives in a two-bedroom flat.", []),
    ("numbers", "Il fait les cent pas.", "He is pacing up and down.", []),
    ("numbers", "Chaque premier mardi à midi.", "At noon on the first Tuesday.", []),
    ("numbers", "Il est convoqué le 14 à 20 heures.", "He is called for 8pm on the 14th.", []),
    # leftover
    ("leftover", "Le chef est parti.", "The chef has left.", ["polish"]),
    ("leftover", "Le placenta humain.", "The human placenta.", ["polish"]),
    ("leftover", "La grève continue.", "The grève goes on.", ["look"]),
    ("leftover", "Le vin de l'Entre-deux-Mers.", "The wine of Entre-deux-Mers.", []),
    ("leftover", "On y lit « bourreau ».", 'It reads "bourreau".', ["polish"]),
    ("leftover", "La légion d'honneur.", "The Légion d'honneur.", []),
    (
        "leftover",
        "Le ministre a répondu aux questions de la presse.",
        "Le ministre a répondu aux questions de la presse.",
        ["block"],
    ),
    (
        "leftover",
        "Le ministre a répondu aux questions de la presse étrangère.",
        "The minister, a répondu aux questions de la presse and so on in the end.",
        ["look"],
    ),
    (
        "leftover",
        "Hier soir, le président a dit que les accords sont dans une impasse totale.",
        "Last night the president said that for him and his advisers les accords sont dans une "
        "impasse, and nobody in the room chose to contradict him at that point.",
        ["look"],
    ),
    ("leftover", "Il a vendu sa voiture hier.", "He sold his voiture yesterday.", ["look"]),
    ("leftover", "Une voiture électrique.", "An électrique car.", ["look"]),
    ("leftover", "La salle de banquet.", "The banquet hall.", ["polish"]),
    ("leftover", "Sa raison d'être et un coup d'état.", "Its raison d'être and a coup d'état.", []),
    (
        "leftover",
        "Le groupe s'appelait Soriano y los que afinan su piano.",
        "The group was called Soriano y los que afinan su piano.",
        [],
    ),
    ("names", "POUR ALLER PLUS LOIN : trois livres", "TO GO FURTHER: three books", []),
    ("leftover", "Une question importante.", "A question that is important.", []),
    ("leftover", "Table des matières", "Table des matières", ["block"]),
    ("leftover", "Le Monde de Paris", "Le Monde of Paris", []),
    ("leftover", "Il dirige l'École des Beaux-Arts.", "He heads the École des Beaux-Arts.", []),
    ("leftover", "Charles de Gaulle parle.", "Charles de Gaulle speaks.", []),
    ("leftover", "LIRE AUSSI : les usagers en colère", "LIRE AUSSI: angry users", ["look"]),
    ("leftover", "GRÈVE DES TRANSPORTS", "GRÈVE OF TRANSPORTS", ["look"]),
    ("leftover", "LES ELUS RECLAMENT UN VOTE.", "THE ELUS CALL FOR A VOTE.", ["look"]),
    ("leftover", "Il crie « SORTEZ TOUS ».", 'He shouts "SORTEZ TOUS".', ["look"]),
    ("leftover", "LE MAIRE DE VIRE DÉMISSIONNE", "THE MAYOR OF VIRE RESIGNS", []),
    ("leftover", "GRÈVE À LA SNCF : trains annulés", "STRIKE AT SNCF: trains cancelled", []),
    ("leftover", "MATCH DE RUGBY ANNULÉ", "RUGBY MATCH CANCELLED", []),
    # repetition
    ("repetition", "C'est défavorable.", "It is adverse adverse adverse.", ["block"]),
    ("repetition", "Il court.", "He runs and runs and runs and runs and.", ["block"]),
    ("repetition", "Il court vite.", "He is running fast is running fast.", ["block"]),
    ("repetition", "Il aime.", "He lovelovelovelovelovelovelovelovelove.", ["block"]),
    ("repetition", "La fin de la guerre.", "The end of of the war.", ["look"]),
    ("repetition", "Le roi est mort.", "The the king is dead.", ["look"]),
    ("repetition", "Les allées sont des bourbiers.", "It turned marshes into marshes.", ["look"]),
    (
        "repetition",
        "Le Conseil des Nations unies et le chef de l’ONU.",
        "The Council of the United Nations and the head of the United Nations.",
        [],
    ),
    ("repetition", "Ils vont d’île en île.", "They go from island to island.", []),
    ("repetition", "Nous nous souvenons.", "We remember the the king.", ["look"]),
    ("repetition", "Il viendra.", "Will will come.", []),
    ("repetition", "Il lit The Times.", "He reads the The Times.", []),
    ("repetition", "Il penchait, il penchait, et riait.", "It was leaning and leaning, and…", []),
    ("repetition", "22 % en mai, 23 % en avril.", "22 per cent in May, 23 per cent in April.", []),
    ("repetition", "Il part.", "He left the house of his, the house of his.", ["block"]),
    ("repetition", "« La Loire », dit la Loire.", "“The Loire”, said the Loire.", []),
    ("repetition", "Non, non, non, dit-il.", "No, no, no, he said.", []),
    ("repetition", "C'est ce qu'il avait eu.", "That that he had had is well known.", []),
    (
        "repetition",
        "Le droit de la mer, le droit de la guerre et le droit de la paix.",
        "The law of the sea, the law of war and the law of peace.",
        [],
    ),
    # length
    ("length", "Le ministre a longuement répondu aux questions de la presse.", "Yes.", ["block"]),
    (
        "length",
        "Le ministre a répondu aux questions.",
        "The minister answered the questions, and then went on to speak at great length of others.",
        ["look"],
    ),
    ("length", "Le ministre a répondu aux questions.", "The minister took questions.", []),
    ("length", "Il part.", "He is going to leave now.", []),
    # omissions and additions
    (
        "coverage",
        "Le ministre a rencontré les agriculteurs, visité une usine de chaussures et promis de "
        "nouvelles subventions aux communes rurales.",
        "The minister met the farmers and promised more.",
        ["look"],
    ),
    (
        "coverage",
        "Le ministre a rencontré les agriculteurs.",
        "The minister met the farmers before the orchestra played in the garden of the old palace.",
        ["look"],
    ),
    (
        "coverage",
        "Le ministre a rencontré les agriculteurs et visité une usine de chaussures.",
        "The minister met the farmers and visited a shoe factory.",
        [],
    ),
    # opposites
    ("opposites", "Le trafic a augmenté hier.", "Traffic decreased yesterday.", ["look"]),
    ("opposites", "Il habite au nord de la ville.", "He lives south of the city.", ["look"]),
    ("opposites", "Il est arrivé après la réunion.", "He came before the meeting.", ["look"]),
    ("opposites", "Il avait raison.", "He was wrong.", ["look"]),
    ("opposites", "Il avait tort.", "He was right.", ["look"]),
    ("opposites", "La roue avant gauche.", "He looks after the left wheel.", []),
    ("opposites", "Un recul des prix.", "A rise in prices.", ["look"]),
    (
        "opposites",
        "Recul des vols, progression des feux.",
        "Fall in thefts, increase in fires.",
        [],
    ),
    ("opposites", "Les prix ont augmenté hier.", "Prices rose yesterday.", []),
    ("opposites", "Un sentier peu difficile.", "An easy path.", []),
    ("opposites", "C'est interdit ici.", "It is not allowed here.", []),
    # references
    ("references", "Voir www.exemple.fr.", "See www.exemple.com.", ["block", "block"]),
    ("references", "Écrire à a.b@exemple.fr !", "Write to us!", ["block"]),
    ("references", "Voir https://exemple.fr/a/.", "See https://exemple.fr/a.", []),
    ("references", "Un Airbus A320 atterrit.", "A B320 lands.", ["look"]),
    ("references", "La COVID-19 recule.", "COVID19 is retreating.", []),
    ("references", "Il a payé US12 et USD50.", "He paid $12 and $50.", []),
    # names
    ("names", "Selon le général Ryder, tout va bien.", "According to him all is well.", ["look"]),
    ("names", "Les troupes sont à Koursk depuis hier.", "The troops arrived yesterday.", ["look"]),
    ("names", "Les troupes sont à Koursk.", "The troops are in Kursk.", []),
    ("names", "Il a vu Choe Son Hui.", "He saw Choe Son Hui.", []),
    ("names", "Il a vu Vladimir Poutine.", "He saw Vladimir Putin.", []),
    ("names", "Un discours de Zelensky.", "A speech by Zelenskyy.", []),
    ("names", "Le fils de Mme Trautmann parle.", "The son of Ms. Trautmann speaks.", []),
    ("names", "Il vit à Pékin.", "He lives in Beijing.", []),
    ("names", "Le traité lie le Maroc.", "The treaty binds the Moroccan kingdom.", []),
    ("names", "Le Conseil siège à Londres.", "The council sits in London.", []),
    ("names", "L'ONU et l'OTAN le disent.", "The UN and NATO say so.", []),
    ("names", "Il a vu Alfred Hitchcock.", "He saw Hitchcock.", ["polish"]),
    ("names", "Il a vu Alfred Hitchcock.", "He saw Alfred Jones.", ["look"]),
    ("names", "Il aime l'Allemagne.", "He likes Austria.", ["look"]),
    ("names", "Il vient des Pouilles.", "He comes from Apulia.", []),
    ("names", "Elle joue dans La Vipère en 1941.", "She acts in The Fox in 1941.", ["polish"]),
    ("names", "Il vit en Nouvelle-Galles du Sud.", "He lives in NSW.", ["polish"]),
    ("names", "Il aime l'Allemagne.", "He likes the Germans.", []),
    ("names", "L'avis de l'Union est connu.", "The EU's opinion is known.", []),
    ("names", "La Finlande, elle, refuse.", "Fennoscandia refuses.", ["look"]),
    ("names", "« La Finlande refuse », dit-il.", '"Sweden refuses," he says.', ["look"]),
    ("names", "Elle joue dans « La Vipère ».", 'She acts in "The Fox".', []),
    # nationalities
    ("nationalities", "La marine finlandaise.", "The Swedish navy.", ["look"]),
    ("nationalities", "Des Italiennes.", "Spaniards.", ["look"]),
    ("nationalities", "Un accord franco-allemand.", "A Franco-German deal.", []),
    ("nationalities", "Un accord franco-allemand.", "A Franco-Polish deal.", ["look"]),
    ("nationalities", "Le chef américain à Pékin.", "The U.S. leader in China.", []),
    ("nationalities", "Les États-Unis attendent.", "The United Kingdom waits.", ["look"]),
    ("nationalities", "Qu’il vienne en Pologne.", "Let him come to Poland.", []),
    ("nationalities", "La marine finlandaise.", "The navy.", ["look"]),
    ("nationalities", "Un soutien du gouvernement britannique.", "Government support.", ["look"]),
    ("nationalities", "Un soutien du gouvernement britannique.", "UK support.", []),
    ("nationalities", "Le Président (parle en anglais) : Merci.", "The President: Thank you.", []),
    ("nationalities", "Un livre traduit de l’anglais.", "A translated book.", []),
    ("nationalities", "Sur des montagnes russes.", "On a roller coaster.", []),
    ("nationalities", "Des cellules hexagonales.", "Hexagonal cells.", []),
    ("nationalities", "Un cimetière anglo-saxon.", "An Anglo-Saxon cemetery.", []),
    ("nationalities", "Ils ont filé à l'anglaise.", "They took French leave.", []),
    ("nationalities", "La marine anglaise.", "The French navy.", ["look"]),
    ("nationalities", "La capitale.", "The Estonian capital.", []),
    # negation
    ("negation", "Il ne viendra pas demain.", "He will come tomorrow.", ["look"]),
    ("negation", "Elle n'a jamais signé.", "She has signed.", ["look"]),
    ("negation", "Je n'ai pas aimé.", "It was dreadful.", ["polish"]),
    ("negation", "Il ne s'agit pas de simples mots.", "These are not just words.", []),
    ("negation", "Il chante « Don't Cry ».", "He sings “Don't Cry”.", []),
    ("negation", "Il viendra demain.", "He will not come tomorrow.", ["look"]),
    ("negation", "Il viendra demain.", "He won't come tomorrow.", ["look"]),
    ("negation", "Il ne viendra pas demain.", "He won’t come tomorrow.", []),
    ("negation", "Il ne viendra que demain.", "He will come tomorrow alone.", []),
    ("negation", "Je crains qu'il ne vienne.", "I fear that he is coming.", []),
    ("negation", "Ce n'est pas seulement utile.", "It is more than useful.", []),
    ("negation", "Il n'a pas accepté.", "He refused.", []),
    ("negation", "Il craint que le roi ne vienne.", "He fears the king will not come.", ["look"]),
    ("negation", "Il n'a pas refusé sans raison.", "He refused without reason.", ["look"]),
    ("negation", "Il ne dort pas et ne mange pas.", "He does not sleep and he eats.", ["look"]),
    ("negation", "Il vient, n'est-ce pas ?", "He is coming, isn't he?", []),
    ("negation", "Cela n'importe à personne.", "It matters to nobody.", []),
    ("negation", "Il a refusé de venir.", "He did not come.", []),
    ("negation", "Il travaille sans argent.", "He does not have money for work.", []),
    ("negation", "Ce n'est pas possible.", "It is impossible.", []),
    ("negation", "Il vient, et son frère aussi.", "Not only he comes, his brother does.", []),
    ("negation", "Il n'avait pas tort.", "He was wrong.", ["look"]),
    ("negation", "Il n'avait pas tort.", "He was right.", []),
    ("negation", "Il n'avait pas tout à fait tort.", "He was not entirely wrong.", []),
    ("negation", "Il avait tort.", "He was not wrong.", ["look"]),
    ("negation", "Il avait tort.", "He was not right.", []),
    ("negation", "Il n'avait pas raison.", "He was right.", ["look"]),
    ("negation", "Il n'avait pas raison.", "He was wrong.", []),
    ("negation", "Il ne manque pas de courage.", "He lacks courage.", ["look"]),
    ("negation", "Il ne manque pas de courage.", "He has plenty of courage.", []),
    ("negation", "Cela n'est pas sans risque.", "This is without risk.", ["look"]),
    ("negation", "Cela n'est pas sans risque.", "This carries risks.", []),
    ("negation", "Elle n'est pas traitée.", "It is untreated.", []),
    ("negation", "Il n'est pas déclaré.", "He is undeclared.", []),
    ("negation", "Elle n'abrite guère que des mousses.", "It supports little but mosses.", []),
    ("negation", "Nous ne mangeons plus qu'une bouillie.", "We eat just one porridge.", []),
    ("negation", "Nous ne mangeons plus de bouillie.", "We eat porridge.", ["look"]),
    ("negation", "Il s'est gardé de préciser la date.", "He did not specify the date.", []),
    ("negation", "Il a gardé la date.", "He has not kept the date.", ["look"]),
    # hedges
    ("hedges", "Selon la ministre, il pleut.", "It is raining.", ["look"]),
    ("hedges", "Réglez-les selon votre poids.", "Have them set to your weight.", []),
    ("hedges", "Ils mangent selon les saisons.", "They eat with the seasons.", []),
    ("hedges", "Selon lui, la perte est grave.", "He alleges that the loss is grave.", []),
    ("hedges", "Selon la légende, il l'aurait bâti.", "Legend has it that he built it.", []),
    ("hedges", "Nul n'aurait songé à signer.", "No one would have dreamt of signing.", []),
    ("hedges", "Bon sang ne saurait mentir.", "Blood will out.", []),
    ("hedges", "Il ne viendrait plus.", "He will not come.", ["look"]),
    ("hedges", "Ils ne jurent que par la bière.", "They swear by beer.", []),
    ("hedges", "Il dit ne pouvoir croire qu'un ami mente.", "He cannot believe a friend lies.", []),
    ("leftover", "Une maisonnée sans cire.", "A butonnée without wax.", ["look"]),
    ("leftover", "La terre ferme.", "The landfall of the storm.", []),
    # confusions
    ("confusions", "Les tours de la Défense.", "Home working empties the towers.", []),
    ("confusions", "Au petit matin.", "At daybreak.", []),
    # a day or a month that is only missing
    ("confusions", "Ils l’ont adopté jeudi, à 14 h.", "They adopted it at 2pm.", ["look"]),
    ("confusions", "Jeudi, ils partent.", "They are leaving.", ["look"]),
    ("confusions", "Les prix ont baissé en mars.", "Prices fell.", ["look"]),
    ("confusions", "Les prix ont baissé en mars.", "Prices fell in March.", []),
    ("confusions", "Dans la nuit de lundi à mardi.", "On Monday night.", []),
    ("confusions", "Dans la nuit de lundi à mardi.", "In the night.", ["look"]),
    ("confusions", "Samedi et dimanche, tout ferme.", "All closes at the weekend.", []),
    ("confusions", "Le 14 juillet.", "Bastille Day.", []),
    ("confusions", "«\u00a0Jeudi, ils partent.", "They are leaving.", ["look"]),
    ("confusions", "Nuit du samedi 4 au dimanche 5 mai.", "The night of Saturday 4 to 5 May.", []),
    ("confusions", "Ouvert du lundi au dimanche.", "Open every day.", []),
    ("confusions", "Le jeudi de l’Ascension.", "Ascension Day.", []),
    ("confusions", "La place de Mai.", "Plaza de Mayo.", []),
    ("confusions", "Un numéro du Journal du dimanche.", "A Journal du dimanche.", []),
    # punctuation
    ("punctuation", "Vient-il ?", "Is he coming.", ["polish"]),
    ("punctuation", "« Vient-il ? »", "“Is he coming?”", []),
    ("punctuation", "Il vient (demain).", "He comes (tomorrow.", ["look"]),
    ("punctuation", "À 30 mètres.", "At 100 feet (30 m).", []),
    ("punctuation", "Il a dit « oui ».", "He said “yes.", ["polish"]),
    ("punctuation", "« Il a dit oui.", "“He said yes.", []),
    ("punctuation", "Il a dit « oui ».", "He said « yes ».", ["polish"]),
    ("punctuation", "a) Il vient.", "(a) He comes.", []),
    ("punctuation", "Il a dit « oui ».", "He said yes.", ["polish"]),
    ("punctuation", "Il a dit « oui ».", "He said ‘yes’.", []),
    ("punctuation", "Il vient (demain).", "He comes tomorrow.", ["polish"]),
    ("punctuation", "Il attend…", "He waits...", []),
]


@pytest.mark.parametrize(("check", "source", "target", "expected"), TABLE)
def test_what_a_check_finds(check: str, source: str, target: str, expected: list[str]) -> None:
    assert severities(check, source, target) == expected


def test_an_unfinished_sentence_blocks() -> None:
    (finding,) = findings("finished", "Il est parti hier.", "He left.", finished=False)
    assert finding.severity is Severity.BLOCK


def test_an_empty_translation_is_told_once() -> None:
    source = "Ils étaient 12 à Koursk."
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    empty = Translation(segment.id, "", 0.0, True, "engine")
    found = run_checks(segment, empty, (), BlockKind.PARAGRAPH, CheckProfile())
    assert [f.check for f in found] == ["finished"]


def test_spans_point_at_the_words() -> None:
    source, target = "Le général Ryder parle à 12 personnes.", "The general speaks to 15 people."
    (number,) = findings("numbers", source, target)
    assert number.source_span is not None
    assert number.target_span is not None
    assert source[slice(*number.source_span)] == "12"
    assert target[slice(*number.target_span)] == "15"
    (name,) = findings("names", source, target)
    assert name.source_span is not None
    assert source[slice(*name.source_span)] == "Ryder"


@pytest.mark.parametrize(
    ("source", "target", "looping"),
    [
        ("Défavorable.", "Adverse adverse adverse adverse.", True),
        ("Très très très bien.", "Very very very good.", False),
        ("Très bien.", "Very good.", False),
    ],
)
def test_loops_of_single_words(source: str, target: str, looping: bool) -> None:
    assert bool(findings("repetition", source, target)) is looping


# --- glossary -------------------------------------------------------------------------------------


def _entry(kind: EntryKind, source: str, target: str) -> Entry:
    return Entry(f"{kind}-1", source, target, kind)


def _occurrence(
    entry: Entry, text: str, status: OccurrenceStatus, target: tuple[int, int] | None = None
) -> Occurrence:
    start = text.index(entry.source)
    return Occurrence(
        *("b0001.s01", entry.id, start, start + len(entry.source), entry.source, status),
        target_start=target[0] if target else None,
        target_end=target[1] if target else None,
    )


@pytest.mark.parametrize(
    ("kind", "status", "severity"),
    [
        (EntryKind.NAME, OccurrenceStatus.MISSING, "block"),
        (EntryKind.KEEP, OccurrenceStatus.MISSING, "block"),
        (EntryKind.TERM, OccurrenceStatus.MISSING, "look"),
        (EntryKind.TERM, OccurrenceStatus.FORBIDDEN, "block"),
        (EntryKind.NAME, OccurrenceStatus.FORBIDDEN, "block"),
    ],
)
def test_glossary_occurrences(kind: EntryKind, status: OccurrenceStatus, severity: str) -> None:
    source = "La Douma a voté."
    entry = _entry(kind, "Douma", "State Duma")
    occurrence = _occurrence(entry, source, status)
    (finding,) = findings(
        "terms", source, "Parliament voted.", occurrences=(occurrence,), entries=(entry,)
    )
    assert finding.severity == severity
    assert finding.source_span == (3, 8)


def test_what_the_glossary_rendered_is_excused_everywhere() -> None:
    source = "Il lit À la recherche du temps perdu avec le G7."
    target = "He reads À la recherche du temps perdu with the Group of Seven."
    keep = _entry(EntryKind.KEEP, "À la recherche du temps perdu", "À la recherche du temps perdu")
    term = _entry(EntryKind.TERM, "G7", "Group of Seven")
    start = target.index("À")
    occurrences = (
        _occurrence(keep, source, OccurrenceStatus.PRESENT, (start, start + 29)),
        _occurrence(
            term,
            source,
            OccurrenceStatus.PRESENT,
            (target.index("Group"), target.index("Seven") + 5),
        ),
    )
    entries = (keep, term)
    for check in ("leftover", "numbers", "names"):
        assert findings(check, source, target, occurrences=occurrences, entries=entries) == []
    assert findings("leftover", source, target) != []


@pytest.mark.parametrize(
    ("method", "reason", "severities"),
    [
        ("replaced", "put in, the sentence is less probable (-0.65, not -0.50)", ["look"]),
        ("redecoded", "put in, the sentence is less probable (-0.65, not -0.50)", ["look"]),
        ("replaced", "", []),
        ("hint", "", []),
    ],
)
def test_a_rendering_that_was_put_into_a_sentence_and_makes_it_less_probable_is_looked_at(
    method: str, reason: str, severities: list[str]
) -> None:
    found = findings(
        "terms",
        "Le conseil siège.",
        "The board sits.",
        occurrences=(
            Occurrence(
                "b0001.s01",
                "conseil",
                *(3, 10, "conseil"),
                OccurrenceStatus.PRESENT,
                target_start=4,
                target_end=9,
                method=method,
                reason=reason,
            ),
        ),
    )
    assert [str(each.severity) for each in found] == severities
    assert all("“board” was put in" in each.message for each in found)


@pytest.mark.parametrize(
    ("source", "span"),
    [
        ("Il aurait perdu trois enfants.", (3, 15)),
        ("Il aurait vécu à Paris.", (3, 14)),
        # Nothing that could be a participle follows, so the verb alone tells it.
        ("Il aurait trois enfants.", (3, 9)),
        ("Il aurait trois enfants et aurait perdu son emploi.", (27, 39)),
    ],
)
def test_a_rumour_is_shown_with_its_participle(source: str, span: tuple[int, int]) -> None:
    (found,) = findings("hedges", source, "He is there.")
    assert found.source_span == span


def test_a_future_is_looked_for_from_the_beginning_of_a_word_alone() -> None:
    """From each letter of a long run of them, the search would be quadratic."""
    text = "il reviendra"
    assert hedges._FUTURE_FR.match(text, text.index("reviendra"))
    assert not hedges._FUTURE_FR.match(text, text.index("viendra"))


def test_the_dictionary_is_asked_once_whatever_the_number_of_lost_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    answered = Dictionary.answered

    def counted(self: Dictionary, french: str, english: str) -> Answers:
        asked.append(french)
        return answered(self, french, english)

    monkeypatch.setattr(Dictionary, "answered", counted)
    source = "Hier, Anne Roy, Paul Vial, Marc Delorme et Jeanne Perrichon ont vu Zoé Kask."
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    translation = Translation(segment.id, "Five people met yesterday.", -0.2, True, "engine")
    assert list(names.CHECK.run(Case(segment, translation, (), BlockKind.PARAGRAPH, {})))
    assert asked == [source]
