"""Many machines, by Ray: ``batch`` makes catalogues on a cluster, ``serving`` is a placer whose engines are on one.

Scheduling, retries, scaling and the transport of results are Ray's; a machine needs the extra ``ray`` and the
engine's own extra, of the same versions everywhere.
"""
