"""photoshoot in ComfyUI: copy or link this folder into ComfyUI's ``custom_nodes``, beside an installed photoshoot."""

from .nodes import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]
