"""What each Python that a test starts does first, where this folder is on its path.

Dr.Jit gets one thread there too as soon as the studio is loaded: a second one that waits for work keeps looking for it,
which costs a fifth more of the CPU's time and gives none back where several test processes share the cores.
"""

import sys


class _OneThread:
    """Finds no module; sees when the studio's placer is looked for, whose package has loaded Mitsuba by then."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        del path, target
        if name == "photoshoot.placers.studio.placer":
            import drjit

            drjit.set_thread_count(1)


sys.meta_path.insert(0, _OneThread)  # a finder needs no more
