"""For those who run the service.

Goes in: requests and the events of jobs. Comes out: JSON lines (``logs``), Prometheus metrics (``metrics``), and the
trace id that joins both to an answer (``tracing``). Start with ``logs``.
"""
