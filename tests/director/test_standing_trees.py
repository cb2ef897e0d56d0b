"""Firs behind a road stand there, and a bicycle that is led to in another language is the product."""

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize("trees", ["firs", "spruces", "pines", "pine trees"])
def test_trees_behind_a_road_are_no_twigs_on_it(trees: str) -> None:
    """Sprigs lay on the asphalt, before a city."""
    design = parts(f"helmet on a road, {trees} in the background")
    assert (design["set"], design["place"], design["beside"]) == ("road", "forest", "none")


def test_a_country_road_among_trees_is_in_no_city() -> None:
    assert parts("car on a country road with trees in the background")["place"] == "park"
    assert parts("cap on a city street with trees")["place"] == "city"


def test_twigs_still_lie_beside_a_product() -> None:
    assert parts("mug on an oak table with a fir branch")["props"] == "pine"


@pytest.mark.parametrize(
    "text",
    [
        "पहाड़ी सड़क पर साइकिल, कोहरा",
        "山道の自転車、霧",
        "dağ yolunda bisiklet, sis",
        "kayak on a beach",
        "canoe by a lake",
    ],
)
def test_a_vehicle_that_is_sold_and_led_to_is_the_product(text: str) -> None:
    direction = read(text)
    assert direction.product
    assert not direction.absent


@pytest.mark.parametrize("text", ["a street with bicycles", "улица, рядом велосипед", "street with a bicycle"])
def test_a_vehicle_beside_something_is_still_told(text: str) -> None:
    assert read(text).absent == ("vehicles",)
