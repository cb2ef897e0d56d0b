"""Which presets a command is about."""

import argparse

from photoshoot.errors import InputError
from photoshoot.presets import Preset, PresetRegistry


def choose_presets(arguments: argparse.Namespace) -> list[Preset]:
    """The presets of the given ids, in that order; without ids, those of the user's folders, else the catalogue's.

    Raises:
        UnknownNameError: There is no preset of an id.
        InputError: No preset has the category and tag.
    """
    registry = PresetRegistry.load(arguments.presets)
    if arguments.text:
        return [registry.get(name) for name in dict.fromkeys(arguments.text)]
    found = registry.search(category=arguments.category, tag=arguments.tag)
    folders = {folder.resolve() for folder in arguments.presets}
    chosen = [preset for preset in found if not folders or preset.source.parent.resolve() in folders]
    if not chosen:
        raise InputError("no preset has that category and tag; photoshoot presets list shows what there is")
    return chosen
