"""What lies beside a product stays with it where the set becomes another one."""

from typing import Literal

import pytest

from photoshoot.sets import SETS, hold
from photoshoot.sets.beach import Beach
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.counter import Counter
from photoshoot.sets.crates import Crates
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.gym import Gym
from photoshoot.sets.location import GROUND_COLORS, Location
from photoshoot.sets.named import left_behind, taken_along
from photoshoot.sets.pool import Pool
from photoshoot.sets.rocks import Rocks
from photoshoot.sets.stairs import Stairs
from photoshoot.sets.strewn import StrewnSet
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.water import Water
from photoshoot.settings import Stance

NATURE: tuple[type[StrewnSet], ...] = (Beach, Crates, Dunes, Pool, Rocks, Stairs, Water)


def test_a_lying_product_keeps_what_lies_beside_it() -> None:
    lying = hold(Counter(beside="tulips", beside_colors=("#d6486a",)), Stance.LYING)
    assert isinstance(lying, FlatLay)
    assert (lying.props, lying.prop_colors) == ("tulips", ("#d6486a",))


def test_without_any_the_set_becomes_what_it_did() -> None:
    lying = hold(Counter(), Stance.LYING)
    assert isinstance(lying, FlatLay)
    assert (lying.props, lying.under) == ("citrus", "board")


def test_only_a_glossy_floor_mirrors_what_shines_behind_a_celebration() -> None:
    """Of satin it was a mirror, too: a blurred photo of lamps, over which a watch hovered."""
    satin, gloss = (hold(Celebration(backdrop="glow", finish=finish), Stance.LYING) for finish in ("satin", "gloss"))
    assert isinstance(satin, FlatLay)
    assert isinstance(gloss, FlatLay)
    assert [(design.surface, design.glow) for design in (satin, gloss)] == [("paper", "none"), ("lacquer", "pool")]


@pytest.mark.parametrize("material", ["wood", "marble"])
def test_a_platform_is_seen_from_above_of_what_it_is_made_of(material: Literal["wood", "marble"]) -> None:
    """An oak block in a kitchen was a painted one, of one brown, where a product lay on it."""
    designs = [kind(stand="square", stand_material=material) for kind in (Beach, Dunes, Pool)]
    for design in (Tabletop(stand="square", material=material), Location(stand="round", material=material), *designs):
        lying = hold(design, Stance.LYING)
        assert isinstance(lying, FlatLay)
        assert lying.under in ("block", "disc")
        assert lying.under_material == material


def test_a_platform_of_what_none_is_made_of_is_painted() -> None:
    lying = hold(Tabletop(stand="round", material="tiles"), Stance.LYING)
    assert isinstance(lying, FlatLay)
    assert (lying.under, lying.under_material) == ("disc", "plain")


def test_sets_take_it_over_as_far_as_they_can() -> None:
    design = Cyclorama(beside="shells", beside_colors=("#ffffff",))
    assert taken_along(design, Counter) == {"beside": "shells", "beside_colors": ("#ffffff",)}
    assert taken_along(design, Celebration) == {"props": "shells", "prop_colors": ("#ffffff",)}
    assert taken_along(design, Gym) == {}


def test_sets_with_things_of_their_own_have_no_second_kind() -> None:
    strewn = [kind for kind in SETS.values() if issubclass(kind, StrewnSet)]
    assert len(strewn) >= 6
    for kind in strewn:
        assert "prop_colors" not in kind.color_uses()


def test_out_of_doors_a_lying_product_keeps_what_lies_beside_it() -> None:
    for kind in NATURE:
        lying = hold(kind(beside="candles", also=("petals",)), Stance.LYING)
        assert isinstance(lying, FlatLay)
        assert (lying.props, lying.also) == ("candles", ("petals",))


def test_a_platform_in_a_park_lies_on_grass_and_is_of_what_it_was() -> None:
    standing = Location(place="park", stand="square", material="concrete", surface_color="#a5a4a1")
    lying = hold(standing, Stance.LYING)
    assert isinstance(lying, FlatLay)
    assert (lying.surface, lying.colors, lying.gobo) == ("grass", (GROUND_COLORS["lawn"],), "none")
    assert (lying.under, lying.under_color, lying.under_material) == ("block", "#a5a4a1", "concrete")
    assert left_behind(standing, lying) == ()
    street = hold(Location(place="city", stand="square", material="marble", surface_color="#eeeeee"), Stance.LYING)
    assert isinstance(street, FlatLay)
    assert street.surface == "marble"
