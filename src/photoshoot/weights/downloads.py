"""Gets models from where they are published: the only part of photoshoot that uses the network."""

from collections.abc import Callable, Iterable

from photoshoot.errors import MissingExtraError, WeightsError
from photoshoot.machine.onnx_runtime import import_onnxruntime
from photoshoot.records import Progress
from photoshoot.weights.inventory import find_rembg_model, is_present
from photoshoot.weights.manifest import HubModel, Model, RembgModel, load_manifest
from photoshoot.weights.verification import Verification, verify_model


def pull(
    names: Iterable[str],
    on_progress: Callable[[Progress], None] | None = None,
    *,
    force: bool = False,
    accept_hub_digest: bool = False,
    show_bars: bool = False,
) -> list[Verification]:
    """Download models and verify them. A file that is here whole, also from a broken download, is not loaded again.

    Args:
        names: Models and profiles of the manifest.
        on_progress: Called before each model and after the last. May raise, which stops.
        force: Load again what is here already, as after damage.
        accept_hub_digest: See ``verify_model``.
        show_bars: Let the hub's library draw its progress bars on standard error. rembg's draws its own in any case.

    Returns:
        What was verified, a record a model; a profile's in its place.

    Raises:
        UnknownNameError: A name is neither a model's nor a profile's.
        MissingExtraError: The package that downloads is not installed.
        WeightsError: A model can't be downloaded; what was loaded of it stays.
        WeightsChecksumError: A file is not the one that was asked for.
    """
    models = load_manifest().expand(names)
    tell = on_progress or (lambda _: None)
    done: list[Verification] = []
    for model in models:
        tell(Progress(stage="pull", done=len(done), total=len(models), message=model.name))
        _download(model, force=force, show_bars=show_bars)
        done.append(verify_model(model.name, accept_hub_digest=accept_hub_digest))
    tell(Progress(stage="pull", done=len(done), total=len(models), message="all there"))
    return done


def _download(model: Model, *, force: bool, show_bars: bool) -> None:
    if isinstance(model, HubModel):
        from photoshoot.weights.hub_downloads import download_from_hub

        download_from_hub(model, force=force, show_bars=show_bars)
    elif isinstance(model, RembgModel):
        _download_with_rembg(model, force=force)


def _download_with_rembg(model: RembgModel, *, force: bool) -> None:
    if is_present(model.name):
        if not force:
            return
        find_rembg_model(model.name).unlink()
    import_onnxruntime()  # without it, importing rembg ends the process
    try:
        from rembg.sessions import sessions_class
    except ImportError as error:
        raise MissingExtraError("downloading rembg's networks", "rembg") from error

    (kind,) = (kind for kind in sessions_class if kind.name() == model.name)
    try:
        kind.download_models()
    except Exception as error:  # pooch passes on the errors of several HTTP libraries
        raise WeightsError(f"{model.name} can't be downloaded: {error}") from error
