"""What a product stands on under the sky: platforms and rocks on shores, in deserts, in snow and in water."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.podium import Podium
from tests.director.test_direction import read


@pytest.mark.parametrize(
    ("text", "name", "standing"),
    [
        ("a round travertine pedestal in front of a calm turquoise sea", "water", {"support": "round"}),
        ("stone podium on the beach, palm leaf shadows", "beach", {"stand": "round", "stand_material": "stone"}),
        ("on a concrete block in the desert", "dunes", {"stand": "square", "stand_material": "concrete"}),
        ("a bag on a wooden plinth in the snow", "dunes", {"stand": "square", "stand_material": "wood"}),
        ("on a marble slab on the beach", "beach", {"stand": "square", "stand_material": "marble"}),
        ("on a boulder in the desert", "dunes", {"stand": "rock", "props": "none"}),
        ("cologne on a black rock, ocean waves behind", "water", {"support": "stone", "stone_color": "#3a3836"}),
    ],
)
def test_what_stands_on_open_ground(text: str, name: str, standing: dict[str, str]) -> None:
    told = read(text)
    assert set_name(told.design) == name
    assert {param: vars(told.design)[param] for param in standing} == standing


def test_the_shape_and_the_material_of_a_platform_are_shown() -> None:
    told = read("a round travertine pedestal in front of a calm sea")
    assert told.unread == ()
    assert vars(told.design)["stone_color"] == "#d8c7ab"


@pytest.mark.parametrize("text", ["white podium, white wall, sand and shells", "black podium, sand, dark background"])
def test_a_platform_with_sand_before_a_wall_stands_in_the_studio(text: str) -> None:
    assert set_name(read(text).design) == "podium"


def test_a_material_is_not_shown_where_nothing_is_made_of_it() -> None:
    told = read("white marble on the beach")
    assert vars(told.design)["stand"] == "none"
    assert "marble" in " ".join(told.unread).split()


@pytest.mark.parametrize(
    ("text", "name", "standing"),
    [
        ("on sand acacia wood", "dunes", {"stand": "table", "stand_material": "wood"}),
        ("a wooden table on the beach", "beach", {"stand": "table", "stand_material": "wood"}),
        ("on an oak board in front of the sea", "water", {"support": "table", "support_material": "wood"}),
        ("tray of black marble overlooking a lake", "water", {"support": "table", "support_material": "marble"}),
        ("on a slate board, ocean waves behind", "water", {"support": "table", "support_material": "stone"}),
        ("on a linen tablecloth, desert dunes behind", "dunes", {"stand": "table", "stand_material": "linen"}),
        ("a tiled table, the sea in the background", "water", {"support": "table", "support_material": "tiles"}),
        ("on a wooden board before snowy mountains", "dunes", {"stand": "table", "stand_material": "wood"}),
        ("on a wooden board in front of the sea", "water", {"support": "table", "support_material": "wood"}),
        ("on a wooden deck facing the mountains", "dunes", {"stand": "square", "stand_material": "wood"}),
        ("on a white counter, snowy mountains behind", "dunes", {"stand": "table", "stand_material": "plain"}),
        ("a rustic table by a lake", "water", {"support": "table", "support_material": "wood"}),
    ],
)
def test_a_table_stands_before_what_is_behind_it(text: str, name: str, standing: dict[str, str]) -> None:
    told = read(text)
    assert set_name(told.design) == name, told.reading
    assert {param: vars(told.design)[param] for param in standing} == standing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("on a rustic table, snow-capped mountains behind", "dunes"),
        ("on a wooden table by a lake, mountains in the background", "water"),
        ("on a granite podium, mountains in the background, clear sky", "dunes"),
        ("hiking boots on a rock, the alps behind", "dunes"),
        ("a lake with mountains behind", "water"),
        ("marble table, mountain view", "dunes"),
        ("on a wooden table in front of mountains", "dunes"),
        ("on a marble podium before the mountains", "dunes"),
    ],
)
def test_mountains_that_are_behind_stand_at_the_horizon(text: str, name: str) -> None:
    told = read(text)
    assert (set_name(told.design), vars(told.design).get("far")) == (name, "mountains"), told.reading
    assert "mountain" not in " ".join(told.unread)
    assert "shown as" not in told.reading


def test_a_desert_before_mountains_keeps_its_sand() -> None:
    told = vars(read("on a crate in the desert, mountains in the background").design)
    assert (told["far"], told["ground"], told["ground_color"]) == ("mountains", "sand", Dunes().ground_color)


def test_on_a_mountain_are_rocks() -> None:
    assert set_name(read("on a mountain").design) == "rocks"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("on a wooden table with sand and shells", "tabletop"),
        ("a walnut table, snow and pine cones", "tabletop"),
        ("on a marble table before a white wall, the sea", "tabletop"),
        ("on a stone in a river", "water"),
        ("on a black glass surface with a soft grey glow", "glossy_floor"),
    ],
)
def test_what_lies_on_a_table_is_no_place_behind_it(text: str, name: str) -> None:
    told = read(text)
    assert set_name(told.design) == name, told.reading
    assert "table" not in (vars(told.design).get("stand"), vars(told.design).get("support"))


BACKDROPS = {
    "a red brick wall": ("tabletop", {"backdrop": "brick"}),
    "a raw concrete wall": ("tabletop", {"backdrop": "concrete"}),
    "a blue wooden fence": ("tabletop", {"backdrop": "boards", "backdrop_color": NAMED_COLORS["blue"]}),
    "white tiles": ("tabletop", {"backdrop": "tiles", "backdrop_color": "#f8f8f7"}),
    "a velvet curtain": ("tabletop", {"backdrop": "velvet"}),
    "a bookshelf": ("tabletop", {"backdrop": "books"}),
    "a fireplace": ("tabletop", {"backdrop": "fireplace"}),
    "neon signs": ("tabletop", {"backdrop": "neon"}),
    "a swimming pool": ("pool", {}),
    "the sea": ("water", {}),
    "snowy mountains": ("dunes", {"far": "mountains"}),
    "a snowy landscape": ("dunes", {"ground": "snow"}),
    "a city skyline": ("tabletop", {"backdrop": "rooftop"}),
    "a blurred forest": ("location", {"place": "forest"}),
}
STANDS = {
    "white podium": "round",
    "stone pedestal": "round",
    "wooden crate": "crate",
    "tree stump": "stump",
    "flight of stairs": "steps",
}


@pytest.mark.parametrize("backdrop", BACKDROPS)
@pytest.mark.parametrize("stand", STANDS)
def test_any_platform_stands_before_any_backdrop(stand: str, backdrop: str) -> None:
    told = read(f"on a {stand} in front of {backdrop}")
    name, behind = BACKDROPS[backdrop]
    part = "support" if name == "water" else "stand"
    assert set_name(told.design) == name, told.reading
    assert {param: vars(told.design)[param] for param in (part, *behind)} == {part: STANDS[stand], **behind}
    assert told.unread == ("blurred",) * ("blurred" in told.unread)


@pytest.mark.parametrize("backdrop", ["a bookshelf", "a fireplace", "a concrete wall", "a brick wall"])
@pytest.mark.parametrize("table", ["marble table", "wooden tray", "slate board", "mirror"])
def test_any_table_stands_before_furniture_and_walls(table: str, backdrop: str) -> None:
    told = read(f"on a {table} with {backdrop} behind")
    assert (set_name(told.design), told.unread) == ("tabletop", ()), told.reading
    assert (
        vars(told.design)["backdrop"] == BACKDROPS.get(backdrop, ("", {"backdrop": backdrop.split()[1]}))[1]["backdrop"]
    )


def test_furniture_of_a_room_that_is_named_is_in_it() -> None:
    assert set_name(read("a wooden table in a living room with a fireplace").design) == "interior"


@pytest.mark.parametrize("table", ["travertine table", "wooden table"])
def test_a_table_is_by_the_pool_and_a_deck_is_its_own(table: str) -> None:
    assert vars(read(f"on a {table} by the pool").design)["stand"] == "table"
    assert vars(read("on a wooden deck by the pool").design)["stand"] == "none"


@pytest.mark.parametrize("ground", ["grass", "a lawn", "snow", "sand", "a meadow", "moss", "the sea", "a pool"])
def test_any_ground_may_be_behind_a_table(ground: str) -> None:
    design = vars(read(f"on a marble table, {ground} behind").design)
    assert "marble" in (design.get("material"), design.get("stand_material"), design.get("support_material"))


@pytest.mark.parametrize("text", ["spring meadow with daisies", "in a wildflower meadow at sunset", "a flower field"])
def test_on_a_meadow_is_grass(text: str) -> None:
    design = read(text).design
    assert (set_name(design), vars(design)["material"]) == ("location", "grass")


@pytest.mark.parametrize(
    "text", ["on a picnic table in a field", "a rustic wooden table, meadow behind", "on a table in a meadow"]
)
def test_a_table_in_a_meadow_is_of_wood(text: str) -> None:
    assert vars(read(text).design)["material"] == "wood"


@pytest.mark.parametrize("stood_on", ["oak board", "on a wooden table with", "copper tray", "on a marble plinth,"])
@pytest.mark.parametrize("cloth", ["velvet", "silk", "linen"])
def test_a_backdrop_of_cloth_hangs_behind_what_is_stood_on(stood_on: str, cloth: str) -> None:
    told = read(f"{stood_on}, a dark green {cloth} backdrop")
    assert (set_name(told.design), vars(told.design)["backdrop"], told.unread) == ("tabletop", cloth, ())


def test_a_backdrop_of_cloth_alone_is_a_drape() -> None:
    assert set_name(read("dark green velvet backdrop").design) == "drapery"


@pytest.mark.parametrize("behind", ["in front of a teal wall", ", teal background", "against a teal backdrop"])
@pytest.mark.parametrize(("platform", "stand"), [("wooden crate", "crate"), ("staircase", "steps")])
def test_crates_and_steps_before_a_plain_wall_stand_on_a_table(platform: str, stand: str, behind: str) -> None:
    design = vars(read(f"on a {platform} {behind}").design)
    assert (design["stand"], design["backdrop"], design["backdrop_color"]) == (stand, "wall", NAMED_COLORS["teal"])


@pytest.mark.parametrize("made", ["ceramic", "tiled"])
@pytest.mark.parametrize("stand", ["pedestal", "plinth", "stand", "stool", "bench"])
def test_what_walls_are_of_too_is_no_wall_under_the_product(made: str, stand: str) -> None:
    direction = read(f"on a red {made} {stand} in front of a navy blue wall")
    design = vars(direction.design)
    assert NAMED_COLORS["red"] in (design.get("podium_color"), design.get("surface_color")), direction.reading
    assert design["backdrop_color"] == NAMED_COLORS["navy blue"]
    assert design.get("backdrop", "wall") == "wall"


@pytest.mark.parametrize("column", ["column", "pillar"])
def test_a_column_that_the_product_stands_on_is_a_platform(column: str) -> None:
    design = vars(read(f"on a white marble {column} in front of a black curtain").design)
    assert (design["stand"], design["material"], design["backdrop"]) == ("round", "marble", "linen")
    assert vars(read("white podium, columns behind").design)["backing"] == "fluted"


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("on a beige travertine block, rose wall", "stone"),
        ("on a round marble podium, blush background", "marble"),
        ("on a slate plinth before a mint wall", "stone"),
        ("wooden pedestal, sage backdrop", "wood"),
        ("on a concrete cube, grey background", "concrete"),
        ("on wooden steps before a green wall", "wood"),
        ("on a white podium, marble wall behind", "plain"),
        ("on a pink podium with wooden balls", "plain"),
        ("on a podium on a wooden floor", "plain"),
    ],
)
def test_a_platform_in_a_studio_is_of_what_it_is_said_to_be_and_of_nothing_else(text: str, material: str) -> None:
    design = read(text).design
    assert (set_name(design), vars(design)["podium_material"]) == ("podium", material)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("on a picnic table, a blurred lawn behind", {"material": "wood", "surface_color": "#a9743f"}),
        ("on a picnic table in front of a green lawn", {"material": "wood", "surface_color": "#a9743f"}),
        ("on a green picnic table", {"material": "wood", "surface_color": NAMED_COLORS["green"]}),
        ("on a table on a lawn", {"material": "wood", "surface_color": "#a9743f"}),
        ("on a white table on a lawn", {"material": "wood", "surface_color": NAMED_COLORS["white"]}),
        ("on a steel table in a meadow", {"material": "plain"}),
        ("on the lawn", {"material": "grass", "surface_color": "#6f9a4f"}),
        ("on a pink podium on a lawn", {"stand": "round", "surface_color": NAMED_COLORS["pink"]}),
    ],
)
def test_a_lawn_is_no_table(text: str, asked: dict[str, str]) -> None:
    design = read(text).design
    assert set_name(design) == "location"
    assert {param: vars(design)[param] for param in asked} == asked


def test_a_platform_on_a_lawn_is_of_its_own_material() -> None:
    marble, bare = (vars(read(f"on a {what} on a lawn").design) for what in ("marble podium", "podium"))
    assert (marble["stand"], marble["material"]) == ("round", "marble")
    assert (bare["material"], bare["surface_color"]) == ("plain", "#e9e3da")
    assert vars(read("on the grass next to a table").design)["material"] == "grass"


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("on a balcony overlooking the sea", "water", "support"),
        ("on a terrace overlooking the mountains", "dunes", "stand"),
        ("on a porch facing a lake", "water", "support"),
        ("a chair on a rooftop with sea view", "water", "support"),
        ("on a patio, desert dunes behind", "dunes", "stand"),
        ("by a window overlooking a lake", "water", "support"),
        ("in front of a large window looking out on mountains", "dunes", "stand"),
        ("at a window with a view of the beach", "beach", "stand"),
        ("beside a window facing a snowy forest", "dunes", "stand"),
        ("on a terrace with a view of snow", "dunes", "stand"),
    ],
)
def test_a_place_to_look_from_is_a_table_before_the_view(text: str, name: str, part: str) -> None:
    """The product stood in the lake and in the sand, and a balcony's sea was a street."""
    told = read(text)
    assert set_name(told.design) == name
    assert vars(told.design)[part] == "table"
    assert "shown as a table before the view" in told.reading


