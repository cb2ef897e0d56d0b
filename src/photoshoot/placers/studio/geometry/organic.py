"""Things that grow or weather: stones, leaves, petals, pumpkins. All are seeded, none needs a file."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid, merged, rotation
from photoshoot.placers.studio.geometry.solids import sphere, tube_along

_MAPLE_TIPS = (
    (0.0, 1.0),
    (7.0, 0.74),
    (13.0, 0.78),
    (17.0, 0.56),
    (24.0, 0.33),
    (33.0, 0.60),
    (40.0, 0.66),
    (48.0, 0.90),
    (55.0, 0.64),
    (62.0, 0.62),
    (70.0, 0.45),
    (80.0, 0.30),
    (92.0, 0.44),
    (103.0, 0.58),
    (112.0, 0.42),
    (126.0, 0.34),
    (146.0, 0.22),
    (180.0, 0.06),
)
"""Half the outline of a maple leaf round the foot of its middle vein: degrees from the tip, share of the length."""
_MAPLE_VEINS, _BESIDE_VEIN = (0.0, 48.0, 103.0), 2.5  # where its veins run, and how wide they are to one side, degrees

_VEIN, _STEM_SHADE = 0.3, 0.15  # half width of a leaf's vein, of its own; and v of a twig's stem
PUMPKIN_RINGS = 41
"""Rows of vertices of a pumpkin, from the top to the bottom."""


def blob(radius: float = 1.0, *, seed: int, roughness: float = 0.18, squash: float = 0.7, rings: int = 72) -> Mesh:
    """A weathered stone that rests on y = 0.

    Args:
        radius: Mean radius in plan.
        seed: Which stone.
        roughness: Height of its bumps as a share of the radius.
        squash: Height over width.
        rings: Rings of the sphere it is pushed from.
    """
    ball = sphere(1.0, rings=rings, segments=2 * rings)
    directions = ball.vertices.astype(np.float64)
    points = directions * (radius * (1 + roughness * sphere_noise(directions, seed)))[:, None]
    points[:, 1] *= squash
    bed = -0.55 * radius * squash
    points[:, 1] = np.maximum(points[:, 1], bed) - bed
    return ball.bent(points)


_FOLDED = (1.0, 0.25, 0.0, -0.25, -1.0)
"""Shares of a leaf's half width between which it is flat; the fold is shaded round within the inner two."""


def leaf(
    length: float = 1.0,
    width: float = 0.34,
    *,
    curl: float = 0.15,
    fold: float = 0.2,
    unseen: bool = False,
    narrow: bool = False,
) -> Mesh:
    """A pointed leaf along +x from the origin, facing +z, folded along its middle vein.

    Args:
        length: From foot to tip.
        width: Across its widest part.
        curl: How far the tip bends back (-z), as a share of the length.
        fold: How far the edges rise (+z) over the vein, as a share of the half width.
        unseen: Whether only its shadow is seen: a sixteenth of the triangles, flat; its outline is right to a hundredth
            of the half width.
        narrow: Whether it is so narrow that its outline may be right to a hundredth of the half width: a quarter of the
            triangles, folded and shaded as all of them.
    """
    along = np.linspace(0, 1, 13 if unseen or narrow else 25)
    half = width / 2 * np.sin(np.pi * along**0.8) * (1 - 0.15 * along)
    across = np.array(_FOLDED if narrow else np.linspace(1, -1, 2 if unseen else 9))[:, None]
    z = fold * np.abs(across) * half - curl * length * along**2
    uv = np.stack(np.broadcast_arrays(along, (1 - across) / 2), -1)
    return grid(np.stack([np.broadcast_to(along * length, z.shape), across * half, z], -1), uv, smooth=not unseen)


def petal(length: float = 1.0, width: float = 0.8, *, cup: float = 0.3, notch: float = 0.06) -> Mesh:
    """A broad petal along +x from the origin, facing +z, hollow like a spoon, with a notched tip."""
    along = 0.5 - 0.5 * np.cos(np.pi * np.linspace(0, 1, 25))  # close where the outline turns: even steps are corners
    across = np.linspace(1, -1, 17)[:, None]
    half = width / 2 * np.sqrt(np.sin(np.pi * (0.04 + 0.96 * along) ** 1.4 * 0.993))
    x = length * along * (1 - notch * np.exp(-((across / 0.25) ** 2)) * along**6)
    hollow = cup * ((across**2) * half + length * 0.5 * (2 * along - 1) ** 2)
    return grid(np.stack([x, across * half, hollow], -1))


