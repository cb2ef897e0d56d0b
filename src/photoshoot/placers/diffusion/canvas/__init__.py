"""The canvas as networks have it: padded to whole latent cells, at a size near what they were trained on.

In goes an ad's size; out come the working size (``working_sizes``), its cells (``latent_grid``) and, for a
transformer, its tokens (``patches``).
Start reading with ``working_sizes``.
"""
