"""Makes ``objects_oid.onnx`` from an npm package, and proves that it equals the TensorFlow Lite model.

In an empty folder, in a virtual environment of its own::

    npm pack @mediapipe/objectron@0.4.1675468480 && tar xzf mediapipe-objectron-*.tgz
    pip install onnx onnxruntime tflite ai-edge-litert
    python weights/export_objects_oid.py package/objectron_solution_packed_assets.data

The model is MediaPipe's object detector (SSD, MobileNet v2), taught on Open Images v4 for 23 kinds of things. Only
how sure it is of each kind is kept, wherever in the picture; the boxes are left out. Weights stay fp16, as they were,
behind casts that ONNX Runtime folds away when it loads.

Input ``images``: float32 (N, 3, 300, 300), RGB in -1 to 1. Output ``scores``: float32 (N, 24), 0 to 1, in the order of
``KINDS``; the first one is the background's and means nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import tflite
from ai_edge_litert.interpreter import Interpreter
from onnx import helper, numpy_helper

LABELS = 184
"""Bytes of the label file that stands before the model in the package's file of assets."""
SIDE, OPSET = 300, 17
MAX_SCORE_DIFFERENCE = 0.002
SCORES = "raw_outputs/class_predictions"


class Translator:
    """One TensorFlow Lite graph of convolutions, sums, reshapes and concatenations, as an ONNX graph.

    Args:
        data: The .tflite file.
    """

    def __init__(self, data: bytes) -> None:
        self._model = tflite.Model.GetRootAsModel(data, 0)
        self._graph = self._model.Subgraphs(0)
        self._sources: dict[str, str] = {}  # what a DEQUANTIZE makes of which fp16 tensor
        self._nodes: list[onnx.NodeProto] = []
        self._weights: dict[str, onnx.TensorProto] = {}

    def translate(self) -> onnx.ModelProto:
        """The ONNX model, with scores as its only output."""
        for index in range(self._graph.OperatorsLength()):
            operator = self._graph.Operators(index)
            code = tflite.opcode2name(self._model.OperatorCodes(operator.OpcodeIndex()).BuiltinCode())
            inputs = [self._name(tensor) for tensor in operator.InputsAsNumpy()]
            getattr(self, f"_add_{code.lower()}")(operator, inputs, self._name(operator.OutputsAsNumpy()[0]))
        self._add("Sigmoid", [SCORES], "every_score")
        self._add("ReduceMax", ["every_score"], "scores", axes=[1], keepdims=0)
        first = self._name(self._graph.InputsAsNumpy()[0])
        self._nodes.insert(0, helper.make_node("Identity", ["images"], [first]))
        return self._build()

    def _build(self) -> onnx.ModelProto:
        kept, needed = [], {"scores"}
        for node in reversed(self._nodes):  # what only the boxes need is left out
            if needed & set(node.output):
                kept.append(node)
                needed |= set(node.input)
        ends = [
            [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)]
            for name, shape in (("images", ["batch", 3, SIDE, SIDE]), ("scores", ["batch", 24]))
        ]
        weights = [tensor for name, tensor in self._weights.items() if name in needed]
        graph = helper.make_graph(kept[::-1], "objects_oid", *ends, initializer=weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        model.producer_name, model.doc_string = "photoshoot", "MediaPipe's detector, Open Images v4, Apache-2.0"
        onnx.checker.check_model(model, full_check=True)
        return model

    def _name(self, tensor: int) -> str:
        return str(self._graph.Tensors(tensor).Name().decode())

    def _read(self, name: str) -> np.ndarray:
        name = self._sources.get(name, name)
        count = self._graph.TensorsLength()
        tensor = next(t for t in map(self._graph.Tensors, range(count)) if t.Name().decode() == name)
        kind = np.float16 if tensor.Type() == tflite.TensorType.FLOAT16 else np.float32
        data = self._model.Buffers(tensor.Buffer()).DataAsNumpy()
        return np.frombuffer(data.tobytes(), kind).reshape(tensor.ShapeAsNumpy())

    def _add(self, kind: str, inputs: list[str], output: str, **attributes: object) -> None:
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))

    def _add_weights(self, name: str, values: np.ndarray) -> str:
        self._weights[f"{name}.fp16"] = numpy_helper.from_array(np.ascontiguousarray(values), f"{name}.fp16")
        self._add("Cast", [f"{name}.fp16"], f"{name}.fp32", to=onnx.TensorProto.FLOAT)
        return f"{name}.fp32"

    def _activate(self, code: int, output: str) -> str:
        """The name under which the sum goes on: its own, or one that is held between 0 and 6 afterwards."""
        if code == tflite.ActivationFunctionType.NONE:
            return output
        assert code == tflite.ActivationFunctionType.RELU6
        return f"{output}.sum"

    def _clip(self, before: str, output: str) -> None:
        if before == output:
            return
        for name, value in (("zero", 0.0), ("six", 6.0)):
            self._weights[name] = numpy_helper.from_array(np.float32(value), name)
        self._add("Clip", [before, "zero", "six"], output)

    def _add_dequantize(self, _operator: tflite.Operator, inputs: list[str], output: str) -> None:
        self._sources[output] = inputs[0]

    def _add_conv_2d(self, operator: tflite.Operator, inputs: list[str], output: str) -> None:
        options = _options(operator, tflite.Conv2DOptions())
        weights = self._read(inputs[1]).transpose(0, 3, 1, 2)  # (out, y, x, in) → (out, in, y, x)
        self._convolve(options, inputs, output, weights, groups=1)

    def _add_depthwise_conv_2d(self, operator: tflite.Operator, inputs: list[str], output: str) -> None:
        options = _options(operator, tflite.DepthwiseConv2DOptions())
        weights = self._read(inputs[1]).transpose(3, 0, 1, 2)  # (1, y, x, channels) → (channels, 1, y, x)
        self._convolve(options, inputs, output, weights, groups=len(weights))

    def _convolve(self, options, inputs: list[str], output: str, weights: np.ndarray, groups: int) -> None:
        before = self._activate(options.FusedActivationFunction(), output)
        given = [inputs[0], self._add_weights(f"{output}.weights", weights)]
        given.append(self._add_weights(f"{output}.bias", self._read(inputs[2])))
        strides = [options.StrideH(), options.StrideW()]
        shape = list(weights.shape[2:])
        self._add("Conv", given, before, strides=strides, group=groups, kernel_shape=shape, auto_pad="SAME_UPPER")
        self._clip(before, output)

    def _add_add(self, operator: tflite.Operator, inputs: list[str], output: str) -> None:
        before = self._activate(_options(operator, tflite.AddOptions()).FusedActivationFunction(), output)
        self._add("Add", inputs, before)
        self._clip(before, output)

    def _add_reshape(self, _operator: tflite.Operator, inputs: list[str], output: str) -> None:
        """Channels go last, then anchors are laid in one row: (N, 24 k, y, x) → (N, k y x, 24)."""
        self._add("Transpose", inputs[:1], f"{output}.last", perm=[0, 2, 3, 1])
        shape = np.array([0, -1, 24 if self._is_score(output) else 4], np.int64)
        self._weights[f"{output}.shape"] = numpy_helper.from_array(shape, f"{output}.shape")
        self._add("Reshape", [f"{output}.last", f"{output}.shape"], output)

    def _is_score(self, name: str) -> bool:
        count = self._graph.TensorsLength()
        tensor = next(t for t in map(self._graph.Tensors, range(count)) if t.Name().decode() == name)
        return int(tensor.ShapeAsNumpy()[-1]) == 24

    def _add_concatenation(self, _operator: tflite.Operator, inputs: list[str], output: str) -> None:
        self._add("Concat", inputs, output, axis=1)


