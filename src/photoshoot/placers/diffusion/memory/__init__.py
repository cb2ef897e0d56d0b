"""What fits: which networks lie on the device all the time, and which shots are painted together.

In go a model and a device's free bytes; out come rungs of a ladder (``memory_ladder``) and batches
(``batch_sizes``), by what painting takes (``memory_needs``). ``shared_batches`` lets several threads' shots join one.
Start reading with ``memory_ladder``.
"""