def maple_leaf(size: float = 1.0, *, curl: float = 0.2, seed: int) -> Mesh:
    """A five-lobed leaf with its stalk, about ``size`` long, tip towards +y, facing +z; the lobes curl by chance.

    v is 0 on its five veins and rises between them from the middle to 1 at the rim.
    """
    generator = np.random.default_rng(seed)
    half = np.array(_MAPLE_TIPS)
    degrees = np.concatenate([-half[::-1, 0], half[1:, 0]])
    share = np.concatenate([half[::-1, 1], half[1:, 1]]) * (1 + 0.05 * generator.normal(size=2 * len(half) - 1))
    share[-1] = share[0]
    veins = np.concatenate([[-side, side] if side else [0.0] for side in _MAPLE_VEINS])
    beside = np.concatenate([veins - _BESIDE_VEIN, veins + _BESIDE_VEIN])
    between = (degrees[1:] + degrees[:-1]) / 2
    angle = np.unique(np.concatenate([degrees, between, beside]))  # every tip and notch, and between
    radius = np.interp(angle, degrees, share)
    ring = np.linspace(0, 1, 7)[:, None]
    x, y = ring * radius * np.sin(np.radians(angle)), ring * radius * np.cos(np.radians(angle))
    phase, tilt = generator.uniform(0, 2 * np.pi, 2), generator.uniform(0.6, 1.4)
    out = ring * radius
    waves = 0.35 * np.sin(3 * np.radians(angle) + phase[0]) + 0.25 * np.sin(2 * np.radians(angle) + phase[1])
    z = curl * out**2 * (tilt * 0.5 + waves) + 0.02 * np.abs(np.sin(np.radians(angle) * 3.75)) * out
    blade_shade = 0.4 + 0.6 * ring**2 * np.ones_like(angle)
    uv = np.stack([x / 2 + 0.5, np.where(np.isin(angle, veins), 0.0, blade_shade)], -1)
    blade = drop_degenerate(grid(size * 0.78 * np.stack([x, y, z], -1)[::-1], uv[::-1]))
    stalk = np.stack([[0, 0.05, 0.0], [0.01, -0.1, 0.01], [0.03, -0.22, 0.03]]) * size
    return merged([blade, tube_along(stalk, 0.011 * size, sides=8)])


def branch(
    length: float = 2.2,
    *,
    pairs: int = 9,
    leaf_length: float = 0.7,
    leaf_width: float = 0.28,
    seed: int = 0,
    unseen: bool = False,
    grown: bool = False,
) -> Mesh:
    """A drooping twig along +x from the origin in the xy plane, with a pair of leaves at each knot and one at the tip.

    Seen from +z it is an open, readable pattern: meant for shadows thrown by a lamp (``unseen``, see ``leaf``) as well
    as for the picture.

    Args:
        length: From its foot to its tip.
        pairs: Of leaves.
        leaf_length: Of the longest leaves, about.
        leaf_width: Of those.
        seed: Which twig.
        unseen: Whether only its shadow is seen.
        grown: Whether it is looked at from near: no two leaves sit, turn and curl alike, as in no living twig, and v
            runs from a leaf's vein, 0, to its edges, 1.
    """
    generator = np.random.default_rng(seed)
    share = (np.arange(pairs) + 0.7) / pairs
    knots = np.stack([length * share, -0.22 * length * share**2, 0 * share], 1)
    if grown:
        return _grown(knots, (leaf_length, leaf_width), length, generator)
    parts = [tube_along(np.concatenate([[[0.0, 0.0, 0.0]], knots]), 0.006 * length, sides=8)]
    for place, knot in zip(share, knots, strict=True):
        heading = np.degrees(np.arctan2(-0.44 * place, 1.0))
        for side in (-1.0, 1.0):
            scale = (1 - 0.45 * abs(place - 0.35)) * generator.uniform(0.85, 1.15)
            angle = heading + side * (55 * (1 - 0.35 * place) + generator.uniform(-8, 8))
            blade = leaf(leaf_length * scale, leaf_width * scale, unseen=unseen)
            parts.append(_hang(blade, knot, angle, generator.uniform(-35, 35)))
    parts.append(_hang(leaf(leaf_length * 0.8, leaf_width * 0.8, unseen=unseen), knots[-1], -20.0, 10.0))
    return merged(parts)


