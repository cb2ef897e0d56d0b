"""The work that is heavy, in processes of its own, so that the one that answers stays small and quick.

Goes in: uploaded photos, and through the store the queued tasks. Comes out: described products (``readers``), and
pictures in the store (``render_process`` is what such a process does, ``supervisor`` starts and watches them, as
``studio_page`` the page's; ``watched`` is what both have). Nothing here imports an engine before the process that
needs it runs. Start with ``supervisor``.
"""
