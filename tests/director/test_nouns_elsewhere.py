"""A noun that names a thing of other sets is told where it is not; what nearly any set has is not told."""

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.presets import PresetRegistry
from tests.director.reading import missed

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize(
    ("prompt", "unread"),
    [
        ("a gym with a sideboard", ("sideboard",)),
        ("on marble before a painting", ("painting",)),
        ("asphalt road, gradient", ("gradient",)),
        ("on oak before a white wall", ()),
        ("on a rock on the beach, orange sky", ()),
        ("white bed linen", ()),
        ("on a wooden pier by a lake", ()),
        ("in the park, a wall", ("wall",)),
        ("a wooden floor in a living room", ()),
        ("on a table before a beige wall", ()),
        ("a hand-painted mug on oak", ("hand painted mug",)),
    ],
)
def test_a_noun_of_other_sets_is_told(prompt: str, unread: tuple[str, ...]) -> None:
    direction = direct(prompt, REGISTRY, None)
    assert (missed(direction).split(), direction.absent) == (" ".join(unread).split(), ())


def test_a_colour_of_a_part_that_has_none_is_no_error() -> None:
    assert direct("flat lay on linen, a brown wooden board", REGISTRY, None).understood


def test_bed_linen_has_the_colour_that_is_said_of_it() -> None:
    white, blue = (
        vars(direct(f"{color} bed linen", REGISTRY, None).design)["linen_color"] for color in ("white", "blue")
    )
    assert (white, blue) == (NAMED_COLORS["white"], NAMED_COLORS["blue"])
