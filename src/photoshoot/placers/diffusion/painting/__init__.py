"""From noise to a finished shot.

In goes a batch of shots with a model's parts; out come pictures with the product laid over. ``conditioning`` encodes
prompts (``network_prompts``) and style references (``palette_blend``), ``inpainting`` paints small and refines at full
size, ``denoise`` is the loop of a pass, ``sampling`` and ``flow_sampling`` its steps (``sampler_run``),
``compositing`` lays the product over, ``previews`` shows what comes; ``started_shots`` begins with the studio's
picture, and ``candidates`` keeps the one in which the product grew least.
Start reading with ``inpainting``.
"""
