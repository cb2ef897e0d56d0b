"""Digests are the same for the same content wherever it lies, and differ where anything in it does."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.catalogue.identity import digest_facts, digest_files, identify_item, list_versions
from photoshoot.catalogue.items import Item

plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
documents = st.dictionaries(st.text(max_size=5), plain | st.lists(plain, max_size=3), max_size=5)


@settings(max_examples=25, deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(facts: dict[str, object], chance: random.Random) -> None:
    shuffled = list(facts.items())
    chance.shuffle(shuffled)
    assert digest_facts(facts) == digest_facts(dict(shuffled))
    assert digest_facts(facts) != digest_facts({"more": 1, "facts": facts})


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["recipe", "photo", "name", "description"]), st.text(max_size=5), st.text(max_size=5))
def test_an_items_digest_changes_with_each_thing_that_is_said_of_it(key: str, one: str, two: str) -> None:
    def identify(value: str) -> str:
        facts = {"recipe": "r", "photo": "p", "name": "n", "description": "d", key: value}
        item = Item(id="x", photo=Path("x.png"), name=facts["name"], description=facts["description"])
        return identify_item(facts["recipe"], item, facts["photo"])

    assert (identify(one) == identify(two)) is (one == two)


def test_an_items_id_and_place_are_not_its_content() -> None:
    here, there = Item(id="a", photo=Path("here/a.png")), Item(id="b", photo=Path("there/b.png"))
    assert identify_item("r", here, "p") == identify_item("r", there, "p")


def test_a_folders_digest_is_its_files_and_their_names_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "a.txt").write_bytes(b"a")
        (tmp_path / name / "deep" / ("b.txt" if name != "three" else "c.txt")).write_bytes(b"b")
    one, two, three = digest_files([tmp_path / name for name in ("one", "two", "three")])
    assert one == two != three
    (tmp_path / "two" / "a.txt").write_bytes(b"c")
    assert digest_files([tmp_path / "two"]) != [one]


def test_versions_are_those_of_what_is_installed() -> None:
    assert set(list_versions(["numpy", "no-package-of-this-name"])) == {"numpy"}
