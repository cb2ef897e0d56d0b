"""The batches of a run: what a step shows to the network follows from the seed, the step and the place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from photoshoot.machine.lookahead import map_ahead
from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX
from photoshoot.placers.diffusion.families.sdxl import size_conditions
from photoshoot.training.bucket_sampler import BucketSampler
from photoshoot.training.latent_cache import EncodedSample, Text, bucket, read_latents, read_text
from photoshoot.training.random_streams import Stream, draw
from photoshoot.training.settings import TrainingSettings

_AHEAD = 2  # batches that are made while the network learns; also how many threads make them


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """B pictures with their noise, ready for the network."""

    latents: Tensor
    """(B, 4, h, w), float32, the clean pictures."""
    noise: Tensor
    """(B, 4, h, w), float32."""
    timesteps: Tensor
    """int64 (B,), each 0 to the noise schedule's length less 1."""
    masked: Tensor
    """(B, 4, h, w), float32, what is shown."""
    repaint: Tensor
    """(B, 1, h, w), float32, 1 = to be painted."""
    shade: Tensor
    """(B, 1, h, w), float32."""
    text: Tensor
    """(B, T, D)."""
    text_mask: Tensor | None
    """bool (B, T); False = padding. None: there is none."""
    pooled: Tensor | None
    """(B, P); SDXL's."""
    time_ids: Tensor | None
    """(B, 6); what SDXL is told of the pictures' size."""

    def to(self, device: torch.device) -> Batch:
        """The same on a device; nothing waits for it where the memory is pinned."""
        return self._map(lambda tensor: tensor.to(device, non_blocking=tensor.is_pinned()))

    def pin(self) -> Batch:
        """The same in memory that a GPU reads by itself."""
        return self._map(Tensor.pin_memory)

    def first(self, size: int) -> Batch:
        """The first ``size`` pictures."""
        return self._map(lambda tensor: tensor[:size])

    def _map(self, change: Callable[[Tensor], Tensor]) -> Batch:
        tensors = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: change(tensor) for name, tensor in tensors.items() if tensor is not None})

    def inputs(self, noisy: Tensor) -> Tensor:
        """The UNet's nine channels, (B, 9, h, w)."""
        return torch.cat([noisy, self.repaint, self.masked], 1)

    def conditions(self) -> dict[str, object]:
        """The UNet's other arguments."""
        added = {} if self.pooled is None else {"text_embeds": self.pooled, "time_ids": self.time_ids}
        return {
            "encoder_hidden_states": self.text,
            "encoder_attention_mask": self.text_mask,
            "added_cond_kwargs": added,
        }


@dataclass(frozen=True, kw_only=True)
class Item:
    """One picture of a batch, before it is read."""

    sample: EncodedSample
    """Where its encoding lies."""
    variant: int
    """Which of its masks."""
    text_file: Path
    """Its caption, or the empty one."""
    timestep: int
    """How noisy it is shown, 0 to the noise schedule's length less 1."""
    noise_from: tuple[int, Stream, int, int]
    """Seed, stream and place of its noise."""


class DataLoader:
    """What one process sees of a run.

    Args:
        samples: All that is trained on.
        empty_text: File of the empty caption.
        timesteps: How many the noise schedule has.
        settings: Of the run.
        process: Which process this is.
        processes: How many there are.
        pinned: Whether batches lie in pinned memory, for a GPU.
    """

    def __init__(
        self,
        samples: Sequence[EncodedSample],
        empty_text: Path,
        timesteps: int,
        settings: TrainingSettings,
        *,
        process: int = 0,
        processes: int = 1,
        pinned: bool = False,
    ) -> None:
        self._samples, self._empty_text, self._timesteps = samples, empty_text, timesteps
        self._settings, self._process, self._processes, self._pinned = settings, process, processes, pinned
        self.batch = settings.batch_size * settings.gradient_accumulation_steps * processes
        self._order = BucketSampler(bucket(samples), self.batch, settings.seed)

    def batches(self, start: int) -> Iterator[Batch]:
        """Batch after batch from a step on, ``gradient_accumulation_steps`` of them a step; some are made ahead."""
        parts = self._settings.gradient_accumulation_steps
        places = ((step, part) for step in range(start, self._settings.steps) for part in range(parts))
        return map_ahead(self._make, map(self._items, places), _AHEAD)

    def _make(self, items: Sequence[Item]) -> Batch:
        return collate(items).pin() if self._pinned else collate(items)

    def _items(self, place: tuple[int, int]) -> list[Item]:
        step, part = place
        size = self._settings.batch_size
        first = (part * self._processes + self._process) * size
        pictures, levels = self._order.pictures(step), self._levels(step)
        return [self._item(step, at, self._samples[pictures[at]], levels[at]) for at in range(first, first + size)]

    def _levels(self, step: int) -> list[int]:
        """A timestep for each place of a step: spread over all of them, so that steps are alike."""
        rng = draw(self._settings.seed, Stream.TIMESTEP, step)
        spread = (rng.permutation(self.batch) + rng.random()) / self.batch
        return [int(share * self._timesteps) for share in spread]

    def _item(self, step: int, at: int, sample: EncodedSample, timestep: int) -> Item:
        rng = draw(self._settings.seed, Stream.CHOICE, step, at)
        return Item(
            sample=sample,
            variant=int(rng.integers(self._settings.masks.variants)),
            text_file=self._empty_text if rng.random() < self._settings.empty_captions else sample.text_file,
            timestep=timestep,
            noise_from=(self._settings.seed, Stream.NOISE, step, at),
        )


def collate(items: Sequence[Item]) -> Batch:
    """Read the pictures of a batch, which have one size, and draw their noise."""
    latents = [read_latents(item.sample) for item in items]
    texts = [read_text(item.text_file) for item in items]
    noise = [draw(*item.noise_from).standard_normal((4, *item.sample.latent_size), "float32") for item in items]
    pooled = [one.pooled for one in texts if one.pooled is not None]
    text, text_mask = _pad(texts)
    height, width = (cells * CELL_PX for cells in items[0].sample.latent_size)
    added = size_conditions(torch.stack(pooled), width, height) if pooled else {}
    return Batch(
        latents=torch.stack([read.picture for read in latents]).float(),
        noise=torch.stack([torch.from_numpy(drawn) for drawn in noise]),
        timesteps=torch.tensor([item.timestep for item in items]),
        masked=torch.stack([read.masked[item.variant] for read, item in zip(latents, items, strict=True)]).float(),
        repaint=torch.stack([read.repaint[item.variant] for read, item in zip(latents, items, strict=True)]).float(),
        shade=torch.stack([read.shade for read in latents]).float(),
        pooled=added.get("text_embeds"),
        time_ids=added.get("time_ids"),
        text=text,
        text_mask=text_mask,
    )


def _pad(texts: Sequence[Text]) -> tuple[Tensor, Tensor | None]:
    """Texts of one length, and which of their tokens are real; None: all are."""
    lengths = [len(text.states) for text in texts]
    longest = max(lengths)
    padded = [functional.pad(text.states, (0, 0, 0, longest - len(text.states))) for text in texts]
    mask = torch.arange(longest) < torch.tensor(lengths)[:, None] if min(lengths) < longest else None
    return torch.stack(padded), mask
