"""Everything that is locked has a licence that suits the project, and stands in the bill."""

from __future__ import annotations

from tools.sbom import bill, licence, locked, suits


def test_every_locked_package_has_a_licence_that_suits() -> None:
    told = {name: licence(name) for name, _, _ in locked()}
    assert {name: words for name, words in told.items() if words and not suits(words)} == {}


def test_the_bill_holds_what_is_locked_and_the_model() -> None:
    made = bill()["components"]
    assert isinstance(made, list)
    packages = {(each["name"], each["version"]) for each in made if each["type"] == "library"}
    assert packages == {(name, version) for name, version, _ in locked()}
    assert "enregard-fr-en" in {each["name"] for each in made}
    assert all(each["hashes"] for each in made)
