"""Where the repository, the tests and their data lie."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
# A tiny Argos Translate package, made by models/tiny_argos.
PACKAGE = TESTS / "fixtures" / "translate-fr_en-0_1.argosmodel"
