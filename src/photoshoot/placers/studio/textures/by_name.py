"""Surface materials by their name in designs."""

from dataclasses import dataclass

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.industrial import rubber
from photoshoot.placers.studio.textures.masonry import bare_bricks, floor_tiles
from photoshoot.placers.studio.textures.procedural import CALM, Texture, concrete, linen, marble, plaster, stone
from photoshoot.placers.studio.textures.wood import WoodGrain, wood

_GLUED = 0.15  # of a gap's darkness and depth, what is seen of a glued joint


@dataclass(frozen=True, kw_only=True)
class Surface:
    """What a table or flat-lay is made of."""

    material: str
    """``wood``, ``marble``, ``stone``, ``concrete``, ``linen``, ``rubber``, ``plaster``, ``tiles``, ``brick``,
    ``plain`` or ``paper``."""
    color: str
    """Main colour of the material, ``#rrggbb``."""
    vein_color: str
    """Colour of its grain, veins or speckles, ``#rrggbb``."""
    rustic: float = 0.0
    """For wood: 0 = furniture, 1 = old boards."""
    glued: bool = False
    """For wood: whether its boards are glued edge to edge, as furniture's are, with no gaps between them."""
    stretch: float = 1.0
    """For wood: how many times as long as wide its texture is laid."""
    calm: bool = False
    """For plaster: whether it is smoothed and painted. In full light strokes hardly show, but edges of shadows on them
    look mottled."""


def planks(rustic: float) -> int:
    """Boards in a texture of wood: old ones are broader."""
    return 6 if rustic < 0.5 else 5


def surface_texture(surface: Surface, seed: int) -> Texture:
    """The texture of a surface; another seed gives another piece of the same material."""
    match surface.material:
        case "wood":
            rows = planks(surface.rustic)
            joints = _GLUED if surface.glued else 1.0
            grain = WoodGrain(planks=rows, rustic=surface.rustic, seed=seed, joints=joints, stretch=surface.stretch)
            return wood(surface.color, surface.vein_color, grain)
        case "marble":
            dark = float(hex_to_linear(surface.color).mean()) < 0.1
            return marble(surface.color, surface.vein_color, seed + 5, 0.75 if dark else 1.2)
        case "stone":
            return stone(surface.color, surface.vein_color, seed)
        case "concrete":
            return concrete(surface.color, seed)
        case "rubber":
            return rubber(surface.color, surface.vein_color, seed)
        case "linen":
            return linen(surface.color, seed)
        case "brick" | "tiles":
            return (bare_bricks if surface.material == "brick" else floor_tiles)(surface.color, seed)
        case "plaster":
            return plaster(surface.color, seed, CALM) if surface.calm else plaster(surface.color, seed)
    albedo = np.broadcast_to(hex_to_linear(surface.color), (2, 2, 3))
    return Texture(color=np.array(albedo), height=np.zeros((2, 2), np.float32))
