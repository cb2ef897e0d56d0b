"""Convolutions to a single channel, written as their transposes in a model's own bytes: the same sums, in less time.

ONNX Runtime computes 16 output channels of a convolution at once on a CPU, and fills up those that there are not: of
U^2-Net's side outputs, with one each, it throws 15 away. A convolution's transpose, with the kernel turned by half a
turn, is the same convolution, and is computed by another path, which fills nothing up. Source: Dumoulin and Visin, "A
guide to convolution arithmetic for deep learning" (2016), section 4.

A model is a protocol buffer: fields, each a number, a wire type and a value (https://protobuf.dev, "Encoding"). Numbers
are those of onnx.proto.
"""

from collections.abc import Iterator

import numpy as np

_VARINT, _BYTES = 0, 2  # wire types
_GRAPH = 7  # of a ModelProto
_NODE, _INITIALIZER = 1, 5  # of a GraphProto
_INPUT, _OPERATOR, _ATTRIBUTE = 1, 4, 5  # of a NodeProto
_DIMENSION, _NAME, _RAW = 1, 8, 9  # of a TensorProto
_SIDE = 3  # px of the kernels
_LONGEST = 10  # bytes of a varint
_FIXED = {1: 8, 5: 4}  # bytes of the other wire types
# What such a node's attributes are, by their names and their integers, when it steps by one and keeps its view's size.
_PLAIN = {b"dilations": [1, 1], b"group": [1], b"kernel_shape": [_SIDE] * 2, b"pads": [1] * 4, b"strides": [1, 1]}
_ATTRIBUTE_NAME, _ATTRIBUTE_INTEGERS = 1, (3, 8)

Field = tuple[int, int, bytes]
"""Number, wire type, and value: that of a varint is its own bytes."""


def transpose_single(model: bytes) -> bytes:
    """Write 3x3 convolutions to one channel as transposed ones.

    Args:
        model: An ONNX model, float32.

    Returns:
        The model, of the same inputs and outputs; unchanged where it has no such convolution.

    Raises:
        ValueError: The bytes are no protocol buffer.
    """
    return _join((n, wire, _rewrite(value) if n == _GRAPH else value) for n, wire, value in _split(model))


def _rewrite(graph: bytes) -> bytes:
    fields = list(_split(graph))
    single = {_text(value, _NAME) for n, _, value in fields if n == _INITIALIZER and _is_single(value)}
    nodes = (value for n, _, value in fields if n == _NODE and _text(value, _OPERATOR) == b"Conv")
    kernels = {name for value in nodes if (name := _kernel(value)) in single and _is_plain(value)}
    return _join((n, wire, _turn(n, value, kernels)) for n, wire, value in fields)


def _turn(number: int, value: bytes, kernels: set[bytes]) -> bytes:
    """A node with such a kernel, or the kernel itself, as the transpose has it; all else as it is."""
    if number == _NODE and _text(value, _OPERATOR) == b"Conv" and _kernel(value) in kernels:
        return _join((n, wire, b"ConvTranspose" if n == _OPERATOR else part) for n, wire, part in _split(value))
    if number != _INITIALIZER or _text(value, _NAME) not in kernels:
        return value
    raw = np.frombuffer(_text(value, _RAW), "<f4").reshape(-1, _SIDE * _SIDE)[:, ::-1].tobytes()
    size = _join((_DIMENSION, _VARINT, _varint(side)) for side in (len(raw) // (4 * _SIDE * _SIDE), 1, _SIDE, _SIDE))
    rest = (f for f in _split(value) if f[0] != _DIMENSION)
    return size + _join((n, wire, raw if n == _RAW else part) for n, wire, part in rest)


def _is_single(tensor: bytes) -> bool:
    sides = _integers(tensor, (_DIMENSION,))
    return len(sides) == 4 and sides[0] == 1 and sides[2:] == [_SIDE] * 2 and bool(_text(tensor, _RAW))


def _is_plain(node: bytes) -> bool:
    """Whether a convolution steps by one and keeps its view's size."""
    attributes = [value for n, _, value in _split(node) if n == _ATTRIBUTE]
    told = {_text(value, _ATTRIBUTE_NAME): _integers(value, _ATTRIBUTE_INTEGERS) for value in attributes}
    return told == _PLAIN


def _kernel(node: bytes) -> bytes:
    """The name of a convolution's kernel: its second input."""
    names = [value for n, _, value in _split(node) if n == _INPUT]
    return names[1] if len(names) > 1 else b""


def _text(message: bytes, number: int) -> bytes:
    return next((value for n, _, value in _split(message) if n == number), b"")


def _integers(message: bytes, numbers: tuple[int, ...]) -> list[int]:
    """A field's whole numbers, packed into one value or one a value."""
    packed = b"".join(value for n, _, value in _split(message) if n in numbers)
    found, at = [], 0
    while at < len(packed):
        value, at = _read(packed, at)
        found.append(value)
    return found


def _split(message: bytes) -> Iterator[Field]:
    at = 0
    while at < len(message):
        tag, start = _read(message, at)
        wire = tag & 7
        if wire == _BYTES:
            length, start = _read(message, start)
            at = start + length
        elif wire == _VARINT:
            at = _read(message, start)[1]
        else:
            at = start + _FIXED.get(wire, len(message))
        if at > len(message):
            raise ValueError(f"a field ends {at - len(message)} bytes beyond its message")
        yield tag >> 3, wire, message[start:at]


def _join(fields: Iterator[Field]) -> bytes:
    parts: list[bytes] = []
    for number, wire, value in fields:
        parts += [_varint(number << 3 | wire), *([_varint(len(value))] if wire == _BYTES else []), value]
    return b"".join(parts)


def _read(data: bytes, at: int) -> tuple[int, int]:
    """A varint, and where it ends."""
    value = shift = 0
    for byte in data[at : at + _LONGEST]:
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at
    raise ValueError("a number does not end")


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
