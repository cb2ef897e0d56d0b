"""Builds what makes the service's pictures, as its settings say."""

import socket
from collections.abc import Iterator

from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import SettingsError
from photoshoot.photoshoot import Photoshoot
from photoshoot.server.settings import ServerSettings
from photoshoot.settings import StudioSettings


def build_engines(settings: ServerSettings) -> Iterator[Photoshoot]:
    """A photoshoot of each of ``list_devices``; they are the caller's to close.

    Raises:
        PhotoshootError: See ``build_engine``.
    """
    yield from (build_engine(settings, device) for device in list_devices(settings))


def list_makers(settings: ServerSettings) -> list[tuple[ServerSettings, str]]:
    """What pictures are made with, a process for each: an engine, and one of its devices."""
    return [(own, device) for own in settings.engines.values() for device in list_devices(own)]


def list_devices(settings: ServerSettings) -> list[str]:
    """The devices of an engine, or the one that speaks for a Ray cluster; the studio beside others has its own."""
    devices = [device.strip() for device in settings.device.split(",")]
    if settings.workers is None:
        return devices[:1] if settings.ray is not None else devices
    return [devices[number % len(devices)] for number in range(settings.workers)]


def choose_engine(settings: ServerSettings) -> EngineChoice:
    """What the settings' engine is, apart from where it runs."""
    studio = None if settings.samples is None else StudioSettings(samples=settings.samples)
    return EngineChoice(name=settings.engine, studio=studio, moderator=settings.moderator)


def build_engine(settings: ServerSettings, device: str) -> Photoshoot:
    """A photoshoot on a device, or one whose engines are replicas on a Ray cluster; it is the caller's to close.

    Raises:
        UnknownNameError: There is no engine of that name.
        SettingsError: A device is named where the engine has its own.
        WeightsMissingError: Weights are not on this machine.
        MissingExtraError: An extra is missing, such as ``ray``.
        DeviceError: There is no such cluster, or no replica could start.
    """
    choice = choose_engine(settings)
    if settings.ray is not None:
        return _build_on_cluster(settings, settings.ray, choice)
    return Photoshoot.of(choice, device=device, preset_folders=settings.presets)


def _build_on_cluster(settings: ServerSettings, address: str, choice: EngineChoice) -> Photoshoot:
    from photoshoot.scaleout.replicas import ReplicaScaling
    from photoshoot.scaleout.serving import RayServePlacer

    if settings.device != "auto":
        raise SettingsError("device", settings.device, "left out with ray, which gives each replica its place")
    placer = RayServePlacer(
        choice,
        address,
        ReplicaScaling(
            min_replicas=settings.min_replicas,
            max_replicas=settings.max_replicas,
            cpus=settings.replica_cpus,
            gpus=settings.replica_gpus,
        ),
        settings.presets,
        f"photoshoot-{socket.gethostname()}-{settings.port}",  # the next start replaces what a killed one left
    )
    try:
        return Photoshoot.with_placer(placer, selection=choice.select(settings.presets, "auto"))
    except BaseException:
        placer.close()
        raise
