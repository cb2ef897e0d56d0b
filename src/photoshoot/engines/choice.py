"""Which engine makes pictures, and what it shares with every other; apart from the machine that it runs on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from photoshoot.errors import SettingsError, UnknownNameError, WeightsMissingError
from photoshoot.settings import DiffusionSettings, Lora, SegmentationSettings, StudioSettings
from photoshoot.weights import load_profiles

STUDIO: Final = "studio"
"""The embedded engine's name."""
EMBEDDED_SEGMENTER: Final = "u2netp"
EMBEDDED_CAPTIONER: Final = "efficientnet_lite0"
"""Both come with the library."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What the engines share: how products are cut out and described, and which presets there are."""

    segmenter: str = EMBEDDED_SEGMENTER
    """Cuts products out, see ``Photoshoot.embedded``."""
    segmentation: SegmentationSettings | None = None
    """How products are cut out. None: as ``SegmentationSettings`` has it."""
    captioner: str | Path = EMBEDDED_CAPTIONER
    """Names and describes products, see ``Photoshoot.embedded``."""
    matcher: str | Path | None = None
    """Compares pictures with presets' words, see ``Photoshoot.embedded``."""
    moderator: str | None = None
    """Refuses prompts and pictures: ``"opennsfw"`` (the extra ``moderation``). None: nothing is refused."""
    device: str = "auto"
    """Where captioner and matcher run: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``."""
    preset_folders: Sequence[Path] = ()
    """Folders of the user's own preset files, on top of the catalogue."""


@dataclass(frozen=True, kw_only=True)
class EngineChoice:
    """What cuts products out and places them. Nothing in it names a machine or a device."""

    name: str = STUDIO
    """``"studio"``, a diffusion profile such as ``"sd15"``, or a model's folder or file."""
    segmenter: str = EMBEDDED_SEGMENTER
    """Cuts products out, see ``Photoshoot.embedded``."""
    captioner: str = EMBEDDED_CAPTIONER
    """Names and describes products, see ``Photoshoot.embedded``."""
    matcher: str | None = None
    """Compares pictures with presets' words, see ``Photoshoot.embedded``."""
    moderator: str | None = None
    """Refuses prompts and pictures, see ``Selection``."""
    dtype: str | None = None
    """Diffusion: number format of the weights. None: as the profile has it."""
    loras: tuple[Lora, ...] = ()
    """Diffusion: low-rank weights on top of the profile's own."""
    diffusion: DiffusionSettings | None = None
    """Diffusion: how it paints. None: as the profile has it."""
    studio: StudioSettings | None = None
    """How the studio renders. None: as the engine has it."""
    segmentation: SegmentationSettings = field(default_factory=SegmentationSettings)
    """How products are cut out."""

    def __post_init__(self) -> None:
        given = {
            "dtype": self.dtype,
            "loras": [str(lora.path) for lora in self.loras],
            "diffusion": self.diffusion,
        }
        for name, value in given.items():
            if self.name == STUDIO and value:
                raise SettingsError(name, value, "it with a diffusion engine only, such as 'sd15'")

    @property
    def reads_any_text(self) -> bool:
        """Whether it paints from a prompt's text itself, so that no words are unknown to it."""
        return self.name != STUDIO

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

    def check_device(self, device: str) -> None:
        """Refuse a device that nothing would run on: the studio chooses its own.

        Raises:
            SettingsError: A device is named, and neither a diffusion engine nor a network that describes.
        """
        describes = self.captioner != EMBEDDED_CAPTIONER or self.matcher is not None
        if device != "auto" and self.name == STUDIO and not describes:
            raise SettingsError("device", device, "it with a diffusion engine only, such as 'sd15', or a captioner")

    def select(self, preset_folders: Sequence[Path], device: str) -> Selection:
        """What it shares with every other engine, on a device."""
        return Selection(
            segmenter=self.segmenter,
            segmentation=self.segmentation,
            captioner=self.captioner,
            matcher=self.matcher,
            moderator=self.moderator,
            device=device,
            preset_folders=preset_folders,
        )
