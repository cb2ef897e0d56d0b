"""What does a training step take: operations and memory by batch size, LoRA or full, with and without checkpointing?

The library's own loss runs forward and backward through UNets of the published sizes: on the meta device, where
operations are counted and the life of every tensor is followed; and where there is a CUDA GPU, for real, with AdamW.

Usage: bench_train.py
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import torch
from diffusers import UNet2DConditionModel
from network_sizes import SD15, SDXL, Sizes
from networks import META, SCHEDULER, count_parameters
from tensor_lives import TensorLives
from torch import Tensor
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode
from train_page import MATMUL_SIDE, Counted, Measured, report, row

from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.training.data_loader import Batch
from photoshoot.training.loop import errors_of
from photoshoot.training.loss import NoiseSchedule
from photoshoot.training.settings import LossSettings, TrainingSettings
from photoshoot.training.trainable import TrainableUNet

RESULTS = Path(__file__).resolve().parent / "results" / "train.md"
SIZES: dict[Family, Sizes] = {Family.SD15: SD15, Family.SDXL: SDXL}
LATENT = {Family.SD15: (39, 105), Family.SDXL: (79, 210)}
"""Of 1674x628 px at the resolutions 512 and 1024, which the families are trained at."""
TOKENS, HALF, MEASURED_STEPS = 77, 2, 10
BATCHES = (1, 2, 4, 8)
LEARNT_BYTES = {"lora": 4 + 4 + 8 + 4, "full": 4 + HALF + 4 + 8 + 4}
"""A learnt number: itself (and a copy in half precision while it is used), gradient, two moments, running mean."""


def build_subject(family: Family, settings: TrainingSettings, device: torch.device) -> TrainableUNet:
    """A UNet in half precision with what is learnt beside or in it."""
    with device, _default_dtype(torch.bfloat16):
        unet = UNet2DConditionModel(**SIZES[family].unet)
    return TrainableUNet(unet, settings)


def build_batch(family: Family, size: int, device: torch.device) -> Batch:
    """Random pictures of 1674x628 px with captions of one chunk."""
    rows, columns = LATENT[family]
    width = int(str(SIZES[family].unet["cross_attention_dim"]))
    with device:
        return Batch(
            latents=torch.randn(size, 4, rows, columns),
            noise=torch.randn(size, 4, rows, columns),
            timesteps=torch.randint(0, 1000, (size,)),
            masked=torch.randn(size, 4, rows, columns),
            repaint=torch.ones(size, 1, rows, columns),
            shade=torch.zeros(size, 1, rows, columns),
            text=torch.randn(size, TOKENS, width),
            text_mask=None,
            pooled=torch.randn(size, 1280) if family is Family.SDXL else None,
            time_ids=torch.zeros(size, 6) if family is Family.SDXL else None,
        )


def count(family: Family, method: str, batch: int, *, checkpointing: bool) -> Counted:
    """One pass, forward and backward, with all numbers in half precision, as autocast has the large ones."""
    settings = TrainingSettings(method=method, gradient_checkpointing=checkpointing)
    subject = build_subject(family, settings, META)
    learnt = sum(weight.numel() for weight in subject.weights.values())
    frozen = count_parameters(subject.unet) - learnt
    for weight in subject.weights.values():
        weight.data = weight.data.to(torch.bfloat16)
    schedule = NoiseSchedule.of(SCHEDULER, META)
    schedule = replace(schedule, signal=schedule.signal.to(torch.bfloat16))
    shown = _halve(build_batch(family, batch, META))
    lives, counter = TensorLives(), FlopCounterMode(display=False)
    for weight in subject.weights.values():  # gradients are counted with what is fixed
        weight.register_post_accumulate_grad_hook(lambda own: setattr(own, "grad", None))
    with _fused_attention(), counter, lives:
        errors_of(subject.unet, shown, schedule, LossSettings()).mean().backward()
    return Counted(
        family=family,
        method=method,
        checkpointing=checkpointing,
        batch=batch,
        tflop=counter.get_total_flops() / 1e12,
        activations=lives.peak,
        fixed=frozen * HALF + learnt * LEARNT_BYTES[method],
    )


def measure(counted: Counted, rate: float) -> Measured | None:
    """The same on a GPU, with AdamW; ``rate`` is what it multiplies, TFLOP/s. None: it does not fit."""
    device = torch.device("cuda")
    settings = TrainingSettings(method=counted.method, gradient_checkpointing=counted.checkpointing)
    try:
        torch.cuda.reset_peak_memory_stats()
        subject = build_subject(counted.family, settings, device)
        optimizer = torch.optim.AdamW(subject.weights.values(), lr=1e-6)
        schedule, batch = NoiseSchedule.of(SCHEDULER, device), build_batch(counted.family, counted.batch, device)
        took = []
        for _ in range(MEASURED_STEPS + 3):
            torch.cuda.synchronize()
            start = time.perf_counter()
            with torch.autocast("cuda", torch.bfloat16):
                loss = errors_of(subject.unet, batch, schedule, LossSettings()).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            torch.cuda.synchronize()
            took.append(time.perf_counter() - start)
    except torch.OutOfMemoryError:
        return None
    finally:
        torch.cuda.empty_cache()
    step_s = sorted(took[3:])[MEASURED_STEPS // 2]
    return Measured(
        counted=counted,
        samples_per_s=counted.batch / step_s,
        share=counted.tflop / step_s / rate,
        peak=torch.cuda.max_memory_allocated(),
    )


def measure_rate() -> float:
    """TFLOP/s of large matrices in bfloat16."""
    left, right = (torch.randn(MATMUL_SIDE, MATMUL_SIDE, device="cuda", dtype=torch.bfloat16) for _ in range(2))
    took = []
    for _ in range(20):
        torch.cuda.synchronize()
        start = time.perf_counter()
        left @ right
        torch.cuda.synchronize()
        took.append(time.perf_counter() - start)
    return 2 * MATMUL_SIDE**3 / sorted(took)[10] / 1e12


def _halve(batch: Batch) -> Batch:
    tensors = {name: value for name, value in vars(batch).items() if value is not None and value.is_floating_point()}
    return Batch(**{**vars(batch), **{name: value.to(torch.bfloat16) for name, value in tensors.items()}})


@contextlib.contextmanager
def _default_dtype(dtype: torch.dtype) -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


@contextlib.contextmanager
def _fused_attention() -> Iterator[None]:
    """Attention as a GPU runs it: on the meta device PyTorch would take the way that writes all scores down."""

    def attend(
        query: Tensor, key: Tensor, value: Tensor, attn_mask: None = None, dropout_p: float = 0.0, **_: object
    ) -> Tensor:
        assert attn_mask is None
        mixed: Tensor = torch.ops.aten._scaled_dot_product_flash_attention(query, key, value, dropout_p)[0]
        return mixed

    with mock.patch.object(functional, "scaled_dot_product_attention", attend):
        yield


def main() -> None:
    counts = []
    for family in UNET_FAMILIES:
        for method in ("lora", "full"):
            for checkpointing in (True, False):
                counts += [count(family, method, batch, checkpointing=checkpointing) for batch in BATCHES]
                print(row(counts[-1]), flush=True)
    measured, device = [], ""
    if torch.cuda.is_available():
        device, rate = torch.cuda.get_device_name(), measure_rate()
        measured = [found for item in counts if (found := measure(item, rate)) is not None]
    RESULTS.write_text(report(counts, measured, device), encoding="utf-8")
    print(report(counts, measured, device))


if __name__ == "__main__":
    main()
