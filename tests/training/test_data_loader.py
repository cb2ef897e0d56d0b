from __future__ import annotations

from dataclasses import fields, replace
from itertools import islice
from pathlib import Path

import pytest
import torch

from photoshoot.training.data_loader import Batch, DataLoader, Item, collate
from photoshoot.training.latent_cache import EncodedSample, read_text
from photoshoot.training.random_streams import Stream, draw
from photoshoot.training.settings import MaskSettings, OptimizerSettings, TrainingSettings
from tests.training.encodings import VARIANTS, write_sample, write_text

TIMESTEPS = 1000
SETTINGS = TrainingSettings(
    batch_size=3,
    steps=12,
    masks=MaskSettings(variants=VARIANTS),
    optimizer=OptimizerSettings(warmup_steps=0),
    seed=5,
)


@pytest.fixture
def samples(tmp_path: Path) -> list[EncodedSample]:
    return [write_sample(tmp_path, index, size=(4, 6) if index % 3 else (6, 4)) for index in range(8)]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return write_text(tmp_path, 2)


def item(sample: EncodedSample, variant: int, timestep: int = 4) -> Item:
    return Item(
        sample=sample,
        variant=variant,
        text_file=sample.text_file,
        timestep=timestep,
        noise_from=(5, Stream.NOISE, sample.index, variant),
    )


def test_a_batch_is_its_pictures_with_their_own_masks_noise_and_times(tmp_path: Path) -> None:
    first, second = write_sample(tmp_path, 1), write_sample(tmp_path, 2)
    batch = collate([item(first, 3, 17), item(second, 0, 990)])
    assert batch.latents[:, 0, 0, 0].tolist() == [1, 2]
    assert batch.masked[:, 0, 0, 0].tolist() == [1 + 3 / 8, 2]
    assert batch.repaint[:, 0, 0, 0].tolist() == [1, 0]
    assert batch.timesteps.tolist() == [17, 990]
    for place, (sample, variant) in enumerate(((first, 3), (second, 0))):
        drawn = draw(5, Stream.NOISE, sample.index, variant).standard_normal((4, 4, 6), "float32")
        assert torch.equal(batch.noise[place], torch.from_numpy(drawn))
    assert all(getattr(batch, name).dtype is torch.float32 for name in ("latents", "masked", "repaint", "shade"))
    assert batch.pooled is None


def test_shorter_texts_are_padded_with_zeros_that_are_masked(tmp_path: Path) -> None:
    texts = [3, 7, 5]
    batch = collate([item(write_sample(tmp_path, index, tokens=tokens), 0) for index, tokens in enumerate(texts)])
    assert batch.text.shape == (3, 7, 5)
    assert batch.text_mask is not None
    assert batch.text_mask.sum(1).tolist() == texts
    for place, tokens in enumerate(texts):
        states = read_text(tmp_path / f"text-{tokens}.safetensors").states
        assert torch.equal(batch.text[place, :tokens], states)
        assert batch.text_mask[place, :tokens].all()
        assert not batch.text[place, tokens:].any()
    assert batch.conditions()["encoder_attention_mask"] is batch.text_mask


def test_the_network_is_given_nine_channels_and_no_mask_of_texts_of_one_length(tmp_path: Path) -> None:
    batch = collate([item(write_sample(tmp_path, index), 1) for index in (1, 2)])
    noisy = torch.randn(2, 4, 4, 6)
    assert batch.text_mask is None
    assert torch.equal(batch.inputs(noisy), torch.cat([noisy, batch.repaint, batch.masked], 1))
    assert batch.inputs(noisy).shape == (2, 9, 4, 6)
    conditions = batch.conditions()
    assert conditions["encoder_attention_mask"] is None
    assert conditions["added_cond_kwargs"] == {}


def test_the_larger_family_is_told_the_pictures_size(tmp_path: Path) -> None:
    batch = collate([item(write_sample(tmp_path, 1, pooled=True), 1)])
    added = batch.conditions()["added_cond_kwargs"]
    assert isinstance(added, dict)
    assert added["text_embeds"] is batch.pooled
    assert added["time_ids"].tolist() == [[32, 48, 0, 0, 32, 48]], "original size, crop, target size, in px"


def same(first: Batch, second: Batch) -> bool:
    pairs = [(getattr(first, field.name), getattr(second, field.name)) for field in fields(Batch)]
    return all(one is other is None or torch.equal(one, other) for one, other in pairs)


@pytest.mark.parametrize("parts", [1, 2])
def test_a_run_that_goes_on_sees_what_it_would_have_seen(samples: list[EncodedSample], empty: Path, parts: int) -> None:
    settings = replace(SETTINGS, gradient_accumulation_steps=parts)
    whole = list(DataLoader(samples, empty, TIMESTEPS, settings).batches(0))
    assert len(whole) == 12 * parts
    rest = list(islice(DataLoader(samples, empty, TIMESTEPS, settings).batches(7), 3 * parts))
    assert all(same(one, other) for one, other in zip(rest, whole[7 * parts :], strict=False))
    assert not same(whole[0], whole[parts])


def test_the_pictures_of_a_step_have_one_size_and_noise_levels_spread_over_all(
    samples: list[EncodedSample], empty: Path
) -> None:
    settings = replace(SETTINGS, batch_size=4, gradient_accumulation_steps=2)
    batches = list(DataLoader(samples, empty, TIMESTEPS, settings).batches(0))
    for first, second in zip(batches[::2], batches[1::2], strict=True):
        assert first.latents.shape == second.latents.shape
        times = torch.cat([first.timesteps, second.timesteps])
        assert sorted((times * 8 // TIMESTEPS).tolist()) == list(range(8)), "one in each eighth"


def test_batches_for_a_gpu_lie_in_pinned_memory_and_only_those_are_not_waited_for(
    samples: list[EncodedSample], empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned: list[torch.Tensor] = []
    asked = dict[int, bool]()
    to = torch.Tensor.to

    def pin(tensor: torch.Tensor) -> torch.Tensor:
        pinned.append(tensor.clone())
        return pinned[-1]

    def move(tensor: torch.Tensor, device: torch.device, *, non_blocking: bool) -> torch.Tensor:
        asked[id(tensor)] = non_blocking
        return to(tensor, device)

    monkeypatch.setattr(torch.Tensor, "pin_memory", pin)
    monkeypatch.setattr(torch.Tensor, "is_pinned", lambda tensor: any(tensor is one for one in pinned))
    for_gpu = next(iter(DataLoader(samples, empty, TIMESTEPS, SETTINGS, pinned=True).batches(11)))
    plain = next(iter(DataLoader(samples, empty, TIMESTEPS, SETTINGS).batches(11)))
    assert same(for_gpu, plain)
    with monkeypatch.context() as patch:
        patch.setattr(torch.Tensor, "to", move)
        for batch, waits in ((for_gpu, True), (plain, False)):
            asked.clear()
            batch.to(torch.device("cpu"))
            assert list(asked.values()) == [waits] * 7


def test_another_seed_is_another_run(samples: list[EncodedSample], empty: Path) -> None:
    runs = [DataLoader(samples, empty, TIMESTEPS, replace(SETTINGS, seed=seed)).batches(0) for seed in (5, 6)]
    assert not same(next(iter(runs[0])), next(iter(runs[1])))
