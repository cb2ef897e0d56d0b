"""From a claimed task to the shot that answers it."""

import dataclasses
import json
from functools import lru_cache
from uuid import UUID

from photoshoot.jobs.orders import read_ordered
from photoshoot.jobs.queue.queue import Claim
from photoshoot.jobs.store.assets import Assets
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import resolve_request

_KEPT = 12  # processes' plans for one size; each holds the product resampled to that canvas, some 10 MB


class Planner:
    """Plans tasks as ``Photoshoot.generate`` would plan the whole order, so that its pictures are the same ones.

    All prompts of a process are planned together for each size, once, since they share the resampled product.
    """

    def __init__(self, assets: Assets, presets: PresetRegistry, *, any_text: bool = False) -> None:
        self._assets, self._presets, self._any_text = assets, presets, any_text
        self._plans = lru_cache(maxsize=_KEPT)(self._plan_all)

    def plan(self, claim: Claim) -> ShotRequest:
        """The shot to be made.

        Raises:
            InputError: A prompt names a preset that is there no more.
            ProductDoesNotFitError: The product can't be laid out in this size.
            StoreError: The product can't be read.
        """
        ordered = json.dumps(claim.ordered, sort_keys=True)
        plans = self._plans(claim.application_id, claim.asset_id, ordered, claim.seed, claim.size_label)
        return plans[claim.prompt_index]

    def _plan_all(
        self, application_id: UUID, asset_id: UUID, ordered: str, seed: int, size_label: str
    ) -> list[ShotRequest]:
        product = self._assets.load(application_id, asset_id)
        asked = read_ordered(json.loads(ordered))
        request = dataclasses.replace(asked, render_kind=size_label, seed=seed)
        return plan_shots(resolve_request(request, product), self._presets, any_text=self._any_text)
