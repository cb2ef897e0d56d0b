"""Validates a run: the loss of held-out products, pictures of them by the public placer, and what those are worth."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

from photoshoot.files import AtomicFiles
from photoshoot.quality.expansion import measure_expansion
from photoshoot.quality.measures import measure_seam
from photoshoot.quality.surroundings import Surroundings
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.training.data_loader import Item, collate
from photoshoot.training.latent_cache import EncodedSample
from photoshoot.training.loop import errors_of
from photoshoot.training.loss import NoiseSchedule
from photoshoot.training.random_streams import Stream
from photoshoot.training.settings import TrainingSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn

    from photoshoot.stages import Placer, Segmenter

_BEFORE = "before.npz"
_CELL_PX = (480, 360)  # a picture fits inside; it is never enlarged by more than a whole factor
_GAP_PX, _LABEL_PX, _FONT_PX = 8, 24, 14
_PAPER, _INK = "#ffffff", "#36383c"


@dataclass(frozen=True, kw_only=True, eq=False)
class ValidationResult:
    """What one validation measured."""

    done: int
    """Steps that the run had taken, at least 0."""
    measures: Mapping[str, float | None] = field(default_factory=dict)
    """``"loss"``; and means over the shots: ``"expansion"`` (see ``quality.expansion``) and ``"seam"`` (see
    ``quality.outline``). None: could not be measured."""
    picture: RgbImage | None = None
    """The shots in rows: the data's picture, before training, now. None: none are painted, or it was read from disk."""


class Validator:
    """Validates a run, always on the same pictures with the same noise.

    Args:
        folder: Where pictures and numbers go.
        samples: The held-out pictures whose loss is measured.
        shots: Orders for the placer, each with the picture that the data has of it.
        schedule: The noise of the training.
        settings: Of the run.
        segmenter: Measures the growth of products; None: it is not measured.
    """

    def __init__(
        self,
        folder: Path,
        samples: Sequence[EncodedSample],
        shots: Sequence[tuple[ShotRequest, RgbImage]],
        schedule: NoiseSchedule,
        settings: TrainingSettings,
        segmenter: Segmenter | None,
    ) -> None:
        self._folder, self._samples, self._shots = folder, samples, shots
        self._schedule, self._settings, self._segmenter = schedule, settings, segmenter

    def is_due(self, done: int) -> bool:
        """Whether a validation after so many steps is asked for."""
        every = self._settings.validation.every
        return bool(every and self._samples) and (done % every == 0 or done == self._settings.steps)

    def is_done(self, done: int) -> bool:
        """Whether it was made before, as by a run that was interrupted."""
        return self._record(done).exists()

    def validate(
        self, done: int, network: nn.Module, autocast: AbstractContextManager[None], build_placer: Callable[[], Placer]
    ) -> ValidationResult:
        """Validate a network.

        Args:
            done: Steps taken.
            network: The UNet, with the weights that would come out now.
            autocast: The number formats of the training.
            build_placer: Loads the placer that a user would have now.

        Raises:
            ExportError: The folder can't be written.
        """
        with torch.no_grad(), autocast:
            measures: dict[str, float | None] = {"loss": self._measure_loss(network)}
        picture = None
        if self._shots:
            placer = build_placer()
            try:
                images = [placer.place([request])[0].image for request, _ in self._shots]
            finally:
                placer.close()
            measures |= self._measure(images)
            picture = self._draw(done, images)
        with AtomicFiles() as files:
            if picture is not None:
                files.write(self._record(done).with_suffix(".png"), _to_png(picture))
            files.write(self._record(done), json.dumps(measures).encode())
        return ValidationResult(done=done, measures=measures, picture=picture)

    def results(self) -> dict[int, dict[str, float | None]]:
        """Steps done → measures, of all validations of the run."""
        files = sorted(self._folder.glob("step-*.json"))
        return {int(path.stem.removeprefix("step-")): json.loads(path.read_text(encoding="utf-8")) for path in files}

    def _measure_loss(self, network: nn.Module) -> float:
        device = next(network.parameters()).device
        losses = [
            float(errors_of(network, collate([item]).to(device), self._schedule, self._settings.loss))
            for item in self._items()
        ]
        return float(np.mean(losses))

    def _items(self) -> list[Item]:
        """Each picture at each noise level, with its own caption and its product's matte as it is."""
        levels = self._settings.validation.timesteps
        return [
            Item(
                sample=sample,
                variant=self._settings.masks.variants,
                text_file=sample.text_file,
                timestep=int((level + 0.5) / levels * len(self._schedule)),
                noise_from=(self._settings.seed, Stream.VALIDATION, place, level),
            )
            for place, sample in enumerate(self._samples)
            for level in range(levels)
        ]

    def _measure(self, images: Sequence[RgbImage]) -> dict[str, float | None]:
        found: dict[str, list[float]] = {"expansion": [], "seam": []}
        for image, (request, _) in zip(images, self._shots, strict=True):
            seam = measure_seam(Surroundings.of(image, request.layer, request.canvas))
            found["seam"] += [] if seam is None else [seam]
            if self._segmenter is not None:
                grown = measure_expansion(image, request.layer.alpha_matte, self._segmenter)
                found["expansion"] += [] if grown is None else [grown.share]
        return {name: float(np.mean(values)) if values else None for name, values in found.items()}

    def _draw(self, done: int, images: Sequence[RgbImage]) -> RgbImage:
        """The grid; what was painted before the first step is kept beside it, for the later ones."""
        before = self._folder / _BEFORE
        if done == 0:
            packed = BytesIO()
            np.savez_compressed(packed, *images)
            with AtomicFiles() as files:
                files.write(before, packed.getvalue())
        columns = {"data": [picture for _, picture in self._shots]}
        if before.exists():
            with np.load(before) as kept:
                columns["before"] = [kept[name] for name in kept.files]
        if done:
            columns[f"after {done} steps"] = list(images)
        return draw_grid(columns)

    def _record(self, done: int) -> Path:
        return self._folder / f"step-{done:07d}.json"


def _to_png(image: RgbImage) -> bytes:
    packed = BytesIO()
    Image.fromarray(image).save(packed, "PNG")
    return packed.getvalue()


def draw_grid(columns: Mapping[str, Sequence[RgbImage]]) -> RgbImage:
    """Lay pictures out.

    Args:
        columns: Heading → pictures uint8 (H, W, 3), from above; a row's pictures have one size.

    Returns:
        uint8 (H, W, 3).
    """
    rows = [[_fit(image) for image in row] for row in zip(*columns.values(), strict=True)]
    width = max(image.width for row in rows for image in row)
    page = Image.new(
        "RGB",
        (
            len(columns) * (width + _GAP_PX) + _GAP_PX,
            _LABEL_PX + _GAP_PX + sum(row[0].height + _GAP_PX for row in rows),
        ),
        _PAPER,
    )
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(_FONT_PX)
    lefts = [_GAP_PX + place * (width + _GAP_PX) for place in range(len(columns))]
    for left, heading in zip(lefts, columns, strict=True):
        pen.text((left, _GAP_PX), heading, _INK, font=font)
    top = _LABEL_PX + _GAP_PX
    for row in rows:
        for left, image in zip(lefts, row, strict=True):
            page.paste(image, (left, top))
        top += row[0].height + _GAP_PX
    return np.asarray(page, np.uint8)


def _fit(image: RgbImage) -> Image.Image:
    picture = Image.fromarray(image)
    scale = min(_CELL_PX[0] / picture.width, _CELL_PX[1] / picture.height)
    if scale >= 2:
        factor = int(scale)
        return picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.NEAREST)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)
