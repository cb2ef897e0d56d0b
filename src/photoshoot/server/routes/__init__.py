"""What can be asked over HTTP, a group of calls a file.

Goes in: a request that ``access`` has found to be an application's. Comes out: an answer of ``http.schemas``, a file.
A route reads the request, calls one verb of ``Jobs`` or of the photo intake, and words the answer; it decides nothing.
Start with ``generation``.
"""
