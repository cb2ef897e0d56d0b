"""START HERE: makes data sets. What an earlier run finished is not made again.

::

    photos ─cut_products─▶ cut-outs ─RenderSamples─▶ samples ─ShardStore─▶ shards, manifest, datacard
    photos ────────────────────────────CutPhotos───▶ samples ─ShardStore─▶ the same
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from photoshoot.catalogue import Item
from photoshoot.catalogue.identity import PACKAGES, digest_files, list_versions
from photoshoot.engines.build import build_captioner, build_segmenter
from photoshoot.engines.choice import EMBEDDED_CAPTIONER, Selection
from photoshoot.errors import InputError, ProductDoesNotFitError, SettingsError
from photoshoot.files import find_data
from photoshoot.framing.layout import ad_sizes
from photoshoot.machine.workers import Died, work_in_processes
from photoshoot.stages import SceneCaptioner
from photoshoot.training.data.datacard import write_card
from photoshoot.training.data.photo_samples import CutPhotos, PhotoSettings
from photoshoot.training.data.product_cutouts import CutProduct, cut_products, load_product
from photoshoot.training.data.randomization import Randomizer
from photoshoot.training.data.render_settings import RenderSettings
from photoshoot.training.data.rendered_samples import RenderSamples
from photoshoot.training.data.shard_manifest import Skipped
from photoshoot.training.data.shard_store import ShardStore
from photoshoot.training.data.tally import DataTally, FailedSample, MadeSample, Refused

OnStep: TypeAlias = "Callable[[DataTally], object]"
"""Told after each step; what it raises stops the run."""
_Results: TypeAlias = "Generator[MadeSample | FailedSample | Skipped, None, None]"


def render_data(
    items: Sequence[Item], settings: RenderSettings, out: Path, *, processes: int = 1, on_step: OnStep | None
) -> DataTally:
    """Render products in sets of the studio as data to train on.

    Args:
        items: Photos of the products, see ``catalogue.list_items``. Those in one subfolder show one product.
        settings: What to render.
        out: The data set's folder.
        processes: Worker processes on this machine; the bytes are the same with any number.
        on_step: Told of each step.

    Raises:
        InputError: A preset does not exist, no photo can be used, or ``out`` holds other data.
        ExportError: A file can't be written; what was made before stays.
    """
    if processes < 1:
        raise SettingsError("processes", processes, "a whole number from 1")
    tell = on_step or (lambda _: None)
    randomizer = Randomizer(settings)
    products, refused = _prepare(items, settings, randomizer, out, tell)
    made_from = _identify(settings, randomizer, products)
    store = ShardStore(out, made_from, count=settings.count, shard_size=settings.shard_size)
    work = RenderSamples(out=out, products=tuple(products), settings=settings)
    return _fill(store, _render(work, store.left(), processes), tell, refused)


def cut_photos(
    items: Sequence[Item], settings: PhotoSettings, out: Path, *, on_step: OnStep | None = None
) -> DataTally:
    """Cut products out of photos of real scenes as data to train on; captions lie beside the photos as ``.txt`` files.

    Args:
        items: The photos. Those in one subfolder show one product.
        settings: How.
        out: The data set's folder.
        on_step: Told of each step.

    Raises:
        InputError: No photo can be used, or ``out`` holds other data.
        WeightsMissingError: A network's weights are not on this machine.
        ExportError: A file can't be written; what was made before stays.
    """
    segmenter = build_segmenter(Selection(segmenter=settings.segmenter))
    captioner = None if settings.captioner is None else _build_scene_captioner(settings.captioner)
    work = CutPhotos(items=items, settings=settings, segmenter=segmenter, captioner=captioner)
    store = ShardStore(out, work.identify(), count=len(items), shard_size=settings.shard_size)
    return _fill(store, work(store.left()), on_step or (lambda _: None), ())


def _build_scene_captioner(choice: str) -> SceneCaptioner:
    captioner = build_captioner(choice, "auto")
    if not isinstance(captioner, SceneCaptioner):
        raise SettingsError(
            "captioner", choice, "one that describes whole pictures: blip, florence2, or a folder of one"
        )
    return captioner


def _prepare(
    items: Sequence[Item], settings: RenderSettings, randomizer: Randomizer, out: Path, tell: OnStep
) -> tuple[list[CutProduct], tuple[Refused, ...]]:
    """The products that can be used, and the photos that can't."""
    segmenter = build_segmenter(Selection(segmenter=settings.segmenter))
    captioner = build_captioner(EMBEDDED_CAPTIONER, "auto")
    products: list[CutProduct] = []
    tally = DataTally(stage="cut", total=len(items))
    for found in cut_products(items, out, settings.segmenter, segmenter, captioner):
        wrong = found if isinstance(found, Refused) else _find_misfit(out, found, randomizer)
        if isinstance(found, CutProduct) and wrong is None:
            products.append(found)
        refused = tally.refused if wrong is None else (*tally.refused, wrong)
        tally = dataclasses.replace(tally, done=tally.done + 1, refused=refused, last=wrong)
        tell(tally)
    if not products:
        raise InputError(f"none of {len(items)} photos can be used: {tally.refused[0].id}: {tally.refused[0].reason}")
    return products, tally.refused


