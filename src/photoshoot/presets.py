"""Presets: named scenes, one JSON file a category.

A preset file is an array of objects with the HTTP API's fields (``previewImageUrl`` may be left out: it depends on
where previews are served) and three of our own: ``sceneText`` (the scene in words, without the product),
``negativeText`` and ``set`` (what the studio builds; see ``photoshoot.sets``)::

    {"id": "white_background", "previewName": "White Background", "promptText": ", in front of a white background",
     "tags": [], "categories": [{"name": "monochrome"}], "isOldPreset": false,
     "sceneText": "…", "negativeText": "…", "set": {"name": "cyclorama", "colors": ["#ffffff"]}}
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from photoshoot.errors import InputError, PresetError, UnknownNameError
from photoshoot.files import JsonObject, find_data, load_json
from photoshoot.records.figures import Shown
from photoshoot.sets import SetDesign, parse_set, set_name

if TYPE_CHECKING:
    from PIL import Image

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_WORD = re.compile(r"[^\W_]+")
_REQUIRED = ("id", "previewName", "promptText", "sceneText", "set")
_OPTIONAL = ("tags", "categories", "isOldPreset", "negativeText", "previewImageUrl")


@dataclass(frozen=True, kw_only=True, repr=False)
class Preset(Shown):
    """A named scene."""

    id: str
    """Identifier, lower snake case; also the stem of its preview and plate files."""
    preview_name: str
    """The name that people read."""
    prompt_text: str
    """What is joined to the product's name, such as ``", in front of a white background"``."""
    categories: tuple[str, ...]
    """Groups it is shown in; a preset without one is found by its words and tags alone."""
    tags: tuple[str, ...]
    """Words it is filtered by."""
    is_old_preset: bool
    """Kept for old callers; not recommended any more."""
    scene_text: str
    """The scene alone, fit for a diffusion prompt: no product is named."""
    negative_text: str
    """What must not be in the picture."""
    design: SetDesign
    """What the studio builds."""
    source: Path
    """The file it was read from."""

    @property
    def sha256(self) -> str:
        """Hex digest of all that it says: its version. Where it was read from has no part in it."""
        data = {**dataclasses.asdict(self), "set": set_name(self.design), "source": None}
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    @property
    def preview_path(self) -> Path | None:
        """The picture people choose it by, or None where there is none."""
        return self._find_picture("previews")

    @property
    def plate_path(self) -> Path | None:
        """The same set without a product (the style reference), or None where there is none."""
        return self._find_picture("plates")

    def _picture(self) -> Image.Image | None:
        from PIL import Image

        if (path := self.preview_path) is None:
            return None
        with Image.open(path) as picture:
            return picture.convert("RGB")

    def _line(self) -> str:
        return f"{self.id}: {self.scene_text}"

    def _find_picture(self, folder: str) -> Path | None:
        # Embedded presets keep pictures beside the catalogue folder, a user's folder holds its own.
        roots = (self.source.parent, self.source.parent.parent)
        return next((path for root in roots if (path := root / folder / f"{self.id}.webp").is_file()), None)


