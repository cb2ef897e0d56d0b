"""Joins a Ray cluster, or starts one on this machine."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, Final

from photoshoot.errors import DeviceError, MissingExtraError, SettingsError
from photoshoot.machine.process_state import default_variable

LOCAL: Final = "local"
"""The address that starts a cluster on this machine, for as long as it is used; it listens on loopback alone."""

_log = logging.getLogger("photoshoot")
_TRIES: Final = 3
_TOO_SLOW: Final = "timed out during startup"
_KNOCK_S: Final = 1.0
_TURN_S: Final = 5.0
_TOKEN: Final = "set RAY_AUTH_MODE=token, and have the head's ~/.ray/auth_token here, too"


@contextlib.contextmanager
def join_cluster(address: str) -> Iterator[bool]:
    """Be connected to a cluster, and know whether it is this one's own, which ends with it.

    What was connected before stays connected after.

    Args:
        address: ``"local"``, ``"auto"`` (the cluster that this machine is part of), or the head's ``"host:port"``, on a
            machine that is part of the cluster.

    Raises:
        MissingExtraError: Ray is not installed.
        SettingsError: It is an address of Ray's client (``ray://``), which can't run Ray Data.
        DeviceError: There is no cluster at that address.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("working on a Ray cluster", "ray") from error
    if address.startswith("ray://"):
        raise SettingsError("ray", address, "local, auto, or the head's host:port on a machine of the cluster")
    if ray.is_initialized():
        yield False
        return
    with default_variable("RAY_USAGE_STATS_ENABLED", "0"):  # what is done here is reported to nobody
        try:
            alone = address == LOCAL or _listens_on_loopback_alone(address)
            with _signals_left_alone(), _on_loopback() if alone else contextlib.nullcontext():
                _begin(ray.init, address)
        except Exception as error:  # its own class, too, where it took too long
            if "AuthenticationError" in f"{error} {error.__cause__}":
                raise DeviceError(f"the Ray cluster at {address} wants a token: {_TOKEN}") from error
            raise DeviceError(f"there is no Ray cluster at {address}: {error}") from error
        try:
            yield address == LOCAL
        finally:
            with _none_begun_anew():
                ray.shutdown()


def _begin(init: Callable[..., object], address: str) -> None:
    """Ray gives its agents 15 s to name their ports, whatever the machine is at, and no setting says otherwise."""
    for tries in range(_TRIES, 0, -1):
        try:
            init(
                address=address,
                include_dashboard=False if address == LOCAL else None,
                log_to_driver=False,
                logging_level=logging.WARNING,
            )
        except Exception as error:
            if tries == 1 or address != LOCAL or _TOO_SLOW not in str(error):
                raise
            _log.warning("the machine is busy: Ray did not begin in its time, and is begun once more")
        else:
            return


def ask_cluster(question: Callable[[], object]) -> Future[None]:
    """Ask in a thread of its own, since Ray waits without end for a cluster that is gone.

    Args:
        question: Calls Ray; what it returns is not kept.

    Returns:
        Done when the cluster has answered. Its error is a ``DeviceError``.
    """
    answer: Future[None] = Future()

    def ask() -> None:
        try:
            question()
        except DeviceError as error:
            answer.set_exception(error)
        except Exception as error:
            answer.set_exception(DeviceError(f"the Ray cluster can't be asked: {error}"))
        else:
            answer.set_result(None)

    threading.Thread(target=ask, name="photoshoot-ray", daemon=True).start()
    return answer


def _listens_on_loopback_alone(address: str) -> bool:
    """Whether it is a cluster that ``LOCAL`` began elsewhere: Ray finds it only by the same switch, else it waits."""
    from ray.util import get_node_ip_address

    host, _, port = address.rpartition(":")
    if not port.isdecimal() or not (host == "localhost" or host.startswith("127.")):
        return False
    try:
        with socket.create_connection((get_node_ip_address(), int(port)), timeout=_KNOCK_S):
            return False
    except OSError:
        return True


@contextlib.contextmanager
def _on_loopback() -> Iterator[None]:
    """A cluster that begins now is reached from this machine alone: Ray would listen on every network it has.

    Ray has a switch for that, by which it spares Windows and macOS their firewalls' questions; it looks at it once, so
    it is also turned where Ray was loaded before.
    """
    from ray._private import ray_constants

    with default_variable(ray_constants.ENABLE_RAY_CLUSTERS_ENV_VAR, "0"):
        before, ray_constants.ENABLE_RAY_CLUSTER = ray_constants.ENABLE_RAY_CLUSTER, False
        try:
            yield
        finally:
            ray_constants.ENABLE_RAY_CLUSTER = before


@contextlib.contextmanager
def _none_begun_anew() -> Iterator[None]:
    """A cluster that is left stays left: Ray would begin another one, with all its processes, where one is asked for.

    Ray Serve's thread asks its controller for news again and again; what it asks as the cluster ends fails here, in
    silence. Afterwards a host's first question begins a cluster for it once more.
    """
    from ray._private import auto_init_hook

    before, auto_init_hook.enable_auto_connect = auto_init_hook.enable_auto_connect, False
    loop = _loop_of_serve()
    if loop is not None:
        loop.set_exception_handler(lambda *_: None)
    try:
        yield
    finally:
        if loop is not None:
            with contextlib.suppress(TimeoutError):  # in turn: after what was to be asked
                asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(_TURN_S)
            loop.set_exception_handler(None)
        auto_init_hook.enable_auto_connect = before


def _loop_of_serve() -> asyncio.AbstractEventLoop | None:
    """The loop of Ray Serve's thread in this process, where it has one that runs."""
    router: Any = sys.modules.get("ray.serve._private.router")
    loop: asyncio.AbstractEventLoop | None = router and router.SingletonThreadRouter._asyncio_loop
    return loop if loop is not None and loop.is_running() else None


@contextlib.contextmanager
def _signals_left_alone() -> Iterator[None]:
    """Ray takes SIGTERM for itself; here it stays the host's, which is also given one that Ray took meanwhile."""
    if threading.current_thread() is not threading.main_thread():  # Ray takes none there
        yield
        return
    before, taken = signal.getsignal(signal.SIGTERM), False
    try:
        yield
    except SystemExit as told:
        taken = told.code == signal.SIGTERM
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
        if taken:
            signal.raise_signal(signal.SIGTERM)
