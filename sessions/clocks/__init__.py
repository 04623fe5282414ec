"""Moments in words: time zones, the reader's clock, the picture of a day."""
