"""The product in the set: what stands in for it while light is traced, and what it does to the picture after.

In: the product's pixels on their canvas (a ``ProductLayer``). Out: a ``ProductProxy`` of its silhouette, which stands
where ``contact`` finds its feet and lets light through where the matte is glass; then ``contact`` shades
the line under it, ``relight`` may let its colours follow the set, and ``shadow_matte`` measures its shadow alone.
Start reading in ``proxy``.
"""
