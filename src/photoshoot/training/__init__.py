"""Fine-tuning: from product pictures to a LoRA that the diffusion placer loads."""
