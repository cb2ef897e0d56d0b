"""Public names of a package whose modules are loaded when they are asked for, so that it is light to import."""

import importlib
import sys
from collections.abc import Iterable


def load_public_name(name: str, package: str, homes: Iterable[str]) -> object:
    """What a package calls by a name in ``__all__``; it is kept there, so that Python asks once.

    Args:
        name: The name.
        package: The package's own, as in ``__name__``.
        homes: The modules in it where its public names live, the light ones first.

    Raises:
        AttributeError: The package has no such public name.
    """
    namespace = vars(sys.modules[package])
    if name not in namespace["__all__"]:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    modules = (importlib.import_module(f"{package}.{home}") for home in homes)
    namespace[name] = next(getattr(module, name) for module in modules if hasattr(module, name))
    return namespace[name]
