from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
import torch
from diffusers import DDIMScheduler, StableDiffusionInpaintPipeline, StableDiffusionXLInpaintPipeline
from torch import Tensor
from transformers import CLIPTextModel

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.components import text_encoder as subject
from photoshoot.placers.diffusion.components.text_encoder import EncodedText, TextEncoder
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from tests.measures import FLOAT32_NETWORK
from tests.placers.diffusion.checkpoints import build_tokenizers
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH, build_text_encoders, build_unet, build_vae

CPU = torch.device("cpu")
SHORT = ["on white marble, soft light", "", "In a sunlit Kitchen: 3 lemons & café crème"]
LONG = "on a counter of black marble with gold veins, rim light from behind, steam, dark wall, " + "x" * 80 + " end"


def build_encoder(family: Family = Family.SD15) -> TextEncoder:
    return TextEncoder(build_tokenizers(family), build_text_encoders(family), CPU, torch.float32)


@pytest.fixture
def encoder() -> TextEncoder:
    return build_encoder()


class Tokens:
    """Counts the rows that a text encoder was run on."""

    def __init__(self, network: torch.nn.Module) -> None:
        self.rows: list[list[int]] = []
        network.register_forward_pre_hook(lambda _, inputs: self.rows.extend(inputs[0].tolist()))


def worst(one: Tensor, two: Tensor) -> float:
    return float((one - two).abs().max())


def test_sd15_is_encoded_as_by_its_pipeline(encoder: TextEncoder) -> None:
    pipeline = StableDiffusionInpaintPipeline(
        vae=build_vae(),
        text_encoder=build_text_encoders()[0],
        tokenizer=build_tokenizers()[0],
        unet=build_unet(),
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    positive, negative = pipeline.encode_prompt(SHORT, CPU, 1, True, ["text, logo"] * 3)
    encoded = encoder.encode([*SHORT, "text, logo"])
    assert worst(encoded.states, torch.cat([positive, negative[:1]])) < 1e-5
    assert encoded.mask.all()
    assert encoded.pooled is None


def test_sdxl_is_encoded_as_by_its_pipeline() -> None:
    (first, second), (tokenizer, tokenizer_2) = build_text_encoders(Family.SDXL), build_tokenizers(Family.SDXL)
    pipeline = StableDiffusionXLInpaintPipeline(
        vae=build_vae(Family.SDXL),
        text_encoder=first,
        text_encoder_2=second,
        tokenizer=tokenizer,
        tokenizer_2=tokenizer_2,
        unet=build_unet(Family.SDXL),
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1),
        add_watermarker=False,
    )
    states, _, pooled, _ = pipeline.encode_prompt(SHORT, device=CPU, do_classifier_free_guidance=False)
    encoded = build_encoder(Family.SDXL).encode(SHORT)
    assert encoded.states.shape == (3, 77, CROSS_WIDTH[Family.SDXL])
    assert encoded.pooled is not None
    assert worst(encoded.states, states) < 1e-5
    assert worst(encoded.pooled, pooled) < 1e-5


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_text_has_the_same_numbers_beside_any_other(family: Family) -> None:
    together = build_encoder(family).encode([SHORT[0], LONG, SHORT[2]])
    for row, text in enumerate([SHORT[0], LONG, SHORT[2]]):
        alone = build_encoder(family).encode([text])
        assert alone.mask.all()
        assert worst(together.states[row][together.mask[row]], alone.states[0]) < 1e-5
        assert not together.states[row][~together.mask[row]].any()
        if alone.pooled is not None and together.pooled is not None:
            assert worst(together.pooled[row], alone.pooled[0]) < 1e-5


def read_back(rows: Sequence[Sequence[int]]) -> list[str]:
    """The text of each chunk, which must have its own start, end and padding."""
    tokenizer = build_tokenizers()[0]
    for row in rows:
        assert (row[0], row[-1], len(row)) == (tokenizer.bos_token_id, tokenizer.eos_token_id, 77)
    return [str(tokenizer.decode(list(row), skip_special_tokens=True)).strip() for row in rows]


