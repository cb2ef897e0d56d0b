"""Forms that strangers' English prompts have: briefs, headings, lists, foods that are colours' names, walls."""

import pytest

from photoshoot.sets import set_name
from tests.director.reading import missed, read


def shown(text: str) -> str:
    """What a prompt is read as, without what is told as not read."""
    return read(text).reading.split("; not read:")[0]


@pytest.mark.parametrize("ware", ["candle", "vase", "lipstick", "scented candle", "teapot", "gift box"])
@pytest.mark.parametrize(
    "form",
    [
        "Nordlicht: {} on black granite",
        "Terra ceramics lookbook: {} on black granite",
        "for our new launch: the {} on black granite",
        "hyperrealistic macro shot, {} on black granite",
        "can you put my {} on black granite?",
        "hero shot of our {} on black granite",
    ],
)
def test_no_product_lies_beside_itself(form: str, ware: str) -> None:
    direction = read(form.format(ware))
    assert vars(direction.design)["props"] == "none"
    assert ware in missed(direction)


@pytest.mark.parametrize("ware", ["lipstick", "candle", "vase"])
@pytest.mark.parametrize("mark", [",", " –", " -", " —"])
def test_a_list_begins_with_its_product(ware: str, mark: str) -> None:
    direction = read(f"{ware}{mark} marble counter, soft window light")
    assert vars(direction.design)["props"] == "none"
    assert ware in missed(direction)


def test_a_list_of_foods_has_all_of_them() -> None:
    assert "bread" not in " ".join(read("bread, cheese and grapes on an oak board").unread)


@pytest.mark.parametrize("name", ["Blue Moon", "Silver Lake", "Ivy & Stone", "Red Barn", "Bold & Bean", "Snow Peak"])
@pytest.mark.parametrize(
    "form", ["{}: {}", "for {}: {}", "{} launch: {}", "social post for {}, {}", "our brand {}, {}", "{} – {}"]
)
def test_a_brand_asks_for_nothing(form: str, name: str) -> None:
    scene = "jar on black granite, soft light"
    direction = read(form.format(name, scene))
    assert direction.design == read(scene).design
    assert name.split()[0] in missed(direction)


@pytest.mark.parametrize("feast", ["Christmas", "Halloween", "Black Friday", "Lunar New Year"])
def test_a_feast_is_no_brand(feast: str) -> None:
    assert feast.lower() in shown(f"for {feast}: a jar on black velvet")
    assert feast.lower() in shown(f"{feast}: a jar on black velvet")


def test_a_brand_is_not_mended() -> None:
    assert not read("Terra ceramics: jar on slate").wording.mended


@pytest.mark.parametrize(
    ("text", "props"),
    [
        ("can on ice with lime", "citrus"),
        ("bottle on marble with orange and mint", "citrus"),
        ("bottle on marble surrounded by raspberry", "berries"),
        ("jar on a white podium, fresh lime", "citrus"),
        ("lime and lemons beside a bottle on white marble", "citrus"),
        ("soap on a wooden board with rose", "flowers"),
        ("soap on a wooden tray with some lavender please", "leaves"),
        ("a lemon to the right, white table", "citrus"),
        ("jar on oak with chocolate", "chocolate"),
    ],
)
def test_foods_beside_a_product_are_no_colours(text: str, props: str) -> None:
    assert vars(read(text).design)["props"] == props


@pytest.mark.parametrize("food", ["honey", "vanilla", "matcha", "cream", "salmon"])
def test_foods_that_the_studio_has_not_are_told(food: str) -> None:
    direction = read(f"jar on oak with {food}")
    assert direction.design == read("jar on oak").design
    assert food in " ".join(direction.unread)


@pytest.mark.parametrize(
    "text", ["pink background with orange", "navy wall with mustard", "beige podium, lime wall", "cream and gold wall"]
)
def test_foods_that_say_a_colour_are_colours(text: str) -> None:
    assert not read(text).unread


@pytest.mark.parametrize("wood", ["dark wood", "rustic wooden", "oak", "old pine", "reclaimed wood", "walnut"])
@pytest.mark.parametrize("behind", ["wall", "background"])
@pytest.mark.parametrize("on", ["linen", "a marble table", "a pink podium"])
def test_a_wall_of_any_wood_is_of_boards(wood: str, behind: str, on: str) -> None:
    design = vars(read(f"bag on {on}, {wood} {behind}").design)
    assert design["backdrop"] == "boards"
    assert design["backdrop_color"] != vars(read(f"bag on {on}").design).get("backdrop_color")


