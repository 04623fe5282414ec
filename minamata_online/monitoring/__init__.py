"""How the site is doing, for whoever watches it: health, metrics, logs, errors."""
