"""Benchmarks: what Waymark costs beside the least that the same work can cost."""
