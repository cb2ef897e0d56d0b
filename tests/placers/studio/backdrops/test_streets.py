"""Paint on streets."""

import pytest

from photoshoot.placers.studio.backdrops.streets import Street, painted_share


def _painted_share(line: str, prop_scale: float) -> float:
    street = Street(
        color="#3a3a3c",
        line=line,  # type: ignore[arg-type]
        line_color="#ffffff",
        x=0.0,
        half_width=0.5,
        prop_scale=prop_scale,
    )
    return float((painted_share(street, 1)[900:1000] > 0.4).mean())


@pytest.mark.parametrize("line", ["solid", "double"])
def test_a_line_beside_a_bicycle_is_narrower_in_the_picture_than_beside_a_shoe(line: str) -> None:
    """It was two feet wide."""
    shoe, bicycle = (_painted_share(line, scale) for scale in (1.25, 5.9605))
    assert shoe == _painted_share(line, 1.0), "as built"
    assert 0.18 * shoe < bicycle < 0.33 * shoe


def test_bars_of_a_crossing_are_more_and_narrower_beside_large_things_and_cover_as_much() -> None:
    one, other = (_painted_share("crossing", scale) for scale in (1.0, 5.9605))
    assert other == pytest.approx(one, rel=0.15)
