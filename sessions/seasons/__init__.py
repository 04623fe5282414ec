"""A season as a whole: loaded from a file, copied, reworded, and when it ends."""
