"""Builds the photoshoot that a command line asks for."""

from __future__ import annotations

import argparse

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.photoshoot import Photoshoot
from photoshoot.registry import REGISTRY
from photoshoot.settings import StudioSettings
