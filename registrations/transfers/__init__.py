"""Staff move people to another time slot of their session, and take that back."""
