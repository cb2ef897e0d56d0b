from __future__ import annotations

import pytest

from photoshoot.errors import SettingsError
from photoshoot.settings import ExportSettings, PhotoLimits, Placement, SegmentationSettings, StudioSettings


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: PhotoLimits(max_bytes=0), "max_bytes"),
        (lambda: Placement(scale=0), "scale"),
        (lambda: Placement(padding=0.6), "padding"),
        (lambda: Placement(base=0.1), "base"),
        (lambda: Placement(box_px=(9, 0, 3, 4)), "box_px"),
        (lambda: ExportSettings(quality=0), "quality"),
        (lambda: ExportSettings(dpi=9999), "dpi"),
        (lambda: SegmentationSettings(min_confidence=1.5), "min_confidence"),
        (lambda: StudioSettings(samples=0), "samples"),
        (lambda: StudioSettings(relight=float("nan")), "relight"),
    ],
)
def test_out_of_range_names_the_setting(make: object, name: str) -> None:
    assert callable(make)
    with pytest.raises(SettingsError, match=name) as caught:
        make()
    assert caught.value.name == name
