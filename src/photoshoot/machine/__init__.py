"""What this machine can do and how its work is spread: devices, ONNX Runtime, processes, work ahead, kept results.

``device`` says where models run, ``onnx_runtime`` loads networks, ``process_state`` is what holds for a whole process,
``workers`` are processes that hold what is costly, ``lookahead`` does the next while one is finished, and
``recent_results`` keeps what took long. None of them knows what a photo is.

START HERE: ``device``.
"""
