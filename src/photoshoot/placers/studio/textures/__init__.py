"""What surfaces look like: pictures of colour and relief that repeat without a seam, made from a colour and a seed.

Mental model: a maker (`procedural`, `wood`, `soil`, `industrial`) takes `#rrggbb` colours and a seed and returns a
`Texture`, an albedo (H, W, 3) and a relief (H, W), which `cache` keeps; `by_name` finds the maker of a material that a
design names. `gradients` mixes colours as the eye does, `discs` draws points of light out of focus. Nothing here knows
meshes or the renderer. Start at `procedural`.
"""
