"""Questions to the speakers of a session: asked by people, put together, answered and published by staff."""
