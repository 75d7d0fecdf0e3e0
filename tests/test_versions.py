"""What comes out of a stage does not change behind the back of its version."""

from __future__ import annotations

import pytest

from tools.versions import VERSIONS, digest, recorded, said


@pytest.mark.parametrize("name", VERSIONS)
def test_sources_do_not_change_without_their_version(name: str) -> None:
    (version, sources), now = recorded()[name], VERSIONS[name]
    if now.version == version:
        assert digest(now) == sources, (
            f"the sources behind the version of {name} have changed: if what comes out may change, "
            f"raise {now.name} in pipeline.{now.module}; then run `python tools/versions.py`"
        )


def test_only_what_runs_counts() -> None:
    plain = "def f(a):\n    return [a, 'x']\n"
    same = '"Doc."\nimport re\ndef f(a: int) -> list:\n  "Doc."\n  # y\n  return [\n  a, "x"]\n'
    assert said(plain) == said(same)
    assert said(plain) != said(plain.replace("'x'", "'y'"))
    assert said(plain) != said(plain.replace("[a, 'x']", "[b, 'x']"))
