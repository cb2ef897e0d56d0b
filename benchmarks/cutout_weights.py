"""Weights of the cut-out network between its ONNX file and ``train_cutout``. Needs onnx.

``python -m benchmarks.cutout_weights weights/u2netp.onnx start.npz`` takes them out; ``… weights/u2netp.onnx mixed.onnx
--taught state.npz --share 0.3`` writes the same graph with weights so far on the way from these to the taught ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper


def list_weights(graph: onnx.GraphProto) -> list[onnx.TensorProto]:
    """Weights and biases of all convolutions by turns, in the order of the graph."""
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    return [tensors[name] for node in graph.node if node.op_type == "Conv" for name in node.input[1:3]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--taught", type=Path)
    parser.add_argument("--share", type=float, default=1.0, help="0: as they were, 1: as they were taught")
    arguments = parser.parse_args()
    model = onnx.load(arguments.model)
    tensors = list_weights(model.graph)
    before = [numpy_helper.to_array(tensor) for tensor in tensors]
    if arguments.taught is None:
        np.savez(arguments.out, **{f"{number:04d}": array for number, array in enumerate(before)})
        return
    taught = np.load(arguments.taught)
    for tensor, old, key in zip(tensors, before, sorted(taught.files), strict=True):
        mixed = (old + arguments.share * (taught[key] - old)).astype(np.float32)
        tensor.CopyFrom(numpy_helper.from_array(mixed, tensor.name))
    onnx.save(model, arguments.out)


if __name__ == "__main__":
    main()
