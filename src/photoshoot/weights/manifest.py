"""Reads ``weights/manifest.toml``: every model that photoshoot knows, and the profiles that are made of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from photoshoot.data import find_data
from photoshoot.errors import UnknownNameError
from photoshoot.weights.models import EmbeddedModel, HubModel, Model, Profile, RembgModel


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
        models = self.models
        if name not in models:
            raise UnknownNameError("model", name, models)
        return models[name]

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
