"""Addresses, articles, plurals and folded words: each known in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.addresses import addresses
from pipeline.language.articles import (
    begins_with_vowel,
    with_article,
    with_right_articles,
    without_article,
)
from pipeline.language.dictionary import dictionary
from pipeline.language.forms import english_plurals
from pipeline.text import did_you_mean, fold

PLURALS = """
cattle:cattle shelling:shelling progress:progress tonsillitis:tonsillitis
agreement:agreements ambassador:ambassadors army:armies ally:allies analysis:analyses
crisis:crises basis:bases hypothesis:hypotheses thesis:theses emphasis:emphases
child:children man:men woman:women person:people wife:wives knife:knives life:lives
leaf:leaves half:halves wolf:wolves shelf:shelves thief:thieves loaf:loaves calf:calves
self:selves chief:chiefs belief:beliefs proof:proofs roof:roofs cliff:cliffs staff:staff
reef:reefs brief:briefs chef:chefs gulf:gulfs handkerchief:handkerchiefs mouse:mice
foot:feet tooth:teeth goose:geese louse:lice criterion:criteria phenomenon:phenomena
medium:media datum:data bacterium:bacteria curriculum:curricula memorandum:memoranda
referendum:referendums stadium:stadiums forum:forums museum:museums album:albums
ultimatum:ultimatums cactus:cacti nucleus:nuclei stimulus:stimuli virus:viruses
campus:campuses bonus:bonuses census:censuses status:statuses consensus:consensuses
corpus:corpora genus:genera syllabus:syllabuses appendix:appendices index:indexes
matrix:matrices vertex:vertices formula:formulas antenna:antennas agenda:agendas
larva:larvae hero:heroes potato:potatoes tomato:tomatoes echo:echoes veto:vetoes
embargo:embargoes cargo:cargoes torpedo:torpedoes mosquito:mosquitoes volcano:volcanoes
tornado:tornadoes cello:cellos concerto:concertos embryo:embryos
photo:photos piano:pianos memo:memos euro:euros logo:logos casino:casinos
radio:radios video:videos studio:studios ghetto:ghettos zero:zeros kilo:kilos
commando:commandos motto:mottos city:cities country:countries treaty:treaties
embassy:embassies enemy:enemies policy:policies deputy:deputies navy:navies day:days
boy:boys valley:valleys attorney:attorneys journey:journeys monkey:monkeys bus:buses
gas:gases lens:lenses bias:biases atlas:atlases canvas:canvases process:processes
witness:witnesses success:successes class:classes address:addresses illness:illnesses
church:churches branch:branches march:marches speech:speeches match:matches stomach:stomachs
monarch:monarchs patriarch:patriarchs epoch:epochs box:boxes tax:taxes fax:faxes
quiz:quizzes waltz:waltzes bush:bushes dish:dishes crash:crashes aircraft:aircraft
spacecraft:spacecraft hovercraft:hovercraft sheep:sheep deer:deer fish:fish series:series
species:species means:means headquarters:headquarters police:police personnel:personnel
equipment:equipment intelligence:intelligence information:information news:news
furniture:furniture advice:advice policeman:policemen spokeswoman:spokeswomen
spokesman:spokesmen chairman:chairmen fisherman:fishermen German:Germans human:humans
Roman:Romans Ottoman:Ottomans shaman:shamans talisman:talismans Norman:Normans
Frenchman:Frenchmen spokesperson:spokespersons chairperson:chairpersons
grandchild:grandchildren schoolchild:schoolchildren council:councils committee:committees
commission:commissions minister:ministers president:presidents senator:senators
governor:governors mayor:mayors judge:judges lawyer:lawyers court:courts law:laws
decree:decrees bill:bills vote:votes election:elections party:parties union:unions
strike:strikes protest:protests riot:riots war:wars battle:battles troop:troops
soldier:soldiers general:generals colonel:colonels officer:officers missile:missiles
rocket:rockets drone:drones tank:tanks ship:ships frigate:frigates submarine:submarines
destroyer:destroyers base:bases border:borders refugee:refugees migrant:migrants
hostage:hostages prisoner:prisoners ceasefire:ceasefires truce:truces sanction:sanctions
summit:summits talk:talks negotiation:negotiations envoy:envoys delegate:delegates
delegation:delegations consul:consuls consulate:consulates diplomat:diplomats
adviser:advisers secretary:secretaries bureau:bureaus plateau:plateaus tableau:tableaux
chateau:chateaux bank:banks budget:budgets deficit:deficits debt:debts loan:loans
currency:currencies subsidy:subsidies tariff:tariffs export:exports import:imports
price:prices wage:wages salary:salaries company:companies factory:factories
industry:industries mine:mines well:wells pipeline:pipelines plant:plants reactor:reactors
dam:dams bridge:bridges road:roads railway:railways airport:airports harbour:harbours
school:schools university:universities student:students teacher:teachers
professor:professors hospital:hospitals doctor:doctors nurse:nurses patient:patients
disease:diseases vaccine:vaccines epidemic:epidemics river:rivers lake:lakes sea:seas
island:islands mountain:mountains forest:forests desert:deserts drought:droughts
flood:floods earthquake:earthquakes hurricane:hurricanes newspaper:newspapers
journalist:journalists editor:editors publisher:publishers reader:readers writer:writers
book:books novel:novels film:films play:plays song:songs artist:artists bomb:bombs
weapon:weapons warhead:warheads fighter:fighters bomber:bombers helicopter:helicopters
gunship:gunships mercenary:mercenaries militia:militias guerrilla:guerrillas
insurgent:insurgents terrorist:terrorists attack:attacks ambush:ambushes siege:sieges
coup:coups junta:juntas regime:regimes axis:axes oasis:oases diagnosis:diagnoses
parenthesis:parentheses chassis:chassis metropolis:metropolises bacillus:bacilli
fungus:fungi radius:radii alumnus:alumni terminus:termini apparatus:apparatuses
prospectus:prospectuses crossroads:crossroads barracks:barracks gallows:gallows
offspring:offspring salmon:salmon trout:trout Iraqi:Iraqis Israeli:Israelis Swiss:Swiss
Chinese:Chinese Japanese:Japanese Portuguese:Portuguese proxy:proxies hostess:hostesses
duchess:duchesses eyewitness:eyewitnesses businessman:businessmen
businesswoman:businesswomen cheese:cheeses diocese:dioceses Japanese:Japanese scarf:scarves
hoof:hooves elf:elves shelf:shelves ox:oxen box:boxes summons:summonses rhinoceros:rhinoceroses
wildlife:wildlife media:media debris:debris passerby:passersby bureau:bureaus album:albums
jellyfish:jellyfish
""".split()
ARTICLES = """
an:hour an:honest an:honour an:heir a:house a:hotel a:historic a:European a:euro a:unit
a:union a:university an:uninvited an:unimportant an:unidentified a:unilateral a:unique an:uncle
a:useful a:user a:usual a:one-off an:onion a:ewe a:UK a:U.S. a:US an:FBI a:NATO an:MP an:NGO a:UN
an:EU-style an:X-ray a:CIA an:IMF a:WHO a:UNESCO an:OPEC a:hybrid a:year a:Ukrainian a:Ugandan
a:Uruguayan an:Iraqi an:ex-minister an:SUV an:8 an:11 an:18 a:1 a:180 an:urgent a:BBC
a:uranium a:usage a:utopia a:uterus a:urine an:usher an:utter an:urn an:Uruk
a:UNHCR a:UNDP a:UNAIDS a:USAID a:USDA a:UEFA an:unscathed an:unmistakable an:ADHD
an:18th an:1848 a:1748 an:18,000 a:Uyghur""".split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir https://exemple.fr/a?b=1.", ["https://exemple.fr/a?b=1"]),
        ("(www.exemple.fr), puis", ["www.exemple.fr"]),
        ("« http://exemple.fr/é » et “ftp://a.b”", ["http://exemple.fr/é", "ftp://a.b"]),
        ("Écrire à jean.dupont+x@mail.exemple.fr !", ["jean.dupont+x@mail.exemple.fr"]),
        ("presse@jean\u2011moulin.fr", ["presse@jean\u2011moulin.fr"]),
        ("HTTPS://EXEMPLE.FR/ et s3://seau/x", ["HTTPS://EXEMPLE.FR/", "s3://seau/x"]),
        ("@LeMonde, 3 @ 2 euros, et/ou, a@b, awww.fr, 12:30", []),
    ],
)
def test_addresses_are_found_without_what_closes_the_sentence(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in addresses(text)] == found


@given(st.text("aw.:/@é-« \u2011)", max_size=60))
def test_addresses_follow_each_other_and_hold_no_space(text: str) -> None:
    place = 0
    for start, end in addresses(text):
        assert place <= start < end
        assert not any(character.isspace() for character in text[start:end])
        place = end


@pytest.mark.parametrize("text", ["a" * 200_000, "a@" * 100_000, "www." * 50_000, "a.-" * 70_000])
def test_addresses_in_hostile_text_end(text: str) -> None:
    assert len(addresses(text)) <= 1


def test_plurals_are_those_that_people_write() -> None:
    wrong = {
        pair: english_plurals(singular)
        for pair in PLURALS
        for singular, plural in [pair.split(":")]
        if (english_plurals(singular) or (singular,))[0] != plural
    }
    assert wrong == {}


def test_a_or_an_is_what_people_say() -> None:
    wrong = [
        pair
        for pair in ARTICLES
        for article, word in [pair.split(":")]
        if ("an" if begins_with_vowel(word) else "a") != article
    ]
    assert wrong == []


def test_an_article_is_put_right_and_taken_off() -> None:
    assert with_article("He has a ", "heir") == "He has an "
    assert with_article("An ", "union") == "A "
    assert with_article("in the ", "hour") == "in the "
    assert with_article("Hepatitis A ", "epidemic") == "Hepatitis A "
    assert with_article("SEEN BY A ", "OFFICER", capitals=True) == "SEEN BY AN "
    assert without_article("The Hague") == "Hague"
    assert without_article("theatre") == "theatre"


def test_a_folded_word_has_no_case_accent_or_ligature() -> None:
    words = ("Çà", "ŒUVRE", "cœur", "Æquo", "e\u0301te\u0301", "Straße", "ﬁn")
    assert [fold(word) for word in words] == "ca oeuvre coeur aequo ete strasse fin".split()


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_the_nearest_known_word_is_proposed() -> None:
    assert did_you_mean("number", ["terms", "numbers"], "see the list") == "did you mean 'numbers'?"
    assert did_you_mean("qqq", ["terms", "numbers"], "see the list") == "see the list"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("It was given by an Spanish charity.", "It was given by a Spanish charity."),
        ("a Alsatian bank and a old man", "an Alsatian bank and an old man"),
        (
            "hit with a umbrella, a urgent and a unusual case",
            "hit with an umbrella, an urgent and an unusual case",
        ),
        ("a unanimous vote of a union in a uranium town of a utility", ""),
        ("An farmer spoke.", "A farmer spoke."),
        # What sounds otherwise than it is written, letters, names, and words that are no English.
        ("an hour, a European, a one-off, a user, an X-ray", None),
        ("Plan a or b, option a is best.", None),
        ("An Nasiriyah fell.", None),
        ("“Il a aimé Paris”, he wrote.", None),
        ("an SNCF train, a NATO officer", None),
    ],
)
def test_the_articles_of_an_english_text_are_put_right(text: str, right: str | None) -> None:
    assert with_right_articles(text, dictionary().english_word) == (right or text)