def _find_misfit(out: Path, card: CutProduct, randomizer: Randomizer) -> Refused | None:
    if len(card.touches) < 2:  # only a product that its photo cuts on opposite sides may not fit
        return None
    try:
        randomizer.check_fits(load_product(out, card).cutout)
    except ProductDoesNotFitError as error:
        return Refused.of(card.id, error)
    return None


def _identify(settings: RenderSettings, randomizer: Randomizer, products: Sequence[CutProduct]) -> dict[str, Any]:
    """All that rendered samples depend on but for their number, and the kind of machine."""
    sizes = [size.label for kind in settings.render_kinds for size in ad_sizes(kind)]
    names = ("id", "product", "name", "category", "photo_sha256", "cutter")
    return {
        "source": "rendered",
        "seed": settings.seed,
        "sizes": list(dict.fromkeys(sizes)),
        "megapixels": settings.megapixels,
        "picture": settings.picture,
        "studio": dataclasses.asdict(settings.studio),
        "presets": [preset.id for preset in randomizer.presets],
        "preset_files": digest_files([find_data("presets") / "catalogue", *settings.preset_folders]),
        "products": [{name: getattr(card, name) for name in names} for card in products],
        "versions": list_versions(PACKAGES),
    }


def _render(work: RenderSamples, left: Sequence[int], processes: int) -> _Results:
    if processes == 1 or not left:
        for _, made in work(iter(left)) if left else ():
            yield made
        return
    results = work_in_processes(work, left, [None] * processes, id_of=str)
    with contextlib.closing(results):
        for result in results:
            if isinstance(result, Died):
                yield FailedSample(index=result.item, id=f"sample {result.item}", reason=result.message)
            else:
                yield result


def _fill(store: ShardStore, results: _Results, tell: OnStep, refused: tuple[Refused, ...]) -> DataTally:
    """Keep samples as they come; write the datacard once all are there."""
    tally = DataTally(stage="make", total=store.count, there=store.count - len(store.left()), refused=refused)
    tell(tally)
    with contextlib.closing(results):
        for made in results:
            tally = _keep(store, made, tally)
            tell(tally)
    manifest = store.finish()
    skipped = tuple(Refused(id=one.id, reason=one.reason) for shard in manifest.shards for one in shard.skipped)
    tally = dataclasses.replace(tally, refused=(*refused, *skipped), last=None)
    if tally.failed == 0:
        if manifest.samples == 0:
            raise InputError(f"none of {tally.total} photos can be used: {skipped[0].id}: {skipped[0].reason}")
        write_card(store.out, manifest)
    return tally


def _keep(store: ShardStore, made: MadeSample | FailedSample | Skipped, tally: DataTally) -> DataTally:
    done = tally.done + 1
    if isinstance(made, FailedSample):
        return dataclasses.replace(tally, done=done, failed=tally.failed + 1, last=made)
    if isinstance(made, Skipped):
        store.add(made.index, made)
        wrong = Refused(id=made.id, reason=made.reason)
        return dataclasses.replace(tally, done=done, refused=(*tally.refused, wrong), last=wrong)
    store.add(made.index, made.data)
    return dataclasses.replace(tally, done=done, made=tally.made + 1, last=None)
