"""What to make of every product of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from photoshoot.catalogue.items import Item
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import SettingsError
from photoshoot.layout import RenderKind
from photoshoot.photoshoot import Photoshoot
from photoshoot.planning import plan_shots
from photoshoot.prompts import MAX_PROMPTS, Prompt, parse_prompts
from photoshoot.records import Product, ShotRequest
from photoshoot.request import Request
from photoshoot.settings import ExportSettings, LightOverride, Placement, check_range


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What to make of every product: scenes, sizes, files, and the engine that makes them."""

    prompts: tuple[Prompt, ...] = ()
    """Up to six scenes. Empty: the presets that suit each product best."""
    recommended: int = MAX_PROMPTS
    """How many of those presets, 1 to 6."""
    render_kinds: tuple[RenderKind, ...] = (RenderKind.LANDSCAPE,)
    """Sizes and groups of sizes; a size that is named twice is made once."""
    safe_margin: bool = True
    """Widen the canvas, see ``Request``."""
    same_style_reference: bool = True
    """Take up the preset's style, see ``Request``."""
    seed: int = 0
    """0 to 2**31 - 1, of every product: one seed gives the whole catalogue one look."""
    placement: Placement = field(default_factory=Placement)
    """Where and how large products stand."""
    light: LightOverride = field(default_factory=LightOverride)
    """What of the scenes' light is decided here."""
    files: tuple[ExportSettings, ...] = (ExportSettings(),)
    """Each shot is written once for each of them."""
    engine: EngineChoice = field(default_factory=EngineChoice)
    """What makes the pictures."""
    preset_folders: tuple[Path, ...] = ()
    """Folders of the user's own preset files."""

    def __post_init__(self) -> None:
        if self.prompts:
            parse_prompts(self.prompts)
        check_range("recommended", self.recommended, 1, MAX_PROMPTS)
        check_range("seed", self.seed, 0, 2**31 - 1)
        if not self.render_kinds:
            raise SettingsError("render_kinds", self.render_kinds, "at least one")
        if not self.files or len({settings.format for settings in self.files}) < len(self.files):
            raise SettingsError("files", [str(settings.format) for settings in self.files], "each format once")

    def build_engine(self, device: str | None = None) -> Photoshoot:
        """Build what makes the pictures.

        Args:
            device: Where networks run, see ``Photoshoot.of``. None: the best there is.

        Raises:
            PhotoshootError: As of ``Photoshoot.of``.
        """
        return Photoshoot.of(self.engine, device=device or "auto", preset_folders=self.preset_folders)

    def plan(self, photoshoot: Photoshoot, item: Item, product: Product) -> list[ShotRequest]:
        """The shots of one product: sizes in order, prompts within a size.

        Raises:
            InputError: A preset does not exist.
            ProductDoesNotFitError: The product can't be laid out in a size.
        """
        prompts = self.prompts or self._recommend(photoshoot, product)
        planned: dict[tuple[int, str], ShotRequest] = {}
        for request in self._requests(item, product, prompts):
            for shot in plan_shots(request, product, photoshoot.presets):
                planned.setdefault((shot.prompt_index, shot.canvas.label), shot)
        return list(planned.values())

    def _recommend(self, photoshoot: Photoshoot, product: Product) -> tuple[Prompt, ...]:
        return tuple(map(Prompt.preset, photoshoot.recommend(product).preset_ids[: self.recommended]))

    def _requests(self, item: Item, product: Product, prompts: tuple[Prompt, ...]) -> Iterator[Request]:
        for kind in self.render_kinds:
            yield Request(
                product=product,
                prompts=prompts,
                render_kind=kind,
                safe_margin=self.safe_margin,
                same_style_reference=self.same_style_reference,
                placement=self.placement,
                light=self.light,
                seed=self.seed,
                name=item.name,
                description=item.description,
            )
