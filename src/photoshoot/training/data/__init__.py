"""Data to train on: rendered by the studio, or cut from photos. START READING in ``running``."""

from photoshoot.training.data.holdout import hold_out_products
from photoshoot.training.data.outcomes import DataTally
from photoshoot.training.data.photos import PhotoSettings
from photoshoot.training.data.reading import open_training_data
from photoshoot.training.data.settings import RenderSettings

__all__ = ["DataTally", "PhotoSettings", "RenderSettings", "hold_out_products", "open_training_data"]
