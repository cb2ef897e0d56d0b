"""The page of results of ``bench_train.py``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family

GB = 1e9
MATMUL_SIDE = 8192
"""Of the matrices that say what a GPU multiplies at its best."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A step's forward and backward pass."""

    family: Family
    method: str
    checkpointing: bool
    batch: int
    tflop: float
    activations: float
    """Bytes at the peak, beside the weights, in half precision."""
    fixed: float
    """Bytes of weights, gradients, moments and the running mean."""

    @property
    def memory(self) -> float:
        """Bytes in all."""
        return self.activations + self.fixed


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A step on a GPU."""

    counted: Counted
    samples_per_s: float
    share: float
    """Of what the GPU multiplies in large matrices."""
    peak: float
    """Bytes."""


def report(counts: Sequence[Counted], measured: Sequence[Measured], device: str) -> str:
    """The page of results."""
    lines = [
        "# Training step",
        "",
        "One step on pictures of 1674x628 px, at latents of 105x39 (`resolution = 512`) for SD 1.5 and 210x79",
        "(`resolution = 1024`) for SDXL: forward, backward, and with checkpointing forward once more. Counted while",
        "the library's own loss ran on the meta device, with networks of the published sizes; a multiply-add is 2.",
        "",
        *_findings(counts),
        "",
        "Weights: the UNet, gradients, AdamW's moments and the running mean. Activations: the most bytes of tensors",
        "that are alive at once beside them, in half precision, attention fused. Memory in GB; the encoders are not",
        "there while training. An allocator's waste comes on top.",
        "",
        "| model | method | checkpointing | batch | TFLOP | weights | activations | together |",
        "|---|---|---|---|---|---|---|---|",
        *map(row, counts),
        "",
        "## On a GPU",
        "",
    ]
    if not measured:
        return (
            "\n".join(
                [*lines, "Not measured yet: there was none. `python -m benchmarks train` does so where there is."]
            )
            + "\n"
        )
    lines += [
        f"{device}. Share: of what it multiplies in matrices of {MATMUL_SIDE}², by the operations counted above.",
        "",
        "| model | method | checkpointing | batch | pictures/s | share of peak | peak memory, GB |",
        "|---|---|---|---|---|---|---|",
    ]
    for found in measured:
        cells = [f"{found.samples_per_s:.2f}", f"{found.share:.0%}", f"{found.peak / GB:.1f}"]
        lines.append(f"| {' | '.join([*_name(found.counted), *cells])} |")
    return "\n".join(lines) + "\n"


def _findings(counts: Sequence[Counted]) -> list[str]:
    found = []
    for family in UNET_FAMILIES:
        own = [item for item in counts if item.family is family and item.batch == 4]
        lora, full = (
            next(item for item in own if item.method == method and item.checkpointing) for method in ("lora", "full")
        )
        kept = next(item for item in own if item.method == "lora" and not item.checkpointing)
        found.append(
            f"- {family}: a LoRA at batch 4 takes {lora.tflop:.1f} TFLOP and {lora.memory / GB:.1f} GB with "
            f"checkpointing ({kept.tflop:.1f} and {kept.memory / GB:.1f} without); a full fine-tune "
            f"{full.memory / GB:.1f} GB."
        )
    return found


def _name(item: Counted) -> list[str]:
    return [item.family, item.method, "yes" if item.checkpointing else "no", str(item.batch)]


def row(item: Counted) -> str:
    """A line of the table."""
    sizes = (f"{size / GB:.1f}" for size in (item.fixed, item.activations, item.memory))
    return f"| {' | '.join([*_name(item), f'{item.tflop:.2f}', *sizes])} |"
