"""Drawings as SVG, each made once, for pages, packages and the command line.

A drawing is given plain values and gives the same bytes for the same values. It has a title, a
description, legends and a line of sources; no script, no style sheet and no font from elsewhere,
so that it can stand in any page. What tells things apart is lightness, shape or hatching as well as
colour. The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/).
"""
