"""How a fine-tune goes: frozen records, checked when they are made. A file of them is read by ``settings_file``."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from photoshoot.errors import SettingsError
from photoshoot.settings import OneOf, Range, check_fields, check_range

LAYERS = ("attention", "feed_forward", "convolution")
"""What a LoRA can be on."""


@dataclass(frozen=True, kw_only=True)
class LoraLayers:
    """Which low-rank weights are learnt; for the method "lora"."""

    rank: Annotated[int, Range(1, 512)] = 16
    """Of the matrices, 1 to 512: how much can be learnt, and the size of the file."""
    alpha: Annotated[float, Range(1e-3, 1024)] = 16.0
    """Factor on what is learnt, times 1 / rank; above 0, to 1024. The file that comes out has it worked in."""
    layers: tuple[str, ...] = ("attention", "feed_forward")
    """Of the network: "attention", "feed_forward", "convolution"."""

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.layers or len(set(self.layers)) < len(self.layers) or set(self.layers) - set(LAYERS):
            raise SettingsError("layers", list(self.layers), f"some of {', '.join(LAYERS)}, each once")


@dataclass(frozen=True, kw_only=True)
class OptimizerSettings:
    """AdamW, and how its learning rate goes."""

    learning_rate: Annotated[float, Range(1e-7, 0.1)] = 1e-4
    """At its height, 1e-7 to 0.1; 1e-4 suits a LoRA, 1e-5 a full fine-tune."""
    schedule: Annotated[str, OneOf("cosine", "constant")] = "cosine"
    """After the warm-up: "cosine" falls to 0 at the last step, "constant" stays."""
    warmup_steps: Annotated[int, Range(0, 1_000_000)] = 100
    """Steps in which it rises from 0; fewer than there are steps."""
    weight_decay: Annotated[float, Range(0, 1)] = 0.01
    """0 to 1."""
    betas: tuple[float, float] = (0.9, 0.999)
    """How slowly the means of gradients and of their squares move, each 0 to 0.99999."""
    max_grad_norm: Annotated[float, Range(0.01, 1000)] = 1.0
    """Longer gradients are shortened to this, 0.01 to 1000."""

    def __post_init__(self) -> None:
        check_fields(self)
        for beta in self.betas:
            check_range("betas", beta, 0, 0.99999)


@dataclass(frozen=True, kw_only=True)
class MaskSettings:
    """What the network is told to paint: the background round the product, or random parts of the picture."""

    random_share: Annotated[float, Range(0, 1)] = 0.25
    """Share of random masks (strokes and boxes), 0 to 1; the rest keep the product and open all else."""
    jitter_px: Annotated[int, Range(0, 16)] = 3
    """Most pixels that a product's matte is eroded or dilated by, 0 to 16, so that the cut's fringe isn't learnt."""
    variants: Annotated[int, Range(1, 64)] = 8
    """Masks drawn for each picture, 1 to 64; each takes its share of the cache on disk."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class LossSettings:
    """What an error counts, by where it is in the picture and how noisy the picture was."""

    hole: Annotated[float, Range(0.01, 100)] = 1.0
    """Where the network paints, 0.01 to 100."""
    kept: Annotated[float, Range(0, 100)] = 0.1
    """Where the picture is given, 0 to 100: its own pixels are laid over it in the end."""
    contour: Annotated[float, Range(0, 100)] = 2.0
    """Beside the border between the two, 0 to 100."""
    contour_cells: Annotated[int, Range(0, 8)] = 1
    """How far that band reaches to both sides, in cells of 8 px, 0 (no band) to 8."""
    shadow: Annotated[float, Range(1, 100)] = 2.0
    """Times this where the product takes the light away, as far as that is known, 1 to 100."""
    min_snr_gamma: Annotated[float, Range(0, 100)] = 5.0
    """Evens out the noise levels, 0 (off) to 100. Source: Hang et al., "Min-SNR Weighting", arXiv 2303.09556."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class ValidationSettings:
    """What is measured now and then, on products that are not trained on."""

    every: Annotated[int, Range(0, 1_000_000)] = 500
    """Steps between two validations, 0 (never) to 1000000; one more before the first step and one after the last."""
    held_out: Annotated[float, Range(0, 0.5)] = 0.1
    """Share of the products that are only validated on, 0 (only without validation) to 0.5; at least one product."""
    samples: Annotated[int, Range(1, 4096)] = 32
    """Most held-out pictures whose loss is measured, 1 to 4096."""
    timesteps: Annotated[int, Range(1, 100)] = 4
    """Noise levels at which it is, 1 to 100."""
    shots: Annotated[int, Range(0, 16)] = 4
    """Most held-out pictures that are painted anew by the placer, 0 to 16."""
    num_inference_steps: Annotated[int, Range(1, 1000)] = 20
    """Of those shots, 1 to 1000; they start from noise."""
    guidance_scale: Annotated[float, Range(1, 30)] = 5.0
    """Of those shots, 1 (none) to 30."""
    base_scale: Annotated[float | None, Range(0.25, 1)] = None
    """Of those shots, see the diffusion engine; none: as the model's profile has it."""
    measure_expansion: bool = True
    """Whether the segmenter measures by how much the product grew."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.every and not self.held_out:
            raise SettingsError("held_out", self.held_out, "a share above 0, or every = 0: nothing could be looked at")


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """A fine-tune of an inpainting model."""

    base: str = "sd15"
    """What is fine-tuned: a profile, a model folder or file. A profile's own LoRAs and style adapter are left out."""
    data: tuple[Path, ...] = (Path("training-data"),)
    """Folders of pictures, as `photoshoot train render-data` and `cut-photos` make them."""
    out: Path = Path("fine-tune")
    """Folder for checkpoints, validations and the result."""
    cache: Path | None = None
    """Folder for pictures and texts as the network reads them; may be shared by runs. None: `cache` in `out`."""
    method: Annotated[str, OneOf("lora", "full")] = "lora"
    """"lora": a small file beside the model; "full": all of the UNet, a model of its own."""
    steps: Annotated[int, Range(1, 1_000_000)] = 2000
    """Steps of the optimiser, 1 to 1000000."""
    batch_size: Annotated[int, Range(1, 256)] = 4
    """Pictures a device takes at a time, 1 to 256."""
    gradient_accumulation_steps: Annotated[int, Range(1, 256)] = 1
    """Such batches to a step, 1 to 256."""
    resolution: Annotated[int, Range(64, 2048)] = 512
    """Larger pictures are scaled to the area of a square of this side, a multiple of 8, 64 to 2048. 512 for Stable
    Diffusion 1.5, 1024 for XL."""
    empty_captions: Annotated[float, Range(0, 1)] = 0.1
    """Share of pictures shown without their caption, 0 to 1: guidance needs it."""
    ema_decay: Annotated[float, Range(0, 0.99999)] = 0.999
    """Of the running mean of the weights, which is what comes out; 0 (no mean) to 0.99999."""
    mixed_precision: Annotated[str, OneOf("auto", "no", "fp16", "bf16")] = "auto"
    """"no", "fp16" (needs a GPU), "bf16"; "auto": on a GPU the better one that it has."""
    gradient_checkpointing: bool = True
    """Compute activations twice rather than keep them: a third more work, a fraction of the memory."""
    device: Annotated[str, OneOf("auto", "cpu", "cuda")] = "auto"
    """"auto", "cpu" or "cuda"; which of several GPUs is `accelerate launch`'s to say."""
    seed: Annotated[int, Range(0, 2**32 - 1)] = 0
    """Of all that is drawn, 0 to 4294967295."""
    checkpoint_every: Annotated[int, Range(1, 1_000_000)] = 500
    """Steps after which the state is saved, 1 to 1000000: as many can be lost. The last two are kept."""
    lora: LoraLayers = field(default_factory=LoraLayers)
    optimizer: OptimizerSettings = field(default_factory=OptimizerSettings)
    masks: MaskSettings = field(default_factory=MaskSettings)
    loss: LossSettings = field(default_factory=LossSettings)
    validation: ValidationSettings = field(default_factory=ValidationSettings)

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.data:
            raise SettingsError("data", [], "at least one folder")
        if self.resolution % 8:
            raise SettingsError("resolution", self.resolution, "a multiple of 8")
        if self.optimizer.warmup_steps >= self.steps:
            raise SettingsError("optimizer.warmup_steps", self.optimizer.warmup_steps, f"fewer than steps={self.steps}")
        if self.mixed_precision == "fp16" and self.device == "cpu":
            raise SettingsError("mixed_precision", self.mixed_precision, "no or bf16 with device=cpu")
        if self.method == "full" and self.lora != LoraLayers():
            raise SettingsError("lora", "given", 'it with method = "lora" only')

    @property
    def cache_folder(self) -> Path:
        """Where the cache lies."""
        return self.cache or self.out / "cache"
