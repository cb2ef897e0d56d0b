"""A photo goes in, a ``Cutout`` comes out: the product's own colours, a soft matte, and how sure the network is.

1. A network (``u2net`` comes with the library, ``rembg`` opens others) sees; ``saliency`` finds the product by it.
2. ``backdrop`` and ``trimap`` say which pixels are sure, ``matting`` solves for the rest at 640 px.
3. ``matte_upsampling`` brings the matte to the photo's size and takes the old background out of the edge's colours.

START HERE: ``cutout``, where these steps follow one another.
"""
