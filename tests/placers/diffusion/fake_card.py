"""A CUDA card that is not there: tensors have shapes, formats and a device, and no memory; what would go wrong is told.

PyTorch's fake tensors take no memory, so networks have their published sizes. What comes back to the host is made up:
a number that is asked for is 1, a tensor is a random one, so that checks for NaN and black pictures pass.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch
from safetensors import safe_open
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode, unset_fake_temporarily
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.weak import WeakTensorKeyDictionary

CARD = torch.device("cuda", 0)
GIB = 2**30

_ONE_FORMAT = ("convolution", "addmm", "mm", "bmm", "baddbmm", "native_group_norm", "native_layer_norm")
_aten = torch.ops.aten
_FORMATS = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "I64": torch.int64}


class _Fake(FakeTensorMode):  # type: ignore[no-untyped-call]
    """Goes round CUDA although ``torch.cuda.is_available()`` says that it is there."""

    avoid_device_init = True


class Card(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """What a card would be asked to do."""

    def __init__(self, fake: FakeTensorMode) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._fake = fake
        self._known = WeakTensorKeyDictionary()
        self._pinned: dict[int, Tensor] = {}  # by address, which is theirs as long as they are here
        self.faults: list[str] = []
        """What a real card refuses: operands on two devices, or of two formats where kernels take one."""
        self.log: list[str] = []
        """In order: waits of the host for the card (``"wait …"``), and what the test notes between them."""
        self.attention: set[tuple[str, bool]] = set()
        """Formats of attention's queries, and whether a mask was given."""

    @property
    def waits_in_steps(self) -> list[str]:
        """Waits from a pass's first call of the UNet (``"unet"``) to its last ``"step"``; ``"vae"`` ends a pass."""
        found: list[str] = []
        waits: list[str] | None = None
        for entry in self.log:
            if entry == "vae":
                waits = None
            elif entry in ("unet", "step"):
                found += waits or []
                waits = []
            elif waits is not None:
                waits.append(entry)
        return found

    def watch(self, module: nn.Module, name: str) -> None:
        """Note each call of a module."""
        module.register_forward_pre_hook(lambda *_: self.log.append(name))

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name, given = func.overloadpacket.__name__, kwargs or {}
        tensors = [one for one in _flatten((*args, *given.values())) if isinstance(one, Tensor)]
        if not any(isinstance(tensor, FakeTensor) for tensor in tensors) and not _names_card(args, given):
            with unset_fake_temporarily():
                return func(*args, **given)  # the host computes with numbers
        if name == "_to_copy" and not isinstance(args[0], FakeTensor):
            self._check_copy(args[0], given)
            result = func(self._fake.from_tensor(args[0]), **given)
            if args[0].dtype is torch.bool:
                self._known[result] = args[0]
            return result
        self.check(name, tensors)
        if any(tensor.is_cuda for tensor in tensors):
            answer = self._bring_back(name, args, given)
            if answer is not None:
                return answer
        result = func(*args, **given)
        if name == "all" and args[0] in self._known:  # the answer must be right where the code goes two ways
            with unset_fake_temporarily():
                self._known[result] = self._known[args[0]].all()
        return result

    def _check_copy(self, tensor: Tensor, given: Any) -> None:
        """A copy to the card waits for it, unless it comes from memory that the card reads by itself."""
        if not given.get("non_blocking", False):
            self.log.append("wait for a copy to the card")
        elif not self.is_pinned(tensor):
            self.faults.append("a copy that nobody waits for, from memory that is not pinned")

    def pin(self, tensor: Tensor) -> Tensor:
        """A copy in pinned memory."""
        with unset_fake_temporarily():
            copy = tensor.clone()
        self._pinned[copy.data_ptr()] = copy
        return copy

    def is_pinned(self, tensor: Tensor) -> bool:
        """Whether a tensor lies in such memory."""
        return not isinstance(tensor, FakeTensor) and tensor.data_ptr() in self._pinned

    def check(self, name: str, tensors: Sequence[Tensor]) -> None:
        devices = {tensor.device.type for tensor in tensors if tensor.dim() or tensor.is_cuda}
        formats = {str(tensor.dtype) for tensor in tensors if tensor.is_floating_point()}
        if len(devices) > 1 and name not in ("copy_", "_to_copy"):
            self.faults.append(f"{name} of tensors on {sorted(devices)}")
        if len(formats) > 1 and name in _ONE_FORMAT:
            self.faults.append(f"{name} of tensors in {sorted(formats)}")

    def _bring_back(self, name: str, args: Any, given: Any) -> Any:
        """What the host is given, where an operation makes it wait."""
        first = args[0]
        if name == "_local_scalar_dense":
            self.log.append("wait for a number")
            if first in self._known:
                with unset_fake_temporarily():
                    return self._known[first].item()
            return True if first.dtype is torch.bool else 1.0 if first.is_floating_point() else 1
        if name == "nonzero" or (name in ("index", "index_put_") and _has_mask(args[1])):
            self.log.append(f"wait for {name}")
            if name == "nonzero":
                return first.new_empty((1000, first.dim()), dtype=torch.int64)
            return first if name == "index_put_" else first.new_empty((1000, *first.shape[args[1][0].dim() :]))
        target = given.get("device")
        if name == "_to_copy" and first.is_cuda and target is not None and torch.device(target).type == "cpu":
            if not given.get("non_blocking", False):
                self.log.append("wait for a copy")
            return _make_up(first, given.get("dtype") or first.dtype)
        return None


