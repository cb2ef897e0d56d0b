"""Where the product is, by what the network sees when it looks, and looks again.

In goes a photo with its network; out comes saliency, 0 to 1, at the working size. ``saliency`` asks for the whole,
``looks`` for it from farther away and for doubtful places alone; ``consensus`` and ``claims`` say what several looks
come to, ``gaps``, ``pale_parts`` and ``companions`` add or take what was overlooked.
Start reading with ``saliency.find_product``.
"""
