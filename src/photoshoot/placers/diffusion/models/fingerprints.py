"""Which checkpoint this is: its name, and its hub revision or a fingerprint of its files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from photoshoot.placers.diffusion.components.tensors import PICKLES, SAFETENSORS

_SLICES, _SLICE_BYTES = 16, 1 << 16
_PLAIN_NAMES = ("pytorch_lora_weights", "diffusion_pytorch_model", "model")


def identify(paths: Iterable[Path]) -> dict[str, str]:
    """Name → revision or fingerprint of each checkpoint; a name that comes again gets a number."""
    found: dict[str, str] = {}
    for path in paths:
        name, version = _identify(path)
        same = sum(1 for known in found if known == name or known.startswith(f"{name} ("))
        found[f"{name} ({same + 1})" if same else name] = version
    return found


def _identify(path: Path) -> tuple[str, str]:
    """A path in a hub cache (``models--ORGANISATION--NAME/snapshots/REVISION/…``) says both itself."""
    parts = path.absolute().parts
    for index, part in enumerate(parts[:-2]):
        if part.startswith("models--") and parts[index + 1] == "snapshots":
            repository = part.removeprefix("models--").replace("--", "/")
            return "/".join((repository, *parts[index + 3 :])), f"revision {parts[index + 2]}"
    name = path.absolute().parent.name if path.stem in _PLAIN_NAMES else path.name
    return name, f"fingerprint {_fingerprint(path)}"


def _fingerprint(path: Path) -> str:
    """Digest of names, sizes and slices of all weights: not proof against an attacker, but quick for any size."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(found for found in path.rglob("*") if _is_weights(found))
    for file in files:
        size = file.stat().st_size
        digest.update(f"{file.name if path.is_file() else file.relative_to(path).as_posix()} {size}\n".encode())
        with file.open("rb") as opened:
            for index in range(_SLICES):
                opened.seek(size * index // _SLICES)
                digest.update(opened.read(_SLICE_BYTES))
    return digest.hexdigest()[:16]


def _is_weights(path: Path) -> bool:
    return path.suffix in (SAFETENSORS, *PICKLES)
