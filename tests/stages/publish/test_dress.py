"""Both dresses of an edition: what stands beside the text, and what it says of itself."""

from dataclasses import replace

import pytest

from pipeline.model import (
    Dress,
    EditionContent,
    EntryKind,
    Front,
    OccurrenceStatus,
    Reviewed,
    SentenceState,
)
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.render import build_edition, render_html
from pipeline.stages.publish.render.view import Pair
from pipeline.text import opening
from tests.support.render_sample import SAMPLE, H, P, make_content


def dressed(content: EditionContent, *parts: str, notices: str = "both") -> EditionContent:
    return replace(content, dress=Dress("print", DRESSES["print"] | set(parts), notices))


def test_a_french_colophon_is_french_in_counts_and_labels() -> None:
    content = make_content([(P, 0, "", [("Bonjour.", "Hello."), ("Oui.", "Yes.")])])
    signed = [Reviewed(each.id, SentenceState.SIGNED_OFF, "A. Roy") for each in content.segments]
    content = replace(content, reviewed=tuple(signed))
    edition = build_edition(dressed(content, "colophon", notices="fr"))
    said = edition.summary[0].replace("\u202f", " ")
    assert "Le texte compte 1 ligne et 2 phrases ; chaque phrase figure une fois" in said
    assert "Les contrôles n’ont rien relevé." in said
    assert "2 sur 2 phrases relues et validées par A. Roy." in said.replace("\u00a0", " ")
    assert "Moteur" in [fact.label for fact in edition.facts]
    english = build_edition(dressed(content, "colophon"))
    assert "The text has 1 row and 2 sentences; every sentence stands once" in english.summary[0]
    assert "2 of 2 sentences read and signed off by A. Roy." in english.summary[0]


def test_the_print_dress_has_no_marks_findings_or_hashes_beyond_a_line() -> None:
    edition = build_edition(dressed(SAMPLE))
    runs = [run for row in edition.rows for each in row.target.sentences for run in each.runs]
    assert not any(run.term for run in runs)
    assert not any(each.notes for row in edition.rows for each in row.target.sentences)
    page = render_html(edition)
    assert "Findings" not in page.split("<dialog")[0].split("</style>")[1]
    assert 'id="glossary"' not in page
    assert edition.origin == Pair("Texte original", "Translated by machine; not reviewed")
    assert edition.imprint is not None
    french, english = (
        side.split("\n") for side in (edition.imprint.source, edition.imprint.target)
    )
    assert french == ["L’anglais est une traduction automatique. Seul le texte français fait foi."]
    assert english[1].startswith(
        "Enregard 0.1.0 · Enregard embedded French–English model 1 · source a1"
    )
    assert not build_edition(SAMPLE).imprint


def test_each_part_can_be_switched() -> None:
    terms = build_edition(dressed(SAMPLE, "glossary"))
    assert next(term.target for term in terms.terms) == "Council of Ministers"
    assert "Names and terms" in render_html(terms)
    marked = build_edition(dressed(SAMPLE, "glossary", "marks"))
    assert any(
        run.term for row in marked.rows for each in row.source.sentences for run in each.runs
    )
    assert "Noms et termes" in render_html(build_edition(dressed(SAMPLE, "glossary", notices="fr")))
    assert 'role="rowheader"' in render_html(build_edition(dressed(SAMPLE, "numbers")))
    assert 'role="rowheader"' not in render_html(build_edition(dressed(SAMPLE)))


def test_who_has_read_the_english_stands_below_the_title() -> None:
    reviewed = tuple(Reviewed(each.id, SentenceState.READ, "Anne Roy") for each in SAMPLE.segments)
    whole = build_edition(dressed(replace(SAMPLE, reviewed=reviewed))).origin
    part = build_edition(dressed(replace(SAMPLE, reviewed=reviewed[:2]))).origin
    assert whole
    assert part
    assert whole.target == "Translated by machine; read by Anne Roy"
    assert part.target == "Translated by machine; partly read by Anne Roy"


def test_a_text_without_a_title_gets_a_plain_heading() -> None:
    words = "Le ministre doit rencontrer des responsables à Moscou aujourd’hui même."
    plain = make_content([(P, 0, "", [(words, "The minister.")])], opening(words), "The minister.")
    edition = build_edition(plain)
    assert edition.untitled
    page = render_html(edition)
    assert page.partition("<h1>")[2].count("Le ministre doit rencontrer") == 2
    assert '<h1><span class="words">Français</span></h1>' in page


