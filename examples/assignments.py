"""What is photographed: each product with its backdrop and view."""

from __future__ import annotations

from backdrops import grey_sweep, white_paper, wooden_table
from photography import Assignment, Camera
from products.bottle import build_bottle
from products.carton import build_carton
from products.headphones import build_headphones
from products.mug import build_mug
from products.shoe import build_shoe

ASSIGNMENTS: dict[str, Assignment] = {
    "bottle": Assignment(
        title="hand wash bottle",
        backdrop_title="grey gradient",
        build=build_bottle,
        backdrop=grey_sweep,
        camera=Camera(origin=(0.0, 1.75, 8.4), target=(0.0, 0.98, 0.0), fov_deg=17.5),
        exposure=1.3,
    ),
    "mug": Assignment(
        title="stoneware mug",
        backdrop_title="wooden table, blurred room",
        build=build_mug,
        backdrop=wooden_table,
        camera=Camera(origin=(0.3, 1.75, 5.6), target=(0.08, 0.5, 0.0), fov_deg=17.0, aperture=0.055),
        exposure=1.15,
        warmth=0.03,
    ),
    "tea_carton": Assignment(
        title="tea carton",
        backdrop_title="white paper",
        build=build_carton,
        backdrop=white_paper,
        camera=Camera(origin=(-0.2, 2.7, 7.6), target=(0.0, 0.82, 0.0), fov_deg=18.5),
        exposure=1.22,
    ),
    "sneaker": Assignment(
        title="sneaker",
        backdrop_title="white paper",
        build=build_shoe,
        backdrop=white_paper,
        camera=Camera(origin=(0.0, 2.3, 9.0), target=(0.02, 0.6, 0.0), fov_deg=19.0),
        exposure=1.22,
    ),
    "headphones": Assignment(
        title="over-ear headphones",
        backdrop_title="grey gradient",
        build=build_headphones,
        backdrop=grey_sweep,
        camera=Camera(origin=(0.0, 1.9, 8.0), target=(0.0, 0.98, 0.0), fov_deg=18.5),
        exposure=1.4,
    ),
}
"""By the name of the picture's file."""
