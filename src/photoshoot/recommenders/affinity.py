"""Recommends presets by rules that can be read and explained, and prompts from a curated grammar.

A preset's score is::

    category * ((0.3 + 0.7 visibility) * (0.55 + 0.45 harmony) + 0.15 similarity + 0.34 variety) + 0.6 season

* *category*: how the preset's set and tags suit the product's category (``presets/affinity.json``), 0 to 1;
* *visibility*: 1 - (1 - contrast)^3, of how the product's colours stand out before the set's, 0 to 1: a third is nearly
  enough, but a set in which the product is lost keeps a third of its score, however well it suits otherwise;
* *harmony*: how the hues go together, 0 to 1, and whether a loud set outdoes the product;
* *similarity*: how a network finds the product's picture and the preset's words to go together, against the other
  presets, -1 to 1; only where a ``Matcher`` such as SigLIP 2 was given, else the part is left out;
* *variety*: -1 to 1, drawn for the photo and the preset: among presets that suit about equally well each product gets
  others, so that a shop's pages don't all show the same six; the same photo always gets the same ones;
* *season*: for a holiday preset in its time its reach (1 for Christmas, less for what fewer shops keep), times
  *category*; -1 out of it or when no date is given; 0.2 and -0.2 for the seasons of the year. A scene of one season,
  such as one with autumn leaves, loses a little when no date is given.

Then six are picked one by one, each time the best after up to half is taken off for likeness to the nearest one picked
before. From the third on, presets that would be among six for many plain products of all kinds are held back
(``photoshoot.recommenders.turns``), so that they don't stand on every page. For a product of no known category, all of
which suit the same presets, lots drawn by its photo let one suitable preset in four take part, unless a matcher has
compared them.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from photoshoot import seeds
from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_oklab
from photoshoot.errors import SettingsError
from photoshoot.files import find_data
from photoshoot.framing.holding import Holding
from photoshoot.framing.product_sizes import find_size
from photoshoot.presets import Preset
from photoshoot.recommenders.affinities import load_affinities
from photoshoot.recommenders.backdrops import backdrop_colors
from photoshoot.recommenders.briefs import PROMPTS, BriefWriter
from photoshoot.recommenders.harmony import measure_contrast, measure_harmony
from photoshoot.recommenders.seasons import season_score
from photoshoot.recommenders.turns import LEADS, Picks, draw_lots, hold_back, pick, reference_palettes, stack
from photoshoot.records import Category, PresetScore, Product, Recommendation
from photoshoot.sets import set_name
from photoshoot.sets.design import SMALL
from photoshoot.stages import Closable, Matcher

PRESETS = 6
"""How many presets are recommended."""

_CONTRAST, _HARMONY, _SIMILARITY, _SEASON = 0.7, 0.45, 0.15, 0.6
_VARIETY = (
    0.34  # at 0.27 the commonest preset is among the six of 18 % of one half's kinds of products, at 0.34 of 15 %
)
_WIDE = 2.0  # standard deviations over the other presets at which similarity is 1
_LIKENESS = 0.5
_SUITS = 0.55  # how a preset suits the category at least, to take part by lot; two in five do
_SHOWS = 0.35  # and how the product stands out in it at least
_OUT_OF_TIME = -0.5  # score of a season under which a holiday is over
_SAME_SET, _SAME_COLOR = 0.8, 0.6  # how alike two presets of one set are, and two of one colour in different sets
_NEAR_COLOR = 0.25  # OKLab distance at which two backdrops have nothing in common


class AffinityRecommender:
    """Recommends six presets and four prompts by category, colours and season.

    Args:
        presets: The presets to choose from; a ``PresetRegistry`` is one.
        matcher: Compares pictures with words. None: the score has no such part.
        file: The affinities; None: the embedded ones.
        briefs: Writes the prompts; None: one with the embedded grammar.

    Raises:
        SettingsError: There are fewer than six presets.
        PresetError: The affinities or the grammar are malformed.
    """

    def __init__(
        self,
        presets: Iterable[Preset],
        *,
        matcher: Matcher | None = None,
        file: Path | None = None,
        briefs: BriefWriter | None = None,
    ) -> None:
        self._presets = [preset for preset in presets if not preset.is_old_preset]
        if len(self._presets) < PRESETS:
            raise SettingsError("presets", len(self._presets), f"at least {PRESETS} presets that are not old")
        self._matcher = matcher
        self._affinities = load_affinities(file or find_data("presets") / "affinity.json")
        self._briefs = briefs or BriefWriter()

    def recommend(
        self, products: Sequence[Product], *, date: datetime.date | None = None, explain: bool = False
    ) -> list[Recommendation]:
        """Recommend four prompts and six presets for each product, best first.

        Prompts that the captioner wrote go before those of the grammar.
        """
        rankings = self._rank(products, date)
        presets = {preset.id: preset for preset in self._presets}
        return [
            Recommendation(
                product=product,
                prompts=(*product.prompts, *self._briefs.write(product))[:PROMPTS],
                preset_ids=tuple(score.preset_id for score in scores[:PRESETS]),
                scores=tuple(scores) if explain else (),
                previews=tuple(presets[score.preset_id].preview_path for score in scores[:PRESETS]),
            )
            for product, scores in zip(products, rankings, strict=True)
        ]

    def explain(self, product: Product, date: datetime.date | None = None) -> list[PresetScore]:
        """Every preset with the parts of its score: the six that are recommended, then the others by their total."""
        return self._rank([product], date)[0]

    def close(self) -> None:
        """Give the matcher's memory back; safe to call twice."""
        if isinstance(self._matcher, Closable):
            self._matcher.close()

    def _rank(self, products: Sequence[Product], date: datetime.date | None) -> list[list[PresetScore]]:
        similarities = self._compare(products)
        return [
            self._pick(self._score_all(row, product, date), product)
            for product, row in zip(products, similarities, strict=True)
        ]

    def _compare(self, products: Sequence[Product]) -> Sequence[Sequence[float | None]]:
        """Similarity of each product and preset, -1 to 1."""
        if self._matcher is None or not products:
            return [[None] * len(self._presets) for _ in products]
        texts = [preset.scene_text for preset in self._presets]
        likeness = self._matcher.match([product.cutout for product in products], texts)
        spread = likeness.std(axis=1, keepdims=True)
        offsets = (likeness - likeness.mean(axis=1, keepdims=True)) / (_WIDE * np.maximum(spread, 1e-6))
        rows: list[list[float | None]] = np.clip(offsets, -1, 1).astype(float).tolist()
        return rows

    def _pick_rows(self, scores: Float32Array, back: Float32Array, leads: int = LEADS) -> Picks:
        return pick(scores, self._likeness, _LIKENESS, PRESETS, back, leads)

    def _pick(self, scores: list[PresetScore], product: Product) -> list[PresetScore]:
        totals = np.array([score.total for score in scores], np.float32)
        suits = np.array([score.category for score in scores], np.float32)
        back, leads = _VARIETY * suits * self._held_back, LEADS
        if self._matcher is None and _is_unknown(product):
            back, leads = back + _draw_lots(product, scores), 0
        picked = self._pick_rows(totals[None], back[None], leads)[0].tolist()
        nearest = np.zeros(len(scores), np.float32)
        for index in picked:
            scores[index] = replace(scores[index], likeness=float(nearest[index]))
            nearest = np.maximum(nearest, self._likeness[index])
        others = sorted(set(range(len(scores))) - set(picked), key=lambda index: (-totals[index], index))
        return [scores[i] for i in picked] + [replace(scores[i], likeness=float(nearest[i])) for i in others]

    @cached_property
    def _backdrops(self) -> list[tuple[str, ...]]:
        """The colours of each preset's set; where presets are named, nobody asks."""
        return [backdrop_colors(preset.design) for preset in self._presets]

    @cached_property
    def _likeness(self) -> Float32Array:
        return _measure_likeness(self._presets, self._backdrops)

    @cached_property
    def _held_back(self) -> Float32Array:
        """How far each preset is held back from leading for every product (N,)."""
        suits = [[self._affinities.suit(c, p.design, p.tags) for p in self._presets] for c in Category]
        looks = [
            [
                _weigh_looks(measure_contrast(colors, ground), measure_harmony(colors, ground))
                for ground in self._backdrops
            ]
            for colors in reference_palettes()
        ]
        seasons = [_SEASON * min(0.0, season_score(p.tags, self._affinities.seasons, None)) for p in self._presets]
        return hold_back(stack(suits), stack(looks), stack([seasons])[0], _VARIETY, self._pick_rows)

    def _score_all(
        self, similarities: Sequence[float | None], product: Product, date: datetime.date | None
    ) -> list[PresetScore]:
        holding = Holding.of(product)
        return [
            self._score(preset, backdrop, similarity, (product, holding), date)
            for preset, backdrop, similarity in zip(self._presets, self._backdrops, similarities, strict=True)
        ]

    def _score(
        self,
        preset: Preset,
        backdrop: Sequence[str],
        similarity: float | None,
        held: tuple[Product, Holding],
        date: datetime.date | None,
    ) -> PresetScore:
        product, holding = held
        parts = {
            "category": self._affinities.suit_product(product, holding, preset.design, preset.tags),
            "contrast": measure_contrast(product.palette, backdrop),
            "harmony": measure_harmony(product.palette, backdrop),
            "season": season_score(preset.tags, self._affinities.seasons, date),
            "variety": _draw_variety(product.cutout.photo_sha256, preset.id),
        }
        total = _add_up(**parts, similarity=similarity or 0.0)
        return PresetScore(preset_id=preset.id, **parts, similarity=similarity, total=total)


