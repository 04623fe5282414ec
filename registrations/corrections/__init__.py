"""What staff correct for a person who cannot do it alone."""
