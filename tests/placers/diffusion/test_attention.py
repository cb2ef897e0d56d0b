from __future__ import annotations

import pytest
import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from torch import Tensor, nn

from photoshoot.errors import UnknownNameError, WeightsError
from photoshoot.placers.diffusion.components.attention import (
    STYLE_BLOCKS_SD15,
    STYLE_BLOCKS_SDXL,
    install_attention,
)
from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH, SECOND_TEXT_WIDTH, build_ip_adapter, build_unet

ROWS, TOKENS, WIDTH = 3, 7, CROSS_WIDTH[Family.SD15]


def randn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


SAMPLE, TEXT, STYLE = randn(ROWS, 9, 8, 8), randn(ROWS, TOKENS, WIDTH, seed=1), randn(ROWS, 4, WIDTH, seed=2)
MASK = torch.ones(ROWS, TOKENS, dtype=torch.bool)


@pytest.fixture
def unet() -> UNet2DConditionModel:
    return build_unet()


@pytest.fixture
def adapted() -> UNet2DConditionModel:
    """With a style adapter, whose tokens the caller brings."""
    unet = build_unet()
    add_adapter(unet)
    return unet


def add_adapter(unet: UNet2DConditionModel, *, plus: bool = True, scale: float = 1.0, block: str = "") -> nn.Module:
    """Install an adapter as diffusers does, acting in the layers whose names start with ``block``."""
    unet._load_ip_adapter_weights([build_ip_adapter(unet, plus=plus)], low_cpu_mem_usage=False)
    for name, processor in unet.attn_processors.items():
        if isinstance(processor, IPAdapterAttnProcessor2_0):
            processor.scale = [scale if name.startswith(block) else 0.0]
    projection: nn.Module = unet.encoder_hid_proj
    unet.encoder_hid_proj = None
    unet.register_to_config(encoder_hid_dim_type=None)
    return projection


@torch.inference_mode()
def paint(unet: UNet2DConditionModel, sample: Tensor = SAMPLE, text: Tensor | None = None, **added: Tensor) -> Tensor:
    painted: Tensor = unet(sample, 500, encoder_hidden_states=text, added_cond_kwargs=added or None).sample
    return painted


@torch.inference_mode()
def paint_plainly(unet: UNet2DConditionModel, projection: nn.Module, embeddings: Tensor) -> Tensor:
    """As diffusers does it, one picture a row."""
    unet.encoder_hid_proj = projection
    unet.register_to_config(encoder_hid_dim_type="ip_image_proj")
    added = {"image_embeds": [embeddings[:, None]]}
    painted: Tensor = unet(SAMPLE, 500, encoder_hidden_states=TEXT, added_cond_kwargs=added).sample
    unet.encoder_hid_proj = None
    unet.register_to_config(encoder_hid_dim_type=None)
    return painted


def kept(unet: UNet2DConditionModel) -> list[Tensor]:
    """What one of its layers remembers."""
    processor = unet.down_blocks[0].attentions[0].transformer_blocks[0].attn2.processor
    return [value for value in vars(processor).values() if isinstance(value, Tensor)]


def worst(one: Tensor, two: Tensor) -> float:
    return float((one - two).abs().max())


def test_text_alone_is_as_with_the_networks_own_processors(unet: UNet2DConditionModel) -> None:
    plain, other = paint(unet, text=TEXT), paint(unet, text=TEXT.flip(0))
    assert worst(plain, other) > 1e-3, "the text must matter"
    install_attention(unet).prime(TEXT, MASK)
    assert worst(paint(unet), plain) < 1e-5


def test_text_alone_is_as_with_the_own_processors_of_sdxl() -> None:
    unet, text = build_unet(Family.SDXL), randn(ROWS, TOKENS, CROSS_WIDTH[Family.SDXL])
    sizes = {"text_embeds": randn(ROWS, SECOND_TEXT_WIDTH), "time_ids": torch.tensor([[64.0, 64, 0, 0, 64, 64]] * ROWS)}
    plain = paint(unet, text=text, **sizes)
    install_attention(unet).prime(text, MASK)
    assert worst(paint(unet, **sizes), plain) < 1e-5


