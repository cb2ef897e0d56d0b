"""What travels between the stages: frozen records, checked when they are made, and shown by notebooks.

A photo's product comes first (``product``: photo, cut-out with its ``parts``, name, colours), then what suits it
(``recommendation``), then a ``shot`` (scene, canvas, request, picture), its ``light_map`` and the gate's ``reports``.
``plain_data`` reads each record from files and bodies and writes it, ``figures`` shows it, ``transparency`` saves it.

START HERE: ``product``, then ``shot``.
"""

from photoshoot.records.light_map import LightMap as LightMap
from photoshoot.records.product import AlphaMatte as AlphaMatte
from photoshoot.records.product import Box as Box
from photoshoot.records.product import Category as Category
from photoshoot.records.product import Cutout as Cutout
from photoshoot.records.product import Edge as Edge
from photoshoot.records.product import Evidence as Evidence
from photoshoot.records.product import LinearImage as LinearImage
from photoshoot.records.product import Photo as Photo
from photoshoot.records.product import Product as Product
from photoshoot.records.product import RgbImage as RgbImage
from photoshoot.records.product import Swatch as Swatch
from photoshoot.records.recommendation import PresetScore as PresetScore
from photoshoot.records.recommendation import Recommendation as Recommendation
from photoshoot.records.reports import QualityReport as QualityReport
from photoshoot.records.shot import Canvas as Canvas
from photoshoot.records.shot import Preview as Preview
from photoshoot.records.shot import ProductLayer as ProductLayer
from photoshoot.records.shot import Progress as Progress
from photoshoot.records.shot import Provenance as Provenance
from photoshoot.records.shot import Recipe as Recipe
from photoshoot.records.shot import Scene as Scene
from photoshoot.records.shot import Shot as Shot
from photoshoot.records.shot import ShotRequest as ShotRequest
from photoshoot.records.shot import Shots as Shots
