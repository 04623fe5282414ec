"""Forms of the public pages: they check the shape of what was typed, use cases check the rest."""
