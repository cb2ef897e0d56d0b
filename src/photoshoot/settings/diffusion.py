"""How the diffusion engine paints."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from photoshoot.errors import SettingsError
from photoshoot.settings.checks import OneOf, Range, check_fields
from photoshoot.settings.studio import LIGHT_DELTA_E, LIGHT_HUE_DEG, StudioSettings


@dataclass(frozen=True, kw_only=True)
class Lora:
    """Low-rank weights on top of a model."""

    path: Path
    """A ``.safetensors`` file, or a folder that holds ``pytorch_lora_weights.safetensors``."""
    weight: Annotated[float, Range(-4, 4)] = 1.0
    """Factor on its effect, -4 to 4; 0 = none."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class DiffusionSettings:
    """How scenes are painted. The defaults are those of the profile ``sd15``."""

    num_inference_steps: Annotated[int, Range(1, 1000)] = 25
    """Steps at the base size, counted from pure noise, 1 to 1000; a studio start makes ``strength`` of them."""
    guidance_scale: Annotated[float, Range(1, 30)] = 7.0
    """How closely the prompt is followed, 1 (no guidance) to 30."""
    guidance_interval: tuple[float, float] = (0.1, 0.62)
    """Share of the steps, from the first (0) to the last (1), in which guidance acts; a step without costs half.
    Source: Kynkäänniemi et al., "Applying Guidance in a Limited Interval", arXiv 2404.07724."""
    sampler: Annotated[str, OneOf("dpmpp_2m_karras", "ddim_trailing", "flow_euler")] = "dpmpp_2m_karras"
    """``"dpmpp_2m_karras"``, ``"ddim_trailing"`` for few-step weights such as Hyper-SD's, or ``"flow_euler"``
    for a model that follows a flow, such as FLUX.2."""
    init: Annotated[str, OneOf("studio", "noise")] = "studio"
    """What painting starts from: ``"studio"``, the studio's picture of the set with the product's shadow, or
    ``"noise"``."""
    strength: Annotated[float, Range(0.05, 1)] = 0.85
    """How far a studio start is painted over, 0.05 to 1 (nothing of it is left)."""
    control: Annotated[str, OneOf("auto", "none", "product", "depth", "normals", "edges")] = "auto"
    """What a ControlNet holds the painting to. ``"product"``: the product's outline, so that it does not grow.
    ``"depth"``, ``"normals"``, ``"edges"``: the set that the studio laid out, by its true depth, its true normals or
    the outlines of its shapes, so that the prompt chooses its materials alone; they want ``init="studio"``.
    ``"auto"``: what the profile is made for; a folder's ``controlnet`` is taken for the product's.
    Source: Zhang et al., arXiv 2302.05543."""
    control_scales: tuple[float, ...] = (1.0,)
    """Weights of the control, 0 (none, to the bit) to 2 each. A shot is painted with the first; if its product grew, it
    is painted again with the next, and so on; the picture that grew it least is kept."""
    relighter: Annotated[str, OneOf("auto", "none", "iclight")] = "auto"
    """What lights products where a request's ``light_on_product`` is over 0. ``"iclight"``: IC-Light, which paints each
    product once more in its scene; how bright and in what colour it does so, smoothed and within bounds, is what the
    product's own pixels are multiplied with. ``"auto"``: what the profile is made for, or what the folder holds.
    Source: Zhang et al., ICLR 2025."""
    light_delta_e: Annotated[float, Range(1, 60)] = LIGHT_DELTA_E
    """How far ``light_on_product`` may move the product's colours: 95th percentile of CIEDE2000, 1 to 60."""
    light_hue_deg: Annotated[float, Range(0, 180)] = LIGHT_HUE_DEG
    """How far it may turn their hues: 95th percentile of CIELAB hue angles, degrees, 0 to 180, of colours with a chroma
    over 28; whites and creams take the light's hue."""
    base_scale: Annotated[float | None, Range(0.25, 1)] = None
    """Side of the picture that the scene is first painted at, as a share of the canvas, 0.25 to 1 (one stage). None:
    such that its area is what the network was trained on; small canvases are painted larger, and long ones as part of
    a wider picture."""
    refine_steps: Annotated[int, Range(0, 1000)] = 14
    """Steps of the refining pass at full size, counted from pure noise; ``refine_strength`` of them are made. 0: none,
    and nothing is painted small first."""
    refine_strength: Annotated[float, Range(0.05, 1)] = 0.5
    """How far the enlarged base picture is painted over, 0.05 to 1. On Karras's noise levels 0.5 begins at the noise
    of timestep 358 of 1000: enough to draw texture, too little to draw another picture."""
    cache_interval: Annotated[int, Range(1, 8)] = 1
    """Every so many steps the whole UNet runs, 1 (in each) to 8; those between keep its deep half from the step before
    and cost a third. It changes the picture a little: the fewer the steps, the more. Source: Ma et al., "DeepCache",
    arXiv 2312.00858."""
    ip_adapter_scale: Annotated[float, Range(0, 2)] = 0.5
    """Weight of the style reference, 0 (none) to 2."""
    palette_strength: Annotated[float, Range(0, 1)] = 0.3
    """How far the style reference's colours go toward the product's, 0 (as it is) to 1."""
    num_candidates: Annotated[int, Range(1, 16)] = 1
    """Pictures painted per shot, 1 to 16; the one that grew the product least is kept."""
    loras: tuple[Lora, ...] = ()
    """Low-rank weights, on top of the profile's own."""
    dtype: Annotated[str, OneOf("auto", "float32", "float16", "bfloat16")] = "auto"
    """``"float32"``, ``"float16"``, ``"bfloat16"``; ``"auto"``: half precision on CUDA, else single."""
    preview_vae: Path | None = None
    """Folder of a TAESD (TAESDXL for SDXL), for previews at the size that is painted. None: a pixel a latent cell."""
    batch_size: Annotated[int | None, Range(1, 64)] = None
    """Shots painted together, 1 to 64. None: what the device's free memory holds."""
    memory: Annotated[str, OneOf("auto", "resident", "encoder_offload", "model_offload", "sequential_offload")] = "auto"
    """What stays on the device. ``"resident"``: all networks. ``"encoder_offload"``: text and image encoders come only
    while they work. ``"model_offload"``: so does each network. ``"sequential_offload"``: and of the UNet a layer at a
    time, in each step: slow. Pictures are the same. ``"auto"``: the first on which a landscape shot fits in what is
    free; the log, the record and ``photoshoot doctor`` tell which."""
    vae_tiling: Annotated[str, OneOf("auto", "always", "never")] = "auto"
    """When pictures go through the autoencoder in overlapping tiles of 512 x 512 px, which changes tones a little:
    ``"auto"``, where memory does not hold one whole (the record says so), ``"always"`` or ``"never"``."""
    quantization: Annotated[str, OneOf("none", "int8", "fp8")] = "none"
    """How weights of the UNet's linear layers are stored: ``"none"``, as ``dtype`` says; ``"int8"`` or ``"fp8"``, a
    byte a number with a scale for each output: pictures change a little. They are multiplied in ``dtype``. Wants the
    extra ``quantization``."""
    compile: bool = False
    """Compile the UNet and the autoencoder for this machine: minutes over the first requests, then faster ones. CUDA.
    A UNet has up to six graphs (one row or more; sides that halve in every level, a height or a width that does not),
    each half of the autoencoder two; prompts, style references and other sizes compile nothing anew."""
    allow_tf32: bool = True
    """Let CUDA multiply single-precision matrices with 10-bit mantissas. Does nothing for half precision."""
    deterministic: bool = False
    """Paint each shot by itself, with CUDA's deterministic kernels: the same bytes from run to run on one kind of card
    and driver, whatever else is asked for; slower. Without, a shot is the same picture alone and in a batch only up to
    rounding, which on CUDA depends on the kernels that are fastest for the batch's size."""
    allow_pickle: bool = False
    """Accept weights that are pickles (``.bin``, ``.ckpt``), loaded with ``weights_only=True``."""

    @property
    def shots_together(self) -> int | None:
        """Shots painted together; None: what memory holds."""
        return 1 if self.deterministic else self.batch_size

    def __post_init__(self) -> None:
        check_fields(self)
        start, end = self.guidance_interval
        if not 0 <= start <= end <= 1:
            raise SettingsError("guidance_interval", self.guidance_interval, "(start, end) with 0 <= start <= end <= 1")
        if not self.control_scales or not all(0 <= scale <= 2 for scale in self.control_scales):
            raise SettingsError("control_scales", self.control_scales, "one weight or more, each 0 to 2")
        if self.control in ("depth", "normals", "edges") and self.init != "studio":
            raise SettingsError("init", self.init, f"'studio' with control={self.control!r}: it is of the studio's set")
        if self.control not in ("auto", "none") and self.cache_interval > 1:
            raise SettingsError("cache_interval", self.cache_interval, "1 with a control: it changes the deep half")
        if self.compile and self.memory in ("model_offload", "sequential_offload"):
            raise SettingsError("memory", self.memory, "auto, resident or encoder_offload with compile=True")


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """Which diffusion model paints, where, and how."""

    model: str | Path = "sd15"
    """A profile of the manifest, a folder, or a ``.safetensors`` file."""
    device: str = "auto"
    """``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"``, ``"cuda:1"``, or several with commas between them."""
    settings: DiffusionSettings | None = None
    """How it paints. None: as the profile has it."""
    dtype: str | None = None
    """Instead of the settings' own."""
    loras: tuple[Lora, ...] = ()
    """On top of the settings' own."""
    starter: StudioSettings | None = None
    """How the studio renders what painting starts from; for the record."""
