"""What is on clouds has some round it, and a light blue sky is one."""

from __future__ import annotations

import pytest

from tests.director.reading import missed, parts, read


@pytest.mark.parametrize(
    "text", ["sneakers on fluffy clouds", "perfume among the clouds", "Kinderspielzeug auf einem Wolkenteppich"]
)
def test_on_clouds_there_are_some(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["place"], design["props"]) == ("location", "sky", "clouds")


def test_a_sky_with_clouds_has_them_above_alone() -> None:
    design = parts("bottle on oak before a blue sky with small white clouds")
    assert (design["place"], design["props"]) == ("sky", "none")


def test_clouds_of_cotton_lie_in_a_studio() -> None:
    assert parts("serum with cotton wool clouds, pink background")["props"] == "clouds"


@pytest.mark.parametrize(
    "text", ["light blue sky with small white clouds", "vor hellblauem Himmel mit kleinen weißen Wolken"]
)
def test_pale_blue_and_white_are_of_a_sky(text: str) -> None:
    assert not missed(read(text)).strip()
