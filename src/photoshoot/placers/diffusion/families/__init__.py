"""Families of models: all that the engine must know of a kind of networks, one family a file. START HERE to add one.

``family`` says what each of them says; ``FAMILIES`` is all of them. Nothing outside this room asks which one it has.
"""

import types
from collections.abc import Collection, Mapping
from typing import Final

from photoshoot.placers.diffusion.families.family import TRANSFORMER, UNET, Family, ModelFamily, NetworkBytes
from photoshoot.placers.diffusion.families.flux2 import Flux2
from photoshoot.placers.diffusion.families.sd15 import Sd15
from photoshoot.placers.diffusion.families.sdxl import Sdxl

FAMILIES: Final[Mapping[Family, ModelFamily]] = types.MappingProxyType(
    {Family.SD15: Sd15(), Family.SDXL: Sdxl(), Family.FLUX2: Flux2()}
)
"""Every family by its name."""
UNET_FAMILIES: Final = tuple(name for name, family in FAMILIES.items() if family.painter == UNET)
"""Those whose painter is a UNet: for them there are style adapters, LoRAs, ControlNets, and training."""


def tell_by_parts(parts: Collection[str]) -> ModelFamily | None:
    """The family whose models consist of such parts, as ``model_index.json`` names them; None: of none."""
    return next((family for family in FAMILIES.values() if family.consists_of(parts)), None)


def tell_by_weights(names: Collection[str]) -> ModelFamily | None:
    """The family that weights of these names are of, in the layout of the original files; None: of none.

    Of those that could be, the one with most text encoders.
    """
    with_files = (family for family in FAMILIES.values() if family.original_texts)
    richest = sorted(with_files, key=lambda family: -len(family.original_texts))
    return next((one for one in richest if _has(names, tuple(one.original_texts)[-1])), None)


def _has(names: Collection[str], start: str) -> bool:
    return any(name.startswith(start) for name in names)


__all__ = [
    "FAMILIES",
    "TRANSFORMER",
    "UNET",
    "UNET_FAMILIES",
    "Family",
    "ModelFamily",
    "NetworkBytes",
    "tell_by_parts",
    "tell_by_weights",
]
