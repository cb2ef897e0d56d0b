"""What a prompt says of the camera: how much is sharp, from where it looks, and how large the product is."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import missed, read


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("perfume on a slate slab, f/1.8", "depth_of_field", "shallow"),
        ("perfume on a slate slab, f 2.8", "depth_of_field", "shallow"),
        ("watch on black silk, bokeh", "depth_of_field", "shallow"),
        ("mug in a kitchen, shallow depth of field", "depth_of_field", "shallow"),
        ("mug in a kitchen, f/11", "depth_of_field", "deep"),
        ("can by the pool, wide shot", "shot_size", "wide"),
        ("can by the pool, close-up", "shot_size", "close_up"),
        ("flat lay on linen, close-up", "shot_size", "close_up"),
        ("headphones on a concrete podium, low angle", "camera_angle", "low"),
        ("headphones on a concrete podium, three-quarter view", "camera_angle", "high"),
        ("sur une table en bois, f/2.8", "depth_of_field", "shallow"),
        ("auf einem Holztisch, Froschperspektive", "camera_angle", "low"),
        ("на дубовом столе, крупный план", "shot_size", "close_up"),
        ("木のテーブルの上、ローアングル", "camera_angle", "low"),
        ("zwarte achtergrond met rook, lage hoek", "camera_angle", "low"),
    ],
)
def test_the_camera_is_as_asked(text: str, field: str, value: str) -> None:
    direction = read(text)
    assert getattr(direction.design, field) == value
    assert not direction.unread, direction.reading


def test_a_macro_is_near_and_hardly_deep() -> None:
    design = read("macro shot of a watch on black silk").design
    assert (design.shot_size, design.depth_of_field) == ("close_up", "shallow")


def test_the_camera_speaks_for_no_set() -> None:
    for place in ("on a concrete podium", "on snow", "on an oak desk in an office"):
        plain, told = (read(f"watch {place}{words}") for words in ("", ", low angle, f/1.8, close-up"))
        assert set_name(told.design) == set_name(plain.design)


def test_what_is_seen_from_above_has_no_low_camera_and_that_is_told() -> None:
    direction = read("flat lay on linen, low angle, f/1.8")
    assert direction.design.camera_angle == "usual"
    assert "low angle" in missed(direction)
    assert "f/1.8" in missed(direction)


def test_a_camera_that_the_photo_decides_is_told_to_be_so() -> None:
    assert "low angle shown as from as low as" in read("headphones on a concrete podium, low angle").reading


def test_a_lens_like_the_studios_asks_for_nothing() -> None:
    assert not read("perfume on a slate slab, 85mm").unread
    assert "24mm" in missed(read("perfume on a slate slab, 24mm"))
