"""Recordings, slides and documents: which files are taken, and how they are sent."""
