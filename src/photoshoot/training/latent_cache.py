"""Pictures and texts as the network reads them: encoded once, kept on disk, so that training needs no encoder.

What of a picture is shown to the network, and what it is to paint.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image, ImageDraw
from safetensors import SafetensorError
from safetensors.torch import load, save
from scipy import ndimage
from torch import Tensor
from torch.nn import functional

from photoshoot.catalogue.identity import digest_facts
from photoshoot.errors import TrainingError
from photoshoot.files import AtomicFiles
from photoshoot.machine.lookahead import map_ahead
from photoshoot.placers.diffusion.canvas.latent_grid import Grid, repaint_mask, resize
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.components.text_encoder import TextEncoder
from photoshoot.placers.diffusion.models.model_parts import Parts
from photoshoot.placers.diffusion.painting.compositing import product_on_grey, to_signed
from photoshoot.records import AlphaMatte
from photoshoot.seeds import LATENT
from photoshoot.training.random_streams import Stream, draw
from photoshoot.training.samples import TrainingData, TrainingSample
from photoshoot.training.settings import MaskSettings, TrainingSettings

_MOST_HOLES = 3
_LEAST_SIDE, _MOST_SIDE = 0.15, 0.6  # of a box, as a share of the picture's
_STROKE_WIDTH = (0.08, 0.25)  # of the shorter side
_CORNERS = (3, 8)


def draw_keep_matte(alpha_matte: AlphaMatte, variant: int, seed: int, settings: MaskSettings) -> AlphaMatte:
    """What is kept in one of a picture's variants: 1 = shown to the network, 0 = it paints there.

    The variants have product masks and random masks in exactly the ratio asked for, rounded.

    Args:
        alpha_matte: The product's matte, float32 (H, W).
        variant: 0 to ``settings.variants - 1``.
        seed: Of the picture.
        settings: Ratio and jitter.

    Returns:
        float32 (H, W) in [0, 1].
    """
    rng = draw(seed, Stream.MASK, variant)
    if variant < round(settings.random_share * settings.variants):
        return 1 - _draw_hole(alpha_matte.shape, rng)
    return move_edge(alpha_matte, int(rng.integers(-settings.jitter_px, settings.jitter_px + 1)))


def move_edge(alpha_matte: AlphaMatte, by_px: int) -> AlphaMatte:
    """Dilate a matte by some pixels, or erode it where they are negative."""
    if by_px == 0:
        return alpha_matte
    reach = 2 * abs(by_px) + 1
    moved = (ndimage.maximum_filter if by_px > 0 else ndimage.minimum_filter)(alpha_matte, reach)
    return np.asarray(moved, np.float32)


def _draw_hole(shape: tuple[int, ...], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Up to three boxes or brush strokes."""
    height, width = shape
    picture = Image.new("L", (width, height))
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(1, _MOST_HOLES + 1))):
        if rng.random() < 0.5:
            _draw_box(pen, width, height, rng)
        else:
            _draw_stroke(pen, width, height, rng)
    return np.asarray(picture, np.float32) / np.float32(255)


def _draw_box(pen: ImageDraw.ImageDraw, width: int, height: int, rng: np.random.Generator) -> None:
    across, down = rng.uniform(_LEAST_SIDE, _MOST_SIDE, 2) * (width, height)
    left, top = rng.uniform(0, width - across), rng.uniform(0, height - down)
    pen.rectangle((left, top, left + across, top + down), fill=255)


def _draw_stroke(pen: ImageDraw.ImageDraw, width: int, height: int, rng: np.random.Generator) -> None:
    corners = rng.uniform(0, 1, (int(rng.integers(*_CORNERS)), 2)) * (width, height)
    thickness = max(8, round(rng.uniform(*_STROKE_WIDTH) * min(width, height)))
    points = [(float(x), float(y)) for x, y in corners]
    pen.line(points, fill=255, width=thickness, joint="curve")
    for x, y in points:
        pen.ellipse((x - thickness / 2, y - thickness / 2, x + thickness / 2, y + thickness / 2), fill=255)


_READ_AHEAD = 4  # samples that are decoded while one is encoded


