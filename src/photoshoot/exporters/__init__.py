"""A ``Shot`` goes in, the bytes of a file come out: pixels, sRGB profile, and a record of all that made it.

``encoders`` writes the record and the file, ``file_exporter`` names it. ``reading`` reads the record back, ``proofs``
holds the pixels against it.

START HERE: ``file_exporter``.
"""
