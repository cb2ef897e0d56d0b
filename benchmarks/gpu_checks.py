"""What ``bench_gpu.py`` asks of a card: each check measures one thing and says it in words."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from network_sizes import SD15, SMALL, Sizes
from networks import build_networks
from ours import load_networks
from shots import SHOTS, texts_of
from torch import nn
from torch.profiler import ProfilerActivity, profile
from torch.utils.flop_counter import FlopCounterMode

from photoshoot.engines.build import STARTER
from photoshoot.errors import WeightsMissingError
from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.profiles import SETTINGS, find_profile
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import RgbImage, Shot, ShotRequest
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import DiffusionSettings
from photoshoot.stages import OnStep

GIB, HALF_MAX = 2**30, 65504.0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check came to."""

    check: str
    """What was asked."""
    measured: str
    """The answer."""
    target: str = ""
    """What it is to be; empty: it is told alone."""
    met: bool | None = None
    """Whether it is that."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """What is measured on."""

    device: torch.device
    requests: Sequence[ShotRequest]
    """Six landscape shots."""
    small: bool
    """Whether small networks stand in, so that a CPU can run it: figures say nothing then."""

    @property
    def runs(self) -> int:
        """Of which the median is taken."""
        return 1 if self.small else 3

    @property
    def sizes(self) -> Sizes:
        """Of networks with random weights."""
        return SMALL if self.small else SD15

    def settings(self, profile_name: str, **changes: object) -> DiffusionSettings:
        """A profile's own; with so few steps that a CPU is done soon, where it is small."""
        few = {"num_inference_steps": 2, "refine_steps": 2, "base_scale": 0.5} if self.small else {}
        return replace(SETTINGS[profile_name], **{**few, **changes})  # type: ignore[arg-type]

    def load(self, profile_name: str, sizes: Sizes | None = None, **changes: object) -> Models:
        """The profile's weights where they are on this machine, else networks of its size with random ones."""
        settings = self.settings(profile_name, **changes)
        if not self.small and sizes is None:
            try:
                return load_models(find_profile(profile_name).sources, settings, self.device)
            except WeightsMissingError:
                pass
        dtype = torch.float16 if self.device.type == "cuda" and settings.dtype == "auto" else torch.float32
        networks = build_networks(sizes or self.sizes, texts_of(self.requests), self.device, dtype)
        return load_networks(networks, Family.SD15, settings)

    def wait(self) -> None:
        """Until the device is done."""
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)


