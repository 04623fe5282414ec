"""The pages on which staff move a time slot, call it off or hold it after all: preview, confirmation, action."""
