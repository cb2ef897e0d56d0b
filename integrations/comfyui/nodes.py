"""Four nodes: cut a product out, place it in a set, look at the quality gate, and list the presets.

ComfyUI's pictures are float tensors (batch, H, W, 3) in [0, 1], its masks (batch, H, W); what has ``numpy`` is taken as
one. A cut-out and a shot go from node to node as photoshoot's own records.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any, ClassVar

import numpy as np

from photoshoot import LightOverride, Photoshoot, Prompt
from photoshoot.presets import PresetRegistry
from photoshoot.records import Shot
from photoshoot.records.product import Product

_CATEGORY = "photoshoot"


@functools.cache
def load_shoot() -> Photoshoot:
    """The engine, built once for all nodes."""
    return Photoshoot.embedded()


def list_presets() -> list[str]:
    """Ids of all presets, by name."""
    return sorted(preset.id for preset in PresetRegistry.load().search())


class CutOut:
    """A photo → the product, its picture and its matte."""

    CATEGORY: ClassVar = _CATEGORY
    FUNCTION: ClassVar = "cut_out"
    RETURN_TYPES: ClassVar = ("PHOTOSHOOT_PRODUCT", "IMAGE", "MASK", "STRING")
    RETURN_NAMES: ClassVar = ("product", "image", "matte", "name")

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802  # ComfyUI's name
        """What the node takes."""
        return {"required": {"image": ("IMAGE",)}, "optional": {"name": ("STRING", {"default": ""})}}

    def cut_out(self, image: Any, name: str = "") -> tuple[Product, Any, Any, str]:
        """Cut out the first picture of a batch."""
        photo = np.round(_to_array(image)[0] * 255).astype(np.uint8)
        (product,) = load_shoot().describe([photo])
        product = dataclasses.replace(product, name=name.strip() or product.name)
        cutout = product.cutout
        picture = (cutout.rgb / np.float32(255) * cutout.alpha_matte[..., None])[None]
        return product, _like(image, picture), _like(image, cutout.alpha_matte[None]), product.name


class PlaceInStudio:
    """A product and a scene → a finished picture."""

    CATEGORY: ClassVar = _CATEGORY
    FUNCTION: ClassVar = "place"
    RETURN_TYPES: ClassVar = ("IMAGE", "PHOTOSHOOT_SHOT")
    RETURN_NAMES: ClassVar = ("image", "shot")

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802
        """What the node takes."""
        number = {"min": 0, "max": 2**31 - 1, "default": 7}
        return {
            "required": {
                "product": ("PHOTOSHOOT_PRODUCT",),
                "preset": (list_presets(),),
                "size": ("STRING", {"default": "landscape"}),
                "seed": ("INT", number),
                "draft": ("BOOLEAN", {"default": False}),
            },
            "optional": {
                "prompt": ("STRING", {"default": "", "multiline": True}),
                "light_from": ("FLOAT", {"default": 0.0, "min": -180.0, "max": 180.0}),
                "set_light": ("BOOLEAN", {"default": False}),
                "light_on_product": ("FLOAT", {"default": 0.0, "min": 0.0, "max": 1.0, "step": 0.1}),
            },
        }

    def place(
        self,
        product: Product,
        preset: str,
        size: str,
        seed: int,
        draft: bool,
        prompt: str = "",
        light_from: float = 0.0,
        set_light: bool = False,
        light_on_product: float = 0.0,
    ) -> tuple[Any, Shot]:
        """Make one picture; a prompt goes before the preset."""
        scene = Prompt.custom(prompt) if prompt.strip() else Prompt.preset(preset)
        light = LightOverride(azimuth_deg=light_from) if set_light else None
        (shot,) = load_shoot().generate(
            product, prompts=[scene], render_kind=size, seed=seed, draft=draft, light=light,
            light_on_product=light_on_product,
        )  # fmt: skip
        return _tensor(shot.image[None] / np.float32(255)), shot


class Gate:
    """A shot → whether it passed, and what was measured."""

    CATEGORY: ClassVar = _CATEGORY
    FUNCTION: ClassVar = "inspect"
    RETURN_TYPES: ClassVar = ("BOOLEAN", "STRING")
    RETURN_NAMES: ClassVar = ("passed", "report")
    OUTPUT_NODE: ClassVar = True

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802
        """What the node takes."""
        return {"required": {"shot": ("PHOTOSHOOT_SHOT",)}}

    def inspect(self, shot: Shot) -> tuple[bool, str]:
        """Tell the gate's report, a line a check: ok, worth a look, or bad, which no shot that passed has."""
        if shot.quality is None:
            return True, "not inspected"
        lines = [
            f"{'ok  ' if check.passed else 'BAD ' if check.hard else 'look'} {check.name}: {check.value:.4g}"
            for check in shot.quality.checks
            if check.value is not None
        ]
        return shot.quality.passed, "\n".join(lines)


class ListPresets:
    """The presets that suit a product best, a line each; all of them without a product."""

    CATEGORY: ClassVar = _CATEGORY
    FUNCTION: ClassVar = "list_presets"
    RETURN_TYPES: ClassVar = ("STRING",)
    RETURN_NAMES: ClassVar = ("presets",)

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802
        """What the node takes."""
        return {"optional": {"product": ("PHOTOSHOOT_PRODUCT",)}}

    def list_presets(self, product: Product | None = None) -> tuple[str]:
        """Their ids."""
        ids = list_presets() if product is None else load_shoot().recommend(product).preset_ids
        return ("\n".join(ids),)


NODE_CLASS_MAPPINGS = {
    "PhotoshootCutOut": CutOut,
    "PhotoshootPlace": PlaceInStudio,
    "PhotoshootGate": Gate,
    "PhotoshootPresets": ListPresets,
}
NODE_DISPLAY_NAME_MAPPINGS = {
    "PhotoshootCutOut": "Cut out product",
    "PhotoshootPlace": "Place in studio",
    "PhotoshootGate": "Quality gate",
    "PhotoshootPresets": "List presets",
}


def _to_array(image: Any) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.asarray(image.cpu().numpy() if hasattr(image, "cpu") else image, np.float32)


def _like(image: Any, array: np.ndarray[Any, Any]) -> Any:
    """An array as what the caller's picture is: a tensor, or an array."""
    return _tensor(array) if hasattr(image, "cpu") else array


def _tensor(array: np.ndarray[Any, Any]) -> Any:
    try:
        import torch
    except ModuleNotFoundError:  # outside ComfyUI
        return array
    return torch.from_numpy(np.ascontiguousarray(array, np.float32))
