"""Folders, archives and the index in, Argos Translate packages that can be trusted out."""

from pipeline.packages.folders import argos_folder, installed_packages, own_folder
from pipeline.packages.index import download
from pipeline.packages.install import keep, unpacked
from pipeline.packages.package import ArgosPackage, content_hash, read_package

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
