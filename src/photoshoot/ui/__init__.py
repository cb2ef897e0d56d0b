"""The page: a photo dropped in, drafts, final pictures and files out; on this machine, for one person or a team.

START HERE, in the order of a visit:

1. ``serving`` binds the address, guards it by a password where one is set, and mounts the page.
2. ``page`` lays the page out with Gradio and says which event calls what; ``widgets`` are its pickers and dials.
3. ``workroom`` does the work, and knows nothing of Gradio: photos to cut-outs, orders to pictures.
4. ``sessions`` keeps everything in a folder; ``wording`` says it in plain words.
"""
