"""A placer whose engines are Ray Serve replicas: batches form there, and their number follows the load.

Whoever holds it, such as the HTTP service, sees a ``Placer`` like any other; cutting out, naming and exporting stay
where they are.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from photoshoot.catalogue.engine import STUDIO, EngineChoice
from photoshoot.errors import DeviceError, PhotoshootError, SettingsError
from photoshoot.records import Shot, ShotRequest
from photoshoot.scaleout.batch import CPUS_AN_ACTOR
from photoshoot.scaleout.cluster import join_cluster
from photoshoot.settings import check_range
from photoshoot.stages import OnStep

APPLICATION: Final = "photoshoot-placer"
"""What Ray Serve calls it."""

_TRIES = 2
_MOST_ONGOING = 64  # of one replica; the rest waits at the caller, for whichever replica is free first


@dataclass(frozen=True, kw_only=True)
class ReplicaScaling:
    """How many replicas there are, and what each has."""

    min_replicas: int = 1
    """Kept when there is nothing to do, 0 to 10000."""
    max_replicas: int = 8
    """1 to 10000."""
    cpus: float | None = None
    """Cores that each reserves. None: 4 for a studio, 1 beside a GPU."""
    gpus: float | None = None
    """GPUs that each reserves. None: 1 for a diffusion engine, 0 for a studio."""
    batch_wait_s: float = 0.02
    """How long a batch that is not full waits for more shots, 0 to 60 s."""

    def __post_init__(self) -> None:
        check_range("min_replicas", self.min_replicas, 0, 10_000)
        check_range("max_replicas", self.max_replicas, 1, 10_000)
        check_range("batch_wait_s", self.batch_wait_s, 0, 60)
        if self.min_replicas > self.max_replicas:
            raise SettingsError("min_replicas", self.min_replicas, f"at most max_replicas, {self.max_replicas}")


class RayServePlacer:
    """Sends shots to replicas on a Ray cluster, and waits for them. Safe to call from several threads.

    A picture has the bytes that a placer on the replica's machine gives it. A shot whose replica dies is made once more
    by another one.

    Args:
        engine: What the replicas run. Models are loaded once a replica.
        address: See ``join_cluster``.
        scaling: How many replicas. None: the defaults.
        preset_folders: Folders of the user's own preset files, there on every machine.

    Raises:
        MissingExtraError: Ray is not installed.
        DeviceError: There is no such cluster, or no replica could start.
    """

    batch_size = 1  # batches form at the replicas, of whatever calls come

    def __init__(
        self,
        engine: EngineChoice,
        address: str,
        scaling: ReplicaScaling | None = None,
        preset_folders: Sequence[Path] = (),
    ) -> None:
        scaling = scaling or ReplicaScaling()
        self._open = contextlib.ExitStack()
        self._open.enter_context(join_cluster(address))
        try:
            self._handle = _deploy(engine, scaling, tuple(preset_folders))
            self._open.callback(_delete)
            self.overlap = scaling.max_replicas * int(self._handle.capacity.remote().result())
        except Exception as error:
            self._open.close()
            raise DeviceError(f"no placer could be started on the cluster: {error}") from error

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture; a picture depends on its own request only.

        Args:
            requests: What to make; they may go to different replicas.
            on_step: Not called: steps are the replicas' own.

        Raises:
            DeviceError: A replica died, and the next one too; or it failed as no one foresaw.
        """
        del on_step
        sent = [(request, _without_photo(request)) for request in requests]
        waiting = [self._handle.place.remote(light) for _, light in sent]
        return [
            dataclasses.replace(self._wait(light, response), product=request.product)
            for (request, light), response in zip(sent, waiting, strict=True)
        ]

    def close(self) -> None:
        """End the replicas; safe to call twice."""
        self._open.close()

    def _wait(self, request: ShotRequest, response: Any) -> Shot:
        from ray.exceptions import RayActorError, RayError

        for tries_left in reversed(range(_TRIES)):
            try:
                made: Shot | PhotoshootError = response.result()
            except RayActorError as error:
                if not tries_left:
                    raise DeviceError(f"two replicas died over one shot: {error}") from error
                response = self._handle.place.remote(request)
                continue
            except RayError as error:
                raise DeviceError(f"a replica failed: {error}") from error
            if isinstance(made, PhotoshootError):
                raise made
            return made
        raise AssertionError("the last try returns or raises")


def _without_photo(request: ShotRequest) -> ShotRequest:
    """The request without the cut-out at the photo's own size, which no placer looks at: its layer is enough."""
    cutout = request.product.cutout
    stub = dataclasses.replace(cutout, rgb=cutout.rgb[:1, :1], alpha_matte=cutout.alpha_matte[:1, :1])
    return dataclasses.replace(request, product=dataclasses.replace(request.product, cutout=stub))


def _deploy(engine: EngineChoice, scaling: ReplicaScaling, preset_folders: tuple[Path, ...]) -> Any:
    from ray import serve
    from ray.serve.config import AutoscalingConfig

    is_studio = engine.name == STUDIO
    cpus = scaling.cpus if scaling.cpus is not None else (CPUS_AN_ACTOR if is_studio else 1)
    gpus = scaling.gpus if scaling.gpus is not None else (0 if is_studio else 1)
    serve.start(proxy_location="Disabled")  # callers come by the handle, not by HTTP
    deployment = serve.deployment(_Replica).options(
        name="Placer",
        ray_actor_options={"num_cpus": cpus, "num_gpus": gpus},
        autoscaling_config=AutoscalingConfig(min_replicas=scaling.min_replicas, max_replicas=scaling.max_replicas),
        max_ongoing_requests=_MOST_ONGOING,
    )
    application = deployment.bind(engine, preset_folders, scaling.batch_wait_s)
    return serve.run(application, name=APPLICATION, route_prefix=None)


def _delete() -> None:
    from ray import serve

    serve.delete(APPLICATION)


class _Replica:
    """An engine on the cluster."""

    def __init__(self, engine: EngineChoice, preset_folders: tuple[Path, ...], batch_wait_s: float) -> None:
        from ray import serve

        self._placer = engine.build(preset_folders).placer
        batching = serve.batch(
            max_batch_size=self._placer.batch_size,
            batch_wait_timeout_s=batch_wait_s,
            max_concurrent_batches=self._placer.overlap,
        )

        async def place_batch(requests: list[ShotRequest]) -> list[Shot | PhotoshootError]:
            return await asyncio.to_thread(self._place, requests)

        self._place_in_batch: Any = batching(place_batch)

    async def capacity(self) -> int:
        """How many shots it is at its best with."""
        return self._placer.batch_size * self._placer.overlap

    async def place(self, request: ShotRequest) -> Shot | PhotoshootError:
        """Make a picture, together with what others ask for meanwhile."""
        made: Shot | PhotoshootError = await self._place_in_batch(request)
        return made

    def _place(self, requests: Sequence[ShotRequest]) -> list[Shot | PhotoshootError]:
        """Make a batch; one that fails is made shot by shot, so that only those fail that must."""
        try:
            return list(self._placer.place(requests))
        except PhotoshootError as error:
            if len(requests) == 1:
                return [error]
            return [made for request in requests for made in self._place([request])]
