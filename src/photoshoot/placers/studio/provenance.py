"""What records tell of the studio: versions and settings."""

from __future__ import annotations

from photoshoot.distribution import DISTRIBUTION, read_version
from photoshoot.placers.studio.variant import VariantReport
from photoshoot.records import Provenance
from photoshoot.settings import StudioSettings


def describe(settings: StudioSettings, variant: VariantReport, denoiser: tuple[str, str] | None) -> Provenance:
    """What is the same in all pictures of a placer.

    Args:
        settings: How it renders.
        variant: Mitsuba's.
        denoiser: Its name and version, or None.
    """
    packages = {name: read_version(name) for name in (DISTRIBUTION, "mitsuba", "drjit")}
    if denoiser is not None:
        packages[denoiser[0]] = denoiser[1]
    told: dict[str, str | int | float | bool] = {
        "variant": variant.variant,
        "variant_set_by_host": variant.adopted,
        "compiler": variant.detail,
        "samples": settings.samples or "auto",
        "target_db": settings.target_db,
        "max_depth": settings.max_depth,
        "render_scale": settings.render_scale or "auto",
        "denoiser": denoiser[0] if denoiser else "none",
    }
    if settings.denoiser_quality != "auto":
        told["denoiser_quality"] = settings.denoiser_quality
    if settings.share_plates:
        told["share_plates"] = True
    told |= {"light_delta_e": settings.light_delta_e, "light_hue_deg": settings.light_hue_deg}
    lens = {"grain": settings.grain, "set_blur_px": settings.set_blur_px, "vignette": settings.vignette}
    told |= {
        "tone_curve": settings.tone_curve,
        **{name: "auto" if value is None else value for name, value in lens.items()},
    }
    return Provenance(engine="studio", versions=packages, settings=told)


_AFTER_RENDERING = ("tone_curve", "grain", "set_blur_px", "vignette", "light_delta_e", "light_hue_deg")


def name_rendering(provenance: Provenance) -> dict[str, object]:
    """What the light of a set depends on, by name: not on what is done to pictures afterwards."""
    kept = {name: value for name, value in provenance.settings.items() if name not in _AFTER_RENDERING}
    return {**provenance.versions, **kept}
