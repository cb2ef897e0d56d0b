"""The name that this library is installed by: on the package index, ``photoshoot`` is another project.

That one's modules lie in a package of the same name, so each overwrites files of the other: importing this warns of it.
"""

import functools
import importlib.metadata
import warnings
from typing import Final

DISTRIBUTION: Final = "product-photoshoot"
"""The distribution's name; ``photoshoot`` is what is imported and called."""
_NAMESAKE: Final = "photoshoot"


@functools.cache
def read_version(distribution: str = DISTRIBUTION) -> str:
    """The version that is installed; read once, for its file holds a whole README.

    Raises:
        PackageNotFoundError: None is.
    """
    return importlib.metadata.version(distribution)


def _warn_of_namesake() -> None:
    try:
        files = importlib.metadata.files(_NAMESAKE) or []
    except importlib.metadata.PackageNotFoundError:
        return
    if any(file.as_posix() == f"{_NAMESAKE}/__init__.py" for file in files):
        warnings.warn(
            f"another project, {_NAMESAKE!r}, is installed beside {DISTRIBUTION!r}, and both write into the package "
            f"{_NAMESAKE!r}; repair it with: pip uninstall -y {_NAMESAKE} {DISTRIBUTION}; "
            f"pip install '{DISTRIBUTION}[cpu]'",
            RuntimeWarning,
            stacklevel=1,
        )


_warn_of_namesake()
