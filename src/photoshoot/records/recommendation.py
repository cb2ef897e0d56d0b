"""What suits a product, and why: frozen records."""

from __future__ import annotations

import html
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photoshoot.records.figures import Shown, build_figure, build_row
from photoshoot.records.product import Product

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, kw_only=True)
class PresetScore:
    """Why a preset stands where it does; ``photoshoot.recommenders.affinity`` says how the parts make the total."""

    preset_id: str
    """The preset's id in the catalogue."""
    category: float
    """How it suits the product's category, 0 to 1."""
    contrast: float
    """How the product stands out in it, 0 to 1."""
    harmony: float
    """How the hues go together, 0 to 1."""
    season: float
    """A holiday's reach in its time, 0 to 1, -1 out of it; 0.2 for a season in its time, -0.2 out of it; else 0."""
    similarity: float | None = None
    """How a network finds picture and scene to go together against the other presets, -1 to 1; None: none was asked."""
    variety: float = 0.0
    """What was drawn for this photo and preset, -1 to 1: near-equals take turns from product to product."""
    total: float
    """The score, before likeness is taken off; higher is better."""
    likeness: float = 0.0
    """Likeness to the nearest of those picked before it, 0 to 1."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Recommendation(Shown):
    """What suits a product: four prompts and six presets, best first."""

    product: Product
    """The product it is for."""
    prompts: tuple[str, ...]
    """Four scene texts, each usable as ``Prompt.custom``."""
    preset_ids: tuple[str, ...]
    """Six preset ids, best first."""
    scores: tuple[PresetScore, ...] = ()
    """Where it was asked to explain: every preset with the parts of its score, first the six; else empty."""
    previews: tuple[Path | None, ...] = ()
    """Each preset's picture, in their order, None where it has none; empty where the recommender knows of none."""

    def to_api(self) -> dict[str, dict[str, str] | str | list[str]]:
        """The HTTP API's response to ``/Recommendations``, exactly its fields."""
        return {
            "productInfo": {"productName": self.product.name, "productDescription": self.product.description},
            "backgroundRemovedImageAssetId": self.product.cutout.asset_id,
            "recommendedPrompts": list(self.prompts),
            "recommendedPresetIds": list(self.preset_ids),
        }

    def _picture(self) -> Image.Image:
        return self.product.cutout.to_pil()

    def _line(self) -> str:
        return f"for {self.product.name}: {', '.join(self.preset_ids)}; {len(self.prompts)} prompts"

    def _repr_html_(self) -> str:
        from PIL import Image

        prompts = "".join(f"<li>{html.escape(prompt)}</li>" for prompt in self.prompts)
        figures = []
        for preset_id, preview in itertools.zip_longest(self.preset_ids, self.previews):
            if preview is None:
                figures.append(build_figure(None, preset_id))
                continue
            with Image.open(preview) as picture:
                figures.append(build_figure(picture, preset_id))
        return build_row([self.product._repr_html_(), f"<ol>{prompts}</ol>"]) + build_row(figures)
