"""Leaves of the tropics are those, in any language, and are told where a place has none."""

from __future__ import annotations

import pytest

from photoshoot.director.leaving_out import leave_out
from tests.director.reading import parts, read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("serum on marble with monstera leaves", "monstera"),
        ("serum on marble, palm leaves", "palm_leaves"),
        ("serum surrounded by lush tropical foliage, beige table", "tropical_leaves"),
        ("Creme auf Marmor, tropische Blätter", "tropical_leaves"),
        ("sérum, feuilles de palmier, fond rose", "palm_leaves"),
        ("大理石の上、モンステラの葉", "monstera"),
    ],
)
def test_each_kind_is_its_own(text: str, kind: str) -> None:
    assert parts(text)["props"] == kind


def test_a_jungle_has_them_and_says_what_is_behind() -> None:
    direction = read("bottle in the jungle")
    assert vars(direction.design)["props"] == "tropical_leaves"
    assert "jungle shown as tropical leaves before a forest of pines" in direction.reading


def test_banana_leaves_are_told_to_be_among_others() -> None:
    assert "banana leaves shown as tropical leaves" in read("soap on banana leaves, slate").reading


def test_a_cabin_has_none_and_says_so() -> None:
    assert "not read: palm leaves" in read("in a cabin with palm leaves").reading


def test_they_are_left_out_as_leaves() -> None:
    design = read("serum on marble, monstera leaves").design
    assert vars(leave_out(design, "leaves").design)["props"] == "none"
