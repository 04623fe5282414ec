"""The list of who wants to hear of the next season: asking, stopping, and announcing a season to it once."""
