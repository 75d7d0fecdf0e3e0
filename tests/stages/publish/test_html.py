"""The HTML edition shows each text as text, loads nothing, and allows only its own script."""

import base64
import hashlib
import html
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import EditionContent
from pipeline.stages.publish.render import build_edition, render_html
from pipeline.stages.publish.render.screen_words import SCREEN_WORDS
from pipeline.stages.publish.render.words import WORDS
from tests.language.test_typography import bare
from tests.support.paths import ROOT
from tests.support.render_sample import SAMPLE, P, make_content


class Page(HTMLParser):
    """Collects the elements of a page, its attributes, and the text of each sentence."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.sentences: dict[str, str] = {}
        self.raw: dict[str, str] = {"style": "", "script": ""}
        self._open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        values = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        name = values.get("id") or "" if values.get("class") == "s" else ""
        if name:
            assert name not in self.sentences
            self.sentences[name] = ""
        if tag not in ("meta", "col", "input"):
            self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in self.raw:
            self.raw[self._open[-1][0]] += data
        for _, name in self._open:
            if name:
                self.sentences[name] += data


def page_of(content: EditionContent) -> str:
    return render_html(build_edition(content))


PAGE = page_of(SAMPLE)
PARSED = Page(PAGE)


def test_every_segment_stands_once_on_each_side_with_its_own_text() -> None:
    rows = build_edition(SAMPLE).rows
    anchors = {each.segment_id: each.anchor for row in rows for each in row.source.sentences}
    assert len(PARSED.sentences) == 2 * len(SAMPLE.segments)
    for segment, translation in zip(SAMPLE.segments[:8], SAMPLE.translations[:8], strict=True):
        anchor = anchors[segment.id]
        shown = PARSED.sentences[f"fr-{anchor}"], PARSED.sentences[f"en-{anchor}"]
        assert tuple(map(bare, shown)) == (bare(segment.source), bare(translation.text))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"])),
            st.text(st.sampled_from("<>&\"'{}%#/-!ab =;"), min_size=1),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_text_comes_back_as_text(pairs: list[tuple[str, str]]) -> None:
    pairs = [(french + "x", english) for french, english in pairs]
    # No text begins with this title, or it would be one that was taken from it.
    titles = ("Un titre à part", "A title apart")
    page = Page(page_of(make_content([(P, 0, "", pairs)], *titles)))
    for order, (french, english) in enumerate(pairs, 1):
        assert bare(page.sentences[f"fr-1-{order}"]) == bare(french)
        assert bare(page.sentences[f"en-1-{order}"]) == bare(english)
    plain = Page(page_of(make_content([(P, 0, "", [("a", "b")] * len(pairs))], *titles)))
    assert page.tags == plain.tags
    # Classes and the policy follow the length and the scripts of a text.
    assert [name for name, _ in page.attributes] == [name for name, _ in plain.attributes]
    assert page.ids == plain.ids


def test_nothing_is_loaded_and_only_our_style_and_script_apply() -> None:
    policy = next(value for _, value in PARSED.attributes if value and "default-src" in value)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for text in PARSED.raw.values():
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    names = {name for name, _ in PARSED.attributes}
    assert names.isdisjoint({"src", "style", "srcset", "action"})
    assert not any(name.startswith("on") for name in names)
    targets = {value for name, value in PARSED.attributes if name == "href" and value}
    assert all(target.startswith("#") for target in targets)
    addresses = re.findall(r"url\(\"?([a-z]+:[a-z]*)", PARSED.raw["style"])
    assert set(addresses) == {"data:font"}


def test_every_link_has_its_target() -> None:
    assert len(PARSED.ids) == len(set(PARSED.ids))
    targets = {value for name, value in PARSED.attributes if name == "href" and value}
    assert {target.removeprefix("#") for target in targets} <= set(PARSED.ids)


def test_hostile_names_stay_text() -> None:
    bad = '"><script>x</script>'
    content = replace(
        SAMPLE,
        target_title=bad,
        document=replace(SAMPLE.document, author=bad, date=bad),
        entries=tuple(
            replace(entry, target=bad, note=entry.note and bad) for entry in SAMPLE.entries
        ),
        findings=tuple(replace(each, message=bad, check=bad) for each in SAMPLE.findings),
        provenance=replace(SAMPLE.provenance, input_name=bad, program_version=bad),
    )
    page = Page(page_of(content))
    assert page.tags == PARSED.tags
    assert not any(value and "script>" in value for _, value in page.attributes)


def test_the_note_of_a_glossary_entry_stands_under_its_rendering() -> None:
    remarks = re.findall(r">([^<]*)<p class=\"remark\">([^<]*)</p>", PAGE)
    assert ("Ministry of the Armed Forces", "Never MoD &lt;sic&gt;.") in remarks


def test_the_appendix_says_which_rung_brought_an_entry() -> None:
    remarks = re.findall(r">([^<]*)<p class=\"remark\">([^<]*)</p>", PAGE)
    assert ("1 rendered", "1 after a hint") in remarks


def test_an_empty_translation_is_shown_as_such() -> None:
    page = Page(page_of(make_content([(P, 0, "", [("Oui.", "")])], "T", "T")))
    assert page.sentences["en-1-1"] == "not translated"


def test_the_page_of_a_short_article_is_small() -> None:
    short = make_content([(P, 0, "", [("Une phrase courte.", "A short sentence.")])] * 150, "T")
    assert len(page_of(short).encode()) < 500_000


def test_two_processes_make_the_same_page() -> None:
    command = (
        "import sys; sys.path.insert(0, '.'); from tests.support.render_sample import SAMPLE; "
        "from pipeline.stages.publish.render import build_edition, render_html; "
        "sys.stdout.buffer.write(render_html(build_edition(SAMPLE)).encode())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert pages == {PAGE.encode()}


def test_buttons_and_messages_are_in_the_language_of_the_notices() -> None:
    french = replace(SAMPLE, dress=replace(SAMPLE.dress, notices="fr"))
    page = render_html(build_edition(french))
    assert '<html lang="fr"' in page
    shown = page[page.index("<body") : page.index("<script>")]
    english, other = WORDS["en"], WORDS["fr"]
    for name in SCREEN_WORDS["fr"]:
        said = html.escape(english[name].partition("{")[0].strip(), quote=False)
        if english[name] != other[name] and len(said) > 4:
            assert f">{said}" not in shown, name
            assert f'"{said}"' not in shown, name
    assert SCREEN_WORDS["en"].keys() == SCREEN_WORDS["fr"].keys()
    assert "Édition bilingue, anglais par traduction automatique" in shown
