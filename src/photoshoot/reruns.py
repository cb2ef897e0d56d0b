"""Makes a shot again from the record in its file and the photo: the same file, byte for byte.

Everything that decides the picture is in the record; what may differ on another machine or with another version of a
package, a model or a preset is compared and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from photoshoot.engines.choice import STUDIO, EngineChoice
from photoshoot.errors import InputError, PhotoError
from photoshoot.exporters.reading import read_metadata
from photoshoot.photoshoot import OnProgress, Photoshoot
from photoshoot.pixels.photos import PhotoSource
from photoshoot.records import Category, Product, Recipe, Shot
from photoshoot.records.plain_data import Json, read_record
from photoshoot.request import Request, read_request
from photoshoot.settings import DiffusionSettings, ExportSettings, Lora, SegmentationSettings, StudioSettings
from photoshoot.settings.studio import rename_old_settings
from photoshoot.weights import load_profiles

_T = TypeVar("_T")
_RECIPE_KEYS = ("seed", "prompt", "safe_margin", "placement", "light", "max_redraws", "measure_expansion")
"""Every recipe has had them from the first; what is younger has its default in older files."""
_STARTER = "starter_"  # prefix of the studio's settings where it makes what a network paints over


@dataclass(frozen=True, kw_only=True, eq=False)
class Rerun:
    """A shot to be made again."""

    path: Path
    """The file it was read from."""
    record: Mapping[str, Any]
    """The record that the file carries: what was asked for, and what made it."""

    @classmethod
    def read(cls, path: str | Path) -> Rerun:
        """Read a file's record.

        Raises:
            PhotoError: photoshoot did not write it, or its record does not say what was asked for.
        """
        record: Mapping[str, Json] = read_metadata(path).record
        for name in ("recipe", "file", "product", "settings", "canvas"):
            if not isinstance(record.get(name), dict):
                raise PhotoError(f"{path} does not say how to make it again: its record has no {name!r}")
        settings = rename_old_settings(cast("Mapping[str, object]", record["settings"]))
        return cls(path=Path(path), record={**record, "settings": settings})

    @property
    def files(self) -> ExportSettings:
        """How the file was written."""
        return self._read(ExportSettings, self.record["file"], "file")

    def build(
        self, *, checkpoint: str | Path | None = None, loras: Sequence[Lora] = (), preset_folders: Sequence[Path] = ()
    ) -> Photoshoot:
        """Build the photoshoot that made it.

        Args:
            checkpoint: The diffusion model, where it was no profile of the manifest: a record holds no paths.
            loras: The low-rank weights that it was painted with, on top of a profile's own.
            preset_folders: The folders of its presets, where they are not of the catalogue.

        Raises:
            InputError: The record needs a checkpoint or LoRAs that are not given, or a value is not allowed here.
            PhotoshootError: As of ``Photoshoot.embedded`` and ``Photoshoot.from_pretrained``.
        """
        settings, product = self.record["settings"], self.record["product"]
        by_studio = self.record["engine"] == STUDIO
        prefix = "" if by_studio else _STARTER
        choice = EngineChoice(
            name=STUDIO if by_studio else str(checkpoint or self._profile()),
            segmenter=_segmenter_name(str(product["segmenter"])),
            segmentation=self._read(SegmentationSettings, product["segmentation"] or {}, "product.segmentation"),
            diffusion=None if by_studio else self._diffusion(loras),
            studio=self._studio(prefix) if f"{prefix}samples" in settings else None,
        )
        device = "auto" if by_studio else str(settings["device"])
        return Photoshoot.of(choice, device=device, preset_folders=preset_folders)

    def shoot(self, photoshoot: Photoshoot, photo: PhotoSource, on_progress: OnProgress | None = None) -> Shot:
        """Make the shot again.

        Args:
            photoshoot: As ``build`` gives it.
            photo: The photo that it was made from.
            on_progress: Told of each finished step.

        Raises:
            PhotoError: It is another photo.
        """
        (product,) = photoshoot.describe([photo])
        wanted = str(self.record["product"]["photo_sha256"])
        if product.cutout.photo_sha256 != wanted:
            raise PhotoError(
                f"{product.cutout.photo_name} is not the photo that {self.path} was made from: its pixels' digest "
                f"is {product.cutout.photo_sha256[:12]}…, not {wanted[:12]}…"
            )
        (shot,) = photoshoot.stream(self.read_request(product), on_progress)
        return shot

    def differences(self, shot: Shot) -> Iterator[str]:
        """What is of another version than it was, for people; nothing where the bytes must be the same."""
        now = {
            **shot.provenance.versions,
            "preset": shot.scene.preset_sha256,
            "segmenter": shot.product.cutout.segmenter,
        }
        record = self.record
        then = {**record["versions"], "preset": record["preset_sha256"], "segmenter": record["product"]["segmenter"]}
        settings = {**shot.provenance.settings}
        for kind, before, after in (("", then, now), ("setting ", record["settings"], settings)):
            for name in sorted({*before, *after}):
                if before.get(name) != after.get(name):
                    yield f"{kind}{name}: was {before.get(name)}, is {after.get(name)}"
        if older := sorted({*record["recipe"]} - {item.name for item in fields(Recipe)}):
            yield f"its record is of an older form ({', '.join(older)}), and is written as records are now"

    def read_request(self, product: Product) -> Request:
        """What was asked for, of the product as it is described now.

        Raises:
            PhotoError: The record is damaged.
        """
        about, recipe = self.record["product"], self.record["recipe"]
        for name in _RECIPE_KEYS:
            if name not in recipe:
                raise _damaged(str(self.path), f"recipe.{name}", "is missing")
        asked = {name: value for name, value in recipe.items() if name != "prompt"}
        asked |= {
            "prompts": [recipe["prompt"]],
            "render_kind": self.record["canvas"]["label"],
            "name": about["name"],
            "description": about["description"],
            "first_prompt_index": self.record["prompt_index"],
        }
        request = read_request(asked, where=str(self.path), complaint=_damaged, key="recipe")
        category = self._read(_Category, {"category": about["category"]}, "product").category
        return replace(
            request,
            product=replace(product, category=category),
            placement=_keep_whole(request.placement, recipe["placement"]),
            light=None if request.light is None else _keep_whole(request.light, recipe["light"]),
        )

    def _studio(self, prefix: str) -> StudioSettings:
        told = self.record["settings"]
        values = {item.name: told[prefix + item.name] for item in fields(StudioSettings) if prefix + item.name in told}
        chosen = {name: None for name, value in values.items() if value == "auto" and name not in _WORDS}
        return self._read(StudioSettings, {**values, **chosen}, "settings")

    def _diffusion(self, loras: Sequence[Lora]) -> DiffusionSettings:
        told = self.record["settings"]
        names = ", ".join(f"{lora.path.name}:{lora.weight:g}" for lora in loras) or "none"
        if told["loras"] != names:
            raise InputError(f"{self.path} was painted with the LoRAs {told['loras']}; give them, not {names}")
        kept = {item.name: told[item.name] for item in fields(DiffusionSettings) if item.name in told}
        if kept.get("base_scale") == "auto":
            kept["base_scale"] = None
        interval = [float(share) for share in told["guidance_interval"].split("-")]
        lists = {"loras": [], "guidance_interval": interval}
        if "control_scales" in told:  # younger than some records
            lists["control_scales"] = [float(scale) for scale in told["control_scales"].split(", ")]
        settings = self._read(DiffusionSettings, {**kept, **lists}, "settings")
        return replace(_keep_whole(settings, kept), loras=tuple(loras))

    def _profile(self) -> str:
        name = str(self.record["settings"].get("checkpoint"))
        if name not in load_profiles():
            raise InputError(f"{self.path} was painted by the checkpoint {name}: say where it is")
        return name

    def _read(self, kind: type[_T], data: object, key: str) -> _T:
        """A part of the record; what is missing or of another kind there is told as the file's fault."""
        return read_record(kind, data, where=str(self.path), complaint=_damaged, key=key)


_WORDS = ("tone_curve", "denoiser")
"""Settings of the studio whose ``"auto"`` is a word of their own; of the others it stands for None."""


@dataclass(frozen=True)
class _Category:
    category: Category


def _keep_whole(record: _T, plain: Mapping[str, Any]) -> _T:
    """A record whose whole numbers are written without a fraction again, where the caller wrote them so."""
    whole = {name: value for name, value in plain.items() if type(value) is int}
    return cast(_T, replace(cast(Any, record), **whole))


def _damaged(file: str, key: str, reason: str) -> PhotoError:
    return PhotoError(f"{file} does not say how to make it again: its record is damaged ({key}: {reason})")


def _segmenter_name(version: str) -> str:
    """What ``Photoshoot.embedded`` calls the segmenter that signs with this version."""
    return version.rpartition("/")[2] if version.startswith("rembg-") else "u2netp"
