"""The roles, one Protocol each. Every stage takes a sequence and returns a list of the same length and order."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.errors import DeviceError, SettingsError, ShotsFailedError
from photoshoot.records import Cutout, Photo, Preview, Product, Recommendation, RgbImage, Shot, ShotRequest
from photoshoot.settings import ExportSettings, SegmentationSettings
from photoshoot.vision.printed_text import PrintedTextReader

T = TypeVar("T")


class OnStep(Protocol):
    """Told of a step."""

    def __call__(self, done: int, total: int, preview: Preview | None = None, /) -> object:
        """Hear the steps that are done, how many there are, and what shows the pictures as they stand."""
        ...


@runtime_checkable
class Segmenter(Protocol):
    """Cuts products out of photos."""

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out the product of each photo.

        Raises:
            NoProductFoundError: A photo shows no product.
        """
        ...


@runtime_checkable
class AdjustableSegmenter(Segmenter, Protocol):
    """A segmenter that can be told for a single photo how it is cut out."""

    settings: SegmentationSettings

    def with_settings(self, settings: SegmentationSettings) -> Segmenter:
        """The same segmenter, with the same network in memory, that cuts out in another way."""
        ...


def adjust(segmenter: Segmenter, settings: SegmentationSettings) -> Segmenter:
    """A segmenter that cuts out in another way.

    Raises:
        SettingsError: It has no ``with_settings``, or ``settings`` is not a ``SegmentationSettings``.
    """
    if not isinstance(settings, SegmentationSettings):
        raise SettingsError("segmentation", settings, "a SegmentationSettings, or None")
    if isinstance(segmenter, AdjustableSegmenter):
        return segmenter.with_settings(settings)
    raise SettingsError("segmentation", settings, f"None: {type(segmenter).__name__} has no with_settings")


@runtime_checkable
class Captioner(Protocol):
    """Names and describes products."""

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name and describe each cut-out."""
        ...


def reader_of(captioner: Captioner) -> PrintedTextReader | None:
    """What reads the words on products for a captioner; None: it reads none."""
    reader = getattr(captioner, "reader", None)
    return reader if isinstance(reader, PrintedTextReader) else None


@runtime_checkable
class SceneCaptioner(Protocol):
    """Says what pictures show."""

    def describe_scenes(self, pictures: Sequence[RgbImage]) -> list[str]:
        """What each picture shows, in the words of a prompt."""
        ...


@runtime_checkable
class Moderator(Protocol):
    """Says what may be asked for, and what may be shown."""

    def check_texts(self, texts: Sequence[str]) -> list[str | None]:
        """For each prompt the rule that it breaks, in words that its author may read; None: it is allowed."""
        ...

    def check_pictures(self, pictures: Sequence[RgbImage]) -> list[str | None]:
        """Likewise for photos and pictures, uint8 (H, W, 3)."""
        ...


@runtime_checkable
class Translator(Protocol):
    """Puts prompts of any language into English."""

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate each scene text; what can't be translated comes back as it is."""
        ...


@runtime_checkable
class Matcher(Protocol):
    """Says how products' pictures and scenes' words go together."""

    def match(self, cutouts: Sequence[Cutout], texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Likeness (cut-outs, texts) of each picture and each text; only differences within a row mean something."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class SetGuides:
    """What a picture shows, whatever its materials and its light."""

    depth: Float32Array
    """(H, W): distance from the camera along the optical axis, any unit; 0 where there is nothing."""
    normals: Float32Array
    """(H, W, 3), of length 1: x to the right, y up, z towards the camera; 0 where there is nothing. A product, whose
    shape nobody knows, faces the camera."""


@runtime_checkable
class SetMeter(Protocol):
    """A placer that knows the shapes of all that it shows."""

    def measure_sets(self, requests: Sequence[ShotRequest]) -> list[SetGuides]:
        """The shapes in each picture that ``place`` makes, its product's stand-in included."""
        ...


@runtime_checkable
class Recommender(Protocol):
    """Finds prompts and presets that suit products."""

    def recommend(
        self, products: Sequence[Product], *, date: datetime.date | None = None, explain: bool = False
    ) -> list[Recommendation]:
        """Recommend four prompts and six presets for each product.

        Args:
            products: What to recommend for.
            date: The day to recommend for. None: no holiday is recommended.
            explain: Whether to give the parts of every preset's score.
        """
        ...


@runtime_checkable
class Placer(Protocol):
    """Places products in scenes: an engine."""

    batch_size: int
    """How many requests it works on best at a time."""
    overlap: int
    """How many ``place`` calls are best under way at once, from as many threads; 1 where nothing is gained."""

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture. A picture does not depend on its neighbours in the batch.

        Args:
            requests: What to make.
            on_step: Called between steps by engines that work on a batch in many steps, in the caller's thread; what
                it raises stops the work.
        """
        ...

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        ...


@runtime_checkable
class Exporter(Protocol):
    """Writes shots to files."""

    def export(self, shots: Sequence[Shot], target: Path, settings: ExportSettings) -> list[Path]:
        """Write each shot and return the paths of the files, which are there whole or not at all.

        Raises:
            ExportError: A file can't be written.
        """
        ...


def export_shot(exporter: Exporter, shot: Shot, target: Path, settings: ExportSettings) -> Path:
    """Write one shot. Of a module, so that a shot can be pickled: it takes its exporter with it, and no engine."""
    return exporter.export([shot], target, settings)[0]


@runtime_checkable
class ReadsAnyText(Protocol):
    """What paints from a prompt's text itself, so that no words are unknown to it."""

    reads_any_text: bool
    """True where it does."""


@runtime_checkable
class Closable(Protocol):
    """What holds memory that can be given back."""

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        ...


@runtime_checkable
class Checkable(Protocol):
    """What may be out of order without anything being asked of it, such as a placer whose engines are elsewhere."""

    def check(self) -> None:
        """Raise ``DeviceError`` where it could do nothing at the moment."""
        ...


def take_all(outcomes: Sequence[T | DeviceError]) -> list[T]:
    """The shots, where all are finished.

    Raises:
        ShotsFailedError: Some are not.
    """
    shots = [outcome for outcome in outcomes if not isinstance(outcome, DeviceError)]
    if failures := {place: outcome for place, outcome in enumerate(outcomes) if isinstance(outcome, DeviceError)}:
        raise ShotsFailedError(failures, shots)
    return shots
