"""START HERE: runs a catalogue. What is finished is skipped; the rest is made, written, and told."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from photoshoot.catalogue.identity import identify_recipe
from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Failed, Outcome
from photoshoot.catalogue.page import write_pages
from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.report import Row, write_report
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.catalogue.store import Store
from photoshoot.files import check_folder
from photoshoot.machine.lookahead import map_ahead
from photoshoot.presets import PresetRegistry
from photoshoot.production import check_request

Work: TypeAlias = "Callable[[Recipe, Sequence[Item]], Generator[Outcome, None, None]]"
"""Makes products: yields one outcome an item, in any order; closing it stops the work. ``shoot_here`` is one."""

_READERS = 4


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Where a run stands."""

    total: int
    """Products of the catalogue."""
    looked: int = 0
    """Products that were looked at: are they finished already?"""
    skipped: int = 0
    """Products that an earlier run had finished."""
    made: int = 0
    """Products that this run made."""
    failed: int = 0
    """Products that can't be made."""
    shots: int = 0
    """Pictures that this run made."""
    failed_gate: int = 0
    """Pictures, of earlier runs too, that the quality gate did not pass."""
    last: Failed | None = None
    """The failure that this step brought, if it did."""

    @property
    def is_over(self) -> bool:
        """Whether every product is made or has failed."""
        return self.skipped + self.made + self.failed == self.total

    @property
    def is_good(self) -> bool:
        """Whether every product is made, and passed the quality gate."""
        return self.is_over and self.failed == 0 and self.failed_gate == 0


def shoot_here(device: str | None = None) -> Work:
    """Work in this process, with one ``Photoshoot``.

    Args:
        device: Diffusion: where networks run; several, as in ``"cuda:0,cuda:1"``, are a placer each.
    """

    def work(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        with recipe.build_engine(device) as photoshoot:
            yield from shoot_items(photoshoot, recipe, items)

    return work


def run_catalogue(
    items: Sequence[Item],
    recipe: Recipe,
    out: Path,
    *,
    work: Work | None = None,
    strict: bool = False,
    verify: bool = False,
    title: str = "Catalogue",
    on_step: Callable[[Tally], object] | None = None,
) -> Tally:
    """Make a catalogue's pictures in ``out``: a folder a product, a report, and an HTML contact sheet.

    What is there already with the same content (photo, recipe, versions, models) is not made again, so a run that was
    stopped or killed goes on where it was. Report and page are written however the run ends, unless it is killed.

    Args:
        items: The products, see ``list_items``.
        recipe: What to make of each.
        out: The folder.
        work: Where products are made. None: ``shoot_here()``.
        strict: Stop at the first product that fails.
        verify: Compare the digests of finished files too, not only their sizes.
        title: The page's heading.
        on_step: Told after each product; what it raises stops the run.

    Returns:
        How it went. With ``strict``, the last failure is in ``last``.

    Raises:
        InputError: The recipe names a preset, engine or model that does not exist, or ``out`` is a file.
        WeightsMissingError: Weights are not on this machine.
        ExportError: A file can't be written; what was made before stays.
    """
    presets = PresetRegistry.load(recipe.preset_folders)
    check_request(recipe.request, presets, any_text=recipe.engine.reads_any_text)
    recipe.engine.check()
    run = _Run(Store(out, identify_recipe(recipe), verify=verify), items, on_step or (lambda _: None))
    check_folder(out)
    try:
        left = run.skip_finished()
        if left:
            run.make((work or shoot_here())(recipe, left), strict=strict)
    finally:
        rows = [run.rows[item.id] for item in items]
        write_report(out, rows)
        write_pages(out, title, rows)
    return run.tally


class _Run:
    """A run under way."""

    def __init__(self, store: Store, items: Sequence[Item], tell: Callable[[Tally], object]) -> None:
        self._store, self._items, self._tell = store, items, tell
        self.rows = {item.id: Row(item=item) for item in items}
        self.tally = Tally(total=len(items))

    def skip_finished(self) -> list[Item]:
        """What is left to be made."""
        left = []
        found = map_ahead(self._store.find_finished, self._items, _READERS)
        for item, record in zip(self._items, found, strict=True):
            if record is None:
                left.append(item)
                self._step(looked=1)
            else:
                self.rows[item.id] = Row(item=item, record=record)
                self._step(looked=1, skipped=1, failed_gate=record.failed_gate)
        return left

    def make(self, outcomes: Generator[Outcome, None, None], *, strict: bool) -> None:
        """Write each product as it comes."""
        with contextlib.closing(outcomes):
            for outcome in outcomes:
                self._take(outcome)
                if strict and isinstance(outcome, Failed):
                    return

    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            self.rows[outcome.item.id] = Row(item=outcome.item, failure=outcome)
            self._step(failed=1, last=outcome)
            return
        record = self._store.save(outcome)
        self.rows[outcome.item.id] = Row(item=outcome.item, record=record)
        self._step(made=1, shots=len(record.shots), failed_gate=record.failed_gate)

    def _step(self, *, last: Failed | None = None, **added: int) -> None:
        sums = {name: getattr(self.tally, name) + count for name, count in added.items()}
        self.tally = dataclasses.replace(self.tally, **sums, last=last)
        self._tell(self.tally)