def _options(operator: tflite.Operator, options):
    table = operator.BuiltinOptions()
    options.Init(table.Bytes, table.Pos)
    return options


def check_parity(data: bytes, path: Path) -> None:
    """Hold that both say the same of random pictures, smooth ones and a flat one."""
    draw = np.random.default_rng(0)
    coarse = draw.uniform(-1, 1, (8, 10, 10, 3)).astype(np.float32)
    images = np.concatenate([coarse.repeat(30, axis=1).repeat(30, axis=2), np.zeros((1, SIDE, SIDE, 3), np.float32)])
    interpreter = Interpreter(model_content=data)
    interpreter.allocate_tensors()
    expected = []
    for image in images:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image[None])
        interpreter.invoke()
        (place,) = (detail["index"] for detail in interpreter.get_output_details() if detail["shape"][-1] == 24)
        expected.append((1 / (1 + np.exp(-interpreter.get_tensor(place)[0]))).max(axis=0))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run(["scores"], {"images": np.ascontiguousarray(images.transpose(0, 3, 1, 2))})
    difference = float(np.abs(found - np.stack(expected)).max())
    print(f"{path.name}: {path.stat().st_size} bytes; max |score difference| {difference:.5f} on {len(images)} images")
    if difference > MAX_SCORE_DIFFERENCE:
        raise SystemExit("the ONNX file does not equal the TensorFlow Lite model")


def main() -> None:
    """Translate, then prove parity."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assets", type=Path, help="the package's file of assets")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("objects_oid.onnx"))
    arguments = parser.parse_args()
    data = arguments.assets.read_bytes()[LABELS:]
    onnx.save(Translator(data).translate(), arguments.out)
    check_parity(data, arguments.out)


if __name__ == "__main__":
    main()
