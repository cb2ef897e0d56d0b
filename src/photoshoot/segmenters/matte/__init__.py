"""From what is seen to a soft matte with the product's own colours.

In goes saliency with its photo; out comes alpha, 0 to 1, and colours without the old background. ``trimap`` says which
pixels are sure, ``matting`` solves for the rest at the working size, ``matte_upsampling`` brings both to the photo's
size. ``snapped_outline``, ``contours`` (``outline_curves``), ``blurred_edges``, ``shade_rims``, ``haze`` and
``pockets`` mend outlines where colours alone tell little; ``glass`` lets the backdrop through, where ``clear_glass``
says that it is some.
Start reading with ``trimap.build_trimap``.
"""
