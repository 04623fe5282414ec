"""Seats taken and left in each time slot, and what can be chosen."""
