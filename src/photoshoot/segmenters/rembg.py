"""Any of rembg's networks, by name, with this library's matting; only from weights that are already on this machine."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.errors import MissingExtraError, WeightsMissingError
from photoshoot.known_names import look_up
from photoshoot.machine.device import build_onnx_session
from photoshoot.machine.onnx_runtime import keep_memory, run_onnx
from photoshoot.records import Cutout, Photo
from photoshoot.segmenters.cutout import cut_out
from photoshoot.settings import SegmentationSettings
from photoshoot.weights import load_manifest
from photoshoot.weights.inventory import rembg_folders

if importlib.util.find_spec("rembg") is None:  # importing it takes seconds, the first time up to a minute
    raise MissingExtraError("RembgSegmenter", "rembg")

NETWORKS = (
    "u2net",
    "u2netp",
    "u2net_human_seg",
    "silueta",
    "isnet-general-use",
    "isnet-anime",
    "birefnet-general",
    "birefnet-general-lite",
    "birefnet-portrait",
    "birefnet-dis",
    "birefnet-hrsod",
    "birefnet-cod",
    "birefnet-massive",
    "bria-rmbg",
)
"""Those of rembg's networks that give one saliency map a picture. Mind each one's licence."""


class RembgSegmenter:
    """Cuts products out with one of rembg's networks. Never downloads.

    Args:
        name: One of ``NETWORKS``.
        settings: How products are cut out. None: the defaults.
        folder: Where the network's file lies. None: where rembg keeps it.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.

    Raises:
        UnknownNameError: rembg has no such network.
        WeightsMissingError: Its file is not on this machine; the message says the command that gets it.
    """

    def __init__(
        self,
        name: str = "isnet-general-use",
        settings: SegmentationSettings | None = None,
        *,
        folder: Path | None = None,
        device: str = "auto",
    ) -> None:
        self.settings = settings or SegmentationSettings()
        file = _find_file(name, folder)
        self._recorder = _Recorder(build_onnx_session(file, device))  # without ONNX Runtime rembg ends the process
        import rembg

        self.name = f"rembg-{rembg.__version__}/{name}"
        (kind,) = (kind for kind in rembg.sessions.sessions_class if kind.name() == name)
        # rembg's constructor would download; its session needs nothing but these two.
        self._session = kind.__new__(kind)
        self._session.model_name, self._session.inner_session = name, self._recorder

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out the product of each photo.

        Raises:
            NoProductFoundError: A photo shows no product.
        """
        with keep_memory():
            return [cut_out(photo, self._predict, self.name, self.settings) for photo in photos]

    def with_settings(self, settings: SegmentationSettings) -> RembgSegmenter:
        """The same segmenter that cuts out in another way; the network is shared."""
        other = copy.copy(self)
        other.settings = settings
        return other

    def _predict(self, view: Image.Image) -> npt.NDArray[np.float32]:
        """Raw saliency (h, w) of a view, in [0, 1]: what the network says before rembg stretches it."""
        with np.errstate(divide="ignore", invalid="ignore"):  # rembg divides by zero where it sees nothing
            self._session.predict(view)
        raw = np.asarray(self._recorder.last, np.float32)[0, 0]
        has_logits = hasattr(self._session, "sigmoid")
        return np.asarray(1 / (1 + np.exp(-np.clip(raw, -30, 30))), np.float32) if has_logits else np.clip(raw, 0, 1)


class _Recorder:
    """Stands before an ONNX session and keeps its last answer."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.last: npt.NDArray[np.float32] = np.zeros((1, 1, 1, 1), np.float32)

    def get_inputs(self) -> Any:
        return self._session.get_inputs()

    def run(self, names: Sequence[str] | None, feeds: Mapping[str, npt.NDArray[np.float32]]) -> Any:
        answer = run_onnx(self._session, names, feeds)
        self.last = answer[0]
        return answer


def _find_file(name: str, folder: Path | None) -> Path:
    file = look_up("rembg network", name, {name: f"{name}.onnx" for name in NETWORKS})
    folders = rembg_folders(name) if folder is None else (folder,)
    found = next((place / file for place in folders if (place / file).is_file()), None)
    if found is None:
        ours, rembgs = f"photoshoot weights pull {name}", f"python -c \"import rembg; rembg.new_session('{name}')\""
        command = ours if name in load_manifest().rembg else rembgs
        raise WeightsMissingError(f"{file} is not in {folders[0]}; get it with: {command}")
    return found
