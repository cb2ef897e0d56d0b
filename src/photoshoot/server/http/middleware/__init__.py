"""What is done round every request, a concern a file, from the outside in.

``trace`` gives it a trace id, ``request_log`` a log line and a metric, ``answer_headers`` the headers that every answer
has, ``internal_errors`` an answer where something broke, ``body_limit`` an end to a body that is too long. A request
goes in, and what the routes answer comes out. Start with ``base``.
"""
