"""Work in, done by processes of this machine or of others, each with an engine it loads once.

``work`` is what a worker does, ``client`` what hands it out; the second alone knows Dask.
"""

from pipeline.jobs.labour import HERE, Labour
from pipeline.service.cluster.client import Cluster, Site, joined

__all__ = ["HERE", "Cluster", "Labour", "Site", "joined"]
