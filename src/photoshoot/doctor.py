"""What photoshoot finds on this machine: packages, extras, weights, renderer, cores and memory."""

import os
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from photoshoot.distribution import DISTRIBUTION
from photoshoot.errors import MissingExtraError, PhotoshootError
from photoshoot.machine.device import choose_torch_device, count_cores, free_memory_bytes
from photoshoot.machine.onnx_runtime import describe_clash, import_onnxruntime
from photoshoot.placers.studio.variant import CUDA, describe_variant, import_mitsuba
from photoshoot.weights import find_weights, load_manifest

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra == ['\"]([^'\"]+)['\"]")


@dataclass(frozen=True, kw_only=True)
class Renderer:
    """What the studio renders with."""

    variant: str
    """Mitsuba variant; empty where Mitsuba is not usable."""
    detail: str
    """The compiler or device behind it."""
    advice: str
    """How to get a faster one, or what is wrong; empty where nothing is to be gained."""
    cuda: bool
    """Whether it renders on a GPU."""


@dataclass(frozen=True, kw_only=True)
class Examination:
    """Everything that was found."""

    python: str
    """Version of Python that runs this."""
    system: str
    """Operating system and processor."""
    cores: int
    """Processor cores that this process may use."""
    memory_bytes: int | None
    """Physical memory; None where the system does not say."""
    packages: Mapping[str, str | None]
    """Required package → its version, None where it is missing."""
    extras: Mapping[str, Mapping[str, str | None]]
    """Extra → its packages, likewise."""
    weights: Mapping[str, str | None]
    """Embedded model → None where its checksum holds, else what is wrong."""
    renderer: Renderer
    """The studio's renderer."""
    diffusion_memory: Mapping[str, str]
    """Family of diffusion networks → what ``DiffusionSettings.memory`` chooses by itself on this machine's CUDA card,
    of which so much is free now; empty without a card."""
    onnx_providers: tuple[str, ...]
    """Where ONNX Runtime can run models; empty where it is missing."""
    onnx_advice: str
    """What is wrong with its installation; empty where nothing is."""

    @property
    def ready(self) -> bool:
        """Whether the embedded engine can work: every required package, every model, the renderer, ONNX Runtime."""
        present = all(self.packages.values()) and bool(self.renderer.variant) and bool(self.onnx_providers)
        return present and not any(self.weights.values())


def examine() -> Examination:
    """Look at this machine. Nothing is changed, downloaded or rendered."""
    return Examination(
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        cores=count_cores(),
        memory_bytes=_measure_memory(),
        packages=_find_packages(None),
        extras={extra: _find_packages(extra) for extra in _list_extras()},
        weights={name: _check_weights(name) for name in load_manifest().embedded},
        renderer=_examine_renderer(),
        diffusion_memory=_expect_memory(),
        onnx_providers=_list_providers(),
        onnx_advice=describe_clash(),
    )


def _list_extras() -> list[str]:
    found = (_EXTRA.search(line) for line in requires(DISTRIBUTION) or [])
    return sorted({match.group(1) for match in found if match} - {"dev"})


def _find_packages(extra: str | None) -> dict[str, str | None]:
    names = []
    for line in requires(DISTRIBUTION) or []:
        match, name = _EXTRA.search(line), _NAME.match(line)
        if name and (match.group(1) if match else None) == extra:
            names.append(name.group())
    return {name: _find_version(name) for name in names}


def _find_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _check_weights(name: str) -> str | None:
    try:
        find_weights(name)
    except PhotoshootError as error:
        return str(error)
    return None


def _examine_renderer() -> Renderer:
    try:
        import_mitsuba()
        found = describe_variant()
    except PhotoshootError as error:
        return Renderer(variant="", detail="", advice=str(error), cuda=False)
    return Renderer(variant=found.variant, detail=found.detail, advice=found.advice, cuda=found.variant == CUDA)


def _expect_memory() -> dict[str, str]:
    try:
        free_bytes = free_memory_bytes(choose_torch_device("cuda"))
        from photoshoot.placers.diffusion.memory.memory_ladder import expect_rungs
    except (ImportError, PhotoshootError):  # no PyTorch, or no card
        return {}
    return {} if free_bytes is None else expect_rungs(free_bytes)


def _list_providers() -> tuple[str, ...]:
    try:
        return tuple(import_onnxruntime().get_available_providers())
    except MissingExtraError:
        return ()


def _measure_memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return None
