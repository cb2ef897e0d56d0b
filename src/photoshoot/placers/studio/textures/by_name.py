"""Surface materials by their name in designs."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.textures.industrial import rubber
from photoshoot.placers.studio.textures.inlays import checkered_tiles, parquet, terrazzo
from photoshoot.placers.studio.textures.knit import knit
from photoshoot.placers.studio.textures.masonry import bare_bricks, floor_tiles
from photoshoot.placers.studio.textures.patterns import SIDE_M, patterned_cloth
from photoshoot.placers.studio.textures.plaited import cork, leather, rattan, tatami
from photoshoot.placers.studio.textures.procedural import CALM, Texture, concrete, linen, marble, plaster, stone
from photoshoot.placers.studio.textures.tilings import cement_tiles, hexagon_tiles, penny_tiles
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from photoshoot.sets.patterned import ONE_UNLESS_TOLD, PATTERNS, PatternedSet, second_color

_RUSTIC = 0.5  # from there on boards are old ones
_GLUED = 0.15  # of a gap's darkness and depth, what is seen of a glued joint
_INLAID: Final = {
    "cement": cement_tiles,
    "checkerboard": checkered_tiles,
    "hexagon": hexagon_tiles,
    "penny": penny_tiles,
    "terrazzo": terrazzo,
}
"""What lays the patterns of tiles and of stone, in two colours."""
_WOVEN: Final = ("linen", "folds")
_SIDES_M: Final = {
    "cement": 0.6,
    "checkerboard": 0.4,
    "herringbone": 0.6,
    "hexagon": 0.6,
    "penny": 0.36,
    "terrazzo": 0.4,
}
"""Sides of the textures of patterns, metres: hexagons of 5 cm, pennies of 2.5, squares of 10, stars of 15, chips of up
to 3, pieces of parquet of 6 by 30."""
_NATURAL: Final = {"cork": cork, "knit": knit, "leather": leather, "rattan": rattan, "tatami": tatami}
USUAL_UNIT_M: Final = 0.14  # of a world unit, where no size is known
_REPEATS: Final = (0.28, 2.4)  # a world unit: a ring's cloth still shows its pattern, and a wardrobe's too
_THREAD_PX: Final = 2.2  # what a thread needs of the film


@dataclass(frozen=True, kw_only=True)
class Surface:
    """What a table or flat-lay is made of."""

    material: str
    """``wood``, ``marble``, ``stone``, ``concrete``, ``linen``, ``rubber``, ``plaster``, ``tiles``, ``brick``,
    ``cork``, ``knit``, ``leather``, ``rattan``, ``tatami``, ``plain`` or ``paper``."""
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
    pattern: str = "none"
    """Of cloth, tiles, stone or wood: see ``PatternedSet``; ``none`` of what can't have it."""
    pattern_colors: tuple[str, ...] = ()
    """The pattern's further colours, ``#rrggbb``; none: the usual ones."""
    repeats: float = 1.0
    """Of the pattern's texture, a world unit: it is to scale."""
    threads: int = 200
    """Of patterned cloth, a side of the texture."""

    @property
    def patterned(self) -> bool:
        """Whether it has a pattern."""
        return self.pattern != "none"

    @property
    def gapless(self) -> bool:
        """Whether there are no gaps between its boards: old ones have some, even a table's."""
        return self.glued and self.rustic < _RUSTIC


def with_pattern(surface: Surface, design: PatternedSet, view: View) -> Surface:
    """A surface with the pattern of its design, as large as in life; as it is, where it can't have that."""
    if design.pattern not in PATTERNS.get(surface.material, ()):
        return surface
    unit_m = view.unit_m or USUAL_UNIT_M
    side_m = SIDE_M if surface.material in _WOVEN else _SIDES_M[design.pattern]
    repeats = float(np.clip(unit_m / side_m, *_REPEATS))
    threads = int(np.clip(view.px_per_unit / (_THREAD_PX * repeats) // 8 * 8, 40, 200))
    look = replace(surface, pattern=design.pattern, pattern_colors=design.pattern_colors)
    return replace(look, repeats=repeats, threads=threads)


def woven(design: PatternedSet, color: str, view: View, repeats: float, seed: int) -> tuple[Texture, float]:
    """Linen of ``color`` with the pattern of its design, and how often its texture comes a world unit.

    Args:
        design: Whose cloth it is.
        color: The cloth, ``#rrggbb``.
        view: The camera.
        repeats: How often plain linen comes.
        seed: Chooses the piece.
    """
    cloth = with_pattern(Surface(material="linen", color=color, vein_color=color), design, view)
    return surface_texture(cloth, seed), cloth.repeats if cloth.patterned else repeats


def planks(rustic: float) -> int:
    """Boards in a texture of wood: old ones are broader."""
    return 6 if rustic < _RUSTIC else 5


def surface_texture(surface: Surface, seed: int) -> Texture:
    """The texture of a surface; another seed gives another piece of the same material."""
    if surface.material in _NATURAL:
        return _NATURAL[surface.material](surface.color, seed)
    return _patterned(surface, seed) if surface.patterned else _plain(surface, seed)


def _plain(surface: Surface, seed: int) -> Texture:
    match surface.material:
        case "wood":
            rows = planks(surface.rustic)
            joints = _GLUED if surface.gapless else 1.0
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


def _patterned(surface: Surface, seed: int) -> Texture:
    color, pattern = surface.color, surface.pattern
    usual = color if pattern in ONE_UNLESS_TOLD else second_color(pattern)
    second, *more = surface.pattern_colors or (usual,)
    if surface.material == "wood":
        return parquet(color, surface.vein_color, seed)
    if surface.material not in _WOVEN:
        return _INLAID[pattern](color, second, seed)
    return patterned_cloth(pattern, (color, second, *more[:1]), seed, surface.threads)
