"""Which engine makes a catalogue, apart from the machine that it runs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from photoshoot.engines.build import Selection
from photoshoot.errors import SettingsError, UnknownNameError, WeightsMissingError
from photoshoot.photoshoot import Photoshoot
from photoshoot.settings import Lora, SegmentationSettings, StudioSettings
from photoshoot.weights import load_profiles

STUDIO: Final = "studio"
"""The embedded engine's name."""


@dataclass(frozen=True, kw_only=True)
class EngineChoice:
    """What cuts products out and places them. Nothing in it names a machine or a device."""

    name: str = STUDIO
    """``"studio"``, a diffusion profile such as ``"sd15"``, or a model's folder or file."""
    segmenter: str = "u2netp"
    """See ``Photoshoot.embedded``."""
    dtype: str | None = None
    """Diffusion: of the weights. None: as the profile has it."""
    loras: tuple[Lora, ...] = ()
    """Diffusion: low-rank weights on top."""
    studio: StudioSettings | None = None
    """How the studio renders. None: as the engine has it."""
    segmentation: SegmentationSettings = field(default_factory=SegmentationSettings)
    """How products are cut out."""

    def __post_init__(self) -> None:
        if self.name == STUDIO and self.dtype is not None:
            raise SettingsError("dtype", self.dtype, "it with a diffusion engine only, such as 'sd15'")
        if self.name == STUDIO and self.loras:
            raise SettingsError("loras", [str(lora.path) for lora in self.loras], "them with a diffusion engine only")

    def check(self) -> None:
        """Say at once that there is no such engine, or that a file it is made of is not there.

        Raises:
            UnknownNameError: There is no engine of that name.
            WeightsMissingError: Low-rank weights are not there.
        """
        if self.name != STUDIO and self.name not in load_profiles() and not Path(self.name).exists():
            raise UnknownNameError("engine", self.name, [STUDIO, *load_profiles()])
        for lora in self.loras:
            if not lora.path.exists():
                raise WeightsMissingError(f"there are no low-rank weights at {lora.path}")

    def build(self, preset_folders: Sequence[Path] = (), device: str | None = None) -> Photoshoot:
        """Build the photoshoot.

        Args:
            preset_folders: Folders of the user's own preset files.
            device: Diffusion: where networks run, see ``Photoshoot.from_pretrained``. None: the best there is.

        Raises:
            UnknownNameError: There is no engine or segmenter of that name.
            SettingsError: A device is named for the studio, which chooses its own.
            WeightsMissingError: Weights are not on this machine.
        """
        if self.name == STUDIO:
            if device is not None:
                raise SettingsError("device", device, "it with a diffusion engine only, such as 'sd15'")
            return Photoshoot.embedded(
                studio=self.studio,
                segmenter=self.segmenter,
                segmentation=self.segmentation,
                preset_folders=preset_folders,
            )
        self.check()
        return Photoshoot.from_pretrained(
            self.name,
            device=device or "auto",
            dtype=self.dtype,
            loras=self.loras,
            studio=self.studio,
            selection=Selection(
                segmenter=self.segmenter, segmentation=self.segmentation, preset_folders=preset_folders
            ),
        )