@pytest.mark.parametrize("scale", [0.35, 1.0])
@pytest.mark.parametrize(("plus", "shape"), [(False, (ROWS, 24)), (True, (ROWS, 17, 32))])
def test_style_is_as_with_the_adapters_own_processors(
    unet: UNet2DConditionModel, plus: bool, shape: tuple[int, ...], scale: float
) -> None:
    projection, embeddings = add_adapter(unet, plus=plus, scale=scale), randn(*shape)
    plain = paint_plainly(unet, projection, embeddings)
    tokens = projection([embeddings[:, None]])[0][:, 0]
    control = install_attention(unet)
    control.prime(TEXT, MASK, tokens, torch.full((ROWS,), scale))
    assert worst(paint(unet), plain) < 1e-5
    control.prime(TEXT, MASK)
    assert worst(paint(unet), plain) > 1e-3, "the style must matter"


def test_scale_0_is_no_adapter_to_the_bit(adapted: UNet2DConditionModel) -> None:
    control = install_attention(adapted)
    control.prime(TEXT, MASK)
    without = paint(adapted)
    control.prime(TEXT, MASK, STYLE, torch.zeros(ROWS))
    assert torch.equal(paint(adapted), without)


def test_each_row_has_its_own_style_and_scale(adapted: UNet2DConditionModel) -> None:
    control, scales = install_attention(adapted), torch.tensor([0.0, 0.4, 1.0])
    control.prime(TEXT, MASK, STYLE, scales)
    together = paint(adapted)
    for row in range(ROWS):
        one = slice(row, row + 1)
        control.prime(TEXT[one], MASK[one], STYLE[one], scales[one])
        assert worst(paint(adapted, SAMPLE[one]), together[one]) < 1e-5


@pytest.mark.parametrize("what", ["text", "style", "scale"])
def test_a_row_does_not_see_its_neighbour(adapted: UNet2DConditionModel, what: str) -> None:
    control = install_attention(adapted)
    given = {"text": TEXT.clone(), "style": STYLE.clone(), "scale": torch.full((ROWS,), 0.5)}
    control.prime(given["text"], MASK, given["style"], given["scale"])
    before = paint(adapted)
    given[what][1] += 0.5
    control.prime(given["text"], MASK, given["style"], given["scale"])
    after = paint(adapted)
    assert torch.equal(after[[0, 2]], before[[0, 2]])
    assert worst(after[1], before[1]) > 1e-4


def test_padding_changes_nothing(unet: UNet2DConditionModel) -> None:
    control, mask = install_attention(unet), MASK.clone()
    mask[1, 4:] = False
    control.prime(TEXT, mask)
    padded = paint(unet)
    control.prime(TEXT[1:2, :4], mask[1:2, :4])
    assert worst(paint(unet, SAMPLE[1:2]), padded[1:2]) < 1e-5


def test_selected_rows_are_the_same_alone(adapted: UNet2DConditionModel) -> None:
    control, mask = install_attention(adapted), MASK.clone()
    mask[1, 5:] = False
    control.prime(TEXT, mask, STYLE, torch.tensor([0.0, 0.4, 1.0]))
    whole = paint(adapted)
    control.select(2)
    assert worst(paint(adapted, SAMPLE[:2]), whole[:2]) < 1e-5
    control.select(ROWS)
    assert torch.equal(paint(adapted), whole)


def test_rows_that_are_not_selected_are_refused(unet: UNet2DConditionModel) -> None:
    control = install_attention(unet)
    control.prime(TEXT, MASK)
    control.select(1)
    with pytest.raises(AssertionError, match="rows"):
        paint(unet)


def test_nothing_runs_or_is_kept_after_clear(unet: UNet2DConditionModel) -> None:
    control = install_attention(unet)
    control.prime(TEXT, MASK)
    control.clear()
    assert not kept(unet)
    with pytest.raises(AssertionError, match="prime"):
        paint(unet)
    with pytest.raises(AssertionError, match="prime"):
        control.select(1)


def test_the_adapter_acts_in_the_chosen_blocks_alone(unet: UNet2DConditionModel) -> None:
    projection, embeddings = add_adapter(unet, scale=0.5, block="up_blocks.1."), randn(ROWS, 17, 32)
    plain = paint_plainly(unet, projection, embeddings)
    control = install_attention(unet, STYLE_BLOCKS_SD15)
    assert control.style_layers
    assert all(name.startswith("up_blocks.1.") for name in control.style_layers)
    control.prime(TEXT, MASK, projection([embeddings[:, None]])[0][:, 0], torch.full((ROWS,), 0.5))
    assert worst(paint(unet), plain) < 1e-5


