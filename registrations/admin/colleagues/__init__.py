"""The list of the staff, and the pages on which administrators invite, change and remove colleagues."""