@pytest.mark.parametrize(
    "text",
    [
        "tea cup at a window overlooking a rainy street",
        "on a wooden table, rainy street behind",
        "on a balcony facing a wet street",
    ],
)
def test_a_street_that_is_only_seen_is_behind_a_table(text: str) -> None:
    design = read(text).design
    assert (set_name(design), vars(design)["place"], vars(design)["material"]) == ("location", "city", "wood")
    assert set_name(read("shoe on a rainy street, shops behind").design) == "road"


@pytest.mark.parametrize(
    "text", ["on a rock at the top of a mountain", "boots on a mountain summit", "on a rock high in the mountains"]
)
def test_high_up_a_rock_has_mountains_behind(text: str) -> None:
    design = vars(read(text).design)
    assert (design["stand"], design["far"]) == ("rock", "mountains")


def test_a_metro_s_platform_is_no_podium() -> None:
    design = vars(read("bag on a metro platform").design)
    assert (design["backdrop"], design["stand"]) == ("subway", "none")


@pytest.mark.parametrize(
    ("text", "name"), [("on a terrace by the pool", "pool"), ("on a rooftop at sunset", "tabletop")]
)
def test_without_a_view_it_is_what_it_was(text: str, name: str) -> None:
    told = read(text)
    assert set_name(told.design) == name
    assert vars(told.design)["stand"] == "none"


