"""What everybody may see of a season, read at once and kept for the next visitor."""
