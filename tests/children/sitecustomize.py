"""What each Python that a test starts does first, where this folder is on its path; the tests ask ``keep_answers``."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

ANSWERS = "TEST_ONNX_ANSWERS"
"""The variable that names the folder of networks' answers; without it each network is asked whatever is asked of it."""
SURFACES = "TEST_SURFACE_PX"
"""The variable that names the side of the studio's surfaces; without it they have their own."""
OPTIMIZED = "TEST_LLVM_OPTIMIZES"
"""The variable with which kernels are compiled as the library has them compiled."""

_MODEL = "_digest_of_its_model"
"""What a session of ONNX Runtime has of these tests."""
_PASSES = (
    *("early-taildup", "block-placement", "branch-fold", "tail-duplicate", "machine-cse", "early-ifcvt"),
    *("machine-licm", "machine-sink", "postra-machine-licm", "postra-machine-sink", "machine-dce"),
    *("ssc", "copyprop", "peephole", "cgp", "lsr"),
)
"""Of LLVM's: what they would look at is found for them even where they may change nothing."""
_KEEPING = ((-1, 2**31 - 1), (-2, 2**26), (-3, 2**25))
"""Of glibc's ``malloc.h``: M_TRIM_THRESHOLD, M_TOP_PAD and M_MMAP_THRESHOLD, which is at most this, in bytes."""


class QuickStudio:
    """Dr.Jit gets one thread as soon as the studio is loaded, quick kernels, kept memory, and surfaces the tests' size.

    A second thread that waits for work keeps looking for it, which costs a fifth more of the CPU's time and gives none
    back where several test processes share the cores. It finds no module; it sees when the studio's placer is looked
    for, whose package has loaded Mitsuba by then.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        del path, target
        if name == "photoshoot.placers.studio.placer":
            import drjit

            drjit.set_thread_count(1)
            compile_quickly()
            keep_memory()
            if SURFACES in os.environ:
                size_surfaces(int(os.environ[SURFACES]))


class KeptAnswers:
    """What looks at photos is loaded with what keeps its answers, of ``_KEEPERS``."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: object = None) -> ModuleSpec | None:
        del target
        found = PathFinder.find_spec(name, path) if name in _KEEPERS else None
        if found is None or found.loader is None:
            return None
        load = found.loader.exec_module

        def load_and_keep(module: ModuleType) -> None:
            load(module)
            _KEEPERS[name](module)

        found.loader.exec_module = load_and_keep  # type: ignore[method-assign]
        return found


def compile_quickly() -> None:
    """From now on LLVM leaves kernels as they come: less than a third of the time to compile them, the same bytes.

    A kernel of a test traces few paths and takes longer to compile than to run. Without fast math, and there is none,
    what LLVM's passes change is how long it runs. ``TEST_LLVM_OPTIMIZES=1`` leaves the passes on.
    """
    import ctypes

    from photoshoot.placers.studio.variant import _find_packaged_llvm

    library = None if os.environ.get(OPTIMIZED) else _find_packaged_llvm()
    if library is None:  # the system's, whose version may not know these words
        return
    words = ["", "-opt-bisect-limit=0", "-opt-bisect-verbose=false", "-regalloc=fast", "-optimize-regalloc=false"]
    words += ["-pre-RA-sched=linearize", *(f"-disable-{name}" for name in _PASSES)]
    told = (ctypes.c_char_p * len(words))(*(word.encode() for word in words))
    ctypes.CDLL(str(library)).LLVMParseCommandLineOptions(len(words), told, b"")


def keep_memory() -> None:
    """From now on the studio gives no freed memory back: to have each picture's anew takes an eighth of a small one."""
    from photoshoot.machine import process_state

    keep_heap()
    process_state.give_memory_back = keep_all  # before the placer and the denoiser take it from there


def keep_heap() -> None:
    """From now on glibc gives the system nothing back by itself, and takes much at once."""
    import ctypes

    library = ctypes.CDLL(None)
    for option, value in _KEEPING if hasattr(library, "mallopt") else ():
        library.mallopt(option, value)


def keep_all() -> None:
    """Stands in for ``give_memory_back``."""


def size_surfaces(side_px: int) -> None:
    """From now on the studio's surfaces have so many pixels a side; none of another size is kept."""
    from photoshoot.placers.studio.textures import industrial, masonry, procedural, wood
    from photoshoot.placers.studio.textures.cache import SHELF

    modules: tuple[Any, ...] = (procedural, industrial, wood, masonry)
    if any(side_px != module.SIZE_PX for module in modules):
        SHELF.clear()
    for module in modules:
        module.SIZE_PX = side_px