@dataclass(frozen=True, kw_only=True)
class EncodedSample:
    """Where a sample's encoding lies, and what is known without reading it."""

    index: int
    """In the data."""
    file: Path
    """Latents and masks."""
    text_file: Path
    """Of its caption."""
    latent_size: tuple[int, int]
    """(rows, columns) of latent cells, each of 8 px."""
    product: str
    """What it shows."""
    source: str
    """``"rendered"`` or ``"photo"``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Latents:
    """A sample as it is on disk; V + 1 masks, the last of which is the product's matte as it is."""

    picture: Tensor
    """(4, h, w), float16, as are all but ``repaint``."""
    masked: Tensor
    """(V + 1, 4, h, w), what of the picture is shown."""
    repaint: Tensor
    """(V + 1, 1, h, w), uint8, 1 = the network paints this cell."""
    shade: Tensor
    """(1, h, w) in [0, 1], how much light the product takes away."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Text:
    """A caption as it is on disk."""

    states: Tensor
    """(T, width of all encoders)."""
    pooled: Tensor | None
    """(width,); None for Stable Diffusion 1.5."""


class LatentCache:
    """Encodes samples and captions into a folder; what is there already is not encoded again.

    A file's name follows from all that its content depends on: the sample's pixels, the masks' settings, and the model.

    Args:
        parts: The networks; freed by the caller when all is encoded.
        identity: Of the model's files.
        settings: Size, masks, seed, and the folder.
        device: Of the networks.
        dtype: Of the texts.
    """

    def __init__(
        self, parts: Parts, identity: object, settings: TrainingSettings, device: torch.device, dtype: torch.dtype
    ) -> None:
        self._codec = LatentCodec(parts.vae)
        self._text = TextEncoder(parts.tokenizers, parts.text_encoders, device, dtype)
        self._settings, self._device = settings, device
        model = digest_facts({"model": identity, "vae": str(parts.vae.dtype), "texts": str(dtype)})[:16]
        self._folder = settings.cache_folder / model
        masks = vars(settings.masks)
        self._drawing = {"masks": masks, "resolution": settings.resolution, "seed": settings.seed}
        self._texts: dict[str, Path] = {}

    def encode_all(
        self, data: TrainingData, indices: Sequence[int], on_sample: Callable[[int], None]
    ) -> list[EncodedSample]:
        """Encode samples.

        Args:
            data: Where they are.
            indices: Which.
            on_sample: Told how many are done; what it raises stops the work.

        Raises:
            ExportError: The folder can't be written.
        """
        done = []
        for index, sample in zip(indices, map_ahead(data.__getitem__, indices, _READ_AHEAD), strict=True):
            done.append(self._encode_one(index, sample))
            on_sample(len(done))
        return done

    def encode_text(self, text: str) -> Path:
        """Encode a caption and return its file."""
        if text not in self._texts:
            path = self._folder / "texts" / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.safetensors"
            if not path.exists():
                encoded = self._text.encode([text])
                pooled = {} if encoded.pooled is None else {"pooled": encoded.pooled[0]}
                _write(path, {"states": encoded.states[0], **pooled})
            self._texts[text] = path
        return self._texts[text]

    def _encode_one(self, index: int, sample: TrainingSample) -> EncodedSample:
        pixels = _digest_pixels(sample)
        path = self._folder / "samples" / f"{digest_facts({**self._drawing, 'pixels': pixels})[:32]}.safetensors"
        height, width = sample.alpha_matte.shape
        grid = target_grid(width, height, self._settings.resolution)
        if not path.exists():
            seed = LATENT.seed(self._settings.seed, pixels)
            _write(path, self._encode_pixels(sample, Grid(width, height), grid, seed))
        return EncodedSample(
            index=index,
            file=path,
            text_file=self.encode_text(sample.caption),
            latent_size=grid.latent_size,
            product=sample.product,
            source=sample.source,
        )

    def _encode_pixels(self, sample: TrainingSample, full: Grid, grid: Grid, seed: int) -> dict[str, Tensor]:
        masks = self._settings.masks
        drawn = [draw_keep_matte(sample.alpha_matte, variant, seed, masks) for variant in range(masks.variants)]
        keep = torch.from_numpy(np.stack([*drawn, sample.alpha_matte]))
        rgb = torch.from_numpy(sample.image.copy())[None]
        pictures = [to_signed(rgb), *(product_on_grey(rgb, one[None]) for one in keep)]
        latents = torch.cat([self._encode_picture(picture, full, grid) for picture in pictures]).cpu()
        shade = torch.zeros(1, 1, *sample.alpha_matte.shape)
        if sample.shadow is not None:
            shade = 1 - torch.from_numpy(sample.shadow.copy())[None, None]
        return {
            "picture": latents[0].half(),
            "masked": latents[1:].half(),
            "repaint": repaint_mask(full.pad(keep[:, None])[:, 0], grid).to(torch.uint8),
            "shade": functional.adaptive_avg_pool2d(full.pad(shade), grid.latent_size)[0].half(),
        }

    def _encode_picture(self, picture: Tensor, full: Grid, grid: Grid) -> Tensor:
        """As the placer does: padded, then brought to the size that is painted at."""
        padded = full.pad(picture.to(self._device))
        same = padded.shape[-2:] == (grid.padded_height_px, grid.padded_width_px)
        return self._codec.encode(padded if same else resize(padded, grid))


def target_grid(width_px: int, height_px: int, resolution: int) -> Grid:
    """What a picture is trained at: itself, padded, or scaled down to the area of a square of side ``resolution``."""
    scale = resolution / (width_px * height_px) ** 0.5
    return Grid(width_px, height_px) if scale >= 1 else Grid(width_px, height_px).scaled(scale)


def read_latents(sample: EncodedSample) -> Latents:
    """Read a sample's encoding.

    Raises:
        TrainingError: It was removed or damaged meanwhile.
    """
    return Latents(**_read(sample.file))


def read_text(file: Path) -> Text:
    """Read a caption's encoding.

    Raises:
        TrainingError: It was removed or damaged meanwhile.
    """
    tensors = _read(file)
    return Text(states=tensors["states"], pooled=tensors.get("pooled"))


def bucket(samples: Iterable[EncodedSample]) -> dict[tuple[int, int], list[int]]:
    """Size of the latents → places of the samples that have it."""
    buckets: dict[tuple[int, int], list[int]] = {}
    for place, sample in enumerate(samples):
        buckets.setdefault(sample.latent_size, []).append(place)
    return buckets


def _digest_pixels(sample: TrainingSample) -> str:
    digest = hashlib.sha256(repr(sample.image.shape).encode())
    for layer in (sample.image, sample.alpha_matte, sample.shadow):
        digest.update(b"none" if layer is None else np.ascontiguousarray(layer).data)
    return digest.hexdigest()


def _write(path: Path, tensors: dict[str, Tensor]) -> None:
    with AtomicFiles() as files:
        files.write(path, save({name: tensor.contiguous().cpu() for name, tensor in tensors.items()}))


def _read(path: Path) -> dict[str, Tensor]:
    try:
        return load(path.read_bytes())
    except (OSError, SafetensorError) as error:
        raise TrainingError(f"{path} of the cache can't be read ({error}): delete it and start again") from error
