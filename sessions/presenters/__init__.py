"""Ready values for pages of the programme: a template asks these objects and nothing else."""
