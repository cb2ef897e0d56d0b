from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import torch

from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting import conditioning
from photoshoot.placers.diffusion.painting.palette_blend import blend_palette
from photoshoot.records import RgbImage, Swatch
from tests.placers.diffusion.checkpoints import write_image_encoder, write_ip_adapter, write_model


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Tiny networks run on one thread: several would wait for each other where other tests run beside."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


_read = conditioning._read


@functools.cache
def lean_plate(path: Path, palette: tuple[Swatch, ...], strength: float) -> RgbImage:
    """A preset's plate, leaned toward a product's colours."""
    return blend_palette(_read(path), palette, strength)


@pytest.fixture(autouse=True, scope="module")
def kept_plates() -> Iterator[None]:
    """Each placer would read and lean the same few plates for each of its shots."""

    def lean(path: Path, palette: Sequence[Swatch], strength: float) -> RgbImage:
        return lean_plate(path, tuple(palette), strength)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conditioning, "_read", lambda path: path)
        patch.setattr(conditioning, "blend_palette", lean)
        yield


@pytest.fixture(scope="session")
def model_folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Family, Path]:
    """A tiny model of each family, with single- and half-precision files. To be read, not changed."""
    folder = tmp_path_factory.mktemp("models")
    return {family: write_model(folder / family, family, half_too=True) for family in UNET_FAMILIES}


@pytest.fixture(scope="session")
def style_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``image_encoder``, and adapters for it: ``plus_sd15.safetensors``, ``base_sdxl.safetensors``…"""
    folder = tmp_path_factory.mktemp("style")
    write_image_encoder(folder / "image_encoder")
    for family in UNET_FAMILIES:
        write_ip_adapter(folder / f"plus_{family}.safetensors", plus=True, family=family)
        write_ip_adapter(folder / f"base_{family}.safetensors", plus=False, family=family)
    return folder
