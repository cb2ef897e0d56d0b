"""Engines: what was chosen by name goes in, one implementation of each role comes out.

1. ``registry``: the names of all implementations, where they live, and the extra that each needs.
2. ``choice``: an engine by its name, with all that is its own, as plain data. START HERE.
3. ``build``: a choice becomes ``Parts``; ``Photoshoot.of`` is the door to it.
"""
