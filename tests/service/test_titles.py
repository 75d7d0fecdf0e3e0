"""Only the titles that somebody changed at the desk are pinned; all others stay the text's own."""

from pathlib import Path

import pytest

from pipeline.service.titles import retitled, titles
from tests.support.obedient import Obedient
from tests.support.small_job import CONFIG, GLOSSARY, Cli, run


@pytest.mark.parametrize(
    "heading",
    [
        "Pourquoi la Lettonie s’inquiète\u00a0?",
        "Les «\u202fsages\u202f» ont 1\u202f000 jours",
        f"Un titre {'très ' * 70}long",
        # Cut after a space, and so shorter again.
        f"{'a' * 299} b",
    ],
)
def test_a_new_byline_leaves_the_title_alone(
    heading: str, tmp_path: Path, engine: Obedient, enregard: Cli
) -> None:
    (tmp_path / "c.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "g.yaml").write_text(GLOSSARY, "utf-8")
    job = run(tmp_path, tmp_path / "c.yaml", enregard, f"# {heading}\n\nTout va bien.\n")
    output = tmp_path / "output"
    shown = titles(output, job)
    assert shown["title"] == heading
    for wanted in (shown, {key: " ".join(value.split()) for key, value in shown.items()}):
        assert retitled(output, job, {**wanted, "byline": "A. Roy"}) == {"front.byline": "A. Roy"}
    # What is changed keeps the spaces at which no line may end.
    changed = {**shown, "title": "\tPourquoi\n cela\u00a0? "}
    assert retitled(output, job, changed) == {"front.title": "Pourquoi cela\u00a0?"}
