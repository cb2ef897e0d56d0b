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


_ON_OAK = "a perfume bottle on an oak table"


@pytest.mark.parametrize(
    "said",
    [
        "85mm lens",
        "50 mm prime",
        "24-70mm lens",
        "prime lens",
        "f/4",
        "ISO 100",
        "iso400",
        "1/200s",
        "1/125 sec",
        "shutter speed 1/250",
        "Hasselblad X2D",
        "medium format",
        "full frame",
        "Leica M11",
        "Canon EOS R5",
        "Sony A7R IV",
        "Fujifilm X-T4",
        "phase one XF",
        "shot on RED",
        "shot in RAW",
        "RAW photo",
        "RAW",
        "shot on iPhone 15 Pro",
        "captured with a Canon 5D Mark IV",
        "14-bit",
        "DSLR",
        "medium shot",
        "centered composition",
        "professionally retouched",
    ],
)
def test_what_only_names_a_camera_or_a_file_asks_for_nothing(said: str) -> None:
    plain, told = read(_ON_OAK), read(f"{_ON_OAK}, {said}")
    assert told.design == plain.design
    assert not told.unread, told.reading
    assert not told.absent
    assert told.product == plain.product


@pytest.mark.parametrize(
    ("said", "none"),
    [
        ("Kodak Portra 400", "film effects"),
        ("Cinestill 800T", "film effects"),
        ("Fuji colors", "film effects"),
        ("fuji", "film effects"),
        ("polaroid", "film effects"),
        ("35mm film", "film effects"),
        ("medium format film", "film effects"),
        ("vignette", "film effects"),
        ("chromatic aberration", "film effects"),
        ("prism effect", "film effects"),
        ("black and white photo", "film effects"),
        ("teal and orange grade", "film effects"),
        ("wide-angle lens", "lens effects"),
        ("200mm telephoto lens", "lens effects"),
        ("tilt-shift", "lens effects"),
        ("anamorphic widescreen", "lens effects"),
        ("long exposure", "motion"),
        ("rule of thirds", "composition by words"),
        ("symmetrical composition", "composition by words"),
        ("placed in the lower third of the frame", "composition by words"),
        ("slightly to the left", "composition by words"),
        ("off-center", "composition by words"),
    ],
)
def test_what_no_words_can_ask_of_the_picture_is_told_and_draws_nothing(said: str, none: str) -> None:
    plain, told = read(_ON_OAK), read(f"{_ON_OAK}, {said}")
    assert told.design == plain.design
    assert told.absent == (none,)


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("eye level shot", "camera_angle", "low"),
        ("straight-on eye-level camera angle", "camera_angle", "low"),
        ("medium close-up shot", "shot_size", "close_up"),
        ("30 degrees from above", "camera_angle", "high"),
        ("100mm macro lens", "shot_size", "close_up"),
        ("50mm f/1.4 lens", "depth_of_field", "shallow"),
        ("hexagonal bokeh", "depth_of_field", "shallow"),
        ("deep focus", "depth_of_field", "deep"),
        ("focus stacking", "depth_of_field", "deep"),
        ("generous negative space", "shot_size", "wide"),
    ],
)
def test_what_a_photographer_asks_for_is_done_where_the_studio_can(said: str, field: str, value: str) -> None:
    plain, told = read(_ON_OAK), read(f"{_ON_OAK}, {said}")
    assert getattr(told.design, field) == value
    assert set_name(told.design) == set_name(plain.design)
    assert not told.unread, told.reading


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("a polaroid camera on an oak table", "polaroid camera"),
        ("a 35mm film camera on an oak table", "35mm film camera"),
        ("a camera lens on an oak table", "camera lens"),
    ],
)
def test_a_camera_that_is_sold_is_the_product(text: str, product: str) -> None:
    direction = read(text)
    assert (direction.product, direction.unread, direction.absent) == (product, (), ())


def test_a_name_of_a_camera_within_other_words_is_none() -> None:
    assert read("a bottle, shot on red velvet").design == read("a bottle on red velvet").design
    assert "raw concrete hall" in read("a bottle in a raw concrete hall").reading
    assert "20mm thick" in missed(read("a bottle on a 20mm thick glass slab"))
    assert "mount fuji" in read("a bottle before mount fuji").words["place"]


@pytest.mark.parametrize(
    ("place", "said", "none"),
    [
        ("auf einem Holztisch", "Weitwinkel", "lens effects"),
        ("sur une table en bois", "grand angle", "lens effects"),
        ("sobre una mesa de madera", "gran angular", "lens effects"),
        ("木のテーブルの上", "広角レンズ", "lens effects"),
        ("sur une table en bois", "grain de film", "film effects"),
        ("sobre una mesa de madera", "fotografía analógica", "film effects"),
        ("木のテーブルの上", "フィルムグレイン", "film effects"),
        ("木桌上", "胶片感", "film effects"),
        ("auf einem Holztisch", "Drittelregel", "composition by words"),
        ("sobre uma mesa de madeira", "regra dos terços", "composition by words"),
        ("木桌上", "三分构图", "composition by words"),
    ],
)
def test_lenses_films_and_composition_are_told_in_any_language(place: str, said: str, none: str) -> None:
    plain, told = read(place), read(f"{place}, {said}")
    assert told.design == plain.design
    assert told.absent == (none,)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("auf einem Holztisch", "85mm Objektiv"),
        ("sur une table en bois", "objectif 50 mm"),
        ("sobre una mesa de madera", "lente 50mm"),
        ("su un tavolo di legno", "obiettivo 85mm"),
    ],
)
def test_a_lens_like_the_studios_asks_for_nothing_in_any_language(place: str, said: str) -> None:
    plain, told = read(place), read(f"{place}, {said}")
    assert told.design == plain.design
    assert not told.unread, told.reading


@pytest.mark.parametrize(
    "text", ["auf einem Holztisch, Augenhöhe", "sur une table en bois, à hauteur des yeux", "木桌上，平视角度"]
)
def test_eye_level_is_low_in_any_language(text: str) -> None:
    assert vars(read(text).design)["camera_angle"] == "low"
