"""Engines as replicas of a Ray Serve deployment: how many there are, how they start, what each does, how they are."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from photoshoot.engines.choice import STUDIO, EngineChoice
from photoshoot.errors import DeviceError, PhotoshootError, SettingsError, ShotsFailedError
from photoshoot.photoshoot import Photoshoot
from photoshoot.records import Shot, ShotRequest
from photoshoot.scaleout.batch import CPUS_AN_ACTOR
from photoshoot.settings import check_range

_DEPLOYMENT: Final = "Placer"
_MOST_ONGOING = 64  # of one replica; the rest waits at the caller, for whichever replica is free first
_MOST = 10_000
_LOOK_S = 0.1  # how often a replica that is to end looks whether all its shots are made; Ray's default: 2 s

_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class ReplicaScaling:
    """How many replicas there are, and what each has."""

    min_replicas: int = 1
    """Kept when there is nothing to do, 0 to 10000."""
    max_replicas: int = 8
    """1 to 10000."""
    cpus: float | None = None
    """Cores that each reserves, 0 to 10000. None: 4 for a studio, or what the largest machine has where that is less;
    1 beside a GPU."""
    gpus: float | None = None
    """GPUs that each reserves, 0 to 10000. None: 1 for a diffusion engine, 0 for a studio."""
    batch_wait_s: float = 0.02
    """How long a batch that is not full waits for more shots, 0 to 60 s."""

    def __post_init__(self) -> None:
        check_range("min_replicas", self.min_replicas, 0, _MOST)
        check_range("max_replicas", self.max_replicas, 1, _MOST)
        check_range("batch_wait_s", self.batch_wait_s, 0, 60)
        for name, value in (("cpus", self.cpus), ("gpus", self.gpus)):
            if value is not None:
                check_range(name, value, 0, _MOST)
        if self.min_replicas > self.max_replicas:
            raise SettingsError("min_replicas", self.min_replicas, f"at most max_replicas, {self.max_replicas}")

    def reserve(self, engine: EngineChoice, largest: float) -> tuple[float, float]:
        """(cores, GPUs) of each replica, where the cluster's largest machine has ``largest`` cores."""
        is_studio = engine.name == STUDIO
        gpus = self.gpus if self.gpus is not None else (0.0 if is_studio else 1.0)
        if self.cpus is not None:
            return self.cpus, gpus
        return (min(CPUS_AN_ACTOR, largest) if is_studio or not gpus else 1.0), gpus


def deploy(application: str, engine: EngineChoice, scaling: ReplicaScaling, preset_folders: tuple[Path, ...]) -> Any:
    """Start the replicas, wait until the first ones are at work, and return a handle of the caller's own.

    Args:
        application: What Ray Serve calls it. One of that name is replaced.
        engine: What the replicas run.
        scaling: How many.
        preset_folders: Folders of the user's own preset files.
    """
    from ray import serve
    from ray.serve.config import AutoscalingConfig
    from ray.serve.handle import DeploymentHandle

    largest = _largest_machine()
    cpus, gpus = scaling.reserve(engine, largest)
    if cpus > largest:
        _log.warning("replicas need %g cores each and no machine of the cluster has them: they wait for one", cpus)
    deployment = serve.deployment(Replica).options(
        name=_DEPLOYMENT,
        ray_actor_options={"num_cpus": cpus, "num_gpus": gpus},
        autoscaling_config=AutoscalingConfig(min_replicas=scaling.min_replicas, max_replicas=scaling.max_replicas),
        max_ongoing_requests=_MOST_ONGOING,
        graceful_shutdown_wait_loop_s=_LOOK_S,
    )
    serve.run(
        deployment.bind(engine, preset_folders, scaling.batch_wait_s),
        name=application,
        route_prefix=None,  # callers come by the handle, not by HTTP
    )
    return DeploymentHandle(_DEPLOYMENT, application)  # Serve hands out its own again, even once it is shut down


def check_replicas(application: str) -> None:
    """Raise ``DeviceError`` where nothing of an application could take a shot; one that is scaled to none could."""
    from ray import serve

    state = serve.status().applications.get(application)
    if state is None:
        raise DeviceError("the replicas are gone from the cluster")
    running = sum(deployment.replica_states.get("RUNNING", 0) for deployment in state.deployments.values())
    if not running and state.status != "RUNNING":
        raise DeviceError(f"no replica is at work on the cluster: {state.status.value} {state.message}".rstrip())


def _largest_machine() -> float:
    """Cores of the cluster's largest machine."""
    import ray

    return max((node["Resources"].get("CPU", 0.0) for node in ray.nodes() if node["Alive"]), default=0.0) or 1.0


class Replica:
    """An engine on the cluster."""

    def __init__(self, engine: EngineChoice, preset_folders: tuple[Path, ...], batch_wait_s: float) -> None:
        from ray import serve

        self._placer = Photoshoot.of(engine, preset_folders=preset_folders).placer
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
        except ShotsFailedError as error:
            return error.outcomes()
        except PhotoshootError as error:
            if len(requests) == 1:
                return [error]
            return [made for request in requests for made in self._place([request])]
