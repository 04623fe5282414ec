"""What staff did, as staff read it."""
