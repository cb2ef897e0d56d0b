from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.frozen import ice
from photoshoot.placers.studio.camera import View
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("color", ["#eef6fb", "#9fd0ff"])
def test_light_that_goes_through_two_sides_of_ice_is_hardly_dyed(color: str) -> None:
    """Each side took a seventh of it: cubes were grey, and drops lay there like pebbles."""
    view = View.of(make_canvas(draw_vase(HEIGHT, WIDTH, 138, 210)), 1.45)
    pieces = ice(view, np.random.default_rng(1), (color,))
    coats = [coat["a"]["specular_transmittance"]["value"] for _, coat in pieces.values()]  # type: ignore[index]
    for side in np.array(coats):
        through = side**2
        assert (through >= hex_to_linear(color) - 1e-6).all()
        assert through.min() > 0.55
        assert (np.argsort(through) == np.argsort(hex_to_linear(color))).all(), "it is dyed, though"