class PresetRegistry:
    """All presets, by id, in the order of their files.

    Raises:
        PresetError: Two presets have one id.
    """

    def __init__(self, presets: Iterable[Preset]) -> None:
        self._presets: dict[str, Preset] = {}
        for preset in presets:
            if preset.id in self._presets:
                first = self._presets[preset.id].source
                raise PresetError(str(preset.source), "id", f"{preset.id!r} is already taken by {first}")
            self._presets[preset.id] = preset

    @classmethod
    def load(cls, folders: Sequence[str | Path] = ()) -> PresetRegistry:
        """Read the embedded presets, then every ``*.json`` of the given folders.

        Args:
            folders: A user's own preset folders; each may hold ``previews/<id>.webp`` and ``plates/<id>.webp``.

        Raises:
            PresetError: A file or folder is missing, malformed, or repeats an id.
        """
        own = (preset for folder in folders for file in _list_files(Path(folder)) for preset in load_presets(file))
        return cls((*_load_embedded(), *own))

    def __iter__(self) -> Iterator[Preset]:
        return iter(self._presets.values())

    def __len__(self) -> int:
        return len(self._presets)

    def means(self, text: str) -> bool:
        """Whether a text is a preset's id, or was meant as one, such as a mistyped id: no scene in words has a "_"."""
        name = text.strip()
        return name in self or ("_" in name and " " not in name)

    def __contains__(self, id: object) -> bool:
        return id in self._presets

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id."""
        return tuple(self._presets)

    def get(self, id: str) -> Preset:
        """The preset of that id.

        Raises:
            UnknownNameError: There is none; the message lists near matches.
        """
        if id not in self._presets:
            raise UnknownNameError("preset", id, self._presets, "photoshoot presets list")
        return self._presets[id]

    def search(self, text: str = "", category: str | None = None, tag: str | None = None) -> list[Preset]:
        """Presets that have any word of ``text`` and the category and tag, best match first.

        Words match from their beginning ("grad" finds "gradient"), in id, name, tags, categories and prompt text.

        Raises:
            UnknownNameError: No preset has the category, or none the tag; the message lists near matches.
        """
        self._check_names("category", category, (name for preset in self for name in preset.categories))
        self._check_names("tag", tag, (name for preset in self for name in preset.tags))
        words = split_words(text)
        kept = [preset for preset in self if _has(preset.categories, category) and _has(preset.tags, tag)]
        scored = [(_score(preset, words), preset) for preset in kept]
        ranked = sorted(scored, key=lambda pair: pair[0], reverse=True)
        return [preset for score, preset in ranked if not words or score[0]]

    @staticmethod
    def _check_names(kind: str, wanted: str | None, known: Iterable[str]) -> None:
        names = {name.lower() for name in known}
        if wanted is not None and wanted.lower() not in names:
            raise UnknownNameError(kind, wanted, names)

    def groups(self) -> dict[str, list[Preset]]:
        """The "All" view: category name → its presets. Presets without a category are found by tag alone."""
        names = dict.fromkeys(name for preset in self for name in preset.categories)
        return {name: [preset for preset in self if name in preset.categories] for name in names}


def split_words(text: str) -> list[str]:
    """Lower-case words of a text, in order; ``_`` and punctuation part them."""
    return _WORD.findall(text.lower())


def load_presets(file: Path) -> list[Preset]:
    """Read one preset file.

    Raises:
        PresetError: It is not JSON, not an array of presets, or a preset's key is missing, unknown or wrong.
    """
    data = load_json(file)
    if not isinstance(data, list):
        raise PresetError(str(file), "file", "must be an array of presets")
    return [_read_preset(file, index, item) for index, item in enumerate(data)]


@cache
def _load_embedded() -> tuple[Preset, ...]:
    """What comes with the library is read once: a service and a command build several registries of it."""
    return tuple(preset for file in _list_files(find_data("presets") / "catalogue") for preset in load_presets(file))


def _list_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        wrong = "is a file" if folder.exists() else "does not exist"
        raise PresetError(str(folder), "folder", f"{wrong}; give a folder of preset files")
    return sorted(folder.glob("*.json"))


def _has(names: Sequence[str], wanted: str | None) -> bool:
    return wanted is None or wanted.lower() in (name.lower() for name in names)


def _score(preset: Preset, words: Sequence[str]) -> tuple[int, int, int]:
    """(words found, weight of the fields that they were found in, shortness of the name: a plain match comes first)."""
    fields = (
        (8, split_words(preset.preview_name)),
        (6, split_words(preset.id)),
        (4, split_words(" ".join((*preset.tags, *preset.categories)))),
        (2, split_words(preset.prompt_text)),
    )
    weights = [sum(weight * _match(word, field) for weight, field in fields) for word in words]
    return sum(weight > 0 for weight in weights), sum(weights), -len(fields[0][1])


def _match(word: str, field: Sequence[str]) -> int:
    """2 for a whole word, 1 for the beginning of one, 0 for none."""
    return max((2 if has == word else 1 for has in field if has.startswith(word)), default=0)


def _read_preset(file: Path, index: int, data: object) -> Preset:
    name = data.get("id") if isinstance(data, Mapping) else None
    path = f"[{index}] {name}" if isinstance(name, str) else f"[{index}]"
    reader = JsonObject(file, path, data, required=_REQUIRED, optional=_OPTIONAL)
    return Preset(
        id=_read_id(reader),
        preview_name=reader.text("previewName"),
        prompt_text=reader.text("promptText"),
        categories=_read_categories(reader),
        tags=reader.strings("tags"),
        is_old_preset=reader.value("isOldPreset", bool, False),
        scene_text=reader.text("sceneText"),
        negative_text=reader.value("negativeText", str, ""),
        design=_read_design(reader),
        source=file,
    )


def _read_id(reader: JsonObject) -> str:
    name = reader.text("id")
    if not _ID.fullmatch(name):
        raise reader.error("id", f"must be lower snake case, not {name!r}")
    return name


def _read_categories(reader: JsonObject) -> tuple[str, ...]:
    items: list[object] = reader.value("categories", list, [])
    names = [item.get("name") if isinstance(item, Mapping) else None for item in items]
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise reader.error("categories", 'must be an array of {"name": …}')
    return tuple(map(str, names))


def _read_design(reader: JsonObject) -> SetDesign:
    try:
        return parse_set(reader.value("set", dict, {}))
    except InputError as error:
        raise reader.error("set", str(error)) from error
