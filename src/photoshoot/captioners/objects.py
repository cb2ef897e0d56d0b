"""A detector's second opinion: which of 23 kinds of everyday things a picture shows."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.device import build_onnx_session
from photoshoot.onnx_runtime import run_onnx
from photoshoot.weights import find_weights

SIDE: Final = 300
"""The network's input, px."""
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


class ObjectDetector:
    """Says how sure it is of each kind of thing, wherever in a picture.

    Args:
        device: ``"cpu"``, ``"cuda"`` or ``"auto"``.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        WeightsError: The weights are missing or damaged.
        NoCudaError: ``"cuda"`` was asked for and is not there.
    """

    def __init__(self, device: str = "auto") -> None:
        self._session = build_onnx_session(find_weights("objects_oid"), device)

    def look(self, views: npt.NDArray[np.float32]) -> Mapping[str, float]:
        """Noun → score, 0 to 1, the mean over views float32 (N, 3, 300, 300), RGB in -1 to 1, of one product."""
        scores = run_onnx(self._session, ["scores"], {"images": views})[0].mean(axis=0)
        found: dict[str, float] = {}
        for noun, score in zip(KINDS, scores.tolist(), strict=True):
            if noun is not None:
                found[noun] = max(score, found.get(noun, 0.0))
        return found
