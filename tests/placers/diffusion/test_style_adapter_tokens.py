from __future__ import annotations

import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler, StableDiffusionInpaintPipeline
from PIL import Image

from photoshoot.placers.diffusion.models import style_adapter as subject
from photoshoot.placers.diffusion.models.model_parts import Family, StyleAdapter
from photoshoot.placers.diffusion.models.style_adapter import StyleEncoder
from photoshoot.records import RgbImage
from tests.placers.diffusion.checkpoints import build_tokenizers
from tests.placers.diffusion.tiny_networks import (
    CROSS_WIDTH,
    build_image_encoder,
    build_image_processor,
    build_ip_adapter,
    build_text_encoders,
    build_unet,
    build_vae,
)

CPU = torch.device("cpu")


def build_adapter(*, plus: bool) -> StyleAdapter:
    unet = build_unet()
    unet._load_ip_adapter_weights([build_ip_adapter(unet, plus=plus)], low_cpu_mem_usage=False)
    return StyleAdapter(
        image_encoder=build_image_encoder(),
        image_processor=build_image_processor(),
        projection=unet.encoder_hid_proj.image_projection_layers[0],
        plus=plus,
    )


def draw(seed: int, height: int = 60, width: int = 80) -> RgbImage:
    small = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), np.uint8)
    return np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC), np.uint8)


@pytest.fixture(params=[False, True], ids=["base", "plus"])
def plus(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def encoder(plus: bool) -> StyleEncoder:
    return StyleEncoder(build_adapter(plus=plus), CPU, torch.float32)


def test_tokens_are_those_of_the_pipeline(encoder: StyleEncoder, plus: bool) -> None:
    unet = build_unet()
    unet._load_ip_adapter_weights([build_ip_adapter(unet, plus=plus)], low_cpu_mem_usage=False)
    pipeline = StableDiffusionInpaintPipeline(
        vae=build_vae(),
        text_encoder=build_text_encoders()[0],
        tokenizer=build_tokenizers()[0],
        unet=unet,
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1),
        safety_checker=None,
        feature_extractor=build_image_processor(),
        image_encoder=build_image_encoder(),
        requires_safety_checker=False,
    )
    with torch.inference_mode():
        embeds = pipeline.prepare_ip_adapter_image_embeds(Image.fromarray(draw(1)), None, CPU, 1, True)
        nothing, tokens = unet.encoder_hid_proj(embeds)[0][:, 0]
    assert float((encoder.encode([draw(1)])[0] - tokens).abs().max()) < 1e-5
    assert float((encoder.encode_nothing(2) - nothing).abs().max()) < 1e-5
    assert float((tokens - nothing).abs().max()) > 1e-3


def test_a_picture_has_the_same_tokens_beside_any_other(encoder: StyleEncoder, plus: bool) -> None:
    images = [draw(1), None, draw(2, 90, 60), draw(1)]
    together = encoder.encode(images)
    assert together.shape == (4, 4, CROSS_WIDTH[Family.SD15])
    assert not together[1].any()
    assert torch.equal(together[0], together[3])
    for row in (0, 2):
        alone = StyleEncoder(build_adapter(plus=plus), CPU, torch.float32).encode([images[row]])[0]
        assert float((together[row] - alone).abs().max()) < 1e-5


def test_rows_without_a_picture_are_zero(encoder: StyleEncoder) -> None:
    tokens = encoder.encode([None, None])
    assert tokens.shape == (2, 4, CROSS_WIDTH[Family.SD15])
    assert not tokens.any()


def test_the_same_pixels_are_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "CACHED_IMAGES", 2)
    adapter, runs = build_adapter(plus=True), []
    adapter.image_encoder.register_forward_pre_hook(lambda _, inputs: runs.append(len(inputs[0])))
    encoder = StyleEncoder(adapter, CPU, torch.float32)
    before = encoder.encode([draw(1), draw(2), draw(1)])
    assert runs == [2]
    assert torch.equal(encoder.encode([draw(2).copy(), draw(1)]), before[[1, 0]])
    assert runs == [2]
    encoder.encode([draw(3)])
    encoder.encode([draw(2)])
    assert runs == [2, 1, 1], "the picture that was not asked for the longest is forgotten"


def test_pictures_of_the_same_bytes_and_another_shape_are_not_confused(encoder: StyleEncoder) -> None:
    wide = draw(1)
    tokens = encoder.encode([wide, wide.reshape(80, 60, 3)])
    assert float((tokens[0] - tokens[1]).abs().max()) > 1e-3


def test_tokens_come_in_the_precision_of_the_weights() -> None:
    adapter = build_adapter(plus=True)
    adapter.image_encoder.to(torch.bfloat16)
    adapter.projection.to(torch.bfloat16)
    encoder = StyleEncoder(adapter, CPU, torch.bfloat16)
    assert encoder.encode([draw(1), None]).dtype == encoder.encode_nothing(1).dtype == torch.bfloat16
