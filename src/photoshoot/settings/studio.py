"""How the studio renders."""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass
from typing import Annotated, Final, Self

from photoshoot.errors import SettingsError
from photoshoot.settings.checks import OneOf, Range, check_fields

DRAFT_SHARE: Final = 3
"""How many times shorter a draft's sides are."""
DRAFT_SAMPLES: Final = 2
"""Paths a pixel of a draft."""
LIGHT_DELTA_E: Final = 30.0
"""How far any engine's light on the product moves its colours at most, where nothing else is said."""
LIGHT_HUE_DEG: Final = 25.0
"""How far it turns their hues."""


@dataclass(frozen=True, kw_only=True)
class StudioSettings:
    """How the studio renders."""

    samples: Annotated[int | None, Range(1, 4096)] = None
    """Paths a traced pixel, 1 to 4096. None: 4, and up to 32 where a first pass foretells more error than ``target_db``
    wants, at most 6 in their mean."""
    target_db: Annotated[float, Range(20, 70)] = 42.0
    """How near to what endless paths show a picture is wanted, PSNR in dB, 20 to 70, where ``samples`` is None."""
    render_scale: Annotated[float | None, Range(0.25, 1)] = None
    """Film pixels a pixel of the picture, along a side, 0.25 to 1: light is traced on the film, albedo is seen at full
    size. 1 traces every pixel. None: 0.5 on CPUs, 0.42 there in some sets that are all but out of focus; 1 on GPUs and
    for small pictures."""
    max_depth: Annotated[int, Range(2, 64)] = 6
    """Longest light path, 2 to 64. Six keeps all but 1.5 % of the energy of twelve."""
    denoiser: Annotated[str, OneOf("auto", "oidn", "optix", "none")] = "auto"
    """``"oidn"`` (Open Image Denoise), ``"optix"`` (needs CUDA), ``"none"``; ``"auto"``: OptiX with CUDA, else OIDN."""
    denoiser_quality: Annotated[str, OneOf("auto", "high", "balanced", "fast")] = "auto"
    """How careful Open Image Denoise is: ``"high"`` (its large network, which keeps what surfaces show: .7 CPU seconds
    more; gels, silk and podiums 1 to 5 dB better, most sets hardly), ``"balanced"`` or ``"fast"``; ``"auto"``:
    balanced, and fast where the error is foretold 5 dB under what ``target_db`` wants. OptiX has one quality."""
    share_plates: bool = False
    """Trace only what a product changes, over the plate (the set without product) that products of nearly one size
    share: less work for many products in one set, more for a single one. Needs a denoiser."""
    variant: str | None = None
    """Mitsuba variant, such as ``"scalar_rgb"``. None: CUDA, then LLVM, then scalar, by what is there."""
    light_delta_e: Annotated[float, Range(1, 60)] = LIGHT_DELTA_E
    """How far ``light_on_product`` may move the product's colours: 95th percentile of CIEDE2000, 1 to 60."""
    light_hue_deg: Annotated[float, Range(0, 180)] = LIGHT_HUE_DEG
    """How far it may turn their hues, CIELAB degrees, 0 to 180. What is known by its colour keeps three fifths of its
    chroma, too: a blue shoe before amber neon stays blue. Whites and creams take the light's; from 90 on all does."""
    tone_curve: Annotated[str, OneOf("auto", "studio", "neutral", "agx")] = "auto"
    """How a set's light becomes colours: ``"neutral"`` keeps hues, ``"agx"`` is for lamps in the dark, ``"studio"``
    lets bright light turn yellow and white, as low suns do; ``"auto"``: each set's own."""
    grain: Annotated[float | None, Range(0, 12)] = None
    """Film grain of the set, standard deviation in mid greys, steps of 1/255, 0 to 12. None: the noise that the
    product's photo has, 3 at most. Pure white backgrounds have none."""
    set_blur_px: Annotated[float | None, Range(0, 4)] = None
    """How far the set is blurred to the photo's sharpness, standard deviation in px, 0 to 4. None: as far as the photo
    is seen to be, 1.2 at most. Pure white backgrounds are not."""
    vignette: Annotated[float | None, Range(0, 0.6)] = None
    """Share of the set's light that the picture's corners lose, 0 to 0.6. None: each set's own, 0 in bright ones. Pure
    white backgrounds lose none."""
    relight: InitVar[float | None] = None

    @classmethod
    def draft(cls) -> Self:
        """How drafts are rendered: few paths on a film of a third of the size, denoised quickly.

        ``generate(…, quality="draft")`` makes pictures of the film's size with it; a photoshoot that is built with it
        makes quick pictures of full size.
        """
        return cls(samples=DRAFT_SAMPLES, render_scale=1 / DRAFT_SHARE, denoiser_quality="fast")

    def __post_init__(self, relight: float | None) -> None:
        if relight is not None:
            raise SettingsError("relight", relight, "nothing: it is a request's light_on_product now, 0 to 1")
        check_fields(self)
        if self.share_plates and self.denoiser == "none":
            raise SettingsError("share_plates", True, "it with a denoiser only")


def rename_old_settings(values: Mapping[str, object]) -> dict[str, object]:
    """The settings of a record or a recipe, by today's names.

    ``light_stride`` was the inverse of ``render_scale``; a ``relight`` of 0 did nothing, and is left out.

    Args:
        values: By name; the name may have a prefix, as where the studio makes what a network paints over.
    """
    return {
        name.replace("light_stride", "render_scale"): 1 / value
        if name.endswith("light_stride") and isinstance(value, (int, float)) and value > 0
        else value
        for name, value in values.items()
        if not (name.endswith("relight") and value == 0)
    }
