"""Secrets of the service, and what is signed with them.

Goes in: the signing key of ``keys``, an application, a task, an address. Comes out: bearer tokens (``tokens``), signed
picture URLs (``signed_urls``), and how many requests a key has left (``rate_limits``). ``routes.access`` asks for it at
every call. Start with ``keys``.
"""
