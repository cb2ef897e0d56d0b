"""The studio: a path-traced photographic set round the original product pixels.

In: shot requests (a product's pixels on a canvas, a set's design, a seed). Out: shots, whose product pixels are the
original ones. Start reading in ``placer``; ``README.md`` beside this file lists the rooms.
"""

from photoshoot.placers.studio.variant import import_mitsuba

import_mitsuba()  # before any file of this package does: it must find the right LLVM
