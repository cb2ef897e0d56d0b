"""Weights of an ONNX model in half precision, behind casts that ONNX Runtime folds away when it loads."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper


def store_weights_as_fp16(model: onnx.ModelProto, told: str) -> onnx.ModelProto:
    """Halve every float weight of more than one value, put a cast to fp32 behind it, and sign the model.

    Args:
        model: Is changed.
        told: What it is, for its document string.
    """
    casts = []
    for tensor in model.graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size == 1:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(weights.astype(np.float16), f"{name}.fp16"))
        casts.append(helper.make_node("Cast", [f"{name}.fp16"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.producer_name, model.doc_string = "photoshoot", told
    onnx.checker.check_model(model)
    return model
