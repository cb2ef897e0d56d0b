"""The folder that a data set is written to: shards of fixed membership, and the manifest.

Sample *i* belongs to shard *i* // shard size, whichever process makes it. A finished sample is a small file under
``.unfinished/``; once a shard has all of its own, they become one tar and are removed. So a run that was stopped goes
on where it was, and its bytes are those of a run that was not.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from photoshoot.errors import InputError
from photoshoot.files import LEFT_BEHIND, AtomicFiles
from photoshoot.training.data.shard_index import scan_shard
from photoshoot.training.data.shard_manifest import Manifest, Shard, Skipped, load_manifest
from photoshoot.training.data.tars import join_samples

UNFINISHED: Final = ".unfinished"
"""The folder of samples whose shard is not whole yet."""


class ShardStore:
    """Writes a data set. One run at a time may write to a folder.

    Args:
        out: The folder; made where there is none.
        made_from: All that the samples depend on, as plain values; their number is not part of it.
        count: How many samples there are to be, skipped ones included.
        shard_size: How many belong to a shard.

    Raises:
        InputError: The folder holds a data set that was made otherwise, or a larger one; or it is a file.
        TrainingDataError: The folder's manifest is damaged.
    """

    def __init__(self, out: Path, made_from: Mapping[str, object], *, count: int, shard_size: int) -> None:
        if out.exists() and not out.is_dir():
            raise InputError(f"{out} is a file; give a folder for the data")
        self.out, self.count, self._size = out, count, shard_size
        self._made_from: dict[str, Any] = json.loads(json.dumps({**made_from, "shard_size": shard_size}, default=str))
        manifest = load_manifest(out) or Manifest(made_from=self._made_from)
        self._check_same(manifest)
        self._shards = {shard.number: shard for shard in manifest.shards if self._is_whole(shard)}
        self._sweep()
        self._reopen()
        self._save_manifest()

    def left(self) -> list[int]:
        """The samples that are not there yet."""
        return [index for index in range(self.count) if index // self._size not in self._shards and not self._at(index)]

    def add(self, index: int, made: bytes | Skipped) -> None:
        """Keep a finished sample, encoded by ``encode_sample``, or the reason why there is none.

        Raises:
            ExportError: It can't be written.
        """
        with AtomicFiles() as files:
            self._write(files, index, made)
        self._close(index // self._size)

    def finish(self) -> Manifest:
        """Close what a run that was killed between two steps left open, and write the manifest."""
        for number in range(-(-self.count // self._size)):
            if number not in self._shards:
                self._close(number)
        with contextlib.suppress(OSError):  # not there, or samples are still missing
            (self.out / UNFINISHED).rmdir()
        return self._save_manifest()

    def _close(self, number: int) -> None:
        """Make a shard of its samples, if they are all there."""
        files = [file for index in self._members(number) if (file := self._at(index))]
        if len(files) < len(self._members(number)):
            return
        samples = [file.read_bytes() for file in files if file.suffix == ".tar"]
        tar = join_samples(samples)
        shard = Shard(
            number=number,
            samples=len(samples),
            skipped=tuple(Skipped(**json.loads(file.read_bytes())) for file in files if file.suffix != ".tar"),
            bytes=len(tar),
            sha256=hashlib.sha256(tar).hexdigest(),
        )
        with AtomicFiles() as written:
            written.write(self.out / shard.name, tar)
        self._shards[number] = shard
        self._save_manifest()
        for file in files:
            file.unlink()

    def _save_manifest(self) -> Manifest:
        shards = tuple(shard for _, shard in sorted(self._shards.items()))
        manifest = Manifest(made_from=self._made_from, shards=shards)
        manifest.save(self.out)
        return manifest

    def _check_same(self, manifest: Manifest) -> None:
        held, asked = dict(manifest.made_from), self._made_from
        other = sorted(name for name in held.keys() | asked.keys() if held.get(name) != asked.get(name))
        if other:
            raise InputError(
                f"{self.out} holds a data set that was made with other {', '.join(other)}: give another folder, or the "
                f"same {'settings' if len(other) > 1 else other[0]}"
            )
        if (members := sum(shard.members for shard in manifest.shards)) > self.count:
            raise InputError(f"{self.out} holds {members} samples already: their number can grow, not shrink")

    def _reopen(self) -> None:
        """Take shards apart to which more samples belong now, since there are to be more."""
        for number, shard in list(self._shards.items()):
            if shard.members < len(self._members(number)):
                tar = (self.out / shard.name).read_bytes()
                with AtomicFiles() as files:
                    for entry in scan_shard(self.out / shard.name):
                        self._write(files, int(entry.key), tar[entry.start : entry.end])
                    for skipped in shard.skipped:
                        self._write(files, skipped.index, skipped)
                del self._shards[number]

    def _sweep(self) -> None:
        """Remove what a killed run left: half-written files, and samples that are in a shard, or none of this run's."""
        for file in [*self.out.glob(".*.tmp"), *(self.out / UNFINISHED).glob("*")]:
            index = int(file.stem) if file.stem.isdecimal() else None
            stale = index is not None and (index // self._size in self._shards or index >= self.count)
            if stale or LEFT_BEHIND.fullmatch(file.name):
                file.unlink(missing_ok=True)

    def _is_whole(self, shard: Shard) -> bool:
        with contextlib.suppress(OSError):
            return (self.out / shard.name).stat().st_size == shard.bytes
        return False

    def _members(self, number: int) -> range:
        return range(number * self._size, min(self.count, (number + 1) * self._size))

    def _at(self, index: int) -> Path | None:
        """The file of a finished sample."""
        candidates = (self.out / UNFINISHED / f"{index:08}.{suffix}" for suffix in ("tar", "skipped"))
        return next((path for path in candidates if path.exists()), None)

    def _write(self, files: AtomicFiles, index: int, made: bytes | Skipped) -> None:
        suffix, data = ("tar", made) if isinstance(made, bytes) else ("skipped", json.dumps(asdict(made)).encode())
        files.write(self.out / UNFINISHED / f"{index:08}.{suffix}", data)
