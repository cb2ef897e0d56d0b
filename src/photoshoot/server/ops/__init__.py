"""For those who run the service.

Goes in: requests and the events of jobs. Comes out: JSON lines (``logs``), Prometheus metrics (``metrics``), the trace
id that joins both to an answer (``tracing``), and spans for a collector (``spans``), where one is named
(``observing``). Start with ``logs``.
"""
