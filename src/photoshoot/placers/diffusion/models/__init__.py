"""From files on this machine to all that a request is painted with.

In goes a folder or one file; out come ``model_parts``. ``profiles`` are named ways to paint, ``sources`` says where
their parts lie, ``folders`` and ``single_file`` open whole models, ``networks`` one part; ``lora``, ``style_adapter``,
``control`` (shown ``set_pictures``) and ``relight_networks`` are what is added to one; ``fingerprints`` tells which
checkpoint it is.
Start reading with ``folders``.
"""
