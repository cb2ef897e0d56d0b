"""Makes catalogues on a Ray cluster with Ray Data.

::

    items ─▶ read photos ─▶ actors, each with an engine ─▶ outcomes stream back
             (this machine)   (CPUs, or a GPU each)         (this machine writes the files)

Photos and files stay on the machine that runs the command: no machine needs another's disk.
"""

import contextlib
import math
import pickle
import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Failed, Outcome
from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.running import Work
from photoshoot.catalogue.shooting import read_photo_file, shoot_items
from photoshoot.engines.choice import STUDIO
from photoshoot.errors import DeviceError, PhotoshootError, SettingsError
from photoshoot.scaleout.cluster import join_cluster
from photoshoot.settings import PhotoLimits

CPUS_AN_ACTOR: Final = 4
"""Of a studio: more cores make one shot little faster, more actors make more shots."""

_MOST_BLOCKS = 20_000  # Ray's own book-keeping grows with them
_READERS = 1  # a photo takes milliseconds to read, and seconds to work on
_CALLS_AN_ACTOR = 2  # one product is cut out and encoded while another is placed


@dataclass(frozen=True, kw_only=True)
class ActorPool:
    """The actors of a run."""

    count: int | None = None
    """How many. None: as many as the cluster holds now."""
    cpus: float | None = None
    """Cores that each reserves. None: 4 for a studio, or what is there for each where that is less; 1 beside a GPU."""
    gpus: float | None = None
    """GPUs that each reserves; it sees no others. None: 1 for a diffusion engine where the cluster has any, else 0."""

    def __post_init__(self) -> None:
        if self.count is not None and self.count < 1:
            raise SettingsError("actors", self.count, "a whole number from 1")

    def fit(self, recipe: Recipe, cluster: Mapping[str, float]) -> tuple[int, float, float]:
        """(actors, cores of each, GPUs of each) on a cluster with these resources."""
        cpus_there, gpus_there = cluster.get("CPU", 1.0), cluster.get("GPU", 0.0)
        gpus = self.gpus
        if gpus is None:
            gpus = 1.0 if recipe.engine.name != STUDIO and gpus_there else 0.0
        if gpus:
            count = self.count or max(1, int(gpus_there // gpus))
            return count, 1.0 if self.cpus is None else self.cpus, gpus
        cpus = min(CPUS_AN_ACTOR, cpus_there) if self.cpus is None else self.cpus
        count = self.count or max(1, int(cpus_there // max(cpus, 1)))
        if self.cpus is None:
            cpus = min(cpus, max(1.0, cpus_there // count))
        return count, cpus, gpus


def shoot_on_cluster(address: str, pool: ActorPool | None = None) -> Work:
    """Work on a Ray cluster. The bytes are those of any other machine of the same kind.

    Weights are loaded once an actor. The work of an actor that dies is done once more by another; a product that kills
    two has failed.

    Args:
        address: See ``join_cluster``.
        pool: The actors. None: what the cluster holds.

    Raises:
        DeviceError: While it works: there is no such cluster, or no engine can be built on it.
    """

    def work(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        with join_cluster(address), contextlib.closing(_shoot(recipe, items, pool or ActorPool())) as outcomes:
            yield from outcomes

    return work


def _shoot(recipe: Recipe, items: Sequence[Item], pool: ActorPool) -> Generator[Outcome, None, None]:
    from ray.exceptions import RayError

    left = {item.id: item for item in items}
    try:
        for outcome in _stream(recipe, items, pool):
            del left[outcome.item.id]
            yield outcome
    except RayError as error:  # such as an engine that can't be built there; its reason stands last
        reason = str(error).strip().rpartition("\n")[2]
        raise DeviceError(f"the Ray cluster could not go on: {reason}") from error
    for item in left.values():
        yield Failed(item=item, error="WorkerDied", message="its actor died twice")


def _stream(recipe: Recipe, items: Sequence[Item], pool: ActorPool) -> Iterator[Outcome]:
    import ray
    from ray.util.annotations import RayDeprecationWarning

    count, cpus, gpus = pool.fit(recipe, ray.cluster_resources())
    a_block = math.ceil(len(items) / _MOST_BLOCKS)
    context = ray.data.DataContext.get_current().copy()
    context.max_errored_blocks = -1  # what a dead actor was at is told as failed products
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    with ray.data.DataContext.current(context):
        blocks = ray.data.from_items(
            [{"item": pickle.dumps(item)} for item in items], override_num_blocks=math.ceil(len(items) / a_block)
        )
        photos = blocks.map_batches(
            _read_photos,
            batch_size=a_block,
            compute=ray.data.TaskPoolStrategy(size=_READERS),
            num_cpus=0,
            label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
        )
        with warnings.catch_warnings():  # Ray is about to name its parameters, and has no name for this one yet
            warnings.simplefilter("ignore", RayDeprecationWarning)
            made = photos.map_batches(
                _Shooter,
                fn_constructor_args=(recipe,),
                batch_size=a_block,
                compute=ray.data.ActorPoolStrategy(
                    size=min(count, len(items)),
                    max_concurrent_calls_per_actor=_CALLS_AN_ACTOR,
                    enable_true_multi_threading=True,
                ),
                num_cpus=cpus,
                num_gpus=gpus,
                max_task_retries=1,
            )
    for row in made.iter_rows():
        yield pickle.loads(row["outcome"])


def _read_photos(batch: dict[str, Any]) -> dict[str, list[bytes]]:
    """Read photos on the machine that has them; what can't be read is an error that the product fails with."""
    return {"item": list(batch["item"]), "photo": [pickle.dumps(_read(pickle.loads(item))) for item in batch["item"]]}


def _read(item: Item) -> bytes | PhotoshootError:
    try:
        return read_photo_file(item, PhotoLimits())
    except PhotoshootError as error:
        return error


class _Shooter:
    """An actor: an engine, and products to make with it."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._photoshoot = recipe.build_engine()

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        """Make products; each outcome is sent as soon as it is there."""
        items: list[Item] = [pickle.loads(item) for item in batch["item"]]
        photos = {item.id: photo for item, photo in zip(items, batch["photo"], strict=True)}

        def read(item: Item, _: PhotoLimits) -> bytes:
            photo: bytes | PhotoshootError = pickle.loads(photos.pop(item.id))
            if isinstance(photo, PhotoshootError):
                raise photo
            return photo

        for outcome in shoot_items(self._photoshoot, self._recipe, items, read):
            yield {"outcome": [pickle.dumps(outcome)]}
