"""``weights/manifest.toml``: every model that photoshoot knows, and the profiles that are made of them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from photoshoot.errors import UnknownNameError
from photoshoot.files import find_data
from photoshoot.known_names import look_up


@dataclass(frozen=True, kw_only=True)
class Model:
    """Facts about any model's weights."""

    name: str
    """What the registry and the command line call it; no other model or profile has it."""
    role: str
    """What it does: ``"segmenter"``, ``"captioner"``, ``"matcher"``, ``"inpainter"``, ``"vae"``, ``"adapter"``,
    ``"image_encoder"``, ``"control"``, ``"relight"``, ``"relight_base"``, ``"preview"`` or ``"lora"``."""
    bytes: int
    """Size of all its files."""
    approximate: bool = False
    """Whether ``bytes`` is an estimate, right to a few per cent."""
    licence: str
    """SPDX identifier, or the hub's word for a licence that has none."""
    commercial_use: bool
    """Whether the licence allows commercial use; OpenRAIL licences do, with a list of forbidden uses."""
    note: str = ""
    """What people should know of it."""


@dataclass(frozen=True, kw_only=True)
class EmbeddedModel(Model):
    """Weights that come with photoshoot."""

    file: str
    """File name in the library's ``weights`` folder."""
    sha256: str
    """Hex digest of the file."""
    source: str
    """Where the weights come from, for people."""


@dataclass(frozen=True, kw_only=True)
class HubModel(Model):
    """Weights on the Hugging Face hub."""

    repo: str
    """The hub's id, ``owner/name``."""
    revision: str
    """A commit, or a branch such as ``"main"``, which may change."""
    files: tuple[str, ...]
    """What is needed of the repository, as shell patterns on paths; each must match at least one file. A name with
    ``.fp16.`` stands for the half-precision file, or for the full one of the same name where that is what is there."""
    path: str = ""
    """What a loader opens, within the repository: one file, a folder, or all of it (empty)."""
    sha256: Mapping[str, str] = field(default_factory=dict)
    """Path in the repository → hex digest, where one is known."""


@dataclass(frozen=True, kw_only=True)
class RembgModel(Model):
    """A network that rembg downloads and keeps."""

    file: str
    """File name in rembg's folder."""
    sha256: str
    """Hex digest of the file."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Models that paint together; each part is a model's name."""

    name: str
    """What the command line and ``Photoshoot.from_pretrained`` call it."""
    base: str
    """The inpainting pipeline."""
    vae: str | None = None
    """Replaces the pipeline's own VAE."""
    adapter: str | None = None
    """The IP-Adapter that carries the style reference; None: the base reads it itself."""
    image_encoder: str | None = None
    """The CLIP vision model that the adapter reads."""
    control: str | None = None
    """The ControlNet that holds the painting to the product or the set."""
    relight: str | None = None
    """What lights products: weights added to those of ``relight_base``."""
    relight_base: str | None = None
    """A plain pipeline, which paints nothing that is shown."""
    loras: tuple[str, ...] = ()
    """Low-rank weights on top of the pipeline."""
    note: str = ""
    """What people should know of it."""

    @property
    def parts(self) -> dict[str, str]:
        """Part → model: each by its field's name, ``"lora_1"`` and further ones as they are."""
        parts = {"base": self.base, "vae": self.vae, "adapter": self.adapter, "image_encoder": self.image_encoder}
        parts |= {"control": self.control, "relight": self.relight, "relight_base": self.relight_base}
        loras = {f"lora_{number}": name for number, name in enumerate(self.loras, 1)}
        return {part: name for part, name in parts.items() if name} | loras


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Everything in the manifest, by name."""

    embedded: Mapping[str, EmbeddedModel]
    """Models that come with photoshoot."""
    hub: Mapping[str, HubModel]
    """Models of the Hugging Face hub."""
    rembg: Mapping[str, RembgModel]
    """Networks of rembg."""
    profiles: Mapping[str, Profile]
    """Profiles of the diffusion engine."""

    @property
    def models(self) -> dict[str, Model]:
        """Every model, whatever it comes from."""
        return {**self.embedded, **self.rembg, **self.hub}

    def get(self, name: str) -> Model:
        """The model of that name.

        Raises:
            UnknownNameError: There is none.
        """
        return look_up("model", name, self.models)

    def expand(self, names: Iterable[str]) -> list[Model]:
        """The models of these names, those of a profile in its place, each once.

        Raises:
            UnknownNameError: A name is neither a model's nor a profile's.
        """
        models, wanted = self.models, dict[str, Model]()
        for name in names:
            if name not in models and name not in self.profiles:
                raise UnknownNameError("model or profile", name, [*models, *self.profiles])
            parts = self.profiles[name].parts.values() if name in self.profiles else [name]
            wanted |= {part: models[part] for part in parts}
        return list(wanted.values())


def load_manifest() -> Manifest:
    """Read the manifest; a file is read once."""
    return _read(find_data("weights") / "manifest.toml")


@cache
def _read(path: Path) -> Manifest:
    with path.open("rb") as file:
        tables = tomllib.load(file)
    hub = [HubModel(**{**entry, "files": tuple(entry["files"])}) for entry in tables["hub"]]
    profiles = [Profile(**{**entry, "loras": tuple(entry.get("loras", ()))}) for entry in tables["profile"]]
    return Manifest(
        embedded={entry["name"]: EmbeddedModel(**entry) for entry in tables["model"]},
        hub={model.name: model for model in hub},
        rembg={entry["name"]: RembgModel(**entry) for entry in tables["rembg"]},
        profiles={profile.name: profile for profile in profiles},
    )


def load_profiles() -> Mapping[str, Profile]:
    """Every profile of the manifest, by name."""
    return load_manifest().profiles
