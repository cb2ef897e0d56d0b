"""The embedded segmenter: U^2-Net's small checkpoint, which comes with the library.

Source: Qin et al., "U^2-Net: going deeper with nested U-structure for salient object detection" (2020).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.machine.device import build_onnx_session
from photoshoot.machine.lookahead import map_ahead
from photoshoot.machine.onnx_runtime import keep_memory, run_onnx
from photoshoot.records import Cutout, Photo
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.single_channel import transpose_single
from photoshoot.settings import SegmentationSettings
from photoshoot.weights.sessions import Rewriting, build_embedded_session

if TYPE_CHECKING:
    import onnxruntime

_MEAN = np.array([0.485, 0.456, 0.406], np.float32)  # ImageNet, as in the checkpoint's training
_STD = np.array([0.229, 0.224, 0.225], np.float32)
_AT_ONCE = 2  # photos: one is looked at while the other's matte is solved

# How a Resize node finds its pixels, as the model's file spells it: field 4 of an AttributeProto, 18 bytes long. The
# two ways differ only where an output is one pixel wide, which none is here; but only the second keeps ONNX Runtime's
# blocked layout from end to end, which saves a tenth of the network's time. Field 13, a note, keeps all lengths.
_PYTORCH_HALF_PIXEL = b"\x22\x12pytorch_half_pixel"
_HALF_PIXEL = b"\x22\x0ahalf_pixel\x6a\x06blocks"

# The network is convolutional: its input may be any multiple of 32. At 288 px it costs a fifth less than at the 320 px
# of its training, and finished mattes hardly differ, see `benchmarks/results/segment.md`: edges come from the photo.
# Sizes are the dimensions (field 1, a varint) of tensor shapes in the model's file; both spellings are of one length.
_TRAINED_PX, _FASTER_PX = b"\x0a\x03\x08\xc0\x02", b"\x0a\x03\x08\xa0\x02"
_COARSE_PX = b"\x0a\x03\x08\xc0\x01"  # 192: for further looks, at less than half of the time

RECIPE = "half pixels, transposed, sized 1"
"""What ``_hasten`` does, and its version: one number more whenever it makes other bytes."""


class U2NetSegmenter:
    """Cuts products out with U^2-Net (small) and matting at full resolution.

    Args:
        settings: How products are cut out. None: the defaults.
        model: A U^2-Net ONNX file of 320x320 px. None: the embedded one.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.

    Raises:
        WeightsError: The weights are missing or not the right ones.
    """

    name = "u2netp-2"

    def __init__(
        self, settings: SegmentationSettings | None = None, model: Path | None = None, *, device: str = "auto"
    ) -> None:
        self.settings = settings or SegmentationSettings()
        self._fine, self._coarse = (_build_session(model, side, device) for side in (_FASTER_PX, _COARSE_PX))

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out the product of each photo.

        The checkpoint's batch is fixed at one view, so a photo's cut-out never depends on its neighbours; two photos
        are under way at once.

        Raises:
            NoProductFoundError: A photo shows no product.
        """

        def cut(photo: Photo) -> Cutout:
            return cut_out(photo, self._predict, self.name, self.settings, coarse=self._predict_coarsely)

        with keep_memory():
            return list(map_ahead(cut, photos, min(_AT_ONCE, len(photos))))

    def with_settings(self, settings: SegmentationSettings) -> U2NetSegmenter:
        """The same segmenter that cuts out in another way; the network is shared."""
        other = copy.copy(self)
        other.settings = settings
        return other

    def _predict(self, view: Image.Image) -> npt.NDArray[np.float32]:
        """Raw saliency of a view, (288, 288) of the embedded model, in [0, 1]."""
        return _see(self._fine, view)

    def _predict_coarsely(self, view: Image.Image) -> npt.NDArray[np.float32]:
        """Like ``_predict``, (192, 192)."""
        return _see(self._coarse, view)


def _see(session: onnxruntime.InferenceSession, view: Image.Image) -> npt.NDArray[np.float32]:
    (entry,), (answer, *_) = session.get_inputs(), session.get_outputs()
    side_px = int(entry.shape[-1])
    channels = view.resize((side_px, side_px), Image.Resampling.LANCZOS).split()
    planes = np.stack([np.asarray(channel, np.float32) for channel in channels])
    planes /= max(float(planes.max()), 1e-6)
    planes -= _MEAN[:, None, None]
    planes /= _STD[:, None, None]
    (saliency,) = run_onnx(session, [answer.name], {entry.name: planes[None]})
    return np.asarray(saliency[0, 0], np.float32)


def _build_session(model: Path | None, side: bytes, device: str) -> onnxruntime.InferenceSession:
    """The network at another input size, given as the model's file spells it; None: the embedded one."""
    if model is not None:
        return build_onnx_session(_hasten(model.read_bytes(), side), device)
    rewriting = Rewriting(recipe=f"{RECIPE} {side.hex()}", rewrite=partial(_hasten, side=side))
    return build_embedded_session("u2netp", device, rewriting)


def _hasten(weights: bytes, side: bytes) -> bytes:
    """The network as ONNX Runtime runs it fastest, for views of a side as the model's file spells it."""
    model = weights.replace(_PYTORCH_HALF_PIXEL, _HALF_PIXEL)
    with suppress(ValueError):  # no model at all, of which ONNX Runtime tells more
        model = transpose_single(model)
    return model.replace(_TRAINED_PX, side)
