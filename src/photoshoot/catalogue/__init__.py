"""Catalogues: many photos and one recipe (a request, files, an engine) in, a folder of pictures out.

START HERE: ``running`` runs one; ``recipe`` is what is made; ``shooting`` makes it; ``store`` knows what is finished.

::

    list_items ──▶ Item ──shoot_items──▶ Outcome ──save──▶ files, record, report, page
                            (here, in processes, or on a cluster)
"""

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.listing import list_items
from photoshoot.catalogue.outcomes import Failed, Made, Outcome
from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.recipe_file import load_recipe
from photoshoot.catalogue.running import Tally, run_catalogue
from photoshoot.engines.choice import EngineChoice

__all__ = [
    "EngineChoice",
    "Failed",
    "Item",
    "Made",
    "Outcome",
    "Recipe",
    "Tally",
    "list_items",
    "load_recipe",
    "run_catalogue",
]
