"""Data to train on: rendered by the studio, or cut from photos. START READING in ``running``."""

from photoshoot.training.data.dataset import open_training_data
from photoshoot.training.data.holdout import hold_out_products
from photoshoot.training.data.photo_samples import PhotoSettings
from photoshoot.training.data.render_settings import RenderSettings
from photoshoot.training.data.tally import DataTally

__all__ = ["DataTally", "PhotoSettings", "RenderSettings", "hold_out_products", "open_training_data"]