def test_the_longest_block_name_counts(adapted: UNet2DConditionModel) -> None:
    control = install_attention(adapted, {"up_blocks": 1.0, "down_blocks": 0.5, "up_blocks.1.attentions.0": 0.0})
    assert not [name for name in control.style_layers if name.startswith("up_blocks.1.attentions.0")]
    assert [name for name in control.style_layers if name.startswith("up_blocks.1.attentions.1")]
    assert not [name for name in control.style_layers if name.startswith("mid_block")]


@pytest.mark.parametrize("blocks", [{"up_blocks.10": 1.0}, {"up": 1.0}, {"up_blocks.0.attentions.9": 1.0}])
def test_a_block_without_attention_is_an_error(adapted: UNet2DConditionModel, blocks: dict[str, float]) -> None:
    with pytest.raises(UnknownNameError, match="up_blocks"):
        install_attention(adapted, blocks)


def test_style_blocks_are_in_the_real_networks() -> None:
    with torch.device("meta"):
        sd15 = UNet2DConditionModel(cross_attention_dim=16, block_out_channels=(32, 32, 32, 32), layers_per_block=2)
        sdxl = UNet2DConditionModel(
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            block_out_channels=(32, 32, 32),
            cross_attention_dim=16,
            transformer_layers_per_block=(1, 2, 2),
        )
    for unet, blocks, count in ((sd15, STYLE_BLOCKS_SD15, 3), (sdxl, STYLE_BLOCKS_SDXL, 2)):
        names = [name for name in unet.attn_processors if name.endswith("attn2.processor")]
        unet.set_attn_processor({**unet.attn_processors, **{name: IPAdapterAttnProcessor2_0(32, 16) for name in names}})
        assert len(install_attention(unet, blocks).style_layers) == count


def test_two_adapters_are_refused(unet: UNet2DConditionModel) -> None:
    unet._load_ip_adapter_weights([build_ip_adapter(unet)] * 2, low_cpu_mem_usage=False)
    with pytest.raises(WeightsError, match="2 style adapters"):
        install_attention(unet)


def test_other_attention_is_refused() -> None:
    unet = build_unet()
    unet.mid_block.attentions[0].transformer_blocks[0].attn2.residual_connection = True
    with pytest.raises(WeightsError, match="mid_block"):
        install_attention(unet)


def test_fused_self_attention_stays_fused_and_exact(unet: UNet2DConditionModel) -> None:
    plain = paint(unet, text=TEXT)
    unet.fuse_qkv_projections()
    control = install_attention(unet)
    control.prime(TEXT, MASK)
    names = {type(processor).__name__ for name, processor in unet.attn_processors.items() if "attn1" in name}
    assert names == {"FusedAttnProcessor2_0"}
    assert worst(paint(unet), plain) < 1e-5


def test_conditions_take_on_the_precision_of_the_weights(adapted: UNet2DConditionModel) -> None:
    control = install_attention(adapted.to(torch.bfloat16))
    mask = MASK.clone()
    mask[0, 5:] = False
    control.prime(TEXT, mask, STYLE, torch.full((ROWS,), 0.5))
    painted = paint(adapted, SAMPLE.to(torch.bfloat16))
    assert painted.dtype == torch.bfloat16
    assert painted.isfinite().all()


def test_priming_and_selecting_wait_for_no_device() -> None:
    unet = build_unet().to("meta")
    control, text, mask = install_attention(unet), TEXT.to("meta"), MASK.to("meta")
    control.prime(text, mask)
    control.select(1)
    assert {tensor.shape[0] for tensor in kept(unet)} == {1}


def test_keys_are_as_many_as_kernels_take_as_they_lie(unet: UNet2DConditionModel) -> None:
    install_attention(unet).prime(TEXT, MASK)
    assert [tensor.shape[2] for tensor in kept(unet) if tensor.shape[1] > 1] == [8, 8], "text has 7 tokens"


def test_the_same_rows_are_selected_once(unet: UNet2DConditionModel) -> None:
    control = install_attention(unet)
    control.prime(TEXT, MASK)
    control.select(1)
    once = kept(unet)
    control.select(1)
    assert all(one is other for one, other in zip(once, kept(unet), strict=True)), "a step costs nothing"


def test_gradients_do_not_cling_to_the_keys(unet: UNet2DConditionModel) -> None:
    install_attention(unet.requires_grad_()).prime(TEXT, MASK)
    assert kept(unet)
    assert not any(tensor.requires_grad for tensor in kept(unet))