def _draw_variety(photo_sha256: str, preset_id: str) -> float:
    return seeds.VARIETY.seed(photo_sha256, preset_id) / 2**31 - 1


def _is_unknown(product: Product) -> bool:
    """Whether nothing says what suits it: neither its category, nor that it needs room."""
    return product.category is Category.OTHER and find_size(product).size_class in SMALL


def _draw_lots(product: Product, scores: Sequence[PresetScore]) -> Float32Array:
    """What is taken off presets that stand by for this photo (N,); only what suits, and shows it, draws a lot.

    A holiday in its time needs none.
    """
    draws = [
        0.0 if score.season > 0 else seeds.LOT.seed(product.cutout.photo_sha256, score.preset_id) / 2**32
        for score in scores
    ]
    drawn = [draw if _may_take_part(score) else 1.0 for score, draw in zip(scores, draws, strict=True)]
    return draw_lots(stack([drawn])[0])


def _may_take_part(score: PresetScore) -> bool:
    return score.category >= _SUITS and score.contrast >= _SHOWS and score.season > _OUT_OF_TIME


def _add_up(
    *, category: float, contrast: float, harmony: float, season: float, similarity: float, variety: float
) -> float:
    looks = _weigh_looks(contrast, harmony)
    timely = season * (category if season > 0 else 1)
    return category * (looks + _SIMILARITY * similarity + _VARIETY * variety) + _SEASON * timely


def _weigh_looks(contrast: float, harmony: float) -> float:
    visibility = 1 - (1 - contrast) ** 3
    return (1 - _CONTRAST + _CONTRAST * visibility) * (1 - _HARMONY + _HARMONY * harmony)


def _measure_likeness(presets: Sequence[Preset], backdrops: Sequence[Sequence[str]]) -> Float32Array:
    """Likeness of each preset to each: 0 (another set in another colour) to 1 (the same set in the same colour)."""
    colors = np.array([_mean_color(backdrop) for backdrop in backdrops])
    names = np.array([set_name(preset.design) for preset in presets])
    gaps = np.linalg.norm(colors[:, None] - colors[None], axis=2)
    alike = np.maximum(0, 1 - gaps / _NEAR_COLOR)
    same = names[:, None] == names[None]
    likeness: Float32Array = np.where(same, _SAME_SET + (1 - _SAME_SET) * alike, _SAME_COLOR * alike).astype(np.float32)
    return likeness


def _mean_color(colors: Sequence[str]) -> Float32Array:
    mean: Float32Array = np.mean([hex_to_oklab(color) for color in colors], axis=0)
    return mean
