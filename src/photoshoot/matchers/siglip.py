"""The matcher of SigLIP 2: cosines of its features of pictures and texts."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from photoshoot.pixels.imaging import show
from photoshoot.records import Cutout
from photoshoot.vision.pretrained import Network

_BATCH_SIZE = 32
_TEXT_TOKENS = 64  # SigLIP was trained with texts padded to this. Source: its model card


class SiglipMatcher:
    """Says by SigLIP 2 how pictures and scenes go together. Texts are looked at once.

    Args:
        folder: A SigLIP or SigLIP 2 model in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.

    Raises:
        WeightsMissingError: The folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        self._network = Network(folder, device, writes=False)
        self._texts: dict[str, Tensor] = {}
        self._lock = threading.Lock()

    def match(self, cutouts: Sequence[Cutout], texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Cosines (cut-outs, texts) of the features of each picture and each text, -1 to 1."""
        if not cutouts or not texts:
            return np.zeros((len(cutouts), len(texts)), np.float32)
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._texts]
            self._texts |= zip(new, self._look(new, self._read_texts), strict=True)
            pictures = torch.stack(self._look([show(cutout, 384) for cutout in cutouts], self._read_pictures))
            words = torch.stack([self._texts[text] for text in texts])
            cosines: npt.NDArray[np.float32] = (pictures @ words.T).numpy()
        return cosines

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._network.close()

    @torch.inference_mode()
    def _look(self, items: Sequence[Any], read: Callable[[Sequence[Any]], Tensor]) -> list[Tensor]:
        """Features (D,) of each item, of length 1."""
        found: list[Tensor] = []
        for start in range(0, len(items), _BATCH_SIZE):
            features = read(items[start : start + _BATCH_SIZE]).float().cpu()
            found += torch.nn.functional.normalize(features, dim=-1)
        return found

    def _read_texts(self, texts: Sequence[str]) -> Tensor:
        lower = [f"a product photo, {text.lower()}" for text in texts]
        inputs = self._network.processor(
            text=lower, padding="max_length", truncation=True, max_length=_TEXT_TOKENS, return_tensors="pt"
        )
        tokens = self._network.put(inputs)["input_ids"]  # it was trained without a mask over the padding
        return _features(self._network.model.get_text_features(input_ids=tokens))

    def _read_pictures(self, pictures: Sequence[Any]) -> Tensor:
        inputs = self._network.processor(images=list(pictures), return_tensors="pt")
        return _features(self._network.model.get_image_features(**self._network.put(inputs)))


def _features(output: Any) -> Tensor:
    """Older releases of transformers give the tensor, newer ones a record of it."""
    features: Tensor = output if isinstance(output, Tensor) else output.pooler_output
    return features