class Rendered:
    """The studio's starts, each rendered once: what the network does is timed without them."""

    batch_size, overlap = SHOTS, 1

    def __init__(self) -> None:
        self.seconds, self.made = 0.0, 0
        self._studio, self._known = StudioPlacer(STARTER), dict[tuple[int, int, int], Shot]()

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture once."""
        del on_step
        keys = [(request.seed, request.canvas.width_px, request.canvas.height_px) for request in requests]
        missing = [one for one, key in zip(requests, keys, strict=True) if key not in self._known]
        start = time.perf_counter()
        made = iter(self._studio.place(missing))
        self.made += len(missing)
        self._known.update({key: next(made) for key in keys if key not in self._known})
        self.seconds += time.perf_counter() - start
        return [self._known[key] for key in keys]

    def close(self) -> None:
        """Give the memory back."""
        self._studio.close()


def build_placer(models: Models, settings: DiffusionSettings, starter: Rendered | None = None) -> DiffusionPlacer:
    """The public placer."""
    return DiffusionPlacer(models, settings, starter=starter, segmenter=U2NetSegmenter())


def check_card(subject: Subject) -> Iterator[Finding]:
    """What it is."""
    versions = f"torch {torch.__version__}, CUDA {torch.version.cuda or 'none'}"
    if subject.device.type != "cuda":
        yield Finding(check="device", measured=f"the CPU; {versions}")
        return
    card = torch.cuda.get_device_properties(subject.device)
    query = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    driver = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split()[0]
    told = f"{card.name}, {card.total_memory / GIB:.0f} GiB, compute {card.major}.{card.minor}, driver {driver}"
    yield Finding(check="device", measured=f"{told}; {versions}")


def check_equality(subject: Subject) -> Iterator[Finding]:
    """The same pictures as on the CPU, with the same small networks, in both number formats."""
    settings = {"init": "noise", "allow_tf32": False, "num_inference_steps": 4, "refine_steps": 4}
    pictures: dict[str, RgbImage] = {}
    for name, device, dtype in (
        ("cpu", torch.device("cpu"), "float32"),
        ("single", subject.device, "float32"),
        ("half", subject.device, "float16" if subject.device.type == "cuda" else "bfloat16"),
    ):
        there = replace(subject, device=device)
        models = there.load("sd15", SMALL, dtype=dtype, **settings)
        placer = build_placer(models, there.settings("sd15", dtype=dtype, **settings))
        pictures[name] = placer.place(subject.requests[:1])[0].image
    for name, least in (("single", 45.0), ("half", 30.0)):
        psnr = _psnr(pictures[name], pictures["cpu"])
        text = f"{psnr:.1f} dB" if psnr < 100 else "the same bytes"
        yield Finding(
            check=f"{name} precision against the CPU", measured=text, target=f"≥ {least:g} dB", met=psnr >= least
        )


def check_range(subject: Subject, models: Models) -> Iterator[Finding]:
    """How near activations come to the largest number of half precision."""
    largest: dict[str, torch.Tensor] = {}

    def watch(name: str) -> object:
        def look(_: nn.Module, __: object, output: object) -> None:
            if isinstance(output, torch.Tensor):
                now = output.detach().abs().amax().float()
                largest[name] = torch.maximum(largest.get(name, now), now)

        return look

    parts = {"UNet": models.unet, "VAE": models.vae, "text encoder": models.text_encoders[0]}
    hooks = [m.register_forward_hook(watch(name)) for name, part in parts.items() for m in part.modules()]  # type: ignore[arg-type]
    try:
        build_placer(models, subject.settings("sd15", init="noise")).place(subject.requests[:1])
    finally:
        for hook in hooks:
            hook.remove()
    for name, value in largest.items():
        share = float(value) / HALF_MAX
        yield Finding(
            check=f"{name}: largest activation", measured=f"{share:.1%} of 65504", target="< 100 %", met=share < 1
        )


def check_speed(
    subject: Subject, models: Models, profile_name: str, most_s: float, starter: Rendered
) -> Iterator[Finding]:
    """Seconds, share of the matmul peak and memory of six shots, the studio's starts rendered before."""
    settings = subject.settings(profile_name)
    placer = build_placer(models, settings, starter)
    seconds, made = starter.seconds, starter.made
    placer.place(subject.requests)  # kernels are chosen
    if starter.made > made:
        told = f"{starter.seconds - seconds:.2f} s for {starter.made - made}"
        yield Finding(check="studio starts", measured=told)
    if subject.device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(subject.device)
    seconds = statistics.median(_time(subject, lambda: placer.place(subject.requests)) for _ in range(subject.runs))
    canvas = subject.requests[0].canvas
    name = f"`{profile_name}`, {len(subject.requests)} x {canvas.width_px}x{canvas.height_px}"
    yield Finding(check=name, measured=f"{seconds:.2f} s", target=f"≤ {most_s:g} s", met=seconds <= most_s)
    if subject.device.type == "cuda":
        peak = torch.cuda.max_memory_allocated(subject.device) / GIB
        yield Finding(check=f"{name}: memory", measured=f"{peak:.1f} GiB", target="≤ 16 GiB", met=peak <= 16)
    with FlopCounterMode(display=False) as counter:
        placer.place(subject.requests)
    tflop, matmul = counter.get_total_flops() / 1e12, _measure_matmul(subject)
    share = tflop / seconds / matmul
    told = f"{share:.0%} of {matmul:.3g} TFLOP/s ({tflop:.3g} TFLOP)"
    yield Finding(check=f"{name}: of the matmul peak", measured=told, target="≥ 45 %", met=share >= 0.45)


