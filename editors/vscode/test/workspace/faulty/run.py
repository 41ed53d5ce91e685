"""Faulty on purpose: `hidden` has two defaults, and `drop_out` has none."""

import os

import layers

from hpman.m import _

_.parse_file(os.path.dirname(os.path.abspath(__file__)))
print(_("hidden", 64), _("drop_out"), layers.describe())
