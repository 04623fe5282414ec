"""The pages of people whom staff moved to another time slot, and of taking that back."""
