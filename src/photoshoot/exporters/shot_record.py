"""The record that a file carries: what made the shot, enough to make the same file again from the same photo."""

from __future__ import annotations

from dataclasses import asdict

from photoshoot.records import Canvas, Product, Scene, Shot
from photoshoot.records_io import Json as Json
from photoshoot.records_io import to_plain
from photoshoot.settings import ExportSettings
from photoshoot.weights import load_manifest


def write_record(shot: Shot, settings: ExportSettings, software: str) -> dict[str, Json]:
    """A shot's record as plain data; no times, no paths."""
    scene, provenance, quality = shot.scene, shot.provenance, shot.quality
    return {
        "software": software,
        "engine": provenance.engine,
        "versions": dict(provenance.versions),
        "models": _write_models(shot.product),
        "settings": dict(provenance.settings),
        "seed": shot.seed,
        "prompt_index": shot.prompt_index,
        **_write_scene(scene),
        "product": _write_product(shot.product),
        "canvas": _write_canvas(shot.canvas),
        "recipe": None if shot.recipe is None else to_plain(shot.recipe),
        "quality": None if quality is None else dict(quality.to_record()),  # type: ignore[arg-type]  # invariance
        "core_region": "" if quality is None else quality.core_region,
        "file": to_plain(settings),
    }


def _write_models(product: Product) -> dict[str, Json]:
    """Digest of the embedded model that cut the product out; what an engine loads is among its versions."""
    models = load_manifest().embedded.items()
    return {name: model.sha256 for name, model in models if product.cutout.segmenter.startswith(f"{name}-")}


def _write_scene(scene: Scene) -> dict[str, Json]:
    return {
        "preset_id": scene.preset_id,
        "preset_sha256": scene.preset_sha256,
        "prompt": scene.text,
        "native_prompt": scene.native_text,
        "full_prompt": scene.full_text,
        "negative_prompt": scene.negative_text,
        "style_reference": scene.style_reference is not None,
        "reading": scene.reading,
    }


def _write_product(product: Product) -> dict[str, Json]:
    cutout = product.cutout
    return {
        "name": product.name,
        "description": product.description,
        "category": product.category.value,
        "segmenter": cutout.segmenter,
        "segmentation": None if cutout.segmentation is None else asdict(cutout.segmentation),
        "photo_sha256": cutout.photo_sha256,
    }


def _write_canvas(canvas: Canvas) -> dict[str, Json]:
    return {
        "label": canvas.label,
        "width_px": canvas.width_px,
        "height_px": canvas.height_px,
        "product_box": list(canvas.product_box.as_tuple()),
        "safe_area": list(canvas.safe_area.as_tuple()),
        "stance": canvas.stance.value,
    }
