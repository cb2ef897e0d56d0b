"""Where the parts of a model lie on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from photoshoot.errors import WeightsMissingError
from photoshoot.placers.diffusion.models.lora import find_lora_file
from photoshoot.settings import Lora


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where the parts of a model lie: local paths."""

    base: Path
    """A model folder (it holds ``model_index.json``), or one file in the layout of the original Stable Diffusion."""
    config: Path | None = None
    """Model folder whose configurations and tokenizers a single file is read with; a folder needs none."""
    vae: Path | None = None
    """Folder of an autoencoder that replaces the model's own."""
    vae_for_half: Path | None = None
    """Folder of an autoencoder that replaces the model's own where that would overflow in half precision."""
    adapter: Path | None = None
    """File of an IP-Adapter, base or Plus. None: no style references."""
    image_encoder: Path | None = None
    """Folder of the adapter's CLIP image encoder."""
    control: Path | None = None
    """Folder of a ControlNet. None: nothing holds the painting."""
    relight: Path | None = None
    """File of IC-Light's weights. None: no scene's light falls on products."""
    relight_base: Path | None = None
    """Folder of the plain Stable Diffusion 1.5 that they are added to."""
    loras: tuple[Lora, ...] = ()
    """Added into the weights, in this order."""

    def paths(self) -> Iterator[Path]:
        """All that is given, except ``config``."""
        parts = (self.base, self.vae, self.adapter, self.image_encoder, self.control)
        yield from (path for path in (*parts, self.relight_base, self.relight) if path is not None)
        yield from (find_lora_file(lora.path) for lora in self.loras)

    def check(self) -> None:
        """Hold that all of it is there.

        Raises:
            WeightsMissingError: A path does not exist, or a part that another needs is not given.
        """
        for path in (*self.paths(), self.config):
            if path is not None and not path.exists():
                raise WeightsMissingError(
                    f"{path} is missing: check the path, or get it with `photoshoot weights pull`"
                )
        if self.adapter is not None and self.image_encoder is None:
            raise WeightsMissingError(f"the style adapter {self.adapter.name} needs the folder of its image encoder")
        if self.relight is not None and self.relight_base is None:
            raise WeightsMissingError(f"{self.relight.name} needs the folder of a plain Stable Diffusion 1.5")
