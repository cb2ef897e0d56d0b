"""Several worker processes on one machine, each with an engine of its own; the bytes are those of one process."""

import contextlib
import operator
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Failed, Outcome
from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.running import Work
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.errors import SettingsError
from photoshoot.machine.workers import Died, work_in_processes


def shoot_in_processes(count: int, device: str | None = None) -> Work:
    """Work in ``count`` processes of this machine.

    Args:
        count: How many, from 1. A process needs the memory of a whole engine.
        device: Diffusion: where networks run. Of several, as in ``"cuda:0,cuda:1"``, each process gets one in turn.

    Raises:
        SettingsError: ``count`` is under 1.
    """
    if count < 1:
        raise SettingsError("processes", count, "a whole number from 1")
    devices = [None] if device is None else device.split(",")
    places = [devices[index % len(devices)] for index in range(count)]

    def work(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        results = work_in_processes(_Shooting(recipe), items, places, id_of=operator.attrgetter("id"))
        with contextlib.closing(results):
            for result in results:
                if isinstance(result, Died):
                    yield Failed(item=result.item, error="WorkerDied", message=result.message)
                else:
                    yield result

    return work


@dataclass(frozen=True)
class _Shooting:
    """A worker's work: makes products with an engine of its own."""

    recipe: Recipe

    def __call__(self, items: Iterator[Item], device: str | None) -> Generator[tuple[str, Outcome], None, None]:
        with self.recipe.build_engine(device) as photoshoot:
            for outcome in shoot_items(photoshoot, self.recipe, items):
                yield outcome.item.id, outcome
