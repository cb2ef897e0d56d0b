"""From how high a product was photographed, as its outline tells it.

Mental model:

- in: a cut-out and its category
- ``Outline``: its matte, small / *contours*
- ``fit_end``, ``find_rim``, ``find_nest``, ``fit_corner``: ellipses of ends, corners of boxes and soles / *sines*
- out: a ``Viewpoint``, or None where nothing tells
"""

from photoshoot.viewpoint.estimate import Viewpoint as Viewpoint
from photoshoot.viewpoint.estimate import estimate_pitch as estimate_pitch
