"""A placer whose engines are Ray Serve replicas: batches form there, and their number follows the load.

Whoever holds it, such as the HTTP service, sees a ``Placer`` like any other; cutting out, naming and exporting stay
where they are.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import DeviceError, PhotoshootError
from photoshoot.records import Shot, ShotRequest
from photoshoot.scaleout.cluster import ask_cluster, join_cluster
from photoshoot.scaleout.replicas import ReplicaScaling, check_replicas, deploy
from photoshoot.stages import OnStep

APPLICATION: Final = "photoshoot-placer"
"""What Ray Serve calls it, unless it is called otherwise."""

_TRIES = 2
_CHECK_S = 5.0  # a cluster that is well answers in milliseconds
_END_S = 30.0  # replicas end within 20

_log = logging.getLogger("photoshoot")


class RayServePlacer:
    """Sends shots to replicas on a Ray cluster, and waits for them. Safe to call from several threads.

    A picture has the bytes that a placer on the replica's machine gives it. A shot whose replica dies is made once more
    by another one.

    Args:
        engine: What the replicas run. Models are loaded once a replica; a folder is there on every machine.
        address: See ``join_cluster``.
        scaling: How many replicas. None: the defaults.
        preset_folders: Folders of the user's own preset files, there on every machine.
        application: What Ray Serve calls it. Each placer on a cluster needs a name of its own; one that takes another's
            replaces its replicas.

    Raises:
        MissingExtraError: Ray is not installed.
        UnknownNameError: There is no engine of that name.
        DeviceError: There is no such cluster, or no replica could start.
    """

    batch_size = 1  # batches form at the replicas, of whatever calls come

    def __init__(
        self,
        engine: EngineChoice,
        address: str,
        scaling: ReplicaScaling | None = None,
        preset_folders: Sequence[Path] = (),
        application: str = APPLICATION,
    ) -> None:
        engine.check()
        self.reads_any_text = engine.reads_any_text
        scaling = scaling or ReplicaScaling()
        self._application, self._checking = application, threading.Lock()
        self._answer: Future[None] | None = None
        with contextlib.ExitStack() as opening:  # also where a signal ends the wait for a replica
            is_own = opening.enter_context(join_cluster(address))
            try:
                opening.enter_context(_serving(application, is_own))
                self._handle = deploy(application, engine, scaling, tuple(preset_folders))
                opening.callback(self._handle.shutdown)  # first: else it goes on to send metrics, and joins anew for it
                self.overlap = scaling.max_replicas * int(self._handle.capacity.remote().result())
            except Exception as error:
                raise DeviceError(f"no placer could be started on the cluster: {error}") from error
            self._open = opening.pop_all()

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

    def check(self) -> None:
        """Raise ``DeviceError`` where no replica could take a shot, or the cluster does not answer within seconds."""
        with self._checking:
            if self._answer is None or self._answer.done():  # else the last question still waits: ask no other
                self._answer = ask_cluster(functools.partial(check_replicas, self._application))
            answer = self._answer
        try:
            answer.result(_CHECK_S)
        except TimeoutError as error:
            raise DeviceError("the Ray cluster does not answer") from error

    def close(self) -> None:
        """End the replicas; safe to call twice."""
        self._open.close()

    def _wait(self, request: ShotRequest, response: Any) -> Shot:
        from ray.exceptions import RayActorError, RayError
        from ray.serve.exceptions import RayServeException

        for tries_left in reversed(range(_TRIES)):
            try:
                made: Shot | PhotoshootError = response.result()
            except RayActorError as error:
                if not tries_left:
                    raise DeviceError(f"two replicas died over one shot: {error}") from error
                response = self._handle.place.remote(request)
                continue
            except (RayError, RayServeException) as error:
                raise DeviceError(f"a replica failed: {error}") from error
            if isinstance(made, PhotoshootError):
                raise made
            return made
        raise AssertionError("the last try returns or raises")


@contextlib.contextmanager
def _serving(application: str, is_own: bool) -> Iterator[None]:
    """Have Ray Serve on the cluster; an application of that name is gone afterwards.

    Where it never came to work, what there is of it is left to the cluster to end: Ray waits 20 s for replicas that no
    machine has room for.

    Args:
        application: What Ray Serve calls it.
        is_own: Whether the whole cluster ends afterwards, and its replicas with it.
    """
    from ray import serve

    serve.start(proxy_location="Disabled")  # callers come by the handle, not by HTTP
    is_at_work = False
    try:
        yield
        is_at_work = True
    finally:
        if not is_own:
            try:
                ask_cluster(functools.partial(serve.delete, application, _blocking=is_at_work)).result(_END_S)
            except (DeviceError, TimeoutError):
                _log.warning("the replicas could not be ended", exc_info=True)


def _without_photo(request: ShotRequest) -> ShotRequest:
    """The request without the cut-out at the photo's own size, which no placer looks at: its layer is enough."""
    cutout = request.product.cutout
    stub = dataclasses.replace(cutout, rgb=cutout.rgb[:1, :1], alpha_matte=cutout.alpha_matte[:1, :1])
    return dataclasses.replace(request, product=dataclasses.replace(request.product, cutout=stub))
