"""Photo in, described product out: here, or in processes that only do this."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Final, Protocol

from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import DeviceError, FileTooLargeError
from photoshoot.jobs.store.product_codec import pack_product
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.photos import read_photo
from photoshoot.server.polyglot_check import screen_photo
from photoshoot.server.processes.cutout_wishes import CutoutWishes
from photoshoot.server.settings import ServerSettings
from photoshoot.settings import PhotoLimits

_TRIES: Final = 2
_LOOK_S: Final = 1.0
"""How often it is looked whether the processes are still those that a photo was given to."""
_NICER: Final = 2
"""How much a reader gives way to the process that answers, and less than what renders does."""


@dataclass(frozen=True, kw_only=True)
class DescribedPhoto:
    """What an uploaded photo shows, and what suits it."""

    packed: bytes = field(repr=False)
    """The product, as ``photoshoot.jobs.store.product_codec.pack_product`` packs it."""
    name: str
    """The product's name, as the captioner has it."""
    description: str
    """The product's description, a sentence or two."""
    prompts: tuple[str, ...]
    """Four prompts that suit it."""
    preset_ids: tuple[str, ...]
    """Six presets that suit it, by their ids."""
    missing: str = ""
    """What was not there of the photo's file, as ``Photo.missing`` says it."""


class PhotoReader(Protocol):
    """Describes uploaded photos; safe to call from several threads."""

    def read(self, data: bytes, wishes: CutoutWishes | None = None) -> DescribedPhoto:
        """Describe the product of a photo's file.

        Args:
            data: The file.
            wishes: How it is cut out. None: as every other.

        Raises:
            SettingsError: A wish can't be met.
            PhotoError: The file is too large, is unreadable, or is something else besides.
            NoProductFoundError: The photo shows no product.
            DeviceError: The process that read it died, twice.
        """
        ...

    def close(self) -> None:
        """Give up what is held; safe to call twice."""
        ...


class LocalReader:
    """Reads in this process.

    Args:
        shoot: Does the work; it stays the caller's.
        limits: What is too large.
    """

    def __init__(self, shoot: Photoshoot, limits: PhotoLimits) -> None:
        self._shoot, self._limits = shoot, limits

    def read(self, data: bytes, wishes: CutoutWishes | None = None) -> DescribedPhoto:
        """See ``PhotoReader``."""
        if len(data) > self._limits.max_bytes:
            raise FileTooLargeError(len(data), self._limits.max_bytes)
        screen_photo(data)
        photo = read_photo(data, self._limits)
        seen = photo if wishes is None else wishes.cut_out(self._shoot, photo, self._limits)
        recommendation = self._shoot.recommend(seen)
        product = recommendation.product
        return DescribedPhoto(
            packed=pack_product(product),
            name=product.name,
            description=product.description,
            prompts=tuple(recommendation.prompts),
            preset_ids=tuple(recommendation.preset_ids),
            missing=photo.missing,
        )

    def close(self) -> None:
        """Nothing of its own is held."""


class ProcessReader:
    """Reads in processes of its own, as many as ``readers`` says, which are started when they are needed.

    A photo that kills one of them harms no other: it is tried once more, and so is what else was under way.

    Args:
        settings: What cuts out and describes, and what is too large.

    Raises:
        PhotoshootError: The parts that read can't be built.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self._settings, self._lock = settings, threading.Lock()
        self._pool = self._start()
        self._pool.submit(_prove).result()

    def read(self, data: bytes, wishes: CutoutWishes | None = None) -> DescribedPhoto:
        """See ``PhotoReader``."""
        for _ in range(_TRIES):
            pool = self._pool
            try:
                return self._wait(pool, pool.submit(_read, data, wishes))
            except BrokenProcessPool:
                self._replace(pool)
        raise DeviceError("the photo could not be read: the process that read it died")

    def close(self) -> None:
        """End the processes; safe to call twice."""
        self._pool.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._settings.readers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._settings,),
        )

    def _wait(self, pool: ProcessPoolExecutor, future: Future[DescribedPhoto]) -> DescribedPhoto:
        """What becomes of a photo. One that came just as the pool broke may be forgotten: nobody would ever answer.

        Source: CPython's ``concurrent/futures/process.py``, ``terminate_broken``, which holds no lock before 3.12.
        """
        while not wait([future], _LOOK_S).done:
            if pool is not self._pool or _is_broken(pool):
                raise BrokenProcessPool
        return future.result()

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:  # else another thread was here first
                broken.shutdown(wait=False, cancel_futures=True)
                self._pool = self._start()


def _is_broken(pool: ProcessPoolExecutor) -> bool:
    """Whether a pool takes nothing further because its processes died; one that is being closed is not broken."""
    try:
        pool.submit(_prove)
    except BrokenProcessPool:
        return True
    except RuntimeError:
        return False
    return False


class _NoPlacer:
    """Stands where nothing is placed."""

    batch_size = overlap = 1

    def place(self, requests: object, on_step: object = None) -> list[object]:
        """Nobody asks a reader for pictures."""
        del requests, on_step
        raise AssertionError("a reader places nothing")

    def close(self) -> None:
        """Nothing is held."""


_reader: list[LocalReader | Exception] = []
"""Of a process of the pool: its reader, or why there is none."""


def build_reader(settings: ServerSettings) -> LocalReader:
    """What reads photos, without an engine that makes pictures.

    Raises:
        PhotoshootError: A part can't be built.
    """
    selection = EngineChoice(name=settings.engine, moderator=settings.moderator).select(settings.presets, "auto")
    shoot = Photoshoot.with_placer(_NoPlacer(), selection=selection)  # type: ignore[arg-type]
    return LocalReader(shoot, settings.photo_limits)


def _begin(settings: ServerSettings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides
    threading.Thread(target=_end_with_parent, name="photoshoot-parent", daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICER)
    try:
        _reader.append(build_reader(settings))
    except Exception as error:  # an initializer that raises breaks the pool, and nobody hears why
        _reader.append(error)


def _end_with_parent() -> None:
    """A pool's process does not hear that the one that started it was killed: it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _prove() -> None:
    (reader,) = _reader
    if isinstance(reader, Exception):
        raise reader


def _read(data: bytes, wishes: CutoutWishes | None) -> DescribedPhoto:
    (reader,) = _reader
    if isinstance(reader, Exception):
        raise reader
    return reader.read(data, wishes)
