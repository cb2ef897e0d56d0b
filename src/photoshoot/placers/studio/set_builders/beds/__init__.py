"""What a product lies on, seen from above: sand in ripples, folded cloth, water over pebbles, rocks, lacquer, a lawn.

A bed is a function of ``Lying`` (the design, the view, the light) that gives shapes; where it mirrors something, a
picture of that is part of its light. Start at ``BEDS`` here, then ``grounds``.
"""

import types
from collections.abc import Callable, Mapping
from typing import get_args, get_type_hints

from photoshoot.placers.studio.set_builders.beds.cloth import folded_cloth
from photoshoot.placers.studio.set_builders.beds.grounds import ground, lawn, sand, snow
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.beds.metal import metal_sheet
from photoshoot.placers.studio.set_builders.beds.mirrors import lacquer, street, wet_ground
from photoshoot.placers.studio.set_builders.beds.reliefs import facets, ribs
from photoshoot.placers.studio.set_builders.beds.sheets import sheet, tiles
from photoshoot.placers.studio.set_builders.beds.water import water
from photoshoot.sets.flat_lay import FlatLay

Bed = Callable[[Lying], dict[str, object]]

_SURFACES: tuple[str, ...] = get_args(get_type_hints(FlatLay)["surface"])
_GROUNDS = ("rock", "pebbles", "moss", "soil")
BEDS: Mapping[str, Bed] = types.MappingProxyType(
    {
        **dict.fromkeys(_SURFACES, sheet),  # but for what follows
        **dict.fromkeys(_GROUNDS, ground),
        **dict.fromkeys(("silk", "velvet", "folds"), folded_cloth),
        "sand": sand,
        "snow": snow,
        "water": water,
        "lacquer": lacquer,
        "wet": wet_ground,
        "asphalt": street,
        "grass": lawn,
        "facets": facets,
        "fluted": ribs,
        "tiles": tiles,
        "metal": metal_sheet,
    }
)
"""Beds by the name of their surface in designs."""
