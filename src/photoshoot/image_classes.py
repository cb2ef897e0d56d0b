"""What a picture shows, as one of ImageNet's thousand classes: EfficientNet-Lite0, which comes with the library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.device import build_onnx_session, choose_onnx_device
from photoshoot.onnx_runtime import run_onnx
from photoshoot.records import Box, RgbImage
from photoshoot.weights import find_weights

_SIDE = 224  # the network's input, px
_MEAN, _DEVIATION = 127.0, 128.0  # Source: tensorflow/tpu efficientnet/lite: MEAN_RGB, STDDEV_RGB


class ImageClassifier:
    """Says how likely each of ImageNet's classes is.

    Args:
        device: ``"cpu"``, ``"cuda"`` or ``"auto"``.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        WeightsError: The weights are missing or damaged.
        NoCudaError: ``"cuda"`` was asked for and is not there.
    """

    def __init__(self, device: str = "auto") -> None:
        self._session = build_onnx_session(find_weights("efficientnet_lite0"), device)

    def classify(self, views: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Probabilities (1000,), the mean over views (mode RGB, any size) of one thing."""
        logits = run_onnx(self._session, ["logits"], {"images": normalize(views, _SIDE)})[0]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray((powers / powers.sum(axis=1, keepdims=True)).mean(axis=0), np.float32)


def load_classifier(device: str = "auto") -> ImageClassifier:
    """The classifier, loaded once a process and device for all who ask; see ``ImageClassifier``."""
    return _load(choose_onnx_device(device))


_load = cache(ImageClassifier)


def normalize(images: Sequence[Image.Image], side: int) -> npt.NDArray[np.float32]:
    """As the library's classifier and detector were trained: (N, 3, side, side), about -1 to 1."""
    views = [np.asarray(image.resize((side, side), Image.Resampling.BICUBIC), np.float32) for image in images]
    pixels = (np.stack(views) - np.float32(_MEAN)) / np.float32(_DEVIATION)
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))


def crop_place(rgb: RgbImage, box: Box, room: float) -> Image.Image:
    """The square of a photo (H, W, 3) round a box, ``room`` times its longer side wide, as far as the photo goes."""
    height, width = rgb.shape[:2]
    reach = max(box.width, box.height) * room / 2
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    right, bottom = min(width, int(x + reach) + 1), min(height, int(y + reach) + 1)
    return Image.fromarray(np.ascontiguousarray(rgb[top:bottom, left:right]))
