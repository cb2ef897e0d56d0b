"""What to make of every product of a catalogue."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from photoshoot.catalogue.items import Item
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import SettingsError
from photoshoot.photoshoot import Photoshoot
from photoshoot.production import plan_shots
from photoshoot.prompts import MAX_PROMPTS, Prompt, parse_prompts
from photoshoot.records import Product, ShotRequest
from photoshoot.request import Request, list_kinds, resolve_request
from photoshoot.settings import ExportSettings, check_range


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What to make of every product: a request, the files of its shots, and the engine that makes them."""

    request: Request = field(default_factory=lambda: Request(seed=0))
    """What each product is asked for; one seed gives the whole catalogue one look. Without prompts: the presets that
    suit each product best. A list's names and descriptions go before its own."""
    recommended: int = MAX_PROMPTS
    """How many of those presets, 1 to 6."""
    files: tuple[ExportSettings, ...] = (ExportSettings(),)
    """Each shot is written once for each of them."""
    engine: EngineChoice = field(default_factory=EngineChoice)
    """What makes the pictures."""
    preset_folders: tuple[Path, ...] = ()
    """Folders of the user's own preset files, on top of the catalogue."""

    def __post_init__(self) -> None:
        check_range("recommended", self.recommended, 1, MAX_PROMPTS)
        if self.request.seed is None:
            raise SettingsError("seed", None, "a number: products of one catalogue share it")
        if not self.files or len({settings.format for settings in self.files}) < len(self.files):
            raise SettingsError("files", [str(settings.format) for settings in self.files], "each format once")

    @property
    def prompts(self) -> list[Prompt]:
        """The scenes of every product; empty where each has those that suit it best."""
        return parse_prompts(self.request.prompts) if self.request.prompts else []

    def build_engine(self, device: str | None = None) -> Photoshoot:
        """Build what makes the pictures.

        Args:
            device: Where networks run, see ``Photoshoot.of``. None: the best there is.

        Raises:
            PhotoshootError: As of ``Photoshoot.of``.
        """
        return Photoshoot.of(self.engine, device=device or "auto", preset_folders=self.preset_folders)

    def plan(self, photoshoot: Photoshoot, item: Item, product: Product) -> list[ShotRequest]:
        """The shots of one product: kinds of sizes in order, prompts within a kind.

        Raises:
            InputError: A preset does not exist.
            ProductDoesNotFitError: The product can't be laid out in a size.
        """
        asked = dataclasses.replace(
            self.request,
            prompts=self.prompts or photoshoot.recommend_prompts(product, self.recommended),
            name=item.name or self.request.name,
            description=item.description or self.request.description,
        )
        planned: dict[tuple[int, str], ShotRequest] = {}
        for kind in list_kinds(asked.render_kind):
            request = resolve_request(dataclasses.replace(asked, render_kind=kind), product, photoshoot.translator)
            for shot in plan_shots(request, photoshoot.presets, any_text=photoshoot.reads_any_text):
                planned.setdefault((shot.prompt_index, shot.canvas.label), shot)
        return list(planned.values())
