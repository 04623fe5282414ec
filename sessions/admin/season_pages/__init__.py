"""Pages of a season beside its form: its programme at a glance, copying it, and opening registration."""
