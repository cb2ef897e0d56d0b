"""Reads data sets: random access into their tars, nothing is unpacked; and parts of them, held out by product."""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from photoshoot.errors import InputError, TrainingDataError
from photoshoot.seeds import HOLDOUT
from photoshoot.settings import check_range
from photoshoot.training.data.shard_index import Entry, Member, scan_shard
from photoshoot.training.data.shard_manifest import load_manifest
from photoshoot.training.data.tars import decode_layer, decode_picture
from photoshoot.training.samples import TrainingData, TrainingSample

_SHARDS = "*.tar"


def open_training_data(*folders: str | Path, verify: bool = False) -> TrainingData:
    """Open data sets that ``photoshoot train render-data`` or ``cut-photos`` wrote, or other ones of the same layout.

    Samples come in the order of the folders, their shards' names, and the shards. Where there is more than one folder a
    sample's key begins with its folder's name. Products of one name in several folders are one product.

    Args:
        folders: At least one; each with ``*.tar`` shards.
        verify: Compare the shards with the digests in the manifest first; reads every byte.

    Raises:
        InputError: No folder is given, or one is there twice by name.
        TrainingDataError: There are no shards or no samples, or one is damaged; names the shard and the key.
    """
    paths = [Path(folder) for folder in folders]
    names = [path.resolve().name for path in paths]
    if not paths or len(set(names)) < len(names):
        raise InputError(f"training data: give one or more folders with different names, not {names}")
    entries: list[tuple[str, Entry]] = []
    for path, name in zip(paths, names, strict=True):
        prefix = f"{name}/" if len(paths) > 1 else ""
        entries += [(prefix + entry.key, entry) for entry in _scan_folder(path, verify=verify)]
    return _Shards(entries)


class _Shards:
    """Samples in tars. Holds no open file: threads and processes may read at once."""

    def __init__(self, entries: Sequence[tuple[str, Entry]]) -> None:
        self._entries = list(entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> TrainingSample:
        key, entry = self._entries[index]
        picture, matte, shadow = _read_members(entry)
        try:
            sample = TrainingSample(
                key=key,
                image=decode_picture(picture),
                alpha_matte=decode_layer(matte),
                shadow=None if shadow is None else decode_layer(shadow),
                caption=entry.caption,
                product=entry.product,
                source=entry.source,
            )
        except Exception as error:  # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error, EOFError…
            raise TrainingDataError(entry.shard, entry.key, f"is damaged: {error}") from error
        height, width = sample.alpha_matte.shape
        if (width, height) != entry.size:
            raise TrainingDataError(entry.shard, entry.key, f"is {width}x{height} px, not {entry.size} as it says")
        return sample

    def size_of(self, index: int) -> tuple[int, int]:
        return self._entries[index][1].size

    def product_of(self, index: int) -> str:
        return self._entries[index][1].product


def _scan_folder(folder: Path, *, verify: bool) -> list[Entry]:
    if not folder.is_dir():
        raise TrainingDataError(folder, None, "is not a folder" if folder.exists() else "is not there")
    shards = sorted(folder.glob(_SHARDS))
    manifest = load_manifest(folder)
    for shard in () if manifest is None else manifest.shards:
        path = folder / shard.name
        if not path.exists():
            raise TrainingDataError(path, None, "is missing; run the command that made the data again")
        if verify and hashlib.sha256(path.read_bytes()).hexdigest() != shard.sha256:
            raise TrainingDataError(path, None, "is not the file that the manifest names: its digest differs")
    entries = [entry for path in shards for entry in scan_shard(path)]
    doubled = [key for key, times in Counter(entry.key for entry in entries).items() if times > 1]
    if doubled:
        raise TrainingDataError(folder, doubled[0], "is the key of more than one sample")
    if not entries:
        raise TrainingDataError(folder, None, "holds no samples")
    return entries


def _read_members(entry: Entry) -> tuple[bytes, bytes, bytes | None]:
    try:
        with entry.shard.open("rb") as file:

            def read(member: Member) -> bytes:
                file.seek(member.offset)
                return file.read(member.size)

            shadow = None if entry.shadow is None else read(entry.shadow)
            return read(entry.picture), read(entry.matte), shadow
    except OSError as error:
        raise TrainingDataError(entry.shard, entry.key, f"can't be read: {error.strerror or error}") from error


class Subset:
    """Some samples of a data set, as a data set.

    Args:
        data: All samples.
        indices: Which of them, in order.
    """

    def __init__(self, data: TrainingData, indices: Sequence[int]) -> None:
        self._data, self._indices = data, list(indices)

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, index: int) -> TrainingSample:
        return self._data[self._indices[index]]

    def size_of(self, index: int) -> tuple[int, int]:
        """Width and height of one in pixels."""
        return self._data.size_of(self._indices[index])

    def product_of(self, index: int) -> str:
        """Which product one shows."""
        return self._data.product_of(self._indices[index])


def hold_out_products(data: TrainingData, share: float, *, seed: int = 0) -> tuple[Subset, Subset]:
    """Part a data set so that no product is on both sides.

    Which products are held out depends on their names and the seed alone: one that joins later moves few others.

    Args:
        data: All samples.
        share: Of the products that are held out, 0 to 1; at least one is, and one is not.
        seed: Chooses them.

    Returns:
        What is trained on, and what is held out, each in the order of ``data``.

    Raises:
        InputError: There is one product only.
        SettingsError: ``share`` is out of range.
    """
    check_range("share", share, 0, 1)
    names = [data.product_of(index) for index in range(len(data))]
    products = sorted(set(names), key=lambda name: HOLDOUT.seed(seed, name))
    if len(products) < 2:
        raise InputError(f"holding products out needs at least two, and these data show {len(products)}")
    held = set(products[: min(len(products) - 1, max(1, math.ceil(share * len(products))))])
    parts: tuple[list[int], list[int]] = ([], [])
    for index, name in enumerate(names):
        parts[name in held].append(index)
    return Subset(data, parts[0]), Subset(data, parts[1])
