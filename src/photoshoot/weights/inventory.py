"""Finds models on this machine: those that come with photoshoot, in the Hugging Face hub's cache, in rembg's folders.

Needs no package of the hub's, no network, and does not import rembg, which takes seconds. Sources of the folders and of
the variables that move them: the hub library's documentation, "Understand caching" and "Environment variables"; rembg's
README, "Models".
"""

import fnmatch
import os
from collections.abc import Mapping
from pathlib import Path

from photoshoot.errors import WeightsChecksumError, WeightsMissingError
from photoshoot.files import digest_file, find_data
from photoshoot.known_names import look_up
from photoshoot.weights.manifest import EmbeddedModel, HubModel, load_manifest, load_profiles


def find_weights(name: str) -> Path:
    """The verified file of an embedded model.

    Raises:
        UnknownNameError: No embedded model of that name is in the manifest.
        WeightsMissingError: The file is not there.
        WeightsChecksumError: The file is not the one that the manifest names.
    """
    model = look_up("embedded model", name, load_manifest().embedded)
    path = find_data("weights") / model.file
    if not path.is_file():
        raise WeightsMissingError(f"{model.file} is not in {path.parent}: it comes with photoshoot, so reinstall it")
    verify_file(path, model.sha256)
    return path


def verify_file(path: Path, sha256: str) -> None:
    """Hold that a file has the digest ``sha256`` (hex).

    Raises:
        WeightsChecksumError: It has another.
    """
    found = digest_file(path)
    if found != sha256:
        raise WeightsChecksumError(f"{path.name} has sha256 {found}, the manifest says {sha256}: reinstall photoshoot")


def find_hub_model(name: str) -> Path:
    """What a loader opens: the model's folder (a pipeline, an encoder, a VAE) or its file (an adapter, a LoRA).

    Its contents are not read; ``verify_model`` does that.

    Raises:
        UnknownNameError: No hub model of that name is in the manifest.
        WeightsMissingError: It is not on this machine, or not all of it; says the command that pulls it.
    """
    model = look_up("hub model", name, load_manifest().hub)
    snapshot = find_snapshot(model)
    lacking = list_missing(model)
    if snapshot is None or lacking:
        what = "is not" if snapshot is None or len(lacking) == len(model.files) else f"lacks {', '.join(lacking)}"
        raise WeightsMissingError(f"{name} {what} in {hub_cache()}: photoshoot weights pull {name}")
    return snapshot / model.path


def hub_cache() -> Path:
    """Where the hub's cache lies: ``HF_HUB_CACHE``, else ``hub`` in ``HF_HOME``, else in the user's cache folder."""
    user_cache = os.environ.get("XDG_CACHE_HOME", os.path.join(os.path.expanduser("~"), ".cache"))
    home = os.path.expandvars(os.path.expanduser(os.environ.get("HF_HOME", os.path.join(user_cache, "huggingface"))))
    cache = os.environ.get("HUGGINGFACE_HUB_CACHE", os.path.join(home, "hub"))
    return Path(os.path.expandvars(os.path.expanduser(os.environ.get("HF_HUB_CACHE", cache))))


def find_snapshot(model: HubModel) -> Path | None:
    """The folder with the repository's files at the model's revision, as far as they are here."""
    folder = hub_cache() / f"models--{model.repo.replace('/', '--')}"
    ref = folder / "refs" / model.revision
    commit = ref.read_text(encoding="utf-8").strip() if ref.is_file() else model.revision
    snapshot = folder / "snapshots" / commit
    return snapshot if snapshot.is_dir() else None


def list_files(model: HubModel) -> list[str]:
    """Paths within the repository of the model's files that are here, sorted."""
    return sorted({path for pattern in model.files for path in _match(pattern, _list_snapshot(model))})


def list_missing(model: HubModel) -> list[str]:
    """Patterns of the model that no file on this machine matches."""
    paths = _list_snapshot(model)
    return [pattern for pattern in model.files if not _match(pattern, paths)]


def _list_snapshot(model: HubModel) -> list[str]:
    snapshot = find_snapshot(model)
    if snapshot is None:
        return []
    # A link into blobs/ whose download was cut off leads nowhere, and is no file.
    return [path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*") if path.is_file()]


def _match(pattern: str, paths: list[str]) -> list[str]:
    return fnmatch.filter(paths, pattern) or fnmatch.filter(paths, pattern.replace(".fp16.", "."))


def find_rembg_model(name: str) -> Path:
    """The file of one of rembg's networks. Its contents are not read; ``verify_model`` does that.

    Raises:
        UnknownNameError: No network of that name is in the manifest.
        WeightsMissingError: It is not on this machine; says the command that pulls it.
    """
    file, folders = look_up("rembg network", name, load_manifest().rembg).file, rembg_folders(name)
    for folder in folders:
        if (folder / file).is_file():
            return folder / file
    raise WeightsMissingError(f"{file} is not in {folders[0]}: photoshoot weights pull {name}")


def rembg_folders(name: str) -> tuple[Path, Path]:
    """Where rembg keeps a network: its folder for the model, and the one folder for all of rembg's older versions."""
    data = os.environ.get("XDG_DATA_HOME")
    old = os.environ.get("U2NET_HOME", os.path.join(data or "~", ".u2net"))
    default = os.path.join(data, "rembg") if data else os.path.join("~", ".rembg")
    new = os.environ.get("U2NET_HOME") or os.environ.get("REMBG_HOME", default)
    return Path(new).expanduser() / "models" / name, Path(old).expanduser()


def find_model(name: str) -> Path:
    """What a loader opens: the model's file or folder.

    Raises:
        UnknownNameError: No model of that name is in the manifest.
        WeightsMissingError: It is not on this machine; says how to get it.
        WeightsChecksumError: An embedded model's file is not the one that the manifest names.
    """
    model = load_manifest().get(name)
    if isinstance(model, EmbeddedModel):
        return find_weights(name)
    return find_hub_model(name) if isinstance(model, HubModel) else find_rembg_model(name)


def is_present(name: str) -> bool:
    """Whether all of a model is on this machine.

    Raises:
        UnknownNameError: No model of that name is in the manifest.
    """
    try:
        find_model(name)
    except WeightsMissingError:
        return False
    return True


def resolve_profile(name: str) -> Mapping[str, Path]:
    """Where the parts of a profile lie.

    Returns:
        ``"base"``, ``"vae"``, ``"adapter"``, ``"image_encoder"``, ``"control"``, ``"lora_1"``, … → folder or file; a
        part that the profile does not have is not there.

    Raises:
        UnknownNameError: No profile of that name is in the manifest.
        WeightsMissingError: Parts are not on this machine; names all of them and the command that pulls them.
    """
    parts = look_up("profile", name, load_profiles()).parts
    lacking = [model for model in dict.fromkeys(parts.values()) if not is_present(model)]
    if lacking:
        raise WeightsMissingError(f"{name} lacks {', '.join(lacking)}: photoshoot weights pull {name}")
    return {part: find_model(model) for part, model in parts.items()}
