"""The view of an edition is complete, numbered and in order, or it is not made."""

from dataclasses import replace

import pytest

from pipeline.errors import PublishError
from pipeline.model import EditionContent, EntryKind, Severity
from pipeline.render import missing_glyphs
from pipeline.render.edition import ROWS_PER_TABLE, build_edition
from pipeline.render.gate import check_complete
from tests.render_sample import SAMPLE, H, P, make_content

FIRST, *OTHERS = SAMPLE.segments


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (replace(SAMPLE, translations=SAMPLE.translations[:-1]), "do not match one to one"),
        (replace(SAMPLE, translations=SAMPLE.translations[::-1]), "do not match one to one"),
        (
            replace(
                SAMPLE,
                segments=(FIRST, *SAMPLE.segments),
                translations=(SAMPLE.translations[0], *SAMPLE.translations),
            ),
            "stands twice",
        ),
        (replace(SAMPLE, segments=(replace(FIRST, source="Autre"), *OTHERS)), "not what its block"),
        (replace(SAMPLE, segments=(replace(FIRST, block=99), *OTHERS)), "in no block"),
        (
            replace(SAMPLE, segments=SAMPLE.segments[::-1], translations=SAMPLE.translations[::-1]),
            "overlaps the one before",
        ),
        (
            replace(SAMPLE, findings=(replace(SAMPLE.findings[0], segment_id="b9999.s01"),)),
            "about no segment",
        ),
        (
            replace(SAMPLE, occurrences=(replace(SAMPLE.occurrences[0], end=999),)),
            "lies outside segment",
        ),
        (replace(SAMPLE, entries=()), "no glossary entry"),
    ],
)
def test_an_incomplete_content_is_refused(broken: EditionContent, message: str) -> None:
    with pytest.raises(PublishError, match=message):
        build_edition(broken)


def test_a_lost_or_doubled_row_is_refused() -> None:
    rows = build_edition(SAMPLE).rows
    for wrong in (rows[1:], (*rows, rows[0])):
        with pytest.raises(PublishError, match="exactly once"):
            check_complete(SAMPLE.segments, wrong)


def test_rows_are_the_blocks_numbered_from_one() -> None:
    edition = build_edition(SAMPLE)
    assert [row.number for row in edition.rows] == list(range(1, 13))
    assert edition.title_row is not None
    assert edition.title_row.heading == 1


def test_heading_ranks_never_skip_a_level() -> None:
    ranks = [row.heading for row in build_edition(SAMPLE).rows if row.heading]
    assert ranks == [1, 2, 2]


def test_a_title_that_is_no_block_leaves_every_row_in_the_text() -> None:
    content = make_content([(P, 0, "", [("Bonjour.", "Hello.")])], "Un titre", "A title")
    edition = build_edition(content)
    assert edition.title_row is None
    assert [row.number for row in edition.rows] == [1]


def test_tables_are_short_and_a_heading_stays_with_the_next_row() -> None:
    plans = [(P, 0, "", [(f"Ligne {n}.", f"Line {n}.")]) for n in range(95)]
    plans.insert(ROWS_PER_TABLE - 1, (H, 2, "", [("Titre", "Title")]))
    sections = build_edition(make_content(plans, "T", "T")).sections
    assert sum(map(len, sections)) == 96
    assert max(map(len, sections)) <= ROWS_PER_TABLE
    assert not any(section[-1].heading for section in sections)


def test_terms_are_alphabetical_with_their_outcome_and_first_row() -> None:
    terms = build_edition(SAMPLE).terms
    assert [(term.source, term.outcome, term.first_row) for term in terms] == [
        ("conseil des ministres", "1 not rendered", 1),
        ("Élysée", "1 rendered", 2),
        ("ministère des Armées", "1 rendered", 2),
    ]


def test_notes_are_numbered_along_the_text_and_grouped_by_severity() -> None:
    edition = build_edition(SAMPLE)
    assert [(note.number, note.row, note.check) for note in edition.notes] == [
        (1, 1, "glossary.missing"),
        (2, 2, "length.long"),
        (3, 2, "numbers.changed"),
        (4, 2, "unfinished"),
    ]
    groups = [
        (severity, [note.number for note in notes]) for severity, notes in edition.notes_by_severity
    ]
    assert groups == [(Severity.BLOCK, [4]), (Severity.LOOK, [1, 3]), (Severity.POLISH, [2])]


def test_a_code_block_is_the_same_untouched_text_on_both_sides() -> None:
    row = next(row for row in build_edition(SAMPLE).rows if row.kind == "code")
    assert row.source.text == row.target.text == "\n  si (a < b) { « x » : y ; }\n"


def test_of_overlapping_marks_the_first_and_longest_is_shown() -> None:
    content = make_content(
        [(P, 0, "", [("Le Conseil d'État siège.", "The Conseil d'État sits.")])],
        "T",
        terms=[
            ("Conseil", "Conseil", EntryKind.NAME),
            ("Conseil d'État", "Conseil d'État", EntryKind.NAME),
        ],
    )
    sentence = build_edition(content).rows[0].source.sentences[0]
    assert [(run.text, run.term) for run in sentence.runs] == [
        ("Le ", 0),
        ("Conseil d’État", 2),
        (" siège.", 0),
    ]


def test_characters_that_cannot_be_printed_are_replaced_one_for_one() -> None:
    content = make_content([(P, 0, "", [("a\u2028b\u202ec\x00d\ud800", "x\x07\u2067y")])], "T")
    row = build_edition(content).rows[0]
    assert (row.source.text, row.target.text) == ("a□b□c□d□", "x□□y")


def test_missing_glyphs_names_what_the_fonts_lack() -> None:
    assert missing_glyphs(SAMPLE) == ("京", "北")
