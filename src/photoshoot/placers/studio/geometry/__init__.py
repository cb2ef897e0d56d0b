"""Shapes of the studio, as pure functions from numbers to triangle meshes. World units, y up, camera towards +z.

Mental model: `mesh` is the one record (vertices, faces, uv, normals) that all others return, floors and walls among
them; `solids` and `boards` make plain shapes, `organic` and `rocks` what grows or weathers, `terrain` and `creases`
uneven ground, `marching_squares` whatever a field or an outline encloses, `instancing` many copies as one mesh. One
seed gives one shape; nothing here knows materials, light or the renderer. Start at `mesh`, then `solids`.
"""
