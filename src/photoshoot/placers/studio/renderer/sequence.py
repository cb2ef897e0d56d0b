"""The random numbers of paths: a sequence that neighbouring pixels, and their passes, share out evenly.

Four paths that are even among themselves only leave noise that falls with their number. Here all paths of a film take
their numbers from one sequence, in such an order that a pixel's pass has a run of it, the passes of a square of pixels
have, and so have ever larger squares: what a denoiser makes of a neighbourhood errs less.

Each pair of dimensions is the same Sobol' sequence, shuffled and scrambled anew.

Source: A. Ahmed, P. Wonka, "Screen-Space Blue-Noise Diffusion of Monte Carlo Sampling Error via Hierarchical Ordering
of Pixels", ACM Transactions on Graphics 39, 2020; B. Burley, "Practical Hash-based Owen Scrambling", JCGT 9, 2020.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import drjit as dr
import mitsuba as mi

_SAMPLE_BITS, _PASS_BITS = 5, 2
"""Paths of a pixel that share one scrambling, and those of them that are one pass: powers of two."""
PATHS_OF_ONE_SCRAMBLING = 1 << _SAMPLE_BITS
"""A pixel's paths that are so many apart know nothing of each other."""
_SQUARE_BITS = 4
"""Pixels of a square, four by four, each of whose passes is even: a power of two. Single pixels and whole films, whose
passes are even instead, had more error after denoising."""
_DIMENSION, _FIRST, _SECOND = 0x9E3779B9, 0x85EBCA6B, 0xC2B2AE35  # odd numbers that keep hashes apart

_R4 = (0.85667488, 0.73389186, 0.62870672, 0.53859726)
"""Strides of a sequence that fills four dimensions evenly, whatever its length: powers of the root of x^5 = x + 1,
inverse. Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018."""
_GOLDEN = 0.6180339887498949


def build_sampler() -> Any:
    """A sampler for integrators of JIT variants; its ``begin`` says whose numbers are drawn."""
    return _sampler_class()(mi.Properties())


def ray_strides(spp: int, *, over_lens: bool) -> tuple[float, float, float, float]:
    """From one ray to surfaces to a pixel's next one: down and along the pixel, and over the lens in two directions.

    Points of a lattice tell an edge's share of a pixel with a root mean square error of .072 (8), .044 (16) and .024
    (32); those of the sequence, with .088, .064 and .044. Over a lens they have to be even with its points, too.

    Source: I. Sloan, S. Joe, "Lattice Methods for Multiple Integration", 1994.

    Args:
        spp: Rays of the pixel, 1 or more.
        over_lens: Whether the lens has a width.
    """
    if over_lens:
        return _R4
    coprime = min((k for k in range(1, spp + 1) if math.gcd(k, spp) == 1), key=lambda k: abs(k - _GOLDEN * spp))
    return 1 / spp, coprime / spp, 0, 0


@functools.cache
def _sampler_class() -> Any:
    """Mitsuba's own class belongs to the variant, which is set once, after this file is imported."""

    class EvenSampler(mi.Sampler):
        """Mitsuba's loops carry its three words along."""

        def __init__(self, properties: mi.Properties) -> None:
            super().__init__(properties)
            self.place, self.seed_word, self.dimension = mi.UInt32(0), mi.UInt32(0), mi.UInt32(0)

        def begin(self, pixel: tuple[Any, Any], sample: Any, seed: Any) -> None:
            """Draw for one path a lane.

            Args:
                pixel: Its row and column, whole numbers.
                sample: Which of the pixel's paths it is, from 0.
                seed: Another one has other numbers.
            """
            self.place = dr.brev(_order(_interleave(*pixel), sample & (1 << _SAMPLE_BITS) - 1))
            self.seed_word = _mix(seed ^ _mix((sample >> _SAMPLE_BITS) + 1))
            self.dimension = dr.zeros(mi.UInt32, dr.width(self.place))

        def next_1d(self, active: Any = True) -> Any:  # noqa: ARG002  # Mitsuba's
            turn, seed = self._turn()
            return _fraction(_scramble(turn, seed * _FIRST + 1))

        def next_2d(self, active: Any = True) -> Any:  # noqa: ARG002
            turn, seed = self._turn()
            first, second = _scramble(turn, seed * _FIRST + 1), _scramble(_pascal(turn), seed * _SECOND + 1)
            return mi.Point2f(_fraction(first), _fraction(second))

        def _turn(self) -> tuple[Any, Any]:
            """This path's place in the next dimensions' sequence, shuffled, and a seed for these dimensions."""
            seed = _mix(self.seed_word ^ (self.dimension * _DIMENSION))
            self.dimension += 1
            return dr.brev(_scramble(self.place, seed)), seed

    return EvenSampler


def _order(pixel: Any, sample: Any) -> Any:
    """A path's place in the sequence: square of pixels, pass, pixel in the square, path of the pass."""
    square, inside = pixel >> _SQUARE_BITS, pixel & (1 << _SQUARE_BITS) - 1
    number, path = sample >> _PASS_BITS, sample & (1 << _PASS_BITS) - 1
    square_and_pass = square << _SAMPLE_BITS - _PASS_BITS | number
    return square_and_pass << _SQUARE_BITS + _PASS_BITS | inside << _PASS_BITS | path


def _interleave(row: Any, column: Any) -> Any:
    """The bits of both in turns: near pixels have near numbers."""
    for shift, kept in ((8, 0xFF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        row, column = ((axis | axis << shift) & kept for axis in (row, column))
    return row << 1 | column


def _mix(word: Any) -> Any:
    """A word that tells nothing of another one. Source: C. Wellons, "Prospecting for Hash Functions", 2018."""
    word = (word ^ word >> 16) * 0x7FEB352D
    word = (word ^ word >> 15) * 0x846CA68B
    return word ^ word >> 16


def _scramble(bits: Any, seed: Any) -> Any:
    """Flip each bit by chance, which depends on the bits under it only: Owen's scrambling of a word read backwards.

    Source: N. Vegdahl, "Building a Better LK Hash", 2021.
    """
    bits = bits ^ bits * 0x3D20ADEA
    bits = (bits + seed) * (seed >> 16 | 1)
    bits = bits ^ bits * 0x05526C56
    return bits ^ bits * 0x53A22864


def _pascal(bits: Any) -> Any:
    """The Sobol' sequence's second dimension, read backwards: a product with Pascal's triangle modulo two."""
    for shift, kept in ((16, 0xFFFF), (8, 0xFF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        bits = bits ^ bits >> shift & kept
    return bits


def _fraction(backwards: Any) -> Any:
    """The number in [0, 1) whose binary digits a word has, read backwards."""
    return mi.Float(dr.brev(backwards) >> 8) * 2.0**-24
