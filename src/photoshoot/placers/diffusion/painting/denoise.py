"""The loop: noise becomes a scene round the product, a batch of shots at once.

Painting small and refining at full size are two calls of ``denoise``; the second starts from the first's picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor

from photoshoot.placers.diffusion.components.attention import AttentionControl
from photoshoot.placers.diffusion.components.flow_transformer import FlowTransformer, Reading
from photoshoot.placers.diffusion.components.step_cache import CachedSteps
from photoshoot.placers.diffusion.models.control import ControlledUNet
from photoshoot.placers.diffusion.painting.flow_sampling import FlowSampler
from photoshoot.placers.diffusion.painting.sampling import Sampler
from photoshoot.settings import DiffusionSettings

Predictor: TypeAlias = UNet2DConditionModel | CachedSteps | ControlledUNet | FlowTransformer
"""What predicts in a pass: a UNet, or what takes its place there."""


@dataclass(frozen=True, kw_only=True)
class Pass:
    """How one call of the loop goes."""

    name: str
    """``"base"`` or ``"refine"``; for messages."""
    num_inference_steps: int
    """Steps from pure noise."""
    strength: float
    """Share of them, the last ones, that are made when it starts from a picture."""
    guidance_scale: float
    """1: no guidance."""
    guidance_interval: tuple[float, float]
    """Where guidance acts, on the way from pure noise (0) to a picture (1); steps that a pass leaves out count, so
    it is the same range of noise in both passes."""

    @classmethod
    def base(cls, settings: DiffusionSettings) -> Pass:
        """The first painting."""
        return cls(
            name="base",
            num_inference_steps=settings.num_inference_steps,
            strength=settings.strength,
            guidance_scale=settings.guidance_scale,
            guidance_interval=settings.guidance_interval,
        )

    @classmethod
    def refine(cls, settings: DiffusionSettings) -> Pass:
        """The refining pass at full size."""
        return cls(
            name="refine",
            num_inference_steps=settings.refine_steps,
            strength=settings.refine_strength,
            guidance_scale=settings.guidance_scale,
            guidance_interval=settings.guidance_interval,
        )

    def guides_at(self, progress: float) -> bool:
        """Whether a step that begins at ``progress`` is guided."""
        start, end = self.guidance_interval
        return self.guidance_scale > 1 and start <= progress < end


@dataclass(frozen=True, kw_only=True, eq=False)
class Conditioning:
    """What a batch of B shots is painted after. All have 2 B rows: the prompts' first, then the negative ones'."""

    text: Tensor
    """(2 B, T, D)."""
    text_mask: Tensor
    """bool (2 B, T); False = padding."""
    style_tokens: Tensor | None = None
    """(2 B, n, D); None: no shot has a style reference."""
    style_scale: Tensor | None = None
    """(2 B,), weight of each row's style reference."""
    added: Mapping[str, Tensor] = field(default_factory=dict)
    """See ``ModelFamily.size_conditions``; empty where the family has none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Painting:
    """A batch of B shots to paint; all on the network's device, latents in float32."""

    conditioning: Conditioning
    """What to paint."""
    start: Tensor | None
    """(B, C, h, w), the picture to paint over, product included; None: pure noise, whatever the pass's strength."""
    masked: Tensor
    """(B, C, h, w), the product on grey."""
    repaint: Tensor
    """(B, 1, h, w), 1 = the network paints this cell, see ``grid.repaint_mask``."""
    keep: Tensor
    """(B, 1, h, w), how much of the cell is product, see ``grid.keep_strength``. A cell is held at the original up to
    this share of the pass, then painted freely; at 1 it stays the original, at 0 it is free from the start.
    Source: Levin and Fried, "Differential Diffusion", arXiv 2306.00950."""
    noise: Tensor
    """(B, C, h, w), see ``sampling.make_noise``."""

    @property
    def fixed(self) -> Tensor:
        """What the network sees beside the noisy latents, the same in every step: (B, C, h, w)."""
        return torch.cat([self.repaint, self.masked], 1)

    @property
    def original(self) -> Tensor:
        """What cells are held at."""
        return self.masked if self.start is None else self.start

    @property
    def hold(self) -> Tensor:
        """``keep``; without a start only cells that are wholly product, since others would be held at grey."""
        return (self.keep >= 1).float() if self.start is None else self.keep


