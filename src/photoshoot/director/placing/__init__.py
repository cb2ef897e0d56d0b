"""Where the product stands: on a table, a platform, the ground or cloth, and what is behind that.

In goes a ``Reading``; out comes one whose mentions ask for a set that has the place. ``supports`` finds what a prompt
stands its product on, ``platforms`` where a podium or a rock stands, ``tables_before``, ``rooms_behind``, ``shores``,
``painted_skies`` and ``plain_backdrops`` what may be behind a table or a platform, ``grounds`` what is stood on
outdoors, ``laying_flat`` which cloth lies, and ``piled_up`` what lies between the product and a table.
Start reading with ``settling.settle``.
"""
