"""What everybody may see of a season, read at once and cached for the next visitor."""
