from __future__ import annotations

import numpy as np
import pytest

from photoshoot.captioners.nouns import ROOT, NounTree, Silhouette, measure_silhouette
from photoshoot.records import AlphaMatte, Category
from tests.making import draw_cutout

TREE = NounTree.load()
SHIRT = Silhouette(aspect=0.9, fill=0.65, symmetry=0.9, head=0.03, holes=0, arch=0)
BOTTLE = Silhouette(aspect=0.35, fill=0.88, symmetry=1, head=0.02, holes=0, arch=0)
SHOE = Silhouette(aspect=2, fill=0.65, symmetry=0.6, head=0.2, holes=0, arch=0)


def votes(**labels: float) -> np.ndarray:
    """Probabilities of the classes named (``_`` for a blank); the rest is spread over all."""
    found = np.full(1000, (1 - sum(labels.values())) / 1000, np.float32)
    for label, share in labels.items():
        found[len(TREE.labels) - 1 - TREE.labels[::-1].index(label.replace("_", " "))] += share
    return found


def test_the_file_covers_all_thousand_classes() -> None:
    assert len(TREE.labels) == len(TREE.shares) == 1000
    assert (TREE.labels[0], TREE.labels[504], TREE.labels[770], TREE.labels[999]) == (
        "tench",
        "coffee mug",
        "running shoe",
        "toilet tissue",
    )


def test_every_class_speaks_for_known_nouns_with_whole_shares() -> None:
    for label, shares in zip(TREE.labels, TREE.shares, strict=True):
        assert shares.keys() <= TREE.nouns.keys(), label
        assert not shares or sum(shares.values()) == pytest.approx(1), label


def test_animals_and_places_are_no_products() -> None:
    assert not any(TREE.shares[:390])
    spoken = dict(zip(TREE.labels, TREE.shares, strict=True))
    assert not any(spoken[label] for label in ("church", "volcano", "coral reef", "ballplayer", "rifle"))


@pytest.mark.parametrize(
    ("label", "noun"),
    [("jersey", "t-shirt"), ("sunglass", "sunglasses"), ("running shoe", "sneakers"), ("pillow", "cushion")],
)
def test_classes_speak_shop_language(label: str, noun: str) -> None:
    assert dict(zip(TREE.labels, TREE.shares, strict=True))[label] == {noun: 1}


def test_the_tree_has_one_root_and_no_loops() -> None:
    assert [noun.name for noun in TREE.nouns.values() if noun.parent is None] == [ROOT]
    for noun in TREE.nouns.values():
        seen = [noun]
        while (parent := seen[-1].parent) is not None:
            seen.append(TREE.nouns[parent])
            assert len(seen) < 6, noun.name
        assert seen[-1].name == ROOT
        assert 0 < noun.prior <= 1


def test_a_sure_class_gives_its_narrow_noun() -> None:
    naming = TREE.choose(votes(running_shoe=0.8), SHOE)
    assert (naming.noun.name, naming.category) == ("sneakers", Category.FOOTWEAR)
    assert naming.confidence > 0.6


def test_kinds_that_disagree_give_the_broader_noun() -> None:
    naming = TREE.choose(votes(running_shoe=0.3, sandal=0.3, Loafer=0.25), SHOE)
    assert naming.noun.name == "shoes"
    naming = TREE.choose(votes(water_bottle=0.25, lotion=0.2, pop_bottle=0.2, wine_bottle=0.15), BOTTLE)
    assert (naming.noun.name, naming.category) == ("bottle", Category.DRINK)


def test_bottles_of_lotion_stand_on_the_beauty_shelf() -> None:
    assert TREE.choose(votes(lotion=0.4, perfume=0.2, sunscreen=0.2), BOTTLE).category is Category.BEAUTY


@pytest.mark.parametrize("labels", [{}, {"tench": 0.9}, {"church": 0.5, "goldfish": 0.4}])
def test_nothing_sure_is_a_product(labels: dict[str, float]) -> None:
    naming = TREE.choose(votes(**labels), SHIRT)
    assert naming.noun.name == ROOT
    assert naming.confidence == 0


