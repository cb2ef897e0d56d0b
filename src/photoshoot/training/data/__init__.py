"""Photos go in, a data set comes out: shards of pictures with mattes, shadows and captions, a manifest and a datacard.

``randomization`` draws what a rendered sample shows, ``rendered_samples`` and ``photo_samples`` make samples,
``shard_store`` keeps them so that a stopped run goes on, ``dataset`` reads them back.

START HERE: ``dataset_builder``.
"""

from photoshoot.training.data.dataset import hold_out_products, open_training_data
from photoshoot.training.data.photo_samples import PhotoSettings
from photoshoot.training.data.render_settings import RenderSettings
from photoshoot.training.data.tally import DataTally

__all__ = ["DataTally", "PhotoSettings", "RenderSettings", "hold_out_products", "open_training_data"]
