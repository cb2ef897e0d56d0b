"""The product is told as it, wherever in a prompt its name stands, and things beside it are not."""

import pytest

from tests.director.reading import read


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("autumn park bench, dog collar, fallen leaves", "dog collar"),
        ("marble table, iphone, flowers", "iphone"),
        ("cinco de mayo hot sauce bottle cactus and limes", "hot sauce bottle"),
        ("pizza cutter flatlay dark slate", "pizza cutter"),
        ("soft morning light, white kitchen with a ceramic mug in the middle", "ceramic mug"),
        ("a rustic kitchen with a handmade mug placed on a wooden table", "handmade mug"),
        ("on a beach at sunset a bottle of rum stands on the sand", "bottle rum"),
        ("overhead flat lay of a multi tool on linen", "multi tool"),
        ("a bakery, showcasing a bread knife", "bread knife"),
    ],
)
def test_goods_without_a_lead_are_the_product(text: str, product: str) -> None:
    direction = read(text)
    assert direction.product == product, direction.reading
    assert product.split()[-1] not in " ".join(direction.unread)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("marble table, tape, scissors", "scissors"),
        ("a watch on marble with a compass, scissors and tape", "scissors"),
        ("cafe table with headphones and a tripod", "headphones"),
        ("background for headphones", "headphones"),
        ("marble table, candles, rose petals, silver kettle", "kettle"),
        ("iftar table, figs, brass lantern, crescent moon, arabic tea kettle", "kettle"),
    ],
)
def test_one_of_several_things_is_no_product(text: str, told: str) -> None:
    assert told in " ".join(read(text).unread)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("a toothbrush standing upright on marble", "toothbrush"),
        ("violin rosin displayed on red velvet", "violin rosin"),
        ("leather wallet and keys on wood", "leather wallet"),
        ("salt and pepper shakers on a rustic table", "salt and pepper shakers"),
        ("botella de aceite de oliva sobre una mesa de piedra", "olive oil"),
        ("still life of a watch on slate", "watch"),
    ],
)
def test_all_of_its_name_is_the_product(text: str, product: str) -> None:
    direction = read(text)
    assert (direction.product, direction.unread) == (product, ()), direction.reading


@pytest.mark.parametrize("text", ["swimming lanes on a blue tile floor", "a lighthouse on a cliff, at dusk"])
def test_what_is_no_ware_is_no_product(text: str) -> None:
    assert read(text).product == ""


def test_a_typed_n_is_an_and() -> None:
    assert read("desk w pencils n apple").design == read("desk with pencils and apple").design
    assert read("desk w pencils n apple").unread == ()


def test_goods_that_a_picture_looks_like_are_no_product() -> None:
    assert read("desert, sunset, retro poster style").product == ""
