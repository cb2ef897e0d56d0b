"""Where a prompt's tables and platforms stand: before a sea or grass, in a real place, by water, seen from above."""

from photoshoot.director.phrases.reading import Reading
from photoshoot.director.placing.laying_flat import lay_flat
from photoshoot.director.placing.lying_beside import lay_beside
from photoshoot.director.placing.platforms import grow_before, stand_before
from photoshoot.director.placing.rugs import lay_rugs
from photoshoot.director.placing.shores import stand_on_shore
from photoshoot.director.placing.supports import stand_by_water, stand_under_sky
from photoshoot.director.placing.tables_before import set_table_before


def settle(reading: Reading) -> Reading:
    """A reading whose tables and platforms speak for the sets in which they stand where the prompt has them."""
    reading = set_table_before(stand_on_shore(stand_under_sky(grow_before(reading))))
    return stand_by_water(lay_flat(lay_beside(lay_rugs(stand_before(reading)))))
