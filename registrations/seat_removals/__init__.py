"""Staff take places away from people, for a reason, and give them back."""