def _attend(
    card: Card, query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None = None, **_: object
) -> Tensor:
    """What attention's kernels check, whose choice asks for a card; the result has the layout that they give it."""
    card.attention.add((str(query.dtype), attn_mask is not None))
    mask = [] if attn_mask is None or attn_mask.dtype is torch.bool else [attn_mask]
    card.check("mm", [query, key, value, *mask])
    assert query.shape[:2] == key.shape[:2] == value.shape[:2]
    return query.new_empty(query.shape[0], query.shape[2], query.shape[1], value.shape[3]).transpose(1, 2)


def _names_card(args: Any, given: Any) -> bool:
    return any(isinstance(one, torch.device) and one.type == "cuda" for one in _flatten((*args, *given.values())))


def _flatten(values: Iterable[object]) -> Iterator[object]:
    """What operations are given, and what is in their lists: they take no deeper ones."""
    for one in values:
        if isinstance(one, list | tuple):
            yield from one
        else:
            yield one


def _make_up(tensor: Tensor, dtype: torch.dtype) -> Tensor:
    with unset_fake_temporarily():
        noise = torch.rand(tuple(tensor.shape))
        return noise.to(dtype) if dtype.is_floating_point or dtype is torch.bool else (noise * 255).to(dtype)


def _has_mask(indices: Sequence[Tensor | None]) -> bool:
    return any(index is not None and index.dtype is torch.bool for index in indices)


def _get_items(tensor: Tensor, key: Any) -> Tensor:
    """Indexing by the operations that it is made of: PyTorch's own way in asks for a card."""
    if not tensor.is_cuda:
        return tensor[key]
    keys = list(key) if isinstance(key, tuple) else [key]
    taken = sum(k.dim() if isinstance(k, Tensor) and k.dtype is torch.bool else k not in (None, ...) for k in keys)
    spread = [slice(None)] * (tensor.dim() - taken)
    full = [one for k in keys for one in (spread if k is ... else [k])]
    at, chosen = 0, list[Tensor | None]()
    for k in full:
        if k is None:
            tensor = _aten.unsqueeze(tensor, at)
        elif isinstance(k, slice):
            tensor = tensor if k == slice(None) else _aten.slice(tensor, at, *k.indices(tensor.shape[at]))
        elif isinstance(k, int):
            tensor = _aten.select(tensor, at, k)
            continue
        chosen.append(k if isinstance(k, Tensor) else None)
        at += k.dim() if isinstance(k, Tensor) and k.dtype is torch.bool else 1
    return tensor if all(one is None for one in chosen) else _aten.index(tensor, chosen)


def _set_items(tensor: Tensor, key: Any, value: Any) -> None:
    if not tensor.is_cuda:
        tensor[key] = value
    elif isinstance(key, Tensor):
        _aten.index_put_(tensor, [key], value)
    else:
        _get_items(tensor, key).copy_(value)


def _invert(tensor: Tensor) -> Tensor:
    inverse: Tensor = _aten.bitwise_not(tensor)
    return inverse


def _float(tensor: Tensor) -> float:
    return float(_aten._local_scalar_dense(tensor))


