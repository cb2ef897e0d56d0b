"""Built sets, one of which is kept (Dr.Jit's kernels grow with every scene object alive in the process); and plates.

Plates are kept of sets without a product, so that many are laid over each: some in memory, more on disk, in
``$XDG_CACHE_HOME/photoshoot/plates`` (``~/.cache`` where that is not set), for a catalogue's processes and later runs.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import io
import logging
import math
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from cachetools import LRUCache

from photoshoot.errors import ExportError, SettingsError
from photoshoot.files import AtomicFiles, cache_folder, keep_newest
from photoshoot.placers.studio.assets.clothes_stand import hold_up, off_stand
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.gobos import hang_gobo
from photoshoot.placers.studio.product.contact import contact_rise
from photoshoot.placers.studio.product.cords import trace_cords
from photoshoot.placers.studio.product.proxy import load_absence
from photoshoot.placers.studio.product.shoulders import trace_shoulders
from photoshoot.placers.studio.renderer.exposure import ToneMapping, choose_exposure
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.plate import Plate
from photoshoot.placers.studio.renderer.plate_pipeline import PlatePipeline
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.placers.studio.rounding import FINE, SHARED
from photoshoot.placers.studio.scene.shapes import Builder, SetParts, load_shapes, loading_beside
from photoshoot.placers.studio.variant import Kernels, give_buffers_back
from photoshoot.placers.studio.viewing import lens_radius, view_of
from photoshoot.records import Canvas, Category, ShotRequest
from photoshoot.seeds import SET
from photoshoot.sets import FAMILIES, SetDesign, set_name
from photoshoot.settings import Stance, StudioSettings


@dataclass(frozen=True, kw_only=True)
class SetKey:
    """What decides how a set is built."""

    design: SetDesign
    """The set, in the stance of the canvas."""
    view: View
    """The camera, and the room the product takes."""
    seed: int
    """The shot's, 0 or more."""

    @property
    def name(self) -> str:
        """What tells it from others: 12 hex digits."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    @classmethod
    def of_canvas(cls, canvas: Canvas, design: SetDesign, seed: int, *, shared: bool = False) -> SetKey:
        """Of a set without a product; ``shared`` by products of nearly one size."""
        view = view_of(canvas, design, rounding=SHARED if shared else FINE)
        return cls(design=_check_stance(design, canvas), view=view, seed=seed)

    @classmethod
    def of(cls, request: ShotRequest, *, shared: bool = False) -> SetKey:
        """Of the set round a product; ``shared`` by products of nearly one size."""
        design = _check_stance(request.scene.design, request.canvas)
        view = view_of(request.canvas, design, contact_rise(request.layer, request.canvas), SHARED if shared else FINE)
        held = request.layer, request.canvas, view
        hangs = view.stance is Stance.HANGING and not design.afloat
        if hangs and request.product.category is Category.GARMENT:
            view = replace(view, shoulders=trace_shoulders(*held))
        elif hangs and not view.on_wall:
            view = replace(view, cords=trace_cords(*held))
        return cls(design=design, view=view, seed=request.seed)


@dataclass(frozen=True, kw_only=True, eq=False)
class BuiltSet:
    """A set in memory."""

    key: SetKey
    """What the set was built for."""
    shapes: dict[str, object]
    """Loaded shapes and lights, by name."""
    camera: Camera
    """What sees it: a film and a lens."""
    tone_mapping: ToneMapping
    """How its light becomes a picture."""


class SceneCache:
    """Holds the set at hand. Not thread-safe.

    Args:
        pipeline: Meters new sets, and says what camera sees them.
        settings: What of tone and vignette is not the set's own.
    """

    def __init__(self, pipeline: RenderPipeline, settings: StudioSettings | None = None) -> None:
        self._pipeline, self._settings = pipeline, settings or StudioSettings()
        self._built: BuiltSet | None = None
        self._kernels = Kernels()

    def build(self, key: SetKey) -> BuiltSet:
        """The set of a key: the one at hand, or a new one in its place."""
        self._kernels.check_process()
        if self._built is None or self._built.key != key:
            self.clear()
            self._kernels.count_set()
            self._built = self._build(key)
        return self._built

    def sort(self, keys: Sequence[SetKey]) -> list[int]:
        """The order of keys, by their places, in which each set is built once, and the one at hand not again."""
        at_hand = None if self._built is None else self._built.key
        return sorted(range(len(keys)), key=lambda index: (keys[index] != at_hand, keys[index].name, index))

    def rest(self, *, keep: bool) -> None:
        """Give back what tracing took; and the set's own, up to 110 MB, unless another shot is likely to ``keep`` it.

        The denoiser, which comes next, takes more than either.
        """
        self._built = self._built if keep else None
        give_buffers_back()

    def clear(self) -> None:
        """Give the set's memory back."""
        self.rest(keep=False)

    def _build(self, key: SetKey) -> BuiltSet:
        chance = SET.generator(key.seed)
        with loading_beside():
            parts = load_builder(key.design)(key.design, off_stand(key.view, key.design.hangs_from), chance)
            parts = hang_gobo(parts, key.design.light, key.view, chance)
            shapes = load_shapes({**parts.shapes, **hold_up(key.view, key.design.hangs_from)})
        if key.design.depth_of_field == "deep":
            parts = replace(parts, film_density=math.inf, least_patch=0.0)
        camera = self._pipeline.camera(
            key.view, lens_radius(parts.aperture, key.design), film_density=parts.film_density
        )
        camera = replace(camera, least_patch=parts.least_patch, lawn=parts.lawn, untold_db=parts.untold_db)
        card = self._pipeline.read_card({**shapes, **load_absence()}, camera) if parts.exposure is None else None
        return BuiltSet(
            key=key,
            shapes=shapes,
            camera=camera,
            tone_mapping=self._choose_tone(key.design, parts, choose_exposure(parts, card)),
        )

    def _choose_tone(self, design: SetDesign, parts: SetParts, exposure: float) -> ToneMapping:
        curve, vignette = self._settings.tone_curve, self._settings.vignette
        return ToneMapping(
            exposure=exposure,
            bloom=parts.bloom,
            vignette=parts.vignette if vignette is None or design.pure_white else vignette,
            curve=parts.tone_curve if curve == "auto" else curve,
        )


