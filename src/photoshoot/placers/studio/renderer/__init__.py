"""The renderer: from a scene to a picture's light, by physically based path tracing (Mitsuba).

Mental model:

1. ``camera`` (one floor down) registers the canvas with the world: a level lens with a shifted film, so that the plane
   of the product has no perspective / *View*
2. ``product.proxy`` makes a stand-in of the product, which casts its shadows and shows in reflections / *shapes*
3. ``aov`` asks each pixel's surface for its albedo, normal and distance; no light, no noise / *Aovs*
4. ``renderer`` traces radiance on a film of reduced size (``sensor``) / *RawRender*
5. ``denoise`` takes the noise out, with the AOVs as hints, and leaves weaves / *clean light on the film*
6. ``upsample`` enlarges it, and puts the albedo of full size back by its ratio (demodulation) / *light on the canvas*
7. ``refine`` traces once more at full size what the film undersampled, as patches, and ``highlights`` adds what clear
   glass mirrors, which ``glass_path`` leaves out / *the same, with needles, grass and glass*
8. ``exposure`` has metered the set with a white card, and adds bloom, shoulder and dither / *sRGB bytes*

``difference`` finds what a product changes in its set, ``plate`` traces only that over a kept plate, and
``plate_pipeline`` is the pipeline that can do so. ``holdout`` tells where the product hides the set. Start reading in
``pipeline``: ``RenderPipeline.render`` holds steps 3, 4 and 7, ``reconstruct`` 5 to 7.
"""
