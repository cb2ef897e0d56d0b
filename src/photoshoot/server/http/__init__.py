"""HTTP as the contract has it, without knowing what is asked for.

Goes in: raw requests and errors. Comes out: checked bodies (``schemas``, ``multipart``) and, where something is wrong,
the contract's words (``errors``; ``error_schemas`` describes them for ``openapi``). ``middleware`` stands round every
request; ``thread_pools`` has threads for slow calls. Start with ``errors``.
"""
