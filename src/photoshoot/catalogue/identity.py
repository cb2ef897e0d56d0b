"""What pixels depend on besides the photo: digests, so that finished work is known again."""

import dataclasses
import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.recipe import Recipe
from photoshoot.distribution import DISTRIBUTION
from photoshoot.engines.choice import STUDIO
from photoshoot.files import digest_file, find_data
from photoshoot.records.plain_data import to_plain
from photoshoot.request import write_request
from photoshoot.weights import Model, load_manifest

PACKAGES: Final = (
    DISTRIBUTION,
    "numpy",
    "scipy",
    "pillow",
    "mitsuba",
    "drjit",
    "mitsuba-oidn",
    "onnxruntime",
    "onnxruntime-gpu",
)
"""Those that make the studio's pixels and the cut-outs."""
_DIFFUSION_PACKAGES = ("torch", "diffusers", "transformers", "peft")
_PROSE = ("note", "licence", "bytes", "approximate")


def identify_recipe(recipe: Recipe) -> str:
    """The digest of all that a recipe's pictures depend on, but for the photos and the kind of machine.

    That is the recipe itself, the versions of the packages that make pixels, the presets, and the models' digests.
    Device, number of processes, folders and the order of the list are not in it.

    Raises:
        UnknownNameError: There is no segmenter of that name.
        OSError: A model's or preset's file can't be read.
    """
    engine = recipe.engine
    packages = PACKAGES if engine.name == STUDIO else (*PACKAGES, *_DIFFUSION_PACKAGES)
    recipe_facts: dict[str, Any] = {
        "request": write_request(recipe.request),
        "recommended": recipe.recommended,
        "files": list(map(to_plain, recipe.files)),
        "engine": to_plain(engine),
    }
    recipe_facts["engine"]["name"] = Path(engine.name).name
    recipe_facts["engine"]["loras"] = [
        (lora.path.name, lora.weight, *digest_files([lora.path])) for lora in engine.loras
    ]
    return digest_facts(
        {
            "recipe": recipe_facts,
            "versions": list_versions(packages),
            "presets": digest_files([find_data("presets") / "catalogue", *recipe.preset_folders]),
            "models": list(_model_facts(recipe)),
        }
    )


def identify_item(recipe_digest: str, item: Item, photo_sha256: str) -> str:
    """The digest of one product's content: its photo, what its list says of it, and the recipe."""
    facts = {"recipe": recipe_digest, "photo": photo_sha256, "name": item.name, "description": item.description}
    return digest_facts(facts)


def identify_photo(item: Item, file: bytes | None = None) -> str:
    """What a change of the photo changes, hex: a file's SHA-256; of an address its own, which shops change with it.

    Args:
        item: Whose photo it is.
        file: The photo's bytes, where they are at hand.

    Raises:
        OSError: The photo's file can't be read.
    """
    if isinstance(item.photo, str):
        return hashlib.sha256(item.photo.encode()).hexdigest()
    return digest_file(item.photo) if file is None else hashlib.sha256(file).hexdigest()


def list_versions(packages: Iterable[str]) -> dict[str, str]:
    """Versions of the packages that are installed."""
    return {name: version for name in packages if (version := _version(name))}


def digest_facts(facts: Mapping[str, Any]) -> str:
    """Hex SHA-256 of a document of plain values; the order of its keys does not matter."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_files(places: Iterable[Path]) -> list[str]:
    """The digest of each place: a file, or all files under a folder with their names; wherever it lies."""
    return [_digest_place(place) for place in places]


def _digest_place(place: Path) -> str:
    if not place.is_dir():
        return digest_file(place)
    files = sorted(file for file in place.rglob("*") if file.is_file())
    return digest_facts({file.relative_to(place).as_posix(): digest_file(file) for file in files})


def _model_facts(recipe: Recipe) -> Iterator[object]:
    engine, manifest = recipe.engine, load_manifest()
    yield from (model.sha256 for model in manifest.embedded.values())
    if engine.segmenter not in manifest.embedded:
        yield _digest_model(manifest.get(engine.segmenter))
    if engine.name in manifest.profiles:
        yield from map(_digest_model, manifest.expand([engine.name]))
    elif engine.name != STUDIO:
        yield from digest_files([Path(engine.name)])


def _digest_model(model: Model) -> str:
    return digest_facts({key: value for key, value in dataclasses.asdict(model).items() if key not in _PROSE})


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
