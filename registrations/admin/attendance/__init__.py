"""The pages on which staff read the reports of a meeting about a time slot, and undo that."""
