"""Data files of Qawl, read through :mod:`importlib.resources`.

The files stand beside this module: ``relations.csv`` (the relation list), ``actors.csv`` (the actor
registry), ``lexicons/`` (cues of each language), ``ontology/`` (generated Turtle), ``samples/`` (articles).
"""

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*names: str) -> Traversable:
    """The data file or folder at this path below the package, wherever the package is installed."""
    return files(__name__).joinpath(*names)