@torch.no_grad()
def denoise(
    unet: Predictor,
    attention: AttentionControl | Reading,
    painting: Painting,
    sampler: Sampler | FlowSampler,
    plan: Pass,
    on_step: Callable[[int, int, Tensor], object],
) -> Tensor:
    """Paint a batch; each shot gets the numbers that it would get alone.

    No step waits for the device, so the host is ahead of it.

    Args:
        unet: Its input: noisy latents, then what is fixed in the painting; or what takes its place in one pass.
        attention: Of this UNet; primed here and cleared after.
        painting: What to paint, and what it begins with.
        sampler: Of this checkpoint.
        plan: Steps, strength, guidance.
        on_step: Called after each step with steps done and in all, and the latents (B, C, h, w) without noise that it
            aimed at. What it raises ends the loop.

    Returns:
        Latents (B, C, h, w), float32; where ``painting.keep`` is 1, exactly the original. NaN and infinity stay.
    """
    original, hold, noise = painting.original, painting.hold, painting.noise
    strength, cells = 1 if painting.start is None else plan.strength, noise.shape[-2] * noise.shape[-1]
    run = sampler.begin(plan.num_inference_steps, strength, noise.device, cells)
    network = _Network(unet, attention, painting)
    latents = run.start(painting.start, noise)
    try:
        for step, timestep in enumerate(run.timesteps):
            latents = torch.where(hold > step / len(run), run.add_noise(original, noise, step), latents)
            if plan.guides_at(run.progress(step)):
                prediction = network.predict_guided(latents, timestep, plan.guidance_scale)
            else:
                prediction = network.predict(latents, timestep)
            latents = run.step(prediction, latents)
            on_step(step + 1, len(run), run.clean)
    finally:
        attention.clear()
    return torch.where(hold >= 1, original, latents)


def find_overflows(latents: Tensor, plan: Pass, dtype: torch.dtype) -> list[str | None]:
    """For each shot's latents of a pass: why they can't become a picture; None: they can."""
    half = dtype in (torch.float16, torch.bfloat16)
    hint = "use dtype='float32'" if half else "the weights are broken, or guidance_scale is far too high"
    finite = torch.isfinite(latents).flatten(1).all(1).tolist()
    return [None if fine else f"the {plan.name} pass ended in NaN or infinity: {hint}" for fine in finite]


class _Network:
    """The UNet with what stays the same over the steps."""

    def __init__(self, unet: Predictor, attention: AttentionControl | Reading, painting: Painting) -> None:
        self._unet = unet
        self._attention = attention
        self._added = painting.conditioning.added
        self._fixed = painting.fixed.to(unet.dtype)
        words = painting.conditioning
        attention.prime(words.text, words.text_mask, words.style_tokens, words.style_scale)

    def predict(self, latents: Tensor, timestep: Tensor) -> Tensor:
        """What the prompts alone ask for: (B, C, h, w), float32."""
        return self._run(self._inputs(latents), timestep)

    def predict_guided(self, latents: Tensor, timestep: Tensor, scale: float) -> Tensor:
        """Away from the negative prompts: (B, C, h, w), float32. Source: Ho and Salimans, arXiv 2207.12598."""
        prompted, negative = self._run(self._inputs(latents).repeat(2, 1, 1, 1), timestep).chunk(2)
        return negative + scale * (prompted - negative)

    def _inputs(self, latents: Tensor) -> Tensor:
        return torch.cat([latents.to(self._fixed.dtype), self._fixed], 1)

    def _run(self, inputs: Tensor, timestep: Tensor) -> Tensor:
        self._attention.select(len(inputs))
        added = {name: tensor[: len(inputs)].detach() for name, tensor in self._added.items()}
        predicted: Tensor = self._unet(
            inputs, timestep, encoder_hidden_states=None, added_cond_kwargs=added, return_dict=False
        )[0]
        return predicted.float()
