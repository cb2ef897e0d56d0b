"""Pictures of products in scenes go in, a LoRA or a model comes out that the diffusion placer loads.

1. ``data`` makes such pictures: rendered by the studio, or cut from photos. ``samples`` says what one is.
2. ``latent_cache`` encodes them once; ``data_loader`` makes batches, in the order of ``bucket_sampler``.
3. ``loop`` trains what ``trainable`` lets learn, by ``loss``; ``checkpoints`` keeps it, ``validation`` measures it.
4. ``exporting`` writes the result, ``model_card`` its page.

START HERE: ``train``.
"""