def _int(tensor: Tensor) -> int:
    return int(_aten._local_scalar_dense(tensor))


def _contiguous(tensor: Tensor, memory_format: torch.memory_format = torch.contiguous_format) -> Tensor:
    same = tensor.is_contiguous(memory_format=memory_format)
    return tensor if same else _aten.clone(tensor, memory_format=memory_format)


def _convert(network: nn.Module, change: Callable[[Tensor], Tensor], recurse: bool = True) -> nn.Module:
    """``nn.Module._apply``, which would put fake numbers into real parameters."""
    for module in network.modules() if recurse else [network]:
        for name, weight in module._parameters.items():
            if weight is not None:
                module._parameters[name] = nn.Parameter(change(weight), requires_grad=False)
        for name, buffer in module._buffers.items():
            module._buffers[name] = None if buffer is None else change(buffer)
    return network


def _set_weight(network: nn.Module, name: str, device: torch.device, *, value: Tensor, **how: Any) -> None:
    """Accelerate's way to set a weight, which builds parameters of the tensor's own class."""
    owner, _, weight = name.rpartition(".")
    assert network.get_parameter(name).shape == value.shape
    moved = value.to(device, how.get("dtype") or value.dtype)
    network.get_submodule(owner)._parameters[weight] = nn.Parameter(moved, requires_grad=False)


def read_shapes(path: Path) -> dict[str, Tensor]:
    """A ``.safetensors`` file's tensors, without their numbers."""
    with safe_open(path, framework="pt") as file:
        parts = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118  # it is no dict
        return {name: torch.empty(part.get_shape(), dtype=_FORMATS[part.get_dtype()]) for name, part in parts.items()}


class _WaysIn(TorchFunctionMode):
    """Where PyTorch's own ways of a tensor's methods ask for a card. The class itself is left alone: a method that was
    set on it and taken off again leaves Python with another view of what a tensor is."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._ways: Mapping[object, Callable[..., object]] = {
            Tensor.__getitem__: _get_items,
            Tensor.__setitem__: _set_items,
            Tensor.__invert__: _invert,
            Tensor.__float__: _float,
            Tensor.__int__: _int,
            Tensor.contiguous: _contiguous,
            Tensor.pin_memory: card.pin,
            Tensor.is_pinned: card.is_pinned,
        }

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return self._ways.get(func, func)(*args, **(kwargs or {}))


@contextmanager
def fake_card(free_bytes: int = 70 * GIB) -> Iterator[Card]:
    """A machine with one card inside; models are read without their numbers."""
    fake = _Fake(allow_non_fake_inputs=True)
    card = Card(fake)
    answers: dict[str, Callable[..., Any]] = {
        "is_available": lambda: True,
        "device_count": lambda: 1,
        "current_device": lambda: 0,
        "get_device_capability": lambda _=None: (9, 0),
        "get_device_name": lambda _=None: "a card that is not there",
        "get_rng_state": lambda _=None: torch.zeros(16, dtype=torch.uint8),
        "set_rng_state": lambda _state, _device=None: None,
        "mem_get_info": lambda _=None: (free_bytes, 80 * GIB),
        "memory_reserved": lambda _=None: 0,
        "memory_allocated": lambda _=None: 0,
        "empty_cache": lambda: None,
        "synchronize": lambda _=None: None,
    }
    with ExitStack() as stack:
        stack.enter_context(fake)
        for name, answer in answers.items():
            stack.enter_context(patch.object(torch.cuda, name, answer))
        stack.enter_context(patch("photoshoot.placers.diffusion.components.tensors.load_file", read_shapes))
        stack.enter_context(patch.object(nn.Module, "_apply", _convert))
        stack.enter_context(patch("diffusers.models.model_loading_utils.set_module_tensor_to_device", _set_weight))
        stack.enter_context(card)
        stack.enter_context(_WaysIn(card))
        attend = functools.partial(_attend, card)
        stack.enter_context(patch.object(nn.functional, "scaled_dot_product_attention", attend))
        yield card


def is_fake(network: nn.Module) -> bool:
    """Whether all of a network lies on the card that is not there."""
    tensors = [*network.parameters(), *network.buffers()]
    return all(isinstance(tensor, FakeTensor) and tensor.device == CARD for tensor in tensors)