def _grown(knots: Float64Array, size: tuple[float, float], length: float, generator: np.random.Generator) -> Mesh:
    """A twig through knots (n, 3) whose leaves, of about a length and a width, differ in all that leaves differ in."""
    share = np.linspace(0.7 / len(knots), 1.0, len(knots))
    swing = np.stack(
        [0 * share, np.sin(5 * share + generator.uniform(0, 6)), np.sin(4 * share + generator.uniform(0, 6))], 1
    )
    stem = np.concatenate([[[0.0, 0.0, 0.0]], knots + 0.025 * length * share[:, None] * swing])
    thick = 0.011 * length * (1 - 0.6 * np.linspace(0, 1, len(stem)))
    parts = [tube_along(stem, thick, sides=8).shaded(_STEM_SHADE)]
    at = np.linspace(0, 1, len(stem))
    for side, place in [(s, p) for p in at[1:] for s in (-1.0, 1.0)] + [(0.0, 1.0)]:
        place = float(np.clip(place + generator.uniform(-0.35, 0.35) / len(knots), 0.03, 1.0)) if side else 1.0
        knot = np.array([np.interp(place, at, stem[:, axis]) for axis in range(3)])
        scale = (1 - 0.45 * abs(place - 0.35)) * generator.uniform(0.62, 1.18)
        heading = np.degrees(np.arctan2(-0.44 * place, 1.0)) + generator.uniform(-18, 18)
        curl, fold = generator.uniform(0.02, 0.34), generator.uniform(0.12, 0.55)
        blade = leaf(size[0] * scale, size[1] * scale * generator.uniform(0.85, 1.1), curl=curl, fold=fold)
        angle = heading + side * 55 * (1 - 0.35 * place)
        parts.append(_hang(_veined(blade), knot, angle, generator.uniform(-55, 55)))
    return merged(parts)


def _veined(blade: Mesh) -> Mesh:
    """A leaf of ``leaf`` with v from 0 on its middle vein to 1 at its edges."""
    assert blade.uv is not None
    away = np.abs(2 * blade.uv[:, 1] - 1)
    return blade.shaded(np.clip(away / _VEIN, 0, 1) * (0.75 + 0.25 * away))


def pumpkin(radius: float = 1.0, *, ribs: int = 11, squash: float = 0.72, seed: int = 0) -> Mesh:
    """The ribbed body of a pumpkin, resting on y = 0, sunk at both poles; see ``pumpkin_stem``."""
    generator = np.random.default_rng(seed)
    azimuth, polar = np.linspace(-np.pi, np.pi, ribs * 10 + 1), np.linspace(0, np.pi, PUMPKIN_RINGS)[:, None]
    lobe = np.abs(np.cos(azimuth * ribs / 2)) ** 0.7
    uneven = 1 + 0.03 * np.sin(azimuth + generator.uniform(0, 6)) + 0.02 * np.sin(2 * azimuth + generator.uniform(0, 6))
    spread = radius * uneven * (1 - 0.14 * (1 - lobe) * np.sin(polar) ** 0.6)
    flat = spread * np.sin(polar) ** 0.85
    y = squash * radius * (np.cos(polar) - 0.36 * np.sign(np.cos(polar)) * np.cos(polar) ** 6) + 0 * azimuth
    y = y + 0.05 * radius * (lobe - 1) * np.abs(np.cos(polar))
    body = np.stack([flat * np.sin(azimuth), y - y.min(), flat * np.cos(azimuth)], -1)
    return drop_degenerate(grid(body))


def pumpkin_stem(radius: float = 1.0, *, squash: float = 0.72, seed: int = 0) -> Mesh:
    """The bent stem that fits ``pumpkin`` of the same radius and squash."""
    generator = np.random.default_rng(seed)
    lean = generator.uniform(-0.16, 0.16, 2)
    rise = np.linspace(0, 1, 14)
    foot = 1.4 * squash * radius
    path = np.stack([lean[0] * rise**2, 0.42 * rise, lean[1] * rise**2], 1) * radius + [0, foot, 0]
    width = radius * (0.075 + 0.11 * (1 - rise) ** 3 + 0.02 * rise**4)
    return tube_along(path, width, sides=10)


def _hang(blade: Mesh, place: Float64Array, angle_deg: float, roll_deg: float) -> Mesh:
    pose = rotation(angle_deg, "z") @ rotation(roll_deg, "x")
    return blade.transformed(pose).moved(*place)


def sphere_noise(directions: Float64Array, seed: int) -> Float64Array:
    """Smooth noise on unit vectors (N, 3): a sum of plane waves, about -1.5 to 1.5."""
    generator = np.random.default_rng(seed)
    waves = generator.normal(size=(14, 3))
    waves /= np.linalg.norm(waves, axis=1, keepdims=True)
    frequency = generator.uniform(2.0, 10.0, 14)
    phase = generator.uniform(0, 2 * np.pi, 14)
    return np.asarray(
        (np.cos(directions @ (waves.T * frequency) + phase) / (frequency / 2) ** 0.9).sum(1) / 2, np.float64
    )