def test_what_a_person_declined_is_not_amiss() -> None:
    status = replace(SAMPLE.occurrences[0], status=OccurrenceStatus.DECLINED)
    (term,) = (
        each for each in build_edition(replace(SAMPLE, occurrences=(status,))).terms if each.outcome
    )
    assert (term.outcome, term.amiss) == ("1 set aside by a person", False)


def people(english: str = "gb", author: str = "", date: str = "") -> Pair:
    made = make_content([(P, 0, "", [("Oui.", "Yes.")])], "T", "T", author=author, date=date)
    made = replace(made, dress=replace(made.dress, english=english))
    (lines,) = build_edition(made).people
    return lines


@pytest.mark.parametrize(
    "written",
    [
        "2031-12-01",
        "2031-12-01T10:30:00+01:00",
        "1/12/2031",
        "01.12.2031",
        "1er décembre 2031",
        "le 1er déc. 2031",
        "1 December 2031",
    ],
)
def test_a_day_is_set_as_each_language_does(written: str) -> None:
    assert people(date=written) == Pair("1er\u00a0décembre 2031", "1\u00a0December 2031")
    assert people("us", date=written).target == "December\u00a01, 2031"


def test_a_weekday_is_said_and_a_month_may_be_all_of_a_date() -> None:
    day = Pair("samedi 29\u00a0novembre 2031", "Saturday 29\u00a0November 2031")
    assert people(date="Samedi 29 novembre 2031") == day
    assert people("us", date="samedi 29 novembre 2031").target == (
        "Saturday, November\u00a029, 2031"
    )
    assert people(date="Juillet 2031") == Pair("juillet 2031", "July 2031")


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Élise Roy, Μαρία Παπά et Лев Толстой", "Élise Roy, Μαρία Παπά and Лев Толстой"),
        ("Par Anne Roy et Paul Vial (avec l’AFP)", "By Anne Roy and Paul Vial (with AFP)"),
        ("Propos recueillis par Anne Roy", "Interview by Anne Roy"),
        ("Albert Étienne de Par-Etxe", "Albert Étienne de Par-Etxe"),
    ],
)
def test_the_small_words_of_a_byline_are_in_each_language(french: str, english: str) -> None:
    assert people(author=french) == Pair(french, english)


def test_what_is_no_day_stands_as_it_is() -> None:
    for written in ("hiver 2031", "31/02/2031", "32 mai 2031", "jui 2031", "fin mai 2031"):
        made = make_content([(P, 0, "", [("Oui.", "Yes.")])], "T", "T", date=written)
        assert build_edition(made).people == (Pair(written, written),)


def test_subtitle_and_kicker_stand_with_the_title_and_the_rest_in_the_imprint() -> None:
    made = make_content(
        [
            (H, 1, "", [("Le chat", "The cat")]),
            (P, 0, "", [("Une histoire", "A story")]),
            (P, 0, "", [("Récit", "Tale")]),
            (P, 0, "", [("Il dort.", "He sleeps.")]),
        ]
    )
    front = Front("Une histoire", "Récit", source="La Dépêche", rights="© Phare", credit="P. Vial")
    document = replace(made.document, front=front)
    edition = build_edition(dressed(replace(made, document=document)))
    assert edition.subtitle_row
    assert edition.kicker_row
    assert (edition.subtitle_row.number, edition.kicker_row.number) == (2, 3)
    assert [row.number for row in edition.rows] == [1, 2, 3, 4]
    assert edition.imprint
    assert edition.imprint.source.split("\n")[:3] == [
        "Source : La Dépêche",
        "© Phare",
        "Image : P. Vial",
    ]
    page = render_html(edition)
    assert page.index("Récit") < page.index('<span class="words"><span class="s" id="fr-1-1">')


def test_the_english_is_spelt_as_one_country_does_and_the_stored_text_is_not() -> None:
    french = "Ils reconnaissent le programme de défense."
    english = "They recognize the defence program of the labor center."
    made = make_content(
        [(H, 1, "", [(french, english)])],
        terms=[("programme de défense", "defence program", EntryKind.TERM, "")],
    )

    def printed(country: str) -> tuple[str, str]:
        dress = Dress("review", english=country)
        edition = build_edition(replace(made, dress=dress))
        return edition.rows[0].target.text, edition.target_title

    # What the glossary asks for keeps its spelling in the text.
    text, title = printed("gb")
    assert text == "They recognise the defence program of the labour centre."
    assert title == "They recognise the defence programme of the labour centre."
    assert printed("us")[1] == "They recognize the defense program of the labor center."
    assert printed("as-written") == (english, english)
    assert made.translations[0].text == english
