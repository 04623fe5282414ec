"""Ready values for pages: a template asks these objects and nothing else."""
