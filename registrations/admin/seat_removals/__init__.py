"""The pages on which staff take places away, and give them back."""
