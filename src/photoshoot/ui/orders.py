"""What the page's controls say, as a request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from photoshoot.errors import InputError, SettingsError
from photoshoot.prompts import MAX_PROMPTS, Prompt
from photoshoot.request import Request, list_sizes
from photoshoot.settings import LightOverride, Placement

CONTROLS = (
    "recommended", "gallery", "stance", "prompts", "sizes", "own_size", "safe", "own_light", "dial", "softness",
    "intensity", "brightness", "color", "on_product", "own_place", "frame", "scale", "own_pitch", "pitch", "seed",
    "engine",
)  # fmt: skip
"""Controls by name, in the order in which handlers get their values."""
_SPACED: Final = re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)")


@dataclass(frozen=True)
class Choices:
    """The controls' values, by name."""

    values: dict[str, Any]

    @classmethod
    def of(cls, values: Sequence[Any]) -> Choices:
        """Of values in the order of ``CONTROLS``."""
        return cls(dict(zip(CONTROLS, values, strict=True)))

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The scenes: those in words first, since who wrote them waits for them, then presets."""
        ids = dict.fromkeys([*self._chosen("gallery"), *self._chosen("recommended")])
        return (*map(Prompt.custom, list_lines(self.values["prompts"])), *map(Prompt.preset, ids))

    def build_request(self, *, draft: bool) -> Request:
        """The request.

        Raises:
            InputError: There is no scene or no size, there are too many, or one is wrong.
        """
        prompts = self.prompts
        if not prompts:
            raise InputError("choose a scene, or write one of your own")
        if len(prompts) > MAX_PROMPTS:
            raise InputError(f"{len(prompts)} scenes are chosen: {MAX_PROMPTS} at most, so take some away")
        if not (sizes := [*self._chosen("sizes"), *read_own_sizes(self.values["own_size"])]):
            raise InputError("choose a size")
        values = self.values
        return Request(
            prompts=prompts,
            render_kind=sizes,
            safe_margin=bool(values["safe"]),
            light=self._light(),
            light_on_product=float(values["on_product"]),
            placement=self._placement(),
            seed=int(values["seed"] or 0),
            draft=draft,
        )

    @property
    def engine(self) -> str:
        """What makes the pictures, by name; empty: the page's own."""
        return self.values["engine"] or ""

    def _light(self) -> LightOverride | None:
        values = self.values
        if not values["own_light"]:
            return None
        return LightOverride(
            azimuth_deg=float(values["dial"]["azimuth"]),
            elevation_deg=float(values["dial"]["elevation"]),
            shadow_softness=float(values["softness"]),
            shadow_intensity=float(values["intensity"]),
            brightness=float(values["brightness"]),
            color=None if _hex(values["color"]) == "#ffffff" else _hex(values["color"]),
        )

    def _placement(self) -> Placement:
        values = self.values
        stance = values["stance"] if values["stance"] in ("upright", "lying", "hanging") else None
        pitch_deg = float(values["pitch"]) if values["own_pitch"] else None
        if not values["own_place"]:
            return Placement(stance=stance, pitch_deg=pitch_deg)
        frame = values["frame"]
        x, base, scale = float(frame["x"]), float(frame["base"]), float(values["scale"])
        return Placement(center_x=x, base=base, scale=scale, stance=stance, pitch_deg=pitch_deg)

    def _chosen(self, name: str) -> list[str]:
        return list((self.values[name] or {}).get("chosen", ()))


def list_lines(text: str | None) -> list[str]:
    """Scenes in words, one a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def read_own_sizes(text: str | None) -> list[str]:
    """Sizes of one's own, such as ``"1920 x 1080, 300x250"``, as a request takes them.

    Raises:
        InputError: One is none, or out of range.
    """
    sizes = _SPACED.sub("x", (text or "").lower()).replace(",", " ").split()
    for size in sizes:
        try:
            list_sizes(size)
        except SettingsError as error:
            allowed = error.allowed if _SPACED.search(size) else "width and height in pixels, such as 1920x1080"
            raise InputError(f"“{size}” can't be made: give {allowed}") from error
    return sizes


def _hex(color: str | None) -> str:
    """``#rrggbb`` of what a colour picker says, which is that or ``rgba(r, g, b, a)``."""
    text = (color or "#ffffff").strip().lower()
    if not text.startswith("rgb"):
        return text[:7]
    red, green, blue = (round(float(part)) for part in text.partition("(")[2].rstrip(")").split(",")[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"
