from __future__ import annotations

import pytest

from photoshoot.errors import SettingsError
from photoshoot.sets import Light
from photoshoot.settings import (
    ExportSettings,
    LightOverride,
    PhotoLimits,
    Placement,
    SegmentationSettings,
    ShotSettings,
    StudioSettings,
)
from photoshoot.settings.studio import rename_old_settings


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
        (lambda: StudioSettings(render_scale=0.24), "render_scale"),
        (lambda: StudioSettings(render_scale=1.01), "render_scale"),
        (lambda: LightOverride(azimuth_deg=270), "azimuth_deg"),
        (lambda: LightOverride(elevation_deg=0), "elevation_deg"),
        (lambda: LightOverride(shadow_softness=1.1), "shadow_softness"),
        (lambda: LightOverride(shadow_intensity=-0.1), "shadow_intensity"),
        (lambda: LightOverride(brightness=float("nan")), "brightness"),
        (lambda: LightOverride(color="#FFF"), "color"),
        (lambda: LightOverride(rim=2), "rim"),
        (lambda: StudioSettings(light_hue_deg=181), "light_hue_deg"),
        (lambda: ShotSettings(light_on_product=float("nan")), "light_on_product"),
    ],
)
def test_out_of_range_names_the_setting(make: object, name: str) -> None:
    assert callable(make)
    with pytest.raises(SettingsError, match=name) as caught:
        make()
    assert caught.value.name == name


def test_relight_says_what_took_its_place() -> None:
    with pytest.raises(SettingsError, match="light_on_product"):
        StudioSettings(relight=0.5)


def test_older_settings_are_read() -> None:
    older = {"samples": 8, "relight": 0.0, "light_stride": 2, "starter_relight": 0.0}
    assert rename_old_settings(older) == {"samples": 8, "render_scale": 0.5}
    assert "relight" in rename_old_settings({"relight": 0.5}), "what did something is told as a difference"


def test_an_empty_override_changes_nothing_and_a_full_one_everything() -> None:
    light = Light(
        azimuth_deg=12,
        elevation_deg=30,
        softness=0.2,
        intensity=0.9,
        color="#aabbcc",
        fill=0.3,
        rim=0.1,
        second_color="#2040c0",
    )
    assert light.overridden(LightOverride()) == light
    full = LightOverride(
        azimuth_deg=-80,
        elevation_deg=60,
        shadow_softness=0.9,
        shadow_intensity=0.75,
        brightness=1.2,
        color="#ffeedd",
        rim=0.6,
    )
    assert light.overridden(full) == Light(
        azimuth_deg=-80,
        elevation_deg=60,
        softness=0.9,
        intensity=1.2,
        color="#ffeedd",
        fill=0.25,
        rim=0.6,
        fixed=True,
    )


def test_only_direction_and_softness_fix_the_light() -> None:
    assert not Light().overridden(LightOverride(brightness=0.8, color="#ffeedd", shadow_intensity=0.5)).fixed
    assert Light().overridden(LightOverride(azimuth_deg=0)).fixed
    assert Light().overridden(LightOverride(shadow_softness=0)).fixed


def test_settings_of_old_records_go_by_todays_names() -> None:
    old = {"samples": 8, "light_stride": 2, "starter_light_stride": 1.5, "variant": "auto"}
    assert rename_old_settings(old) == {
        "samples": 8,
        "render_scale": 0.5,
        "starter_render_scale": 1 / 1.5,
        "variant": "auto",
    }
    assert rename_old_settings({"light_stride": "auto"}) == {"render_scale": "auto"}
    assert rename_old_settings({"render_scale": 0.4}) == {"render_scale": 0.4}
