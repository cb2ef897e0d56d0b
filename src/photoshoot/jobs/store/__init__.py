"""What outlives the program.

Goes in: applications, described products, finished pictures. Comes out: the frozen records of ``records`` and of
``photoshoot.jobs.orders``. Rows lie in ``database`` (SQLite or PostgreSQL; ``tables`` has them), pixels in
``object_store`` (a folder, S3). A file a kind of thing: ``applications``, ``assets``, ``processes``, ``results``.
Start with ``tables``.
"""
