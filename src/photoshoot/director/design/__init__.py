"""From what a prompt says to the parameters of one set.

In goes a ``Reading`` with its colours; out comes a set's design, and whether each wish is in it. ``designing`` makes
the design by a set's ``set_rules``: ``merging`` joins what several phrases fix, ``things_beside`` and ``counting``
choose the things beside the product, ``made_of``, ``face_materials``, ``patterning``, ``cloth_patterns`` and
``natural_colors`` what faces are of, ``place_colors``, ``fading``, ``lit_signs`` and ``thrown_shadows`` colours,
gradients, signs and shadows.
``showing`` says whether a design shows a phrase, ``standing_in`` what it shows instead.
Start reading with ``designing.build_design``.
"""
