"""The engines that a visitor may choose: each is built when it is first asked for, and kept."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from photoshoot.engines.choice import STUDIO, EngineChoice
from photoshoot.errors import WeightsMissingError
from photoshoot.known_names import look_up
from photoshoot.photoshoot import Photoshoot
from photoshoot.ui.settings import UiSettings
from photoshoot.weights import load_profiles, resolve_profile


@dataclass(frozen=True, kw_only=True)
class Builder:
    """What an engine is, and what builds it."""

    choice: EngineChoice
    """What it is: batches that were begun with another engine are told apart by it."""
    build: Callable[[], Photoshoot]
    """Builds it; called once."""


Builders: TypeAlias = Mapping[str, Builder]
"""Each engine, by the name that it has on the page; the first is the page's own."""


class Engines:
    """Engines by name. Safe to call from several threads.

    Args:
        builders: At least one.
    """

    def __init__(self, builders: Builders) -> None:
        self._builders = builders
        self._built: dict[str, Photoshoot] = {}
        self._locks = {name: threading.Lock() for name in builders}  # one that takes long holds up no other

    @property
    def names(self) -> list[str]:
        """Those there are, the page's own first."""
        return list(self._builders)

    def find(self, name: str) -> str:
        """An engine's name as it is known; of nothing that of the page's own.

        Raises:
            UnknownNameError: There is none of that name.
        """
        look_up("engine", name := name or self.names[0], self._builders)
        return name

    def choice(self, name: str = "") -> EngineChoice:
        """What an engine is; without a name the page's own.

        Raises:
            UnknownNameError: There is none of that name.
        """
        return self._builders[self.find(name)].choice

    def get(self, name: str = "") -> Photoshoot:
        """An engine; without a name the page's own.

        Raises:
            UnknownNameError: There is none of that name.
            PhotoshootError: It can't be built.
        """
        name = self.find(name)
        with self._locks[name]:
            if name not in self._built:
                self._built[name] = self._builders[name].build()
            return self._built[name]


def find_engines(settings: UiSettings) -> Builders:
    """The engine that the settings name, the studio, and every diffusion profile whose weights are on this machine."""
    others = [name for name in (STUDIO, *_list_profiles()) if name != settings.engine]
    devices = {settings.engine: settings.device, **dict.fromkeys(others, settings.device)}
    if STUDIO in others:
        devices[STUDIO] = "auto"  # it chooses its own
    return {Path(name).name: _builder(name, device) for name, device in devices.items()}


def _builder(name: str, device: str) -> Builder:
    choice = EngineChoice(name=name)
    return Builder(choice=choice, build=lambda: Photoshoot.of(choice, device=device))


def _list_profiles() -> list[str]:
    if importlib.util.find_spec("diffusers") is None:
        return []
    return [name for name in load_profiles() if _is_here(name)]


def _is_here(profile: str) -> bool:
    try:
        resolve_profile(profile)
    except WeightsMissingError:
        return False
    return True
