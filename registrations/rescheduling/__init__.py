"""Staff move a time slot, call it off or hold it after all: what it would do, and doing it."""
