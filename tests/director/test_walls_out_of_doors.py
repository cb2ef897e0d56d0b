"""Where a terrace, a yard or an alley has a wall, that wall is what is seen, by day."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import read

_YARDS = ["terrace", "patio", "courtyard", "balcony", "porch", "alley"]
_WALLS = ["red brick wall", "terracotta wall", "white plaster wall"]


@pytest.mark.parametrize("yard", _YARDS)
@pytest.mark.parametrize("wall", _WALLS)
@pytest.mark.parametrize("form", ["on a {yard} with a {wall}", "{yard}, in front of a {wall}", "{wall} of a {yard}"])
def test_a_yards_wall_is_seen(form: str, wall: str, yard: str) -> None:
    direction = read(form.format(yard=yard, wall=wall))
    alone = read(wall).design
    assert direction.design == alone
    assert f"{yard} shown as daylight on its wall" in direction.reading
    assert not direction.unread


def test_a_table_there_stands_before_it() -> None:
    design = read("wooden table on a terrace, white wall behind").design
    assert set_name(design) == "tabletop"
    assert vars(design)["material"] == "wood"


@pytest.mark.parametrize("yard", _YARDS)
@pytest.mark.parametrize("form", ["on a {}", "sunny {}, no wall", "{} by a living room with a white wall"])
def test_without_a_wall_of_its_own_it_is_what_it_was(form: str, yard: str) -> None:
    assert "daylight on its wall" not in read(form.format(yard)).reading


def test_a_cafes_terrace_is_the_cafes() -> None:
    assert set_name(read("cafe terrace with a white wall").design) == "cafe"
