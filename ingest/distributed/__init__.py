"""Ingest on a cluster: Ray Data runs the same readers and extractor on many machines, and one process writes."""

from ingest.distributed.driver import ClusterError, ingest_on_cluster

__all__ = ["ClusterError", "ingest_on_cluster"]
