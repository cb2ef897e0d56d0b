"""The page: a photo dropped in, drafts, final pictures and files out; on this machine, for one person or a team.

START HERE, in the order of a visit:

1. ``serving`` binds the address and mounts the page behind its ``guard``; ``downloads`` are its files.
2. ``page`` lays the page out with Gradio and says which event calls what; ``widgets`` are its pickers and dials.
3. ``workroom`` does the work, and knows nothing of Gradio: photos to cut-outs, orders to pictures.
4. ``sessions`` keeps everything in a folder; ``wording`` says it in plain words.
"""

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class NoStubs:
    """Gradio is loaded without writing its components' stubs (``.pyi``) anew beside its own code.

    It would at each start, for a CPU second or two, in a folder that may be another's.
    """

    @staticmethod
    def find_spec(name: str, path: Any = None, target: object = None) -> ModuleSpec | None:
        """What the import system asks of a finder."""
        del target
        found = PathFinder.find_spec(name, path) if name == "gradio.component_meta" else None
        if found is None or found.loader is None:
            return None
        load = found.loader.exec_module

        def load_without(module: ModuleType) -> None:
            load(module)
            setattr(module, "create_or_modify_pyi", lambda *_: None)  # noqa: B010

        found.loader.exec_module = load_without  # type: ignore[method-assign]
        return found


sys.meta_path.insert(0, NoStubs)