def encode_counted(texts: Sequence[str]) -> tuple[EncodedText, list[list[int]]]:
    networks = build_text_encoders()
    seen = Tokens(networks[0])
    return TextEncoder(build_tokenizers(), networks, CPU, torch.float32).encode(texts), seen.rows


def test_nothing_of_a_long_text_is_lost() -> None:
    encoded, rows = encode_counted([LONG])
    assert encoded.states.shape[1] == 77 * len(rows)
    assert "".join(read_back(rows)).replace(" ", "") == LONG.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("a" * 40 + ", " + "b" * 20 + ", " + "c" * 20, ["a" * 40 + "," + "b" * 20 + ",", "c" * 20]),
        ("a" * 10 + ", " + "b" * 40 + " " + "c" * 30, ["a" * 10 + "," + "b" * 40, "c" * 30]),
        ("a" * 100, ["a" * 75, "a" * 25]),
        ("a" * 75, ["a" * 75]),
        ("a" * 30 + " " + "b" * 45 + " c", ["a" * 30 + "b" * 45, "c"]),
    ],
)
def test_long_texts_are_cut_after_a_near_comma_else_a_word(text: str, chunks: list[str]) -> None:
    _, rows = encode_counted([text])
    assert [part.replace(" ", "") for part in read_back(rows)] == chunks


def test_the_summary_is_of_the_first_chunk() -> None:
    first = "a" * 70 + ","
    encoded = build_encoder(Family.SDXL).encode([first, first + " " + "b" * 30, first + " " + "c" * 30])
    assert encoded.states.shape[1] == 154
    assert encoded.pooled is not None
    assert worst(encoded.pooled, encoded.pooled[:1]) < FLOAT32_NETWORK


def test_the_same_text_is_encoded_once() -> None:
    networks = build_text_encoders()
    seen = Tokens(networks[0])
    encoder = TextEncoder(build_tokenizers(), networks, CPU, torch.float32)
    before = encoder.encode([SHORT[0], SHORT[2], SHORT[0]])
    assert len(seen.rows) == 2
    after = encoder.encode([SHORT[2], SHORT[0], SHORT[1]])
    assert len(seen.rows) == 3
    assert torch.equal(before.states[[1, 0]], after.states[:2])


def test_what_is_kept_can_not_be_changed_from_outside(encoder: TextEncoder) -> None:
    first = encoder.encode([SHORT[0]])
    kept = first.states.clone()
    first.states.zero_()
    assert torch.equal(encoder.encode([SHORT[0]]).states, kept)


def test_no_more_texts_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "CACHED_TEXTS", 2)
    networks = build_text_encoders()
    seen = Tokens(networks[0])
    encoder = TextEncoder(build_tokenizers(), networks, CPU, torch.float32)
    encoder.encode(["a", "b", "c"])
    encoder.encode(["b", "c"])
    assert len(seen.rows) == 3
    encoder.encode(["a"])
    assert len(seen.rows) == 4


def test_threads_share_the_work() -> None:
    networks = build_text_encoders()
    seen = Tokens(networks[0])
    encoder = TextEncoder(build_tokenizers(), networks, CPU, torch.float32)
    results: list[EncodedText] = []
    threads = [threading.Thread(target=lambda: results.append(encoder.encode(SHORT))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen.rows) == len(SHORT)
    assert all(torch.equal(result.states, results[0].states) for result in results)


def test_states_come_in_the_precision_that_is_asked_for() -> None:
    encoded = TextEncoder(build_tokenizers(Family.SDXL), build_text_encoders(Family.SDXL), CPU, torch.bfloat16).encode(
        ["a"]
    )
    assert encoded.pooled is not None
    assert encoded.states.dtype == encoded.pooled.dtype == torch.bfloat16
    assert not encoded.states.requires_grad


def test_tokenizers_that_are_no_pair_are_an_error() -> None:
    networks = build_text_encoders(Family.SDXL)
    short = build_text_encoders(seed=1)[0]
    short.config.max_position_embeddings = 40
    assert isinstance(short, CLIPTextModel)
    encoder = TextEncoder(build_tokenizers(Family.SDXL), (networks[0], short), CPU, torch.float32)
    with pytest.raises(WeightsError, match="not a pair"):
        encoder.encode(["a" * 60])