def _check_stance(design: SetDesign, canvas: Canvas) -> SetDesign:
    """Hold that a design can hold a product as the canvas has it."""
    if not design.holds(canvas.stance):
        allowed = f"a set that holds a {canvas.stance} product: sets.hold makes one of it"
        raise SettingsError("scene.design", set_name(design), allowed)
    return design


def load_builder(design: SetDesign) -> Builder:
    """Import what builds a design."""
    module, _, function = FAMILIES[set_name(design)].builder.partition(":")
    builder: Builder = getattr(importlib.import_module(module), function)
    return builder


MOST_BYTES = 256 * 2**20
"""What plates may take in memory: about twenty of 1674x628."""
MOST_DISK_BYTES = 2**30
"""What they may take on disk."""
_log = logging.getLogger("photoshoot")


class PlateCache:
    """Renders plates, and keeps those that were asked for last. Not thread-safe; processes may share a folder.

    A plate is a function of its set and of how it is rendered, so it is the same whether it was kept or made anew.

    Args:
        pipeline: Renders them.
        rendering: How, by name: settings, versions, variant. Plates of another rendering are others.
        folder: Where they are kept on disk.
    """

    def __init__(self, pipeline: PlatePipeline, rendering: Mapping[str, object], folder: Path) -> None:
        self._pipeline, self._folder = pipeline, folder
        self._rendering = repr(sorted(rendering.items()))
        self._kept: LRUCache[SetKey, Plate] = LRUCache(MOST_BYTES, getsizeof=lambda plate: plate.size_bytes)

    def get(self, built: BuiltSet) -> Plate:
        """The plate of a built set."""
        if (plate := self._kept.get(built.key)) is not None:
            return plate
        path = self._path(built.key)
        plate = _load(path)
        if plate is None:
            plate = self._render(built)
            self._save(path, plate)
        if plate.size_bytes <= MOST_BYTES:
            self._kept[built.key] = plate
        return plate

    def clear(self) -> None:
        """Give the memory back."""
        self._kept.clear()

    def _render(self, built: BuiltSet) -> Plate:
        exposure = built.tone_mapping.exposure
        return self._pipeline.render_plate(built.shapes, load_absence(), built.camera, built.key.seed, exposure)

    def _path(self, key: SetKey) -> Path:
        told = f"{self._rendering}\n{key!r}\n{platform.node()}\n{_digest_code()}"
        return self._folder / f"{hashlib.sha256(told.encode()).hexdigest()}.npz"

    def _save(self, path: Path, plate: Plate) -> None:
        held = io.BytesIO()
        arrays = {item.name: np.asarray(getattr(plate, item.name)) for item in fields(Plate)}
        np.savez(held, allow_pickle=False, **arrays)
        try:
            with AtomicFiles() as files:
                files.write(path, held.getvalue())
            keep_newest(self._folder, "*.npz", MOST_DISK_BYTES)
        except (ExportError, OSError) as error:
            _log.warning("a plate is not kept on disk: %s", error)


def default_folder() -> Path:
    """Where plates are kept on disk, unless a caller says so."""
    return cache_folder("plates")


def _load(path: Path) -> Plate | None:
    """A plate of a file; None where there is none, or half of one."""
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {item.name: held[item.name] for item in fields(Plate)}
        os.utime(path)  # the oldest go first
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError) as error:
        _log.warning("%s is made anew, for it can't be read: %s", path, error)
        return None
    return Plate(**{**arrays, "spp": int(arrays["spp"])})


@functools.cache
def _digest_code() -> str:
    """The digest of all that builds and renders sets: a plate of other code is another one."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for file in sorted(file for part in ("placers/studio", "sets", "color") for file in (root / part).rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