def check_kernels(subject: Subject, models: Models) -> Iterator[Finding]:
    """What the seconds go to."""
    placer = build_placer(models, subject.settings("sd15", init="noise"))
    on_card = subject.device.type == "cuda"
    with profile(activities=[ProfilerActivity.CUDA if on_card else ProfilerActivity.CPU]) as seen:
        placer.place(subject.requests)
        subject.wait()
    cost = {e.key: e.self_device_time_total if on_card else e.self_cpu_time_total for e in seen.key_averages()}
    for name in sorted(cost, key=cost.__getitem__, reverse=True)[:8]:
        yield Finding(check=f"kernel `{name[:70]}`", measured=f"{cost[name] / sum(cost.values()):.0%} of the time")


def check_compiled(subject: Subject, plain: Models) -> Iterator[Finding]:
    """What compiling costs and gives, and that pictures stay the same."""
    eager = build_placer(plain, subject.settings("sd15", init="noise"))
    pictures = [shot.image for shot in eager.place(subject.requests)]
    before = _time(subject, lambda: eager.place(subject.requests))
    settings = subject.settings("sd15", init="noise", compile=True)
    placer = build_placer(subject.load("sd15", init="noise", compile=True), settings)
    with _compiling(subject):
        first = _time(subject, lambda: placer.place(subject.requests))
        after = _time(subject, lambda: placer.place(subject.requests))
        worst = min(_psnr(s.image, p) for s, p in zip(placer.place(subject.requests), pictures, strict=True))
    graphs = torch._dynamo.utils.counters["stats"]["unique_graphs"]
    yield Finding(check="compiled: first call", measured=f"{first:.0f} s, {graphs} graphs")
    yield Finding(check="compiled: calls after", measured=f"{before / after:.2f} times as fast as uncompiled")
    if settings.dtype == "auto":
        yield Finding(check="compiled: pictures", measured=f"{worst:.1f} dB", target="≥ 30 dB", met=worst >= 30)


def check_studio(subject: Subject) -> Iterator[Finding]:
    """The renderer and denoiser on the card, against those on the CPU; each in a process of its own."""
    ways = {"auto": ("", "auto"), "again": ("", "auto")} if subject.small else {"CPU": ("llvm_ad_rgb", "oidn")}
    if not subject.small:
        ways |= {"card": ("cuda_ad_rgb", "optix")}
    pictures, seconds = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, way in ways.items():
            path = Path(folder) / f"{name}.npz"
            command = [sys.executable, str(Path(__file__).with_name("gpu_render.py")), *way, str(path)]
            command += ["--small"] if subject.small else []
            subprocess.run(command, check=True)
            with np.load(path) as found:
                pictures.append(found["image"])
                seconds.append(float(found["seconds"]))
    one, two = ways
    told = f"{_psnr(*pictures):.1f} dB; {seconds[1]:.2f} s, {one} {seconds[0]:.2f} s"
    met = _psnr(*pictures) >= 30
    yield Finding(check=f"studio, {two} against {one}", measured=told, target="≥ 30 dB", met=met)


def give_up(*_: object) -> None:
    """Free what was measured on."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


@contextmanager
def _compiling(subject: Subject) -> Iterator[None]:
    """A CPU would compile for minutes: there what is compiled runs as it is."""
    torch._dynamo.utils.counters.clear()
    torch.compiler.set_stance("force_eager" if subject.small else "default")
    try:
        yield
    finally:
        torch.compiler.set_stance("default")


def _time(subject: Subject, work: object) -> float:
    subject.wait()
    start = time.perf_counter()
    work()  # type: ignore[operator]
    subject.wait()
    return time.perf_counter() - start


def _measure_matmul(subject: Subject, rounds: int = 50) -> float:
    """TFLOP/s of a large product."""
    side, dtype = (128, torch.float32) if subject.small else (8192, torch.float16)
    left, right = (torch.randn(side, side, device=subject.device, dtype=dtype) for _ in range(2))

    def run() -> None:
        for _ in range(rounds):
            left @ right

    run()
    return rounds * 2 * side**3 / _time(subject, run) / 1e12


def _psnr(one: RgbImage, other: RgbImage) -> float:
    error = float(np.mean((one.astype(float) - other) ** 2))
    return float("inf") if error == 0 else 10 * float(np.log10(255**2 / error))