def keep_answers(onnxruntime: Any) -> None:
    """Have networks asked each thing once, by whichever process: what they answer follows from what is asked.

    A process loads each once, too, however often it is built.
    """
    import hashlib
    import threading
    from pathlib import Path

    import numpy as np

    def digest(data: Any) -> str:
        return hashlib.sha256(data).hexdigest()

    session = onnxruntime.InferenceSession
    build, run = session.__init__, session.run
    loaded: dict[tuple[str, str], Any] = {}

    def note(self: Any, model: Any, *rest: Any, **options: Any) -> None:
        setattr(self, _MODEL, digest(model if isinstance(model, bytes) else Path(model).read_bytes()))
        key = getattr(self, _MODEL), repr((rest, options.get("providers")))
        if not os.environ.get(ANSWERS) or key not in loaded:
            build(self, model, *rest, **options)
        if os.environ.get(ANSWERS):
            vars(self).update(vars(loaded.setdefault(key, self)))

    def answer(self: Any, names: Any, feeds: Any, *options: Any) -> Any:
        folder = os.environ.get(ANSWERS)
        if not folder or options:
            return run(self, names, feeds, *options)
        asked = [
            (name, array.dtype.str, array.shape, digest(np.ascontiguousarray(array))) for name, array in feeds.items()
        ]
        kept = Path(folder) / f"{digest(repr((getattr(self, _MODEL), names, asked)).encode())}.npz"
        if not kept.exists():
            written = kept.with_suffix(f".{os.getpid()}.{threading.get_ident()}.npz")
            np.savez(written, *run(self, names, feeds))
            written.replace(kept)
        with np.load(kept) as arrays:
            return [arrays[f"arr_{index}"] for index in range(len(arrays.files))]

    session.__init__, session.run = note, answer


def keep_cutouts(u2net: Any) -> None:
    """Have each photo cut out once in each way, by whichever process: the matte takes longer than the networks.

    A cut-out with notes is made anew, since they are logged as well.
    """
    cut = u2net.cut_out

    def cut_out(photo: Any, network: Any, name: str, settings: Any, **others: Any) -> Any:
        models = [getattr(session, _MODEL, None) for session in _sessions_of(network)]
        key = [photo, name, settings, models] if os.environ.get(ANSWERS) and all(models) else []
        return recall(key, lambda: cut(photo, network, name, settings, **others), lambda cutout: not cutout.notes)

    u2net.cut_out = cut_out


def keep_descriptions(efficientnet: Any) -> None:
    """Have each cut-out described once, where no words on it are read."""
    import dataclasses

    captioner = efficientnet.EfficientNetCaptioner
    describe = captioner._describe

    def describe_once(self: Any, cutout: Any) -> Any:
        made: list[Any] = []

        def tell() -> dict[str, Any]:
            made.append(describe(self, cutout))
            named = {field.name: getattr(made[0], field.name) for field in dataclasses.fields(made[0])}
            return {name: value for name, value in named.items() if name != "cutout"}

        told = recall([cutout] if os.environ.get(ANSWERS) and self._words is None else [], tell)
        return made[0] if made else efficientnet.Product(cutout=cutout, **told)

    captioner._describe = describe_once


def _sessions_of(network: Any) -> list[Any]:
    """The sessions of the segmenter whose method a network is."""
    segmenter = getattr(network, "__self__", None)
    return [getattr(segmenter, name, None) for name in ("_fine", "_coarse")]


def recall(key: list[Any], make: Callable[[], Any], may_be_kept: Callable[[Any], bool] = bool) -> Any:
    """What was made of the like of ``key`` before, by whichever process, or else now; now, too, where that is empty."""
    import hashlib
    import pickle
    import threading
    from pathlib import Path

    if not key:
        return make()
    digest = hashlib.sha256()
    for part in tell(key):
        digest.update(part)
    kept = Path(os.environ[ANSWERS]) / f"{digest.hexdigest()}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    made = make()
    if may_be_kept(made):
        written = kept.with_suffix(f".{os.getpid()}.{threading.get_ident()}.pickle")
        written.write_bytes(pickle.dumps(made))
        written.replace(kept)
    return made


def tell(value: Any) -> Iterator[bytes]:
    """All of a value, field by field, arrays by their bytes."""
    import dataclasses

    if hasattr(value, "tobytes"):
        yield f"{value.dtype} {value.shape} ".encode()
        yield value.tobytes()
    elif dataclasses.is_dataclass(value):
        yield type(value).__name__.encode()
        for field in dataclasses.fields(value):
            yield from tell(getattr(value, field.name))
    elif isinstance(value, list):
        for item in value:
            yield from tell(item)
    else:
        yield f"{value!r} ".encode()


_KEEPERS: Mapping[str, Callable[[Any], None]] = {
    "onnxruntime": keep_answers,
    "photoshoot.segmenters.u2net": keep_cutouts,
    "photoshoot.captioners.efficientnet": keep_descriptions,
}


def install() -> None:
    """From now on, in this process."""
    gc.set_threshold(50_000, 50, 50)  # what loads torch makes half a million objects that stay: a second of looks
    atexit.register(gc.freeze)  # and a second more as it ends
    sys.meta_path.insert(0, QuickStudio)  # a finder needs no more
    if ANSWERS in os.environ:
        sys.meta_path.insert(0, KeptAnswers)


if __name__ == "sitecustomize":
    install()
