"""How the site is doing: health, metrics, logs, errors."""
