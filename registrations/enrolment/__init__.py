"""Signing up, changing, cancelling, coming back, waiting, joining: what people do about their own seats."""
