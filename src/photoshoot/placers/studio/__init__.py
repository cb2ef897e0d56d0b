"""The studio: a path-traced photographic set round the original product pixels."""

from photoshoot.placers.studio.variant import import_mitsuba

import_mitsuba()  # before any file of this package does: it must find the right LLVM
