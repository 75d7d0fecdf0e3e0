"""Numbers: what French and English write differently and mean alike, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numbers import Fault, compare, extract

NNBSP = "\u202f"
NBSP = "\u00a0"

AGREE = [
    # separators
    ("Il a parcouru 1 000,5 km.", "He covered 1,000.5 km."),
    (f"Ils sont 12{NNBSP}500.", "There are 12,500 of them."),
    (f"Ils sont 12{NBSP}500.", "There are 12,500 of them."),
    ("Une surface de 1.000,5 hectares", "An area of 1,000.5 hectares"),
    ("un total de 1.234.567", "a total of 1,234,567"),
    ("0,05 gramme", "0.05 grams"),
    # percentages
    (f"Une hausse de 12{NNBSP}%", "A 12% rise"),
    ("une hausse de 12 pour cent", "a rise of 12 percent"),
    ("vingt-cinq pour cent", "25 per cent"),
    # scales and money
    ("3,4 milliards d'euros", "€3.4 billion"),
    ("3,4 milliards d'euros", "3,400 million euros"),
    ("2,5 M€", "€2.5m"),
    ("1,5 million de dollars", "$1.5 million"),
    ("un million et demi", "one and a half million"),
    ("un demi-million d'habitants", "half a million inhabitants"),
    ("de 10 à 12 millions", "from 10 million to 12 million"),
    ("pour un cent pièce", "for one cent each"),
    ("à une heure et demie de route", "1.5 hours' drive away"),
    ("deux ans et demi", "two and a half years"),
    ("une opération d'une heure et demie", "the hour-and-a-half operation"),
    ("entre un tiers et la moitié des gens", "between a third and a half of people"),
    ("multipliée par sept", "sevenfold"),
    ("dix kilomètres à l'heure", "a ten-kilometre-an-hour limit"),
    ("70 quintaux à l'hectare", "seven tonnes per hectare"),
    ("un mètre quatre-vingt-dix", "1.90 metres"),
    ("un mètre cinquante de boue", "a metre and a half of mud"),
    ("vingt secondes plus tôt", "twenty seconds early"),
    ("quatre-vingt-dix secondes", "ninety seconds"),
    ("5 secondes 8", "5.8 seconds"),
    ("sept euros cinquante", "€7.50"),
    ("au 1/3 200 de seconde", "at 1/3,200 of a second"),
    ("des coffrets doublés de plomb", "lead-lined boxes"),
    ("vers l'an mil", "around the year 1000"),
    ("des pins centenaires", "pines a hundred years old"),
    ("trois euros vingt le kilo", "€3.20 a kilo"),
    ("moins d'un mille après", "less than a mile after"),
    ("vingt et un mille soldats", "21,000 soldiers"),
    ("cloportes et mille-pattes", "woodlice and millipedes"),
    ("une octogénaire", "a woman in her eighties"),
    ("le cycle quadriennal", "the four-year cycle"),
    ("une échelle de 1/25 000", "a scale of 1:25,000"),
    ("une échelle au 1:25 000", "a scale of 1:25,000"),
    ("jusqu'à 14 heures", "until two"),
    ("deux cent mille soldats", "200,000 soldiers"),
    ("10 livres sterling", "10 pounds"),
    ("à 4 800 km d'ici", "3,000 miles away"),
    ("à 30 mètres", "100 feet (30 m) away"),
    ("783 562 kilomètres carrés", "783,562 square kilometres (302,535 sq mi)"),
    ("40 km² de forêt", "40 square kilometres of forest"),
    ("les 15 prochaines années", "the next 15 years"),
    ("un homme de 20 ans", "a 20-year-old man"),
    # times
    ("à 14 h 30", "at 2:30 pm"),
    ("à 14h30", "at 2.30 p.m."),
    ("à 14 h 30", "at 14:30"),
    ("à 9 heures", "at 9 a.m."),
    ("à 20 h", "at 8 p.m."),
    ("à trois heures de l'après-midi", "at 3 p.m."),
    ("Il est mort à minuit trente.", "He died at 12:30 a.m."),
    ("Le train part à midi vingt-cinq.", "The train leaves at 12:25 p.m."),
    ("À midi dix personnes étaient là.", "At noon ten people were there."),
    ("deux mille milliards d'euros", "two trillion euros"),
    ("deux mille milliards d'euros", "€2,000 billion"),
    ("mille milliards de dollars", "a thousand billion dollars"),
    ("pendant 48 h", "for 48 hours"),
    ("à 23 h 45", "at 23.45"),
    # centuries, ordinals, Roman numerals
    ("au XXe siècle", "in the 20th century"),
    ("au XIXe siècle", "in the nineteenth century"),
    ("la Ve République", "the Fifth Republic"),
    ("sous Louis XIV", "under Louis XIV"),
    ("le chapitre IV", "chapter 4"),
    ("la 21e édition", "the twenty-first edition"),
    ("le troisième jour", "the 3rd day"),
    ("Troisièmement, il faut agir.", "Third, we must act."),
    # dates
    ("le 12 mars 2026", "on March 12, 2026"),
    ("le 12 mars 2026", "on 12 March 2026"),
    ("le 1er mai", "on May 1"),
    ("le 1er mai", "on the first of May"),
    ("le 02/03/2026", "on March 2, 2026"),
    ("les années 1990", "the 1990s"),
    ("les années 1990", "the nineties"),
    ("les années 90", "the 1990s"),
    ("la guerre de 1914-18", "the war of 1914-1918"),
    # spelled out
    ("soixante et onze", "71"),
    ("quatre-vingts", "eighty"),
    ("quatre-vingt-dix-sept", "ninety-seven"),
    ("mille neuf cent quatre-vingt-dix-sept", "1997"),
    ("cent vingt-trois", "one hundred and twenty-three"),
    ("septante-cinq", "seventy-five"),
    ("une douzaine d'œufs", "a dozen eggs"),
    ("une centaine de personnes", "about a hundred people"),
    ("quarante ans", "four decades"),
    # never counted, or counted loosely
    ("un ministre et une députée", "a minister and a member of parliament"),
    ("les deux pays", "both countries"),
    ("à deux reprises", "twice"),
    ("un appareil neuf", "a new device"),
    ("quinze jours", "two weeks"),
    ("des milliers de gens", "thousands of people"),
    ("trois pays, puis trois autres", "three countries, then others"),
    ("en mai, il peut partir", "in May he may leave"),
    # codes
    ("Appelez le 01 42 34 56 78.", "Call +33 1 42 34 56 78."),
    ("10-12 jours", "10 to 12 days"),
    ("le G7 et la COVID-19", "the G7 and COVID-19"),
    ("Trois-Rivières", "Trois-Rivières"),
]

DISAGREE = [
    ("multipliée par sept", "eightfold", {Fault.MISSING, Fault.INVENTED}, False),
    ("trente secondes", "twenty seconds", {Fault.MISSING, Fault.INVENTED}, False),
    ("le prix a doublé de valeur", "the price has risen", {Fault.MISSING}, False),
    ("un mètre cinquante", "a metre", {Fault.MISSING}, False),
    ("entre un quart et la moitié", "between a third and a half", {Fault.MISSING}, False),
    ("une échelle de 1/25 000", "a scale of 1:50,000", {Fault.MISSING, Fault.INVENTED}, True),
    ("jusqu'à 14 heures", "until three", {Fault.MISSING, Fault.INVENTED}, None),
    ("Ils étaient 12.", "There were 15 of them.", {Fault.MISSING, Fault.INVENTED}, True),
    ("En 1989, le mur tombe.", "The wall falls.", {Fault.MISSING}, True),
    ("Le mur tombe.", "In 1989 the wall falls.", {Fault.INVENTED}, True),
    ("3,4 milliards", "3.4 million", {Fault.MISSING, Fault.INVENTED}, True),
    ("1,5 %", "15%", {Fault.MISSING, Fault.INVENTED}, True),
    ("à 14 h 30", "at 2:30 a.m.", {Fault.MISSING, Fault.INVENTED}, True),
    ("au XVIIIe siècle", "in the 17th century", {Fault.MISSING, Fault.INVENTED}, None),
    ("trente-six ministres", "thirty-five ministers", {Fault.MISSING, Fault.INVENTED}, False),
    ("trois ministres", "the ministers", {Fault.MISSING}, False),
    ("le 12 mars", "on May 12", {Fault.MISSING, Fault.INVENTED}, False),
    ("10 €", "$10", {Fault.UNIT}, False),
    ("une hausse de 10 %", "a rise of 10", {Fault.UNIT}, False),
    ("une hausse de 12,5 %", "a rise of 12,5%", {Fault.NOTATION}, False),
    ("2 buts et 2 passes", "goals and 2 assists", {Fault.FEWER}, False),
    ("une somme de cent", "a £ sum of 100", {Fault.STRANDED}, True),
    ("au vingtième siècle", "in the twentieth th century", {Fault.STRANDED}, True),
    ("12 kilomètres", "12 miles", {Fault.UNIT}, False),
    ("3 heures", "3 days", {Fault.UNIT}, False),
    ("165 km/h (105 miles/h)", "105 miles/h", {Fault.MISSING}, True),
    ("4 800 km", "4,000 miles", {Fault.MISSING, Fault.INVENTED}, True),
    ("500 francs", "500 euros", {Fault.UNIT}, False),
    ("10 € ici, 10 € là", "€10 here, $10 there", {Fault.UNIT}, False),
    ("de 11 à 22 $ l'once", "from £11 to $22 an ounce", {Fault.UNIT}, False),
    ("à 11 h 20", "at 20:11", {Fault.MISSING, Fault.INVENTED}, True),
]


@pytest.mark.parametrize(("french", "english"), AGREE)
def test_equal_numbers_agree(french: str, english: str) -> None:
    assert compare(french, english) == ()


@pytest.mark.parametrize(("french", "english", "faults", "certain"), DISAGREE)
def test_different_numbers_are_reported(
    french: str, english: str, faults: set[Fault], certain: bool | None
) -> None:
    found = compare(french, english)
    assert {item.fault for item in found} == faults
    if certain is not None:
        assert {item.certain for item in found} == {certain}


def test_spans_point_at_the_numbers() -> None:
    french, english = "Ils sont 1 200 à Lyon.", "There are 1,300 of them in Lyon."
    missing, invented = compare(french, english)
    assert missing.source_span is not None
    assert french[slice(*missing.source_span)] == "1 200" == missing.surface
    assert invented.target_span is not None
    assert english[slice(*invented.target_span)] == "1,300" == invented.surface


def test_units_belong_to_their_numbers() -> None:
    found = {number.surface: number.unit for number in extract("12 % de 3 milliards d'euros", "fr")}
    assert found == {"12": "%", "3 milliards": "€"}


def _french(value: int, decimals: str, space: str) -> str:
    return f"{value:,}".replace(",", space) + (f",{decimals}" if decimals else "")


@given(
    st.integers(0, 10**12),
    st.text("0123456789", max_size=3),
    st.sampled_from([" ", NBSP, NNBSP]),
)
def test_any_number_is_equal_in_both_notations(value: int, decimals: str, space: str) -> None:
    english = f"{value:,}" + (f".{decimals}" if decimals else "")
    french = _french(value, decimals, space)
    assert compare(f"Il y en a {french} ici.", f"There are {english} here.") == ()


@given(st.integers(3, 10**6), st.integers(3, 10**6))
def test_another_integer_never_passes(value: int, other: int) -> None:
    found = compare(f"Il y en a {value} ici.", f"There are {other} here.")
    assert (found == ()) == (value == other)


@given(st.text("0123456789 .,:/-%€h\u202f", max_size=40))
def test_the_same_digits_never_vanish(text: str) -> None:
    faults = {item.fault for item in compare(text, text) if item.surface.isdigit()}
    assert Fault.INVENTED not in faults or not text.isdigit()


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_taken(french: str, english: str) -> None:
    for number in extract(french, "fr"):
        assert french[number.start : number.end] == number.surface
    compare(french, english)


HOSTILE = ["1", "1 ", "1 234 ", "12 34 ", "1,2", "1.", "mille ", "cent et ", "XIV ", "12 % "]
HOSTILE += [
    "à 3 h ",
    "demi-",
    "half a ",
    "one and a ",
    "\u0663",
    "n° 5, ",
    "10 à 12 ",
    "$1m ",
    "7 km ",
    "th £ ",
    "1 m 75 ",
    "1:23:45 ",
    "2 h 03 min 23 s ",
    "11/09/2001 ",
    "un quart de ",
    "une dizaine de ",
    "moins -5 ",
    "EUR 5 M€ ",
    "3 1/2 ",
    "1'000",
    "premier second ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_ends(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    compare(text, text)
    compare(text, "")
    compare(text, text.replace("km", "miles"))
    compare("9" * 10_000, "9" * 9_999 + "8")
