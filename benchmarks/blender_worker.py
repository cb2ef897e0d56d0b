"""Renders scenes with Blender's Cycles; run by the interpreter of an environment that has ``bpy``, not by ours.

It prints Blender's version, then takes one order a line on its standard input and answers each with a line, both JSON.
An order names a scene (see ``blender_scenes``), samples a pixel, the denoiser's prefilter and quality, a seed, and the
EXR file to write; the answer is the seconds that building and rendering took, on the clock and of the processor.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from typing import Any

import bpy
import numpy as np

ANSWER = "photoshoot-answer "
"""What an answer's line begins with: Blender prints lines of its own."""


def main() -> None:
    print(ANSWER + json.dumps({"version": bpy.app.version_string}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        start, used = time.perf_counter(), time.process_time()
        with np.load(order["scene"]) as held:
            arrays = {name: held[name] for name in held.files}
        build(json.loads(str(arrays["scene"])), arrays)
        render(order)
        taken = {"wall_s": time.perf_counter() - start, "cpu_s": time.process_time() - used}
        print(ANSWER + json.dumps(taken), flush=True)


def build(scene: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Put the scene in place of what there was."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    _set_up_camera(scene)
    world = bpy.data.worlds.new("fill")
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (*scene["fill"], 1.0)
    bpy.context.scene.world = world
    for shape in scene["shapes"]:
        mesh = _load_mesh(shape, arrays)
        mesh.materials.append(_load_material(shape, arrays))
        bpy.context.scene.collection.objects.link(bpy.data.objects.new(shape["name"], mesh))


def render(order: dict[str, Any]) -> None:
    """Render, and write linear light."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", order["samples"], order["seed"]
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = order["bounces"]
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter, cycles.denoising_quality = order["prefilter"], order["quality"]
    settings = scene.render.image_settings
    settings.file_format, settings.color_depth, settings.exr_codec = "OPEN_EXR", "32", "NONE"
    scene.render.filepath = order["out"]
    silent = os.open(os.devnull, os.O_WRONLY)
    kept = os.dup(1)
    os.dup2(silent, 1)  # a line for each tile otherwise
    try:
        bpy.ops.render.render(write_still=True)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(silent)


def _set_up_camera(scene: dict[str, Any]) -> None:
    view, camera = scene["view"], bpy.data.cameras.new("camera")
    camera.sensor_fit, camera.angle = "HORIZONTAL", view["fov"]
    camera.shift_y = view["shift"]
    camera.clip_start, camera.clip_end = 0.05, 500.0
    if view["aperture"] > 0:
        camera.dof.use_dof, camera.dof.focus_distance = True, view["distance"]
        camera.dof.aperture_fstop = 1e-3 * camera.lens / (2 * view["aperture"])
    body = bpy.data.objects.new("camera", camera)
    body.location, body.rotation_euler = (0.0, -view["distance"], view["camera_y"]), (math.pi / 2, 0.0, 0.0)
    bpy.context.scene.collection.objects.link(body)
    bpy.context.scene.camera = body
    target = bpy.context.scene.render
    target.resolution_x, target.resolution_y, target.resolution_percentage = *view["size"], 100


def _load_mesh(shape: dict[str, Any], arrays: dict[str, np.ndarray]) -> Any:
    name = shape["name"]
    vertices, faces = arrays[f"{name}/vertices"], arrays[f"{name}/faces"]
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(vertices))
    mesh.vertices.foreach_set("co", _turned(vertices).ravel())
    mesh.loops.add(faces.size)
    mesh.loops.foreach_set("vertex_index", faces.ravel().astype(np.int32))
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set("loop_start", np.arange(0, faces.size, 3, dtype=np.int32))
    if f"{name}/uv" in arrays:
        layer = mesh.uv_layers.new(name="uv")
        layer.data.foreach_set("uv", arrays[f"{name}/uv"][faces.ravel()].astype(np.float32).ravel())
    mesh.update(calc_edges=True)
    mesh.polygons.foreach_set("use_smooth", np.full(len(faces), f"{name}/normals" in arrays))
    if f"{name}/normals" in arrays:
        mesh.normals_split_custom_set_from_vertices(_turned(arrays[f"{name}/normals"]))
    return mesh


def _turned(vectors: np.ndarray) -> np.ndarray:
    """From y up to z up."""
    return np.ascontiguousarray(np.stack([vectors[:, 0], -vectors[:, 2], vectors[:, 1]], 1), np.float32)


def _load_material(shape: dict[str, Any], arrays: dict[str, np.ndarray]) -> Any:
    material = bpy.data.materials.new(shape["name"])
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    surface = _emission(tree, shape, arrays) if "light" in shape else _reflection(tree, shape, arrays)
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(surface, output.inputs["Surface"])
    if "light" in shape:
        material.cycles.emission_sampling = "FRONT"
    return material


def _emission(tree: Any, shape: dict[str, Any], arrays: dict[str, np.ndarray]) -> Any:
    """Light from the front side."""
    node, side = tree.nodes.new("ShaderNodeEmission"), tree.nodes.new("ShaderNodeNewGeometry")
    front = tree.nodes.new("ShaderNodeMath")
    front.operation, front.inputs[0].default_value = "SUBTRACT", 1.0
    tree.links.new(side.outputs["Backfacing"], front.inputs[1])
    tree.links.new(front.outputs[0], node.inputs["Strength"])
    _color(tree, node.inputs["Color"], shape["light"], arrays)
    return node.outputs[0]


def _reflection(tree: Any, shape: dict[str, Any], arrays: dict[str, np.ndarray]) -> Any:
    if "alpha" in shape:
        node = tree.nodes.new("ShaderNodeBsdfPrincipled")
        node.inputs["Roughness"].default_value = math.sqrt(shape["alpha"])
        node.inputs["IOR"].default_value = shape["ior"]
        color = node.inputs["Base Color"]
    else:
        node = tree.nodes.new("ShaderNodeBsdfDiffuse")
        color = node.inputs["Color"]
    _color(tree, color, shape["albedo"], arrays)
    if "relief" in shape:
        bump = tree.nodes.new("ShaderNodeBump")
        bump.inputs["Distance"].default_value = shape["relief_depth"]
        tree.links.new(_image(tree, shape["relief"], arrays).outputs["Color"], bump.inputs["Height"])
        tree.links.new(bump.outputs[0], node.inputs["Normal"])
    return node.outputs[0]


def _color(tree: Any, socket: Any, color: Any, arrays: dict[str, np.ndarray]) -> None:
    """A colour (3,) or the name of an image."""
    if isinstance(color, str):
        tree.links.new(_image(tree, color, arrays).outputs["Color"], socket)
    else:
        socket.default_value = (*color, 1.0)


def _image(tree: Any, name: str, arrays: dict[str, np.ndarray]) -> Any:
    pixels = arrays[name]
    height, width, channels = pixels.shape
    image = bpy.data.images.new(name, width, height, float_buffer=True, is_data=True)
    whole = np.ones((height, width, 4), np.float32)
    whole[..., :3] = pixels if channels == 3 else pixels[..., :1]
    image.pixels.foreach_set(whole.ravel())
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image, node.extension = image, "REPEAT" if min(height, width) >= 512 else "EXTEND"
    return node


if __name__ == "__main__":
    main()
