"""The embedded recommender: presets by rules that can be read and explained, prompts from a curated grammar.

A preset's score is::

    category * (0.3 + 0.7 contrast) * (0.7 + 0.3 harmony) + 0.6 season

* *category*: how the preset's set and tags suit the product's category (``presets/affinity.json``), 0 to 1;
* *contrast*: how the product's colours stand out before the set's, 0 to 1; a set in which the product is lost keeps a
  third of its score, however well it suits otherwise;
* *harmony*: how the hues go together, 0 to 1;
* *season*: 1 for a holiday preset in its time, times *category*; -1 out of it or when no date is given; a fifth of both
  for the seasons of the year.

Then six are picked one by one, each time the best after up to half is taken off for likeness to the nearest one picked
before.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from photoshoot.color import Floats, hex_to_oklab
from photoshoot.data import find_data
from photoshoot.errors import SettingsError
from photoshoot.recommenders.affinities import load_affinities
from photoshoot.recommenders.briefs import BriefWriter
from photoshoot.recommenders.harmony import backdrop_colors, measure_contrast, measure_harmony
from photoshoot.recommenders.seasons import season_score
from photoshoot.records import Product, Recommendation
from photoshoot.sets import SetDesign, set_name

PRESETS = 6
"""How many presets are recommended."""

_CONTRAST, _HARMONY, _SEASON = 0.7, 0.3, 0.6
_LIKENESS = 0.5
_SAME_SET = 0.7  # how alike two presets of one set are, whatever their colours
_NEAR_COLOR = 0.3  # OKLab distance at which two backdrops have nothing in common


class PresetLike(Protocol):
    """What the recommender reads of a preset."""

    @property
    def id(self) -> str:
        """Identifier."""
        ...

    @property
    def tags(self) -> tuple[str, ...]:
        """Words it is filtered by."""
        ...

    @property
    def is_old_preset(self) -> bool:
        """Kept for old callers, not recommended any more."""
        ...

    @property
    def design(self) -> SetDesign:
        """What the studio builds."""
        ...


@dataclass(frozen=True, kw_only=True)
class PresetScore:
    """Why a preset stands where it does."""

    preset_id: str
    """The preset."""
    category: float
    """How it suits the product's category, 0 to 1."""
    contrast: float
    """How the product stands out in it, 0 to 1."""
    harmony: float
    """How the hues go together, 0 to 1."""
    season: float
    """1 for a holiday in its time, -1 out of it; 0.2 for a season in its time, -0.2 out of it; else 0."""
    likeness: float = 0.0
    """Likeness to the nearest of those picked before it, 0 to 1."""

    @property
    def total(self) -> float:
        """The score, before likeness is taken off; higher is better."""
        contrast = 1 - _CONTRAST + _CONTRAST * self.contrast
        harmony = 1 - _HARMONY + _HARMONY * self.harmony
        season = self.season * (self.category if self.season > 0 else 1)
        return self.category * contrast * harmony + _SEASON * season


class AffinityRecommender:
    """Recommends six presets and four prompts by category, colours and season.

    Args:
        presets: The presets to choose from; a ``PresetRegistry`` is one.
        date: The day to recommend for. None: no holiday preset is recommended.
        file: The affinities; None: the embedded ones.
        briefs: Writes the prompts; None: one with the embedded grammar.

    Raises:
        SettingsError: There are fewer than six presets.
        PresetError: The affinities or the grammar are malformed.
    """

    def __init__(
        self,
        presets: Iterable[PresetLike],
        *,
        date: datetime.date | None = None,
        file: Path | None = None,
        briefs: BriefWriter | None = None,
    ) -> None:
        self._presets = [preset for preset in presets if not preset.is_old_preset]
        if len(self._presets) < PRESETS:
            raise SettingsError("presets", len(self._presets), f"at least {PRESETS} presets that are not old")
        self._likeness = _measure_likeness(self._presets)
        self._date = date
        self._affinities = load_affinities(file or find_data("presets") / "affinity.json")
        self._briefs = briefs or BriefWriter()

    def recommend(self, products: Sequence[Product]) -> list[Recommendation]:
        """Recommend four prompts and six presets for each product, best first."""
        return [
            Recommendation(
                product=product,
                prompts=self._briefs.write(product),
                preset_ids=tuple(score.preset_id for score in self.explain(product)[:PRESETS]),
            )
            for product in products
        ]

    def explain(self, product: Product) -> list[PresetScore]:
        """Every preset with the parts of its score: the six that are recommended, then the others by their total."""
        scores = [self._score(preset, product) for preset in self._presets]
        totals = np.array([score.total for score in scores])
        nearest = np.zeros(len(scores))
        picked: list[int] = []
        while len(picked) < PRESETS:
            values = totals - _LIKENESS * nearest * np.maximum(totals, 0)
            values[picked] = -np.inf
            best = int(values.argmax())
            scores[best] = replace(scores[best], likeness=float(nearest[best]))
            picked.append(best)
            nearest = np.maximum(nearest, self._likeness[best])
        others = sorted(set(range(len(scores))) - set(picked), key=lambda index: (-totals[index], index))
        return [scores[i] for i in picked] + [replace(scores[i], likeness=float(nearest[i])) for i in others]

    def _score(self, preset: PresetLike, product: Product) -> PresetScore:
        backdrop = backdrop_colors(preset.design)
        return PresetScore(
            preset_id=preset.id,
            category=self._affinities.suit(product.category, set_name(preset.design), preset.tags),
            contrast=measure_contrast(product.palette, backdrop),
            harmony=measure_harmony(product.palette, backdrop),
            season=season_score(preset.tags, self._affinities.seasons, self._date),
        )


def _measure_likeness(presets: Sequence[PresetLike]) -> Floats:
    """Likeness of each preset to each: 0 (another set in another colour) to 1 (the same set in the same colour)."""
    colors = np.array([_mean_color(backdrop_colors(preset.design)) for preset in presets])
    names = np.array([set_name(preset.design) for preset in presets])
    gaps = np.linalg.norm(colors[:, None] - colors[None], axis=2)
    alike = np.maximum(0, 1 - gaps / _NEAR_COLOR)
    likeness: Floats = (_SAME_SET * (names[:, None] == names[None]) + (1 - _SAME_SET) * alike).astype(np.float32)
    return likeness


def _mean_color(colors: Sequence[str]) -> Floats:
    mean: Floats = np.mean([hex_to_oklab(color) for color in colors], axis=0)
    return mean
