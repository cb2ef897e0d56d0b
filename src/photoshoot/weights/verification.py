"""Holds that the weights on this machine are the right ones, byte for byte."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from photoshoot.errors import WeightsChecksumError
from photoshoot.files import digest_file
from photoshoot.weights.inventory import find_hub_model, find_model, find_snapshot, list_files
from photoshoot.weights.manifest import EmbeddedModel, HubModel, RembgModel, load_manifest
from photoshoot.weights.served_sizes import read_beside, read_sizes, write_beside

_ACCEPTED = "photoshoot-accepted.json"  # in the repository's folder of the hub's cache
_SHA256, _GIT = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was found to be right."""

    name: str
    """The model's name in the manifest."""
    path: Path
    """Its file or folder."""
    verified: tuple[str, ...]
    """Files that are, byte for byte, what the manifest or the hub says."""
    unverified: tuple[str, ...]
    """Files that nothing here holds a digest of."""
    accepted: tuple[str, ...] = ()
    """Files that are what the hub serves and not what the manifest records, and were accepted so."""


def verify_model(name: str, *, accept_hub_digest: bool = False) -> Verification:
    """Read all of a model's files and compare their digests.

    A digest of the manifest decides. Where it has none, the hub's own does: the cache names a large file after its
    SHA-256 and a small one after its git object id. That shows damage on the way or on the disk, not what the hub meant
    to serve. A file that is not kept so (as on Windows without links) counts as unverified.

    Args:
        name: The model's.
        accept_hub_digest: Accept files that are whole as the hub serves them where the manifest records another digest,
            now and from now on: these digests are written down beside the cached files. Another file is refused again.

    Raises:
        UnknownNameError: No model of that name is in the manifest.
        WeightsMissingError: It is not on this machine.
        WeightsChecksumError: Files are not the right ones; names them and the command that gets them again.
    """
    model, path = load_manifest().get(name), find_model(name)
    if isinstance(model, HubModel):
        return _verify_hub_model(model, accept_hub_digest=accept_hub_digest)
    if isinstance(model, RembgModel) and digest_file(path) != model.sha256:
        raise _complain(name, [model.file])
    assert isinstance(model, EmbeddedModel | RembgModel)  # find_model has read the digest of an embedded one
    return Verification(name=name, path=path, verified=(model.file,), unverified=())


def _verify_hub_model(model: HubModel, *, accept_hub_digest: bool) -> Verification:
    path, snapshot = find_hub_model(model.name), find_snapshot(model)
    assert snapshot is not None
    right = {file: _is_right(snapshot / file, model.sha256.get(file)) for file in list_files(model)}
    if cut := [file for file, size in read_sizes(model).items() if (snapshot / file).stat().st_size != size]:
        raise _complain(model.name, cut)
    served = {file: _served_digest(snapshot / file) for file, verdict in right.items() if verdict is False}
    others = {file: digest for file, digest in served.items() if digest is not None and file in model.sha256}
    if damaged := [file for file in served if file not in others]:
        raise _complain(model.name, damaged)
    known: dict[str, str] = read_beside(snapshot, _ACCEPTED, "accept the hub's digests again")
    if accept_hub_digest and others:
        known = {**known, **others}
        write_beside(snapshot, _ACCEPTED, known)
    if refused := {file: digest for file, digest in others.items() if known.get(file) != digest}:
        raise _doubt(model, refused)
    return Verification(
        name=model.name,
        path=path,
        verified=tuple(file for file, verdict in right.items() if verdict),
        unverified=tuple(file for file, verdict in right.items() if verdict is None),
        accepted=tuple(others),
    )


def _served_digest(path: Path) -> str | None:
    """The SHA-256 that the hub gave with a file, where the file still has it; else None."""
    name = path.resolve().name
    return name if _SHA256.fullmatch(name) and _is_right(path, None) else None


def _doubt(model: HubModel, others: Mapping[str, str]) -> WeightsChecksumError:
    told = "; ".join(
        f"{file} has sha256 {digest}, as {model.repo} serves it; photoshoot records {model.sha256[file]}"
        for file, digest in others.items()
    )
    return WeightsChecksumError(
        f"{model.name}: {told}. It came whole: either the record is wrong, or the file was changed there. If you trust "
        f"what is there: photoshoot weights pull --accept-hub-digest {model.name}"
    )


def _is_right(path: Path, sha256: str | None) -> bool | None:
    if sha256 is not None:
        return digest_file(path) == sha256
    blob = path.resolve()
    if blob.parent.name != "blobs":
        return None
    if _SHA256.fullmatch(blob.name):
        return digest_file(blob) == blob.name
    return _digest_as_git(blob) == blob.name if _GIT.fullmatch(blob.name) else None


def _digest_as_git(path: Path) -> str:
    """Git's object id of a file, hex: SHA-1 of a header and the contents. For small files: it reads all at once."""
    contents = path.read_bytes()
    header = b"blob %d\0" % len(contents)
    return hashlib.sha1(header + contents, usedforsecurity=False).hexdigest()


def _complain(name: str, files: list[str]) -> WeightsChecksumError:
    return WeightsChecksumError(
        f"{name}: {', '.join(files)} {'is' if len(files) == 1 else 'are'} damaged or not the file that was asked for: "
        f"photoshoot weights pull --force {name}"
    )
