"""Downloads models of the Hugging Face hub into its cache, with the hub's own library."""

import logging
import os

from photoshoot.distribution import read_version
from photoshoot.errors import MissingExtraError, WeightsError, WeightsMissingError
from photoshoot.machine.process_state import default_variable
from photoshoot.weights.inventory import hub_cache, list_missing
from photoshoot.weights.manifest import HubModel
from photoshoot.weights.served_sizes import record_sizes

_log = logging.getLogger("photoshoot")
_PATIENCE_S = 10

try:
    with default_variable("HF_HUB_DISABLE_TELEMETRY", "1"):  # else downloads tell what else is installed
        from huggingface_hub import HfApi, snapshot_download
        from huggingface_hub.utils.tqdm import tqdm
except ImportError as error:
    raise MissingExtraError("downloading from the hub", "diffusion") from error


class _QuietBar(tqdm):
    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **{**options, "disable": True})  # type: ignore[no-untyped-call]


def download_from_hub(model: HubModel, *, force: bool, show_bars: bool) -> None:
    """Download what is needed of a model's repository; what is in the cache is not loaded again unless forced.

    Raises:
        WeightsError: The hub can't be reached, or refuses.
        WeightsMissingError: It does not have all that the manifest asks for.
    """
    try:
        snapshot_download(
            model.repo,
            revision=model.revision,
            cache_dir=hub_cache(),
            allow_patterns=list(model.files),
            force_download=force,
            endpoint=os.environ.get("HF_ENDPOINT"),
            library_name="photoshoot",
            library_version=read_version(),
            tqdm_class=None if show_bars else _QuietBar,
        )
    except Exception as error:  # the hub library's errors, and those of the HTTP client in it, share no base class
        raise WeightsError(f"{model.name} can't be downloaded from {model.repo}: {error}") from error
    lacking = list_missing(model)
    if lacking:  # without a connection the library returns whatever part of a repository is in the cache
        raise WeightsMissingError(
            f"{model.name} still lacks {', '.join(lacking)}: {model.repo} does not have it at {model.revision}, "
            "or the hub could not be reached"
        )
    record_sizes(model, _ask_sizes(model))


def _ask_sizes(model: HubModel) -> dict[str, int]:
    """Path → bytes, as the hub's own metadata has them; none where it can't be reached: what is known stays."""
    api = HfApi(endpoint=os.environ.get("HF_ENDPOINT"), library_name="photoshoot", library_version=read_version())
    try:
        told = api.model_info(model.repo, revision=model.revision, files_metadata=True, timeout=_PATIENCE_S)
    except Exception as error:  # as above
        _log.info("%s: the hub does not say how long its files are (%s)", model.name, error)
        return {}
    return {file.rfilename: file.size for file in told.siblings or () if file.size is not None}
