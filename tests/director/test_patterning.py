from __future__ import annotations

from typing import Any

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from tests.director.reading import missed, read

RED, WHITE, BLUE = (NAMED_COLORS[name] for name in ("red", "white", "blue"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("on a red and white gingham tablecloth", {"material": "linen", "pattern": "gingham", "surface_color": RED}),
        ("on a red and white gingham picnic blanket", {"material": "blanket", "pattern_colors": (WHITE,)}),
        ("on a blue striped towel", {"cloth": "linen", "pattern": "stripes", "color": BLUE}),
        ("on a polka dot tablecloth", {"material": "linen", "pattern": "dots"}),
        ("plaid blanket on a bed", {"pattern": "plaid"}),
        ("black and white checkerboard floor", {"material": "tiles", "pattern": "checkerboard"}),
        ("on green and white tiles", {"material": "tiles", "pattern": "checkerboard", "pattern_colors": (WHITE,)}),
        ("on herringbone parquet", {"material": "wood", "pattern": "herringbone", "pattern_colors": ()}),
        ("on a striped beach towel on the sand", {"stand": "cloth", "pattern": "stripes"}),
        ("on a plaid blanket in the snow", {"stand": "cloth", "pattern": "plaid", "ground": "snow"}),
        ("on a red striped towel by the pool", {"stand": "cloth", "pattern": "stripes", "stand_color": RED}),
        ("on a red gingham tablecloth in a cafe", {"material": "linen", "pattern": "gingham", "table_color": RED}),
        ("on a checkered tablecloth in the kitchen", {"counter": "linen", "pattern": "gingham"}),
        ("red and white striped background", {"pattern": "stripes", "colors": (RED, WHITE)}),
        ("striped red and white background", {"pattern": "stripes", "colors": (RED, WHITE)}),
        ("fond à rayures rouges et blanches", {"pattern": "stripes", "colors": (RED, WHITE)}),
        ("auf einem gestreiften Strandtuch", {"stand": "cloth", "pattern": "stripes"}),
        ("in front of a blue polka dot wall", {"pattern": "dots", "colors": (BLUE,)}),
        ("on a terrazzo table", {"material": "stone", "pattern": "terrazzo"}),
        ("nappe à carreaux rouges et blancs", {"pattern": "gingham", "surface_color": RED, "pattern_colors": (WHITE,)}),
        ("karierte Picknickdecke", {"material": "blanket", "pattern": "gingham"}),
        ("mantel de cuadros", {"material": "linen", "pattern": "gingham"}),
    ],
)
def test_a_pattern_that_is_asked_for_is_shown(text: str, values: dict[str, Any]) -> None:
    direction = read(text)
    assert {name: getattr(direction.design, name) for name in values} == values, direction.reading
    assert direction.unread == (), direction.reading


def test_a_cloth_whose_one_colour_is_pale_has_the_patterns_own_beside_it() -> None:
    design = read("on a white striped tablecloth").design
    assert vars(design)["surface_color"] == WHITE
    assert vars(design)["pattern_colors"] not in ((), (WHITE,))


@pytest.mark.parametrize(
    "text",
    [
        "a striped tee on white linen",
        "a bottle with a striped label on a linen tablecloth",
        "checkered shirt, flat lay on oak",
        "polka dot dress on a hanger",
    ],
)
def test_a_products_pattern_is_none_of_what_it_lies_on(text: str) -> None:
    direction = read(text)
    assert getattr(direction.design, "pattern", "none") == "none", direction.reading
    assert {"striped", "checkered", "polka"} & {*missed(direction).split()}


def test_what_can_have_no_such_pattern_is_told() -> None:
    direction = read("on a wooden table with a green gingham cloth")
    assert set_name(direction.design) == "tabletop"
    assert vars(direction.design)["pattern"] == "none"
    assert "gingham" in " ".join(direction.unread)


def test_a_wall_that_shadows_stripe_is_no_cloth() -> None:
    direction = read("on a plain shelf before a wall striped with the shadows of window blinds")
    assert (set_name(direction.design), vars(direction.design)["gobo"]) == ("window_room", "blinds")


def test_a_room_has_its_parquet() -> None:
    direction = read("robot vacuum on a parquet floor in a bright living room")
    assert vars(direction.design)["pattern"] == "herringbone"
