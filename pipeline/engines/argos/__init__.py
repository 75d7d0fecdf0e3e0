"""Folders, archives and the index in, Argos Translate packages that can be trusted out."""

from pipeline.engines.argos.folders import argos_folder, installed_packages, own_folder
from pipeline.engines.argos.index import download
from pipeline.engines.argos.install import keep, unpacked
from pipeline.engines.argos.package import ArgosPackage, content_hash, read_package

__all__ = [
    "ArgosPackage",
    "argos_folder",
    "content_hash",
    "download",
    "installed_packages",
    "keep",
    "own_folder",
    "read_package",
    "unpacked",
]
