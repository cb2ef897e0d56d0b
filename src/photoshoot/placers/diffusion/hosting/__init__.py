"""How networks lie on this machine and run there.

In goes a network; out comes the same, on the host for the time that it rests (``offloading``), compiled
(``compiling``), or with weights of one byte (``quantizing``). ``precision`` holds torch's switches, ``memory_errors``
says what to do when memory is full.
Start reading with ``offloading``.
"""
