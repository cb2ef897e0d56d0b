from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.checkpoints import write_model


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Tiny networks run on one thread: several would wait for each other where other tests run beside."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[Family, Path]:
    """A tiny model of each family. To be read, not changed."""
    folder = tmp_path_factory.mktemp("bases")
    return {family: write_model(folder / family, family) for family in UNET_FAMILIES}
