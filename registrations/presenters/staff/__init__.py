"""Ready values for pages of staff about many people."""
