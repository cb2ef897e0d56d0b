"""A photo goes in, a ``Cutout`` comes out: the product's own colours, a soft matte, and how sure the network is.

1. A network (``u2net`` comes with the library, ``rembg`` opens others) sees; ``looking`` finds the product by it.
2. ``ground`` tells what is backdrop, shadow or mirror image.
3. ``matte`` says which pixels are sure, solves for the rest at 640 px, brings that to the photo's size and takes the
   old background out of the edge's colours.

START HERE: ``cutout``, where these steps follow one another.
"""
