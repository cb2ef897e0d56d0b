"""What a picture shows: one of ImageNet's thousand classes, and which of 23 kinds of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.machine.device import choose_onnx_device
from photoshoot.machine.onnx_runtime import run_onnx
from photoshoot.pixels.imaging import reduce_view
from photoshoot.records import Box, RgbImage
from photoshoot.weights.sessions import build_embedded_session

_SIDE, _DETECTOR_SIDE = 224, 300  # of the networks' inputs, px
_LEAST_SIDE = 448  # of a place in a photo before it is brought to those sizes, px
_MEAN, _DEVIATION = 127.0, 128.0  # Source: tensorflow/tpu efficientnet/lite: MEAN_RGB, STDDEV_RGB
KINDS: Final = (
    None,  # the background
    "bicycle",
    "boots",
    "laptop",
    None,  # a person
    "chair",
    "animal",
    "desk",
    "animal",
    "computer mouse",
    "monitor",
    "box",
    "mug",
    "coffee cup",
    "sports gear",  # a stationary bicycle
    "table",
    "bottle",
    "shoes",
    "vehicle",
    "shoes",
    "animal",
    "book",
    "camera",
    "car",
)
"""The noun of each output, in order; None: no product. Source: MediaPipe's object_detection_oidv4_labelmap.txt."""
_PERSON = 4  # the output that sees people


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """What a detector sees in some views of one product."""

    nouns: Mapping[str, float]
    """Noun → how sure it is of such a thing, 0 to 1."""
    person: float
    """How sure it is of a person, by the views that were told to be without the surroundings, 0 to 1."""


class _Network:
    """One of the two.

    Args:
        device: ``"cpu"``, ``"cuda"`` or ``"auto"``.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        WeightsError: The weights are missing or damaged.
        NoCudaError: ``"cuda"`` was asked for and is not there.
    """

    _weights: str
    """Their name in the manifest."""

    def __init__(self, device: str = "auto") -> None:
        self._session = build_embedded_session(self._weights, device)


@dataclass(frozen=True, kw_only=True, eq=False)
class ClassifiedViews:
    """What the classifier makes of N views of one thing."""

    probabilities: npt.NDArray[np.float32]
    """(N, 1000), of ImageNet's classes."""
    features: npt.NDArray[np.float32]
    """(N, 1280), pooled, from which it tells them."""


class ImageClassifier(_Network):
    """Says how likely each of ImageNet's classes is."""

    _weights = "efficientnet_lite0"

    def classify(self, views: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Probabilities (1000,), the mean over views (mode RGB, any size) of one thing."""
        return np.asarray(self.look(views).probabilities.mean(axis=0), np.float32)

    def look(self, views: Sequence[Image.Image]) -> ClassifiedViews:
        """Each view (mode RGB, any size) for itself; at least one."""
        logits, features = run_onnx(self._session, ["logits", "features"], {"images": _normalize(views, _SIDE)})
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return ClassifiedViews(
            probabilities=np.divide(powers, powers.sum(axis=1, keepdims=True), dtype=np.float32), features=features
        )


def load_classifier(device: str) -> ImageClassifier:
    """The classifier, loaded once a process and device for all who ask; see ``ImageClassifier``."""
    return _load(choose_onnx_device(device))


_load = cache(ImageClassifier)


class ObjectDetector(_Network):
    """Says how sure it is of each kind of thing, wherever in a picture."""

    _weights = "objects_oid"

    def look(self, alone: Sequence[Image.Image], places: Sequence[Image.Image] = ()) -> Sighting:
        """See things, by the mean score over all views (mode RGB, any size), and people.

        Args:
            alone: Views of one product without its surroundings; at least one.
            places: Views of it where it stands.
        """
        rows = run_onnx(self._session, ["scores"], {"images": _normalize([*alone, *places], _DETECTOR_SIDE)})[0]
        scores = rows.mean(axis=0)
        found: dict[str, float] = {}
        for noun, score in zip(KINDS, scores.tolist(), strict=True):
            if noun is not None:
                found[noun] = max(score, found.get(noun, 0.0))
        return Sighting(nouns=found, person=float(rows[: len(alone), _PERSON].mean()))


def _normalize(images: Sequence[Image.Image], side: int) -> npt.NDArray[np.float32]:
    """As both were trained: (N, 3, side, side), about -1 to 1."""
    views = [np.asarray(image.resize((side, side), Image.Resampling.BICUBIC), np.float32) for image in images]
    pixels = (np.stack(views) - np.float32(_MEAN)) / np.float32(_DEVIATION)
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))


def crop_place(rgb: RgbImage, box: Box, room: float) -> Image.Image:
    """The square of a photo (H, W, 3) round a box, ``room`` times its longer side wide, as far as the photo goes.

    Where it is much larger than what networks see it is reduced, by a whole factor, to no less than ``_LEAST_SIDE``.
    """
    height, width = rgb.shape[:2]
    reach = max(box.width, box.height) * room / 2
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    right, bottom = min(width, int(x + reach) + 1), min(height, int(y + reach) + 1)
    return reduce_view(Image.fromarray(np.ascontiguousarray(rgb[top:bottom, left:right])), _LEAST_SIDE)
