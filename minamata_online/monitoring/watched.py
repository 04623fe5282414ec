"""The addresses that programs ask which watch over the site, known before Django's settings are read."""

PATHS = ["/healthz", "/readyz", "/metrics"]
