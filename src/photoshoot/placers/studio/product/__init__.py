"""The product in the set: what stands in for it while light is traced, and what it does to the picture after.

In: the product's pixels on their canvas (a ``ProductLayer``). Out: a ``ProductProxy`` of its silhouette, which stands
where ``contact`` finds its feet and lets light through where the matte is glass; then ``contact`` shades
the line under it, and ``shadow_matte`` measures its shadow alone. Where the scene's light is to fall on the product,
``shape`` and ``inflation`` tell its shape, ``relief`` makes a solid of it, and
``photo_light`` tells the light that it was photographed in.
Start reading in ``proxy``.
"""
