"""The view of an edition is complete, numbered and in order, or it is not made."""

import re
from dataclasses import replace

import pytest

from pipeline.errors import PublishError
from pipeline.model import Block, BlockKind, EditionContent, EntryKind, Severity
from pipeline.stages.publish.exports.pairs import plain_text
from pipeline.stages.publish.render import build_edition, missing_glyphs, render_html
from pipeline.stages.publish.render.edition import ROWS_PER_TABLE
from pipeline.stages.publish.render.gate import check_complete
from pipeline.stages.publish.render.view import Pair
from tests.support.render_sample import CODE, SAMPLE, H, P, make_content

FIRST, *OTHERS = SAMPLE.segments


def without(place: int) -> EditionContent:
    """Return the sample without a segment, on either side and with all that is about it."""
    name = SAMPLE.segments[place].id
    return replace(
        SAMPLE,
        segments=tuple(each for each in SAMPLE.segments if each.id != name),
        translations=tuple(each for each in SAMPLE.translations if each.segment_id != name),
        occurrences=tuple(each for each in SAMPLE.occurrences if each.segment_id != name),
        findings=tuple(each for each in SAMPLE.findings if each.segment_id != name),
    )


def with_block(kind: BlockKind, text: str) -> EditionContent:
    """Return the sample with a last block that has no segment."""
    blocks = SAMPLE.document.blocks
    blocks = (*blocks, Block(len(blocks), kind, text))
    return replace(SAMPLE, document=replace(SAMPLE.document, blocks=blocks))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        # Missing on both sides: a block's only sentence, its first, its last, one between, code.
        (without(0), "block 1 is in no segment"),
        (without(1), "block 2 is in no segment (“Le ministère des Armées a publié, à 14:3…”)"),
        (without(2), "block 2 is in no segment (“L'Élysée se tait.”)"),
        (without(20), "block 10 is in no segment"),
        (without(8), "block 8 is in no segment"),
        (with_block(P, "Perdu."), "block 13 is in no segment (“Perdu.”)"),
        (with_block(CODE, "a = b"), "block 13 is in no segment"),
        # Missing on one side.
        (replace(SAMPLE, segments=SAMPLE.segments[:-1]), "do not match one to one"),
        (replace(SAMPLE, translations=SAMPLE.translations[:-1]), "do not match one to one"),
        (replace(SAMPLE, translations=SAMPLE.translations[::-1]), "do not match one to one"),
        # Doubled on one side, then on both.
        (
            replace(SAMPLE, translations=(SAMPLE.translations[0], *SAMPLE.translations)),
            "do not match one to one",
        ),
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
    with pytest.raises(PublishError, match=re.escape(message)):
        build_edition(broken)


def test_a_block_of_white_space_needs_no_segment() -> None:
    row = build_edition(with_block(P, " \u00a0 ")).rows[-1]
    assert (row.number, row.source.text, row.target.text) == (13, "", "")


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


def test_a_note_bears_its_number_on_both_sides() -> None:
    pairs = (("Délibération du 12 mars.", "Resolution of 12 March."),)
    content = make_content([(BlockKind.NOTE, 0, "1", pairs)], title="Le budget")
    assert [row.marker for row in build_edition(content).rows] == ["1"]
    assert b"1 D\xc3\xa9lib" in plain_text(content)
    assert render_html(build_edition(content)).count('<span class="marker">1</span>') == 2


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
            ("Conseil", "Conseil", EntryKind.NAME, ""),
            ("Conseil d'État", "Conseil d'État", EntryKind.NAME, ""),
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
    assert missing_glyphs(build_edition(SAMPLE)) == ("京", "北")


def test_the_colophon_shows_the_date_and_the_reference_where_there_is_one() -> None:
    labels = {"Date", "Reference SHA-256"}
    assert labels.isdisjoint(fact.label for fact in build_edition(SAMPLE).facts)
    provenance = replace(
        SAMPLE.provenance, created="2023-11-14T22:13:20Z", reference_sha256="d4" * 32
    )
    edition = build_edition(replace(SAMPLE, provenance=provenance))
    assert [(fact.label, fact.value) for fact in edition.facts if fact.label in labels] == [
        ("Date", "2023-11-14"),
        ("Reference SHA-256", "d4" * 32),
    ]
    assert edition.people == (
        Pair("Claire Ménard · 14\u00a0mars 2026", "Claire Ménard · 14\u00a0March 2026"),
    )