def test_a_hood_makes_a_hoodie() -> None:
    hooded = Silhouette(aspect=0.82, fill=0.64, symmetry=0.95, head=0.29, holes=0, arch=0)
    assert TREE.choose(votes(sweatshirt=0.9), hooded).noun.name == "hoodie"
    assert TREE.choose(votes(sweatshirt=0.9), SHIRT).noun.name == "sweatshirt"


def test_an_outline_that_does_not_fit_counts_less() -> None:
    wide = Silhouette(aspect=3, fill=0.6, symmetry=0.6, head=0.2, holes=0, arch=0)
    assert TREE.nouns["bottle"].fit(wide) < 0.1
    assert TREE.nouns["bottle"].fit(BOTTLE) == 1
    confusing = votes(water_bottle=0.4, running_shoe=0.35)
    assert TREE.choose(confusing, BOTTLE).noun.name.endswith("bottle")
    assert TREE.choose(confusing, wide).noun.name == "sneakers"


def test_an_outline_names_what_no_class_speaks_for() -> None:
    cups = Silhouette(aspect=0.95, fill=0.47, symmetry=0.8, head=0.4, holes=0, arch=0.8)
    lost = np.full(1000, 0.001, np.float32)
    naming = TREE.choose(lost, cups)
    assert (naming.noun.name, naming.category) == ("headphones", Category.ELECTRONICS)
    assert 0 < naming.confidence < 0.5
    assert TREE.choose(lost, SHOE).noun.name == "product"


def disc(radius: float, hole: float = 0) -> AlphaMatte:
    y, x = np.mgrid[-100:101, -100:101]
    distance = np.hypot(x, y)
    return np.asarray((distance <= radius) & (distance >= hole), np.float32)


def test_a_rectangle_fills_its_box() -> None:
    matte = np.zeros((300, 200), np.float32)
    matte[50:250, 50:150] = 1
    shape = measure_silhouette(matte)
    assert (shape.aspect, shape.fill, shape.symmetry, shape.holes) == (0.5, 1, 1, 0)


def test_a_disc_fills_a_quarter_of_pi_and_a_ring_has_a_hole() -> None:
    assert measure_silhouette(disc(90)).fill == pytest.approx(np.pi / 4, abs=0.02)
    assert measure_silhouette(disc(90)).holes == 0
    assert measure_silhouette(disc(90, 40)).holes == 1


def test_size_does_not_matter() -> None:
    small, large = measure_silhouette(disc(40)), measure_silhouette(disc(95))
    assert small.fill == pytest.approx(large.fill, abs=0.02)
    assert small.head == pytest.approx(large.head, abs=0.02)


def test_a_neck_is_a_head_and_a_half_is_not_symmetric() -> None:
    bottle = draw_cutout(shape="bottle").alpha_matte
    assert measure_silhouette(bottle).head > 0.2
    assert measure_silhouette(bottle).symmetry > 0.95
    assert measure_silhouette(disc(90) * (np.arange(201)[:, None] > np.arange(201)[None])).symmetry < 0.5


def draw_arch(leg: int, band: int) -> AlphaMatte:
    """Two legs of 80 rows under a band."""
    matte = np.zeros((130, 130), np.float32)
    matte[20 : 20 + band, 15:115] = 1
    matte[20:110, 15 : 15 + leg] = 1
    matte[20:110, 115 - leg : 115] = 1
    return matte


def test_cups_under_a_thin_band_are_an_arch_and_legs_of_trousers_are_not() -> None:
    assert measure_silhouette(draw_arch(leg=30, band=10)).arch == pytest.approx(80 / 90, abs=0.03)
    assert measure_silhouette(draw_arch(leg=40, band=40)).arch == 0, "the band is as thick as the legs are wide"
    assert measure_silhouette(draw_arch(leg=30, band=10)[::-1]).arch == 0, "it stands on its band"
    assert measure_silhouette(disc(90, 40)).arch == 0
    assert measure_silhouette(draw_cutout(shape="bottle").alpha_matte).arch == 0


def test_an_empty_matte_counts_as_a_square() -> None:
    shape = measure_silhouette(np.zeros((20, 30), np.float32))
    assert (shape.aspect, shape.fill, shape.holes) == (1, 1, 0)
