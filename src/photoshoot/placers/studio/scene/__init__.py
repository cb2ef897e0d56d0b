"""Parts of a Mitsuba scene: materials, lights and shapes, as set builders ask for them.

In: meshes, colours, textures and a design's light. Out: entries by name (``shapes.SetParts``) that ``shapes`` loads
and composes into a scene. ``bsdfs`` has the materials and the one table of roughness, ``emitters`` turns a ``Light``
into lamps, ``batching`` draws many things as few shapes. Start reading in ``shapes``.
"""
