"""What each network of a request costs, in seconds or in operations, without touching the code that runs it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode
from torch.utils.hooks import RemovableHandle

OUTSIDE = "all else"
_aten = torch.ops.aten


@dataclass(frozen=True, kw_only=True)
class Count:
    """Operations of a run."""

    tflop: dict[str, float]
    """By stage; 1 multiply-add = 2."""
    rows: dict[str, int]
    """Inputs that went through each stage's networks."""

    def times(self, number: int) -> Count:
        """What as many such runs take."""
        tflop = {stage: cost * number for stage, cost in self.tflop.items()}
        return Count(tflop=tflop, rows={stage: rows * number for stage, rows in self.rows.items()})


@dataclass(eq=False)
class StageWatch:
    """Adds up what the calls of some modules cost. ``read`` gives a mark, ``between`` the cost between two."""

    read: Callable[[], Any]
    between: Callable[[Any, Any], float]
    _marks: list[tuple[str, Any, Any]] = field(default_factory=list)
    _open: list[Any] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    """Inputs that went through each stage's modules."""

    def add(self, module: nn.Module, name: str | Callable[[torch.Tensor], str]) -> tuple[RemovableHandle, ...]:
        """Watch a module, until the hooks are removed; a function names the stage by the module's input."""

        def start(*_: object) -> None:
            self._open.append(self.read())

        def end(_: nn.Module, inputs: tuple[Any, ...], keywords: dict[str, Any], __: object) -> None:
            given = inputs[0] if inputs else next(iter(keywords.values()))
            stage = name if isinstance(name, str) else name(given)
            self._marks.append((stage, self._open.pop(), self.read()))
            self.rows[stage] = self.rows.get(stage, 0) + len(given)

        return module.register_forward_pre_hook(start), module.register_forward_hook(end, with_kwargs=True)

    def costs(self) -> dict[str, float]:
        """Cost by stage, in the order of first use."""
        sums: dict[str, float] = {}
        for stage, start, end in self._marks:
            sums[stage] = sums.get(stage, 0.0) + self.between(start, end)
        return sums


def name_by_size(latents: torch.Tensor) -> str:
    """The UNet's stage: what size it paints at."""
    return f"UNet at {latents.shape[-1]}x{latents.shape[-2]}"


Watched: TypeAlias = Sequence[tuple[nn.Module, str | Callable[[torch.Tensor], str]]]
"""Modules with the name of their stage, or what names it by the module's input."""


@contextmanager
def watching(watch: StageWatch, modules: Watched) -> Iterator[None]:
    """Watch modules; the hooks of a compiled one stay outside what is compiled."""
    handles = [handle for module, name in modules for handle in watch.add(module, name)]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def seconds_watch(device: torch.device) -> StageWatch:
    """On CUDA by events in the stream, so that nothing waits; else by the process's own time, see ``clock_of``."""
    if device.type == "cuda":
        return StageWatch(_record_event, lambda start, end: start.elapsed_time(end) / 1000)
    return StageWatch(clock_of(device), lambda start, end: end - start)


def clock_of(device: torch.device) -> Callable[[], float]:
    """Seconds: on CUDA as they pass; on the CPU those that the process computes, whatever else the machine does."""
    return time.perf_counter if device.type == "cuda" else time.process_time


def _record_event() -> torch.cuda.Event:
    event = torch.cuda.Event(enable_timing=True)  # type: ignore[no-untyped-call]
    event.record()
    return event


class MetaHost(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Lets code that reads results back run on the meta device: what comes to the host is made up.

    A number that is asked for is 1, a tensor is a random one: checks for NaN and black pictures pass.
    """

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        keywords = kwargs or {}
        if func is _aten._local_scalar_dense.default and args[0].is_meta:
            return torch.ones((), dtype=args[0].dtype).item()
        if func is _aten._to_copy.default and args[0].is_meta and _leaves_meta(keywords):
            return _made_up(args[0], keywords.get("dtype") or args[0].dtype)
        return func(*args, **keywords)


def _leaves_meta(keywords: dict[str, Any]) -> bool:
    return keywords.get("device") is not None and torch.device(keywords["device"]).type != "meta"


def _made_up(tensor: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    noise = 0.5 + torch.rand(tensor.shape) / 2  # never a picture of one colour
    return noise.to(dtype) if dtype.is_floating_point or dtype == torch.bool else (noise * 255).to(dtype)


def count_operations(run: Callable[[], object], modules: Watched) -> Count:
    """Count what runs on the meta device."""
    counter = FlopCounterMode(display=False)
    watch = StageWatch(counter.get_total_flops, lambda start, end: (end - start) / 1e12)
    host = MetaHost()  # type: ignore[no-untyped-call]
    with watching(watch, modules), counter, host, torch.no_grad():
        run()
    tflop = watch.costs()
    return Count(tflop={**tflop, OUTSIDE: counter.get_total_flops() / 1e12 - sum(tflop.values())}, rows=watch.rows)
