"""Renders samples: the picture, the exact matte, the shadow, and the background in words."""

import contextlib
import functools
import logging
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from photoshoot.machine.lookahead import map_ahead
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import Product
from photoshoot.training.data.product_cutouts import CutProduct, load_product
from photoshoot.training.data.randomization import Randomizer, SampleSpec
from photoshoot.training.data.render_settings import RenderSettings
from photoshoot.training.data.tally import FailedSample, MadeSample
from photoshoot.training.data.tars import encode_sample
from photoshoot.training.samples import TrainingSample

_PRODUCTS_AT_HAND = 4
_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class RenderSamples:
    """Work on samples by their numbers: of one process, or of each of several."""

    out: Path
    """The data set's folder, where the products' cut-outs are."""
    products: tuple[CutProduct, ...]
    """What there is to show."""
    settings: RenderSettings
    """What to render."""

    def __call__(
        self, indices: Iterator[int], place: str | None = None
    ) -> Generator[tuple[str, MadeSample | FailedSample], None, None]:
        """Render samples; one is finished and encoded while the next is traced. ``place`` is not looked at."""
        del place
        with contextlib.closing(StudioPlacer(self.settings.studio)) as placer:
            render = _Renderer(self, placer).render
            for made in map_ahead(render, indices, placer.overlap):
                yield str(made.index), made


class _Renderer:
    """A studio, and the products it had last."""

    def __init__(self, work: RenderSamples, placer: StudioPlacer) -> None:
        self._work, self._placer, self._randomizer = work, placer, Randomizer(work.settings)
        self._load = functools.lru_cache(_PRODUCTS_AT_HAND)(self._load_product)

    def render(self, index: int) -> MadeSample | FailedSample:
        """Make a sample. What is wrong with one stops no other."""
        number = self._randomizer.product_at(index, len(self._work.products))
        card = self._work.products[number]
        try:
            drawn = self._randomizer.draw(index, self._load(number))
            return MadeSample(index=index, data=self._shoot(index, card, drawn))
        except Exception as error:
            _log.warning("sample %d of %s failed", index, card.id, exc_info=error)
            return FailedSample(index=index, id=card.id, reason=" ".join(str(error).split()) or type(error).__name__)

    def _shoot(self, index: int, card: CutProduct, drawn: SampleSpec) -> bytes:
        shot, shadow = self._placer.place_with_shadow(drawn.request)
        sample = TrainingSample(
            key=f"{index:08}",
            image=shot.image,
            alpha_matte=drawn.request.layer.alpha_matte,
            shadow=shadow,
            caption=drawn.caption,
            product=card.product,
            source="rendered",
        )
        canvas = shot.canvas
        facts = {
            "photo": card.id,
            "category": card.category.value,
            "preset": shot.scene.preset_id,
            "size": canvas.label,
            "stance": canvas.stance.value,
            "product_box": list(canvas.product_box.as_tuple()),
            "light": {name: value for name, value in asdict(drawn.light).items() if value is not None},
            "seed": shot.seed,
        }
        return encode_sample(sample, self._work.settings.picture, facts)

    def _load_product(self, number: int) -> Product:
        return load_product(self._work.out, self._work.products[number])
