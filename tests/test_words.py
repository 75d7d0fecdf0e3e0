"""The catalogues of the desk's interface say everything that its templates say."""

from __future__ import annotations

import pytest

from pipeline.errors import Act, JobError, Remedy
from pipeline.web.told import said
from pipeline.web.words import WORDS
from tools.words import main


def test_the_catalogues_are_up_to_date() -> None:
    assert main(check=True) == 0


@pytest.mark.parametrize("act", Act)
def test_the_desk_has_words_for_every_act(act: Act) -> None:
    assert WORDS[act].count("{}") <= act.value.count("{}")
    error = JobError("… is not there", Remedy(act, "a-1"), where="x")
    assert said(error, "fr").startswith("x is not there\u202f; ")
    assert said(error, "fr") != said(error, "en")
