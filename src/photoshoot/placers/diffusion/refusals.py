"""What is asked of a model that it can't do; said before anything is painted."""

from collections.abc import Sequence

from photoshoot.errors import SettingsError
from photoshoot.pixels.product_light import asked_light
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.records import ShotRequest


def refuse_what_it_can_not(requests: Sequence[ShotRequest], models: Models) -> None:
    """Hold that a model can make pictures.

    Raises:
        SettingsError: Drafts, a light on the product that nothing tells, or a style picture that nothing reads.
    """
    if any(request.draft_of is not None for request in requests):
        raise SettingsError("quality", "draft", "'final' where a network paints the scene; the studio makes drafts")
    strength = max(map(asked_light, requests), default=0.0)
    if strength > 0 and models.relighter is None:
        lit_by = "the studio, the profile sd15-relight and DiffusionSettings(relighter='iclight') do that"
        raise SettingsError("light_on_product", strength, f"0 where nothing lights what a network paints: {lit_by}")
    if models.adapter is None and not models.paints_by_flow and any(map(_follows_style, requests)):
        raise SettingsError("style_image", "a picture", "none with this model: it has no style adapter (IP-Adapter)")


def _follows_style(request: ShotRequest) -> bool:
    return request.scene.style_image is not None and request.scene.style_strength > 0