@pytest.mark.parametrize("on", ["linen", "a stone slab", "a white podium"])
def test_a_background_of_concrete_is_of_concrete(on: str) -> None:
    assert vars(read(f"bag on {on}, concrete background").design)["backdrop"] == "concrete"


@pytest.mark.parametrize("text", ["lit from below on a white table", "light from below, glass", "film grain, oak"])
def test_what_no_set_has_of_light_and_film_is_told(text: str) -> None:
    direction = read(text)
    assert direction.absent
    assert {"below", "grain"} & set(" ".join(direction.unread).split())


@pytest.mark.parametrize("text", ["nothing on the table, café in the background", "mug on an empty table in a café"])
def test_an_empty_table_has_nothing_on_it(text: str) -> None:
    assert not vars(read(text).design)["served"]
    assert vars(read("mug on a table in a café").design)["served"]


@pytest.mark.parametrize(
    "form",
    [
        "swap {x} for {y}",
        "replace {x} with {y}",
        "change {x} to {y}",
        "{x} replaced by {y}",
        "rather {y} than {x}",
        "prefer {y} over {x}",
        "less {x}, more {y}",
        "drop the {x}; {y} only",
        "lose the {x}, put {y}",
        "instead of {x} use {y}",
    ],
)
@pytest.mark.parametrize(
    ("x", "y"),
    [("velvet", "linen"), ("wood", "marble"), ("candles", "fairy lights"), ("red", "navy")],
)
def test_what_is_taken_out_for_something_else_is_not_there(form: str, x: str, y: str) -> None:
    assert read("bottle, " + form.format(x=x, y=y)).design == read(f"bottle, {y}").design


@pytest.mark.parametrize("text", ["nintendo switch with a dock on linen", "a better table with linen"])
def test_what_changes_nothing_denies_nothing(text: str) -> None:
    assert "linen" in shown(text)
    assert "no linen" not in shown(text)


def test_what_a_shop_asks_for_politely_is_what_it_names() -> None:
    assert read("would love a cosy autumn picture").design == read("a cosy autumn picture").design
    asked = read("something christmassy for my gift box, with fir branches").design
    assert asked == read("something christmassy, with fir branches").design


@pytest.mark.parametrize("text", ["bottle, side view, marble", "bottle half empty on oak"])
def test_other_views_of_the_product_are_told(text: str) -> None:
    assert read(text).absent


@pytest.mark.parametrize(
    "thing",
    ["dumbbells", "a keyboard", "a mirror", "a teddy bear", "building blocks", "a crate", "stairs"],
)
@pytest.mark.parametrize(("on", "key"), [("black granite", "material"), ("white linen", "cloth")])
def test_what_it_is_on_is_kept_before_a_room_of_what_lies_beside_it(thing: str, on: str, key: str) -> None:
    assert vars(read(f"bottle on {on} with {thing}").design)[key] == vars(read(f"bottle on {on}").design)[key]


def test_a_room_that_is_named_is_no_thing_beside() -> None:
    assert set_name(read("shaker on a wooden bench in a gym with dumbbells").design) == "gym"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Forest Scene: mug on a log", "forest"),
        ("Kitchen Counter: mug, morning light", "kitchen"),
        ("Golden Hour: watch on sand", "golden hour"),
        ("Perfume Bottle on marble – soft light", "marble"),
    ],
)
def test_a_heading_of_a_scene_is_no_brand(text: str, word: str) -> None:
    assert word in shown(text)


@pytest.mark.parametrize("trade", ["spa", "wellness", "yoga", "beach club", "coffee", "ceramics", "wine", "candle"])
@pytest.mark.parametrize(
    "form", ["{} brand: {}", "Our {} brand: {}", "for a {} company. {}", "I run a {} business, {}"]
)
def test_what_a_brand_sells_asks_for_nothing(form: str, trade: str) -> None:
    scene = "tin on pale oak before a white wall"
    assert read(form.format(trade, scene)).design == read(scene).design


@pytest.mark.parametrize("text", ["bottle in the style of the brand: on pale oak", "for my brand: on pale oak"])
def test_what_follows_a_colon_is_no_name_where_it_says_where(text: str) -> None:
    assert "pale oak" in shown(text)
