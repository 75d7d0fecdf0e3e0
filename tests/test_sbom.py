"""Everything that is locked has a licence that suits the project, and stands in the bill."""

from __future__ import annotations

from tools.sbom import bill, licence, locked, suits


def test_every_locked_package_has_a_licence_that_suits() -> None:
    told = {name: licence(name) for name in locked()}
    assert {name: words for name, words in told.items() if words and not suits(words)} == {}


def test_the_bill_holds_what_is_locked() -> None:
    made = bill()["components"]
    assert isinstance(made, list)
    assert {each["name"] for each in made} == set(locked())
    assert all(each["hashes"] for each in made)
