"""What the tests of loading share."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.settings import DiffusionSettings
from tests.placers.diffusion.checkpoints import SCHEDULERS, build_text_encoders, build_unet, build_vae

CPU = torch.device("cpu")


def load(sources: Sources, **settings: object) -> Models:
    return load_models(sources, replace(DiffusionSettings(), **settings), CPU)  # type: ignore[arg-type]


def check_same(found: nn.Module, expected: nn.Module) -> None:
    assert type(found) is type(expected)
    weights = found.state_dict()
    assert weights.keys() == expected.state_dict().keys()
    for name, weight in expected.state_dict().items():
        torch.testing.assert_close(weights[name], weight.to(weights[name].dtype), rtol=0, atol=0, msg=name)


def check_parts(models: Models, family: Family, seed: int = 0) -> None:
    """Weights and shapes are those of ``write_model(folder, family, seed)``."""
    assert models.family is family
    check_same(models.unet, build_unet(family, seed))
    check_same(models.vae, build_vae(family, seed + 1))
    for found, expected in zip(models.text_encoders, build_text_encoders(family, seed + 2), strict=True):
        check_same(found, expected)
    assert [tokenizer.pad_token_id for tokenizer in models.tokenizers] == [513, 0][: len(models.text_encoders)]
    assert models.scheduler_config == SCHEDULERS[family]
    for network in (models.unet, models.vae, *models.text_encoders):
        assert not network.training
        assert not any(weight.requires_grad for weight in network.parameters())
