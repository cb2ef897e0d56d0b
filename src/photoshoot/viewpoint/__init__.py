"""From where a product was photographed, as its outline tells it."""

from photoshoot.viewpoint.estimate import Viewpoint as Viewpoint
from photoshoot.viewpoint.estimate import estimate_pitch as estimate_pitch