def test_a_snowy_rock_is_a_rock_in_the_snow() -> None:
    design = vars(read("on a snowy rock, mountains behind").design)
    assert (design["stand"], design["ground"], design["far"]) == ("rock", "snow", "mountains")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("on asphalt with a yellow line", {"line": "solid", "line_color": "#e3b52e"}),
        ("on a road with double yellow lines", {"line": "double", "line_color": "#e3b52e"}),
        ("on a road with a white line", {"line": "solid", "line_color": "#f1efe8"}),
        ("a football on a muddy pitch", {"ground": "trail", "place": "park"}),
        ("a racket on a clay court", {"material": "concrete", "surface_color": "#b3623f"}),
        ("a mug on a dark grey felt mat", {"cloth": "linen"}),
        ("soap stacked on pebbles", {"ground": "pebbles"}),
    ],
)
def test_grounds_are_as_they_are_called(text: str, asked: dict[str, str]) -> None:
    design = vars(read(text).design)
    assert {param: design[param] for param in asked} == asked


@pytest.mark.parametrize(
    ("text", "finish", "material"),
    [
        ("on a glossy white pedestal", "gloss", "plain"),
        ("high gloss black podium, dark red background", "gloss", "plain"),
        ("on a mirror podium, blush background", "mirror", "plain"),
        ("auf einem glänzenden weißen Podest", "gloss", "plain"),
        ("on a chrome cube, dark background", "satin", "metal"),
        ("on a polished steel cylinder", "gloss", "metal"),
        ("on a matte white podium", "matte", "plain"),
    ],
)
def test_a_platform_shines_as_it_was_said(text: str, finish: str, material: str) -> None:
    """Gloss, mirrors and metal were told as not read, or as a colour alone."""
    direction = read(text)
    design = direction.design
    assert isinstance(design, Podium)
    assert (design.podium_finish, design.podium_material) == (finish, material)
    assert (direction.unread, direction.stand_ins) == ((), ())
